"""Where the agenda of a meeting stands: the joint one, the side's own, what can be done; and a panel that says so."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as Answer

from agendas.drafting.actions import redraft, start_draft
from agendas.drafting.content import facts_of
from agendas.drafting.draft import Draft
from agendas.drafting.queries import Subject, draft_document, read_facts
from agendas.drafting.rules import draft
from agendas.drafting.wording import STILL_TO_COME
from agendas.negotiation.queries import Negotiation, comments, negotiation
from agendas.negotiation.rules import Signature, Standing, told
from agendas.papers.wording import WANTED
from agendas.rendering.document import Document
from agendas.rendering.formats import FORMATS, MEDIA_TYPES, Format, render
from agendas.rendering.html import fragment, stylesheet
from agendas.versions.content import Item
from agendas.versions.queries import DraftFacts, VersionFacts, version
from agendas.versions.queries import draft as newest_draft
from agendas.versions.rules import spare_minutes
from agendas.versions.stored import ORDER
from agendas.web.agenda_desk import clock_times, is_subject
from agendas.web.agenda_differences import Disagreement, disagreements
from agendas.web.agenda_texts import words
from scheduler.accounts.rules import Act, require
from scheduler.db.work import Work
from scheduler.errors import BadInput, DialoguesError
from scheduler.meetings.queries import MeetingFacts
from scheduler.meetings.queries import meeting as find_meeting
from scheduler.meetings.rules import COMING, stands_as
from scheduler.obligations.queries import obligation
from scheduler.partnerships.queries import partnership as find_partnership
from scheduler.web.kit.door import acting, door, person, reading_page, viewed_day
from scheduler.web.kit.language import in_words, language
from scheduler.web.kit.signing_in import public

pages = Blueprint("agenda", __name__)

NAMES: dict[Format, str] = {"docx": "Word", "pdf": "PDF", "html": "HTML", "md": "Markdown"}


@dataclass(frozen=True, slots=True)
class JointLine:
    """A subject of the joint agenda as the page shows it; ``item`` is ``None`` for the running order."""

    stand: Standing
    item: Item | None
    starts: str

    @property
    def signed(self) -> dict[str, Signature]:
        """Return who agreed, by side."""
        return {signature.side: signature for signature in self.stand.signatures}


@dataclass(frozen=True, slots=True)
class OwnLine:
    """What the side's own agenda says otherwise than the joint one: new, changed, looked at, or gone."""

    subject: str
    item: Item | None
    fate: str


@pages.get("/meetings/<uid>/agenda")
def show(uid: str) -> str:
    """Show where the agenda of a meeting stands; before anybody began one, what would be drafted today."""
    require(person().role, Act.DRAFT)
    with reading_page() as work:
        return standing_page(work, uid)


@pages.post("/meetings/<uid>/agenda/<any(start, redraft):act>")
def begin(uid: str, act: str) -> Answer:
    """Keep the draft of today as the side's first version, or draft anew and merge."""
    with acting(Act.EDIT_AGENDA) as work:
        day = viewed_day(work, find_partnership(work, find_meeting(work, uid).partnership))
        number = start_draft(work, uid, day) if act == "start" else redraft(work, uid, day)
    flash(words(f"done.{act}", number=number) if number else words("done.nothing_new"))
    return redirect(url_for("agenda.show", uid=uid))


@pages.get("/meetings/<uid>/agenda.<form>")
def download(uid: str, form: str) -> Response:
    """Return the draft that would be made today as a file."""
    require(person().role, Act.DRAFT)
    if form not in FORMATS:
        abort(404)
    chosen = next(known for known in FORMATS if known == form)
    with reading_page() as work:
        meeting = find_meeting(work, uid)
        content = render(_document(work, meeting), chosen, door().settings.agenda_templates)
    answer = Response(content, content_type=MEDIA_TYPES[chosen])
    answer.headers["Content-Disposition"] = (
        f'attachment; filename="{meeting.obligation}-{meeting.day}.{chosen}"'
    )
    return answer


@pages.get("/agenda.css")
@public
def styles() -> Response:
    """Return the styles of an agenda inside a page."""
    return Response(stylesheet(), content_type="text/css; charset=utf-8")


def panel(work: Work, uid: str, spoken: str) -> Markup:
    """Return what the page of a meeting says of its agenda: where it stands, or how much would be on it."""
    meeting = find_meeting(work, uid)
    mine, joint = newest_draft(work, uid), version(work, uid)
    if not (mine or joint) and meeting.state not in COMING:
        return Markup()
    day = viewed_day(work, find_partnership(work, meeting.partnership))
    drafted: Draft | None = None
    if not (mine or joint):
        drafted = draft(read_facts(work, meeting.partnership, _about(work, meeting), day))
    rendered = render_template(
        "web/agenda_panel.html",
        meeting=meeting,
        partnership=find_partnership(work, meeting.partnership),
        draft=drafted,
        mine=mine,
        stands=negotiation(work, uid) if joint else None,
        formats=_links(uid),
        spoken=spoken,
        words=words,
    )
    return Markup(rendered)  # noqa: S704  # escaped by the template that made it


