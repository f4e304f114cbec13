"""The versions of an agenda: who made which and when, how two of them differ, and going back to one."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from agendas.negotiation.documents import find_edition
from agendas.versions.actions import restore as restore_draft
from agendas.versions.queries import DraftFacts, VersionFacts, drafts, versions
from agendas.web.agenda_differences import differences
from agendas.web.agenda_order import form_number
from agendas.web.agenda_papers import name_of
from agendas.web.agenda_texts import words
from scheduler.accounts.rules import Act
from scheduler.meetings.queries import meeting as find_meeting
from scheduler.partnerships.queries import partnership as find_partnership
from scheduler.web.kit.door import acting, reading_page
from scheduler.web.kit.language import language

pages = Blueprint("agenda_versions", __name__)


@dataclass(frozen=True, slots=True)
class Kept:
    """A version in a list: ``name`` is how addresses name it."""

    name: str
    number: int
    act: str
    remark: str
    made_at: datetime
    made_by: str
    is_frozen: bool = False


@pages.get("/meetings/<uid>/agenda/versions")
def show(uid: str) -> str:
    """Show the side's own versions and the joint ones, the newest first."""
    with reading_page(Act.DRAFT) as work:
        meeting = find_meeting(work, uid)
        own = [_of_draft(entry) for entry in drafts(work, uid)][::-1]
        joint = [_of_version(entry) for entry in versions(work, uid)][::-1]
        return render_template(
            "web/agenda_versions.html",
            meeting=meeting,
            partnership=find_partnership(work, meeting.partnership),
            own_versions=own,
            joint_versions=joint,
            side=work.actor.side,
            words=words,
        )


@pages.get("/meetings/<uid>/agenda/versions/compare")
def compare(uid: str) -> str:
    """Show in words how two versions differ."""
    with reading_page(Act.DRAFT) as work:
        meeting = find_meeting(work, uid)
        before, after = (find_edition(work, uid, request.args.get(name, "")) for name in ("before", "after"))
        return render_template(
            "web/agenda_compare.html",
            meeting=meeting,
            partnership=find_partnership(work, meeting.partnership),
            before=name_of(before),
            after=name_of(after),
            names=[
                *(f"joint-{entry.number}" for entry in reversed(versions(work, uid))),
                *(f"own-{entry.number}" for entry in reversed(drafts(work, uid))),
            ],
            changes=differences(before, after, language()),
            side=work.actor.side,
            words=words,
        )


@pages.post("/meetings/<uid>/agenda/versions/restore")
def restore(uid: str) -> Response:
    """Bring an earlier version of the side's own agenda back as the newest."""
    with acting(Act.EDIT_AGENDA) as work:
        key = find_meeting(work, uid).partnership
        number = restore_draft(work, uid, key, form_number())
    flash(words("done.restore", number=number))
    return redirect(url_for("agenda.show", uid=uid))


def _of_draft(entry: DraftFacts) -> Kept:
    return Kept(f"own-{entry.number}", entry.number, entry.act, entry.remark, entry.made_at, entry.made_by)


def _of_version(entry: VersionFacts) -> Kept:
    return Kept(
        f"joint-{entry.number}",
        entry.number,
        entry.act,
        entry.remark,
        entry.made_at,
        entry.made_by,
        entry.is_frozen,
    )
