"""The draft agenda of a meeting: as a page, as a file, and as a panel on the meeting's own page."""

from flask import Blueprint, Response, abort, render_template, url_for
from markupsafe import Markup

from agendas.drafting.draft import Draft
from agendas.drafting.queries import Subject, draft_document, read_facts
from agendas.drafting.rules import draft
from agendas.rendering.document import Document
from agendas.rendering.formats import FORMATS, MEDIA_TYPES, Format, render
from agendas.rendering.html import fragment, stylesheet
from scheduler.accounts.rules import Act, require
from scheduler.db.work import Work
from scheduler.errors import BadInput
from scheduler.meetings.queries import MeetingFacts
from scheduler.meetings.queries import meeting as find_meeting
from scheduler.meetings.rules import COMING
from scheduler.obligations.queries import obligation
from scheduler.partnerships.queries import partnership as find_partnership
from scheduler.web.kit.door import door, person, reading_page, viewed_day
from scheduler.web.kit.language import language
from scheduler.web.kit.signing_in import public

pages = Blueprint("agenda", __name__)

NAMES: dict[Format, str] = {"docx": "Word", "pdf": "PDF", "html": "HTML", "md": "Markdown"}


@pages.get("/meetings/<uid>/agenda")
def show(uid: str) -> str:
    """Show the draft agenda of a meeting."""
    require(person().role, Act.DRAFT)
    with reading_page() as work:
        meeting = find_meeting(work, uid)
        return render_template(
            "web/agenda.html",
            partnership=find_partnership(work, meeting.partnership),
            meeting=meeting,
            agenda=Markup(fragment(_document(work, meeting))),  # noqa: S704  # escaped by the template that made it
            formats=_links(uid),
        )


@pages.get("/meetings/<uid>/agenda.<form>")
def download(uid: str, form: str) -> Response:
    """Return the draft agenda as a file."""
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
    """Return what the page of a meeting says of its agenda: how much is on it, and where to read it."""
    meeting = find_meeting(work, uid)
    if meeting.state not in COMING:
        return Markup()
    day = viewed_day(work, find_partnership(work, meeting.partnership))
    drafted: Draft = draft(read_facts(work, meeting.partnership, _about(work, meeting), day))
    rendered = render_template(
        "web/agenda_panel.html", meeting=meeting, draft=drafted, formats=_links(uid), spoken=spoken
    )
    return Markup(rendered)  # noqa: S704  # escaped by the template that made it


def _document(work: Work, meeting: MeetingFacts) -> Document:
    if meeting.state not in COMING:
        raise BadInput(
            f"this round is {meeting.state}", place="agenda", remedy="draft for one that is still to come"
        )
    day = viewed_day(work, find_partnership(work, meeting.partnership))
    marking = door().settings.marking or None
    about = _about(work, meeting)
    return draft_document(work, meeting.partnership, about, day, language=language(), marking=marking)


def _about(work: Work, meeting: MeetingFacts) -> Subject:
    return Subject(obligation(work, meeting.partnership, meeting.obligation), meeting)


def _links(uid: str) -> list[tuple[str, str]]:
    return [(NAMES[form], url_for("agenda.download", uid=uid, form=form)) for form in FORMATS]