def standing_page(
    work: Work, uid: str, problem: DialoguesError | None = None, section: str = "", typed: Any = None
) -> str:
    """Return the page that says where an agenda stands, with what could not be done, where it was asked for."""
    meeting = find_meeting(work, uid)
    mine, joint = newest_draft(work, uid), version(work, uid)
    about = {
        "meeting": meeting,
        "partnership": find_partnership(work, meeting.partnership),
        "problem": problem,
        "wrong": section,
        "typed": typed or {},
        "words": words,
        "side": work.actor.side,
        "coming": meeting.state in COMING,
        "instant": datetime.fromisoformat,
    }
    if not (mine or joint):
        return render_template(
            "web/agenda.html",
            agenda=Markup(fragment(_document(work, meeting))),  # noqa: S704  # escaped by the template that made it
            formats=_links(uid),
            **about,
        )
    return render_template("web/agenda_standing.html", **_standing(work, uid, mine, joint), **about)


def _standing(work: Work, uid: str, mine: DraftFacts | None, joint: VersionFacts | None) -> dict[str, Any]:
    """Return what the page says of an agenda that somebody has begun."""
    stands = negotiation(work, uid) if joint else None
    lines = _joint_lines(stands) if stands else []
    return {
        "mine": mine,
        "joint": joint,
        "stands": stands,
        "joint_lines": lines,
        "own_signed": [line for line in lines if work.actor.side in line.signed],
        "own_lines": _own_lines(mine, joint) if mine else (),
        "own_clock": clock_times(mine.content, facts_of(mine.facts), language()) if mine else {},
        "spare": spare_minutes(mine.content) if mine else (),
        "conflicts": _conflicts(mine, joint),
        "behind": bool(joint and (mine is None or mine.joint != joint.number)),
        "remarks": comments(work, uid),
        "titles": _titles(mine, joint),
        "order": ORDER,
        "wanted_words": WANTED,
        "office_names": _office_names(joint) if joint else {},
        "is_subject": is_subject,
    }


def _joint_lines(stands: Negotiation) -> list[JointLine]:
    content = stands.version.content
    clock = clock_times(content, facts_of(stands.version.facts), language())
    return [
        JointLine(stand, content.item(stand.subject), clock.get(stand.subject, "")) for stand in stands.stands
    ]


def _own_lines(mine: DraftFacts, joint: VersionFacts | None) -> list[OwnLine]:
    """Return what differs from the joint agenda, in the order of the side's own."""
    own, known = told(mine.content), told(joint.content) if joint else {}
    lines = [
        OwnLine(subject, mine.content.item(subject), _fate(now, known.get(subject)))
        for subject, now in own.items()
        if now != known.get(subject)
    ]
    gone = [subject for subject in known if subject not in own]
    return [
        *lines,
        *(OwnLine(subject, joint.content.item(subject), "only_joint") for subject in gone if joint),
    ]


def _fate(now: tuple[str, tuple[str, ...]], before: tuple[str, tuple[str, ...]] | None) -> str:
    if before is None:
        return "new"
    return "changed" if now[0] != before[0] else "looked_at"


def _office_names(joint: VersionFacts) -> dict[str, str]:
    return {
        office.reference: office.short or in_words(office.name) for office in facts_of(joint.facts).offices
    }


def _conflicts(mine: DraftFacts | None, joint: VersionFacts | None) -> list[Disagreement]:
    if mine is None or not mine.conflicts:
        return []
    contents = (mine.content, mine.drafted, *((joint.content,) if joint else ()))
    return disagreements(mine.conflicts, facts_of(mine.facts), contents, language())


def _titles(mine: DraftFacts | None, joint: VersionFacts | None) -> dict[str, Any]:
    """Return what subjects are called: the side's own words before the joint ones."""
    contents = [found.content for found in (joint, mine) if found]
    return {item.key: item.title for content in contents for item in content.items}


def _document(work: Work, meeting: MeetingFacts) -> Document:
    if meeting.state not in COMING:
        raise BadInput(
            stands_as(meeting.state),
            place="agenda",
            remedy=STILL_TO_COME,
        )
    day = viewed_day(work, find_partnership(work, meeting.partnership))
    marking = door().settings.marking or None
    about = _about(work, meeting)
    return draft_document(work, meeting.partnership, about, day, language=language(), marking=marking)


def _about(work: Work, meeting: MeetingFacts) -> Subject:
    return Subject(obligation(work, meeting.partnership, meeting.obligation), meeting)


def _links(uid: str) -> list[tuple[str, str]]:
    return [(NAMES[form], url_for("agenda.download", uid=uid, form=form)) for form in FORMATS]
