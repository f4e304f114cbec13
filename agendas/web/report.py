"""The yearly report to the ministers: on a page, and as a file with one click."""

from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, render_template, request, url_for
from markupsafe import Markup

from agendas.rendering.document import Document
from agendas.rendering.formats import FORMATS, MEDIA_TYPES, render
from agendas.rendering.html import fragment
from agendas.reports.document import report_document
from agendas.reports.queries import year_of
from agendas.web.outcomes_texts import words
from scheduler.db.work import Work
from scheduler.errors import BadInput
from scheduler.partnerships.queries import PartnershipFacts
from scheduler.partnerships.queries import partnership as find_partnership
from scheduler.web.kit.door import FIRST_YEAR, LAST_YEAR, door, reading_page, viewed_day
from scheduler.web.kit.language import language
from scheduler.words import LANGUAGES

pages = Blueprint("report", __name__)

FORM_NAMES = {"docx": "Word", "pdf": "PDF", "html": "HTML", "md": "Markdown"}
YEARS_BACK = 5


@pages.get("/report/<partnership>")
def show(partnership: str) -> str:
    """Show the report, with the choice of its year and its files."""
    with reading_page() as work:
        facts = find_partnership(work, partnership)
        day = viewed_day(work, facts)
        document = _document(work, facts, day)
        return render_template(
            "web/report.html",
            partnership=facts,
            report=Markup(fragment(document)),  # noqa: S704  # escaped by the template that made it
            year=_year(),
            years=range(day.year, day.year - YEARS_BACK, -1),
            on=request.args.get("on", ""),
            formats=[
                (code, [(FORM_NAMES[form], _address(partnership, form, code)) for form in FORMATS])
                for code in facts.languages
            ],
            words=words,
        )


@pages.get("/report/<partnership>.<form>")
def download(partnership: str, form: str) -> Response:
    """Return the report as a file."""
    if form not in FORMATS:
        abort(404)
    chosen = next(known for known in FORMATS if known == form)
    with reading_page() as work:
        facts = find_partnership(work, partnership)
        day = viewed_day(work, facts)
        document = _document(work, facts, day)
    answer = Response(
        render(document, chosen, door().settings.agenda_templates), content_type=MEDIA_TYPES[chosen]
    )
    name = f"report-{partnership}-{_year() or day}-{document.language}.{chosen}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _document(work: Work, facts: PartnershipFacts, day: date) -> Document:
    first, last = year_of(_year(), day)
    asked = request.args.get("language", "")
    spoken = asked if asked in LANGUAGES else language()
    marking = door().settings.marking or None
    return report_document(work, facts.key, first, last, language=spoken, marking=marking)


def _year() -> int | None:
    asked = request.args.get("year", "")
    if not asked:
        return None
    if not (asked.isascii() and asked.isdigit() and FIRST_YEAR <= int(asked[:9]) <= LAST_YEAR):
        raise BadInput(
            {"en": f"{asked!r} is no year", "nl": f"{asked!r} is geen jaar"},
            place="year",
            remedy={"en": "for example 2026", "nl": "bijvoorbeeld 2026"},
        )
    return int(asked)


def _address(key: str, form: str, code: str) -> str:
    chosen: dict[str, Any] = {name: request.args[name] for name in ("year", "on") if request.args.get(name)}
    return url_for("report.download", partnership=key, form=form, language=code, **chosen)
