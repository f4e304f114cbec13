"""The papers of an agenda as it stands: shown on a page, and as files, in either language."""

from typing import Any

from flask import Blueprint, Response, abort, render_template, request, url_for
from markupsafe import Markup

from agendas.negotiation.documents import document, find_edition
from agendas.negotiation.papers import KINDS, Edition, Kind
from agendas.rendering.document import Document
from agendas.rendering.formats import FORMATS, MEDIA_TYPES, Format, render
from agendas.rendering.html import fragment
from agendas.versions.queries import drafts, versions
from agendas.web.agenda_texts import words
from scheduler.accounts.rules import Act
from scheduler.db.work import Work
from scheduler.markings import higher, raised
from scheduler.meetings.queries import MeetingFacts
from scheduler.meetings.queries import meeting as find_meeting
from scheduler.partnerships.queries import partnership as find_partnership
from scheduler.web.kit.door import door, reading_page
from scheduler.web.kit.language import language
from scheduler.words import LANGUAGES

pages = Blueprint("agenda_papers", __name__)

NAMES: dict[Format, str] = {"docx": "Word", "pdf": "PDF", "html": "HTML", "md": "Markdown"}
OWN_KINDS = ("annotated", "pack")
"""The papers that one side alone may read."""


@pages.get("/meetings/<uid>/agenda/papers/<any(joint, annotated, pack, covering):kind>")
def show(uid: str, kind: Kind) -> str:
    """Show a paper on a page, with the choice of others and of files."""
    with reading_page(Act.DRAFT) as work:
        meeting = find_meeting(work, uid)
        edition = find_edition(work, uid, _named())
        facts = find_partnership(work, meeting.partnership)
        asked: dict[str, Any] = {
            "version": name_of(edition),
            "language": _spoken(),
            "marking": _asked_marking() or None,
        }
        return render_template(
            "web/agenda_paper.html",
            meeting=meeting,
            partnership=facts,
            markings=higher(door().settings.marking, facts.party(work.actor.side).markings),
            floor=door().settings.marking,
            marking=_asked_marking(),
            paper=Markup(fragment(_document(work, uid, kind, edition))),  # noqa: S704  # escaped by its template
            kind=kind,
            kinds=[known for known in KINDS if known != "covering" or edition.stage != "draft"],
            own_kinds=OWN_KINDS,
            named=name_of(edition),
            own_numbers=[entry.number for entry in drafts(work, uid)][::-1],
            joint_numbers=[entry.number for entry in versions(work, uid)][::-1],
            spoken=_spoken(),
            formats=[
                (NAMES[form], url_for("agenda_papers.download", uid=uid, kind=kind, form=form, **asked))
                for form in FORMATS
            ],
            side=work.actor.side,
            words=words,
        )


@pages.get("/meetings/<uid>/agenda/papers/<any(joint, annotated, pack, covering):kind>.<form>")
def download(uid: str, kind: Kind, form: str) -> Response:
    """Return a paper as a file."""
    if form not in FORMATS:
        abort(404)
    chosen = next(known for known in FORMATS if known == form)
    with reading_page(Act.DRAFT) as work:
        edition = find_edition(work, uid, _named())
        content = render(_document(work, uid, kind, edition), chosen, door().settings.agenda_templates)
        name = file_name(find_meeting(work, uid), kind, edition, chosen)
    answer = Response(content, content_type=MEDIA_TYPES[chosen])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def name_of(edition: Edition) -> str:
    """Return how addresses and commands name an edition: ``own-3``, ``joint-2``."""
    return f"{'own' if edition.stage == 'draft' else 'joint'}-{edition.number}"


def file_name(meeting: MeetingFacts, kind: Kind, edition: Edition, form: Format) -> str:
    """Return the name of a file: ``JS-R05-2027-03-23-joint-2.docx``, ``JS-R05-2027-03-23-pack-own-3.pdf``."""
    named = name_of(edition) if kind == "joint" else f"{kind}-{name_of(edition)}"
    return f"{meeting.obligation}-{meeting.day}-{named}.{form}"


def _document(work: Work, uid: str, kind: Kind, edition: Edition) -> Document:
    facts = find_partnership(work, find_meeting(work, uid).partnership)
    markings = facts.party(work.actor.side).markings
    marking = raised(_asked_marking(), door().settings.marking, markings, "marking")
    return document(work, uid, kind, edition, _spoken(), marking or None)


def _asked_marking() -> str:
    return request.args.get("marking", "")


def _named() -> str:
    return request.args.get("version", "")


def _spoken() -> str:
    asked = request.args.get("language", "")
    return asked if asked in LANGUAGES else language()
