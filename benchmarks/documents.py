"""Documents against the bare libraries: HTML against its template, DOCX against docxtpl, PDF against typst.

``python -m benchmarks.documents`` prints one table, for agendas of some sizes. The contestants are handed values that
are ready to be written, and the same templates; ours starts from the values of a paper and ends with bytes that carry
nobody's name. All are measured in turns within one run, so read ratios; absolute times move with the machine.
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import chain

import typst
from docxtpl import DocxTemplate
from jinja2 import Environment, FileSystemLoader

from agendas.known import Party
from agendas.papers import agenda
from agendas.papers import model as m
from agendas.rendering import docx, html, pdf
from agendas.rendering.document import Document, isolated
from agendas.rendering.templates import FOLDER

SIDES = (
    Party("no", {"en": "Norway"}, {"en": "NO"}, {"en": "Oslo"}, "Europe/Oslo"),
    Party("fi", {"en": "Finland"}, {"en": "FI"}, {"en": "Helsinki"}, "Europe/Helsinki"),
)
MEETING = m.PaperMeeting({"en": "Norway–Finland"}, {"en": "Border Dialogue"}, SIDES, "senior_official", 480)


def paper(lines: int) -> m.PaperAgenda:
    """Return an agenda of eight items with so many commitments in all."""
    line = m.PaperLine(
        "", {"en": "Share patrol plans each spring and report on what they led to"}, "action", "will"
    )
    items = tuple(
        m.PaperItem(
            f"item-{number}",
            "theme",
            {"en": f"Theme {number}"},
            60,
            offset=60 * number,
            is_subject=True,
            lead="no",
            wanted="steer",
            lines=tuple(replace(line, key=f"C-{number}-{each}") for each in range(lines // 8)),
        )
        for number in range(8)
    )
    return m.PaperAgenda(MEETING, date(2027, 5, 11), items)


def contests(given: m.PaperAgenda) -> dict[str, tuple[Callable[[], object], Callable[[], object]]]:
    """Return, for each format, the bare library and ours."""
    document = agenda.compose(given, "en")
    return {
        "HTML": (lambda: bare_html(document), lambda: html.page(agenda.compose(given, "en"))),
        "DOCX": (bare_docx(document), lambda: docx.render(agenda.compose(given, "en"))),
        "PDF": (bare_pdf(document), lambda: pdf.render(agenda.compose(given, "en"))),
    }


PAGES = Environment(loader=FileSystemLoader(FOLDER), autoescape=True, trim_blocks=True, lstrip_blocks=True)


def bare_html(document: Document) -> str:
    """Render the page's template with blocks that are ready."""
    named = {"kind": lambda block: type(block).__name__, "isolated": isolated}
    return PAGES.get_template("page.html").render(document=document, **named)


def bare_docx(document: Document) -> Callable[[], bytes]:
    """Return docxtpl filling the same template with a context that is ready, saved as the library saves."""
    context = docx.context(document)

    def write() -> bytes:
        word = DocxTemplate(docx.TEMPLATE)
        word.render(context, autoescape=True)
        saved = BytesIO()
        word.save(saved)
        return saved.getvalue()

    return write


def bare_pdf(document: Document) -> Callable[[], bytes]:
    """Return typst compiling the same template from data that is ready."""
    inputs = {"document": json.dumps(pdf.data(document))}
    return lambda: typst.compile(
        pdf.TEMPLATE,
        root=FOLDER,
        format="pdf",
        sys_inputs=inputs,
        pdf_standards="ua-1",
        ignore_system_fonts=True,
    )


def milliseconds(work: Callable[[], object]) -> float:
    """Return how long it takes once."""
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def measure(given: m.PaperAgenda, rounds: int) -> None:
    """Print one row for each format: medians of both, and of the ratios and differences within each turn.

    A turn measures one right after the other, so that a machine that is busy with something else slows both.
    """
    count = len(list(chain.from_iterable(item.lines for item in given.items)))
    for form, (bare, ours) in contests(given).items():
        for work in (bare, ours):
            work()
        taken = [(milliseconds(bare), milliseconds(ours)) for _ in range(rounds)]
        one, other = (statistics.median(times) for times in zip(*taken, strict=True))
        ratio = statistics.median(after / before for before, after in taken)
        more = statistics.median(after - before for before, after in taken)
        print(f"{count:>12} {form:>6} {one:>10.1f} {other:>10.1f} {ratio:>8.2f} {more:>10.1f}", flush=True)


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--commitments", type=int, nargs="*", default=[16, 48, 160])
    parser.add_argument("--rounds", type=int, default=9)
    asked = parser.parse_args()
    print(f"{'commitments':>12} {'format':>6} {'bare ms':>10} {'ours ms':>10} {'ratio':>8} {'more ms':>10}")
    for lines in asked.commitments:
        measure(paper(lines), asked.rounds)


if __name__ == "__main__":
    main()
