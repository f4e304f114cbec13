"""The report as a document: facts read, decided on, composed. What doors and commands ask for."""

from datetime import date

from agendas.known import Source
from agendas.rendering.document import Document
from agendas.reports.paper import compose
from agendas.reports.queries import read_report
from agendas.reports.rules import report
from scheduler.db.work import Work


def report_document(
    work: Work, key: str, first: date, last: date, *, language: str, marking: str | None
) -> Document:
    """Return the report of a partnership for the days from ``first`` to ``last``, in ``language``."""
    read = read_report(work, key, first, last)
    sources = tuple(
        Source(entry.key, entry.title, entry.kind, entry.date, entry.legal_status or "", entry.address or "")
        for entry in read.sources
    )
    title = read.partnership.title
    return compose(report(read.facts), title, sources, read.owed_by, language, marking=marking)
