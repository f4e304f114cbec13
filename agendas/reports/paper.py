"""The report on paper: first what is asked and how things stand at a glance, then claim by claim. Pure.

Owns its order, in one language. A minister reads the first page; everything after it is there to be looked up.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from agendas.known import Source
from agendas.papers import model, parts
from agendas.papers.pen import Pen
from agendas.papers.wording import CADENCES, Value, in_language
from agendas.rendering.dates import day_in_words
from agendas.rendering.document import (
    Block,
    Bullets,
    Cell,
    Document,
    Furniture,
    Heading,
    Paragraph,
    Row,
    Span,
    SpanStyle,
    Table,
    Text,
    joined,
    span,
)
from agendas.reports.rules import (
    Claim,
    CommitmentLine,
    Entry,
    Kept,
    ObligationLine,
    Report,
    Stands,
    ThemeLines,
)
from agendas.reports.wording import AHEAD, KEPT, KEPT_WHY, LABELS, SILENT, STANDS, STANDS_WHY
from scheduler.words import Words

ALARMING = frozenset({Stands.SLIPPED})


def compose(
    report: Report,
    partnership: Words,
    sources: tuple[Source, ...],
    owed_by: tuple[Words, ...],
    language: str,
    *,
    marking: str | None = None,
) -> Document:
    """Return the report in ``language``; ``owed_by`` says where a report is promised."""
    writer = _Writer(report, Pen(model.PaperMeeting(partnership, partnership, (), "", 0), language, sources))
    years = "–".join(dict.fromkeys((str(report.first.year), str(report.last.year))))
    title = writer.label("title", years=years)
    furniture = Furniture(
        kicker=writer.label("kind"),
        subtitle=f"{writer.pen.say(partnership)} · {writer.period()}",
        footer=writer.label("footer", title=writer.label("kind"), day=report.last),
        page=writer.pen.label("page"),
        of=writer.pen.label("of"),
    )
    return Document(language, title, marking, report.last, furniture, tuple(writer.blocks(owed_by)))


class _Writer:
    """One report in one language."""

    def __init__(self, report: Report, pen: Pen) -> None:
        self.report, self.pen = report, pen

    def label(self, name: str, **values: Value) -> str:
        return in_language(LABELS[name], self.pen.language, **values)

    def period(self) -> str:
        first, last = (day_in_words(day, self.pen.language) for day in (self.report.first, self.report.last))
        return self.label("period", first=first, last=last)

    def blocks(self, owed_by: tuple[Words, ...]) -> Iterator[Block]:
        yield Paragraph(joined(list(self._not_binding()), " "), quiet=True)
        yield from self._glance()
        yield from self._asked()
        yield from self._ahead()
        yield from self._obligations()
        yield from self._commitments()
        yield from self._initiatives()
        yield from self._skips()
        yield Heading(2, span(self.label("basis")))
        yield Paragraph(span(self.label("basis_text", day=self.report.last)))
        if owed_by:
            where = "; ".join(self.pen.say(source) for source in owed_by)
            yield Paragraph(span(f"{self.label('owed_by')} {where}."))
        yield from parts.documents(self.pen, self.pen.sources)

    def _not_binding(self) -> Iterator[Text]:
        """Yield that the text binds nobody in law, naming the documents that say so of themselves."""
        named = [source for source in self.pen.sources if source.legal_status]
        if not named:
            yield span(self.label("not_binding_alone"), "strong")
        for source in named:
            title = f"{self.pen.say(source.title)} ({source.key})"
            yield span(self.label("not_binding", source=title), "strong")

    def _glance(self) -> Iterator[Block]:
        kept = Counter(line.kept for line in self.report.obligations)
        stands = Counter(line.stands for line in self.report.commitments)
        yield Heading(2, span(self.label("glance")))
        rows: list[tuple[Text, Text]] = [
            (span(self.label("obligations_count")), self._counted(kept, KEPT, Kept)),
            (span(self.label("commitments_count")), self._counted(stands, STANDS, Stands)),
            (span(self.label("initiatives_count")), span(str(len(self.report.initiatives)), "strong")),
        ]
        yield parts.facts_table(self.label("glance"), rows)
        yield Paragraph(span(self.pen.say(STANDS_WHY)), quiet=True)

    def _counted(self, found: Mapping[Any, int], words: Mapping[str, Words], order: Iterable[str]) -> Text:
        """Return how many there are of each class, and of all."""
        total = sum(found.values())
        each: list[Text] = [
            (Span(f"{found[name]} ", "strong"), Span(_small(self.pen.say(words[name]))))
            for name in order
            if found[name]
        ]
        return (Span(self.label("in_all", total=total), "strong"), *joined(each))

    def _asked(self) -> Iterator[Block]:
        yield Heading(2, span(self.label("asked")))
        if not self.report.asked:
            yield Paragraph(span(self.label("nothing_asked")))
        for number, asked in enumerate(self.report.asked, start=1):
            yield Paragraph(span(f"{number}. {self.pen.say(asked.text)}", "strong"))
            about = ((Span(key, "key"), Span(f" {self.pen.say(title)}")) for key, title in asked.about)
            yield Bullets(tuple(about))

    def _ahead(self) -> Iterator[Block]:
        yield Heading(2, span(self.label("ahead")))
        if not self.report.ahead:
            yield Paragraph(span(self.label("nothing_ahead")))
            return
        header = (self.label("day"), self.label("what"), self.label("stands"))
        rows = tuple(
            Row(
                (
                    (span(self.pen.day(entry.day)),),
                    ((Span(entry.key, "key"), Span(f" {self.pen.say(entry.title)}")),),
                    (span(self.pen.say(AHEAD[entry.kind])),),
                )
            )
            for entry in self.report.ahead
        )
        yield Table("register", self.label("ahead"), header, rows)

    # Obligations

    def _obligations(self) -> Iterator[Block]:
        yield Heading(2, span(self.label("obligations")))
        for kept in Kept:
            lines = [line for line in self.report.obligations if line.kept is kept]
            if lines:
                yield Heading(3, span(self.pen.say(KEPT[kept])), span(str(len(lines))))
                yield Paragraph(span(self.pen.say(KEPT_WHY[kept])), quiet=True)
                header = (self.label("reference"), self.label("obligation"), self.label("how"))
                rows = tuple(Row(self._obligation(line)) for line in lines)
                yield Table("register", self.pen.say(KEPT[kept]), header, rows)

    def _obligation(self, line: ObligationLine) -> tuple[Cell, ...]:
        promised = line.promised
        cadence = (
            self.pen.say(CADENCES[promised.cadence]) if promised.cadence in CADENCES else promised.cadence
        )
        why = " ".join(_sentence(self.pen.say(reason)) for reason in promised.reasons)
        about = (
            span(self.pen.say(promised.title), "strong"),
            joined([span(cadence), self._source(promised.source)]),
            span(why, "quiet"),
        )
        how = [
            *(text for claim in line.rounds for text in self._round(claim)),
            span(self.pen.say(line.gap)),
        ]
        if promised.agreed_for:
            how.append(span(self.label("agreed_for", day=promised.agreed_for), "strong"))
        elif promised.due:
            how.append(span(self.label("due_by", day=promised.due), "flag"))
        return ((span(promised.key, "key"),), about, tuple(how))

    def _round(self, claim: Claim) -> Iterator[Text]:
        """Yield when a round was held, and where that can be looked up: a line for each, as the column is narrow."""
        yield span(self.label("held_on", day=claim.day or self.report.last), "strong")
        yield self._source(claim.source)

    # Commitments

    def _commitments(self) -> Iterator[Block]:
        yield Heading(2, span(self.label("commitments")))
        for theme in self.report.themes:
            yield Heading(3, span(self.pen.say(theme.title)), span(self._tally(theme)))
            header = (self.label("reference"), self.label("commitment"), self.label("stands"))
            rows = tuple(Row(self._commitment(line)) for line in theme.lines)
            yield Table("register", self.pen.say(theme.title), header, rows)

    def _tally(self, theme: ThemeLines) -> str:
        found = Counter(line.stands for line in theme.lines)
        return " · ".join(
            f"{found[stands]} {_small(self.pen.say(STANDS[stands]))}" for stands in Stands if found[stands]
        )

    def _commitment(self, line: CommitmentLine) -> tuple[Cell, ...]:
        entry = line.entry
        said = joined([span(self.pen.say(entry.text)), self.pen.doubt(entry.text)])
        claims = [self._claim(claim) for claim in line.claims if claim.text]
        style: SpanStyle = "alarm" if line.stands in ALARMING else "strong"
        state = span(self.pen.say(STANDS[line.stands]), style)
        why = [span(self.pen.say(line.because), "quiet")] if line.because != SILENT else []
        return ((span(entry.key, "key"),), (said, self._source(entry.source), *claims), (state, *why))

    def _claim(self, claim: Claim) -> Text:
        when = f"{self.pen.day(claim.day)}: " if claim.day else f"{self.label('silence')}: "
        text = (Span(when, "quiet" if claim.day else "flag"), *span(self.pen.say(claim.text)))
        return joined([text, self._source(claim.source)])

    def _initiatives(self) -> Iterator[Block]:
        if not self.report.initiatives:
            return
        yield Heading(2, span(self.label("initiatives")))
        header = (self.label("reference"), self.label("commitment"), self.label("source"))
        rows = tuple(Row(self._initiative(entry)) for entry in self.report.initiatives)
        yield Table("register", self.label("initiatives"), header, rows)

    def _initiative(self, entry: Entry) -> tuple[Cell, ...]:
        since = span(self.label("since", day=entry.since), "quiet") if entry.since else ()
        return (
            (span(entry.key, "key"),),
            (span(self.pen.say(entry.text)), since),
            (self._source(entry.source),),
        )

    def _skips(self) -> Iterator[Block]:
        if not self.report.skips:
            return
        yield Heading(2, span(self.label("skips")))
        header = (self.label("reference"), self.label("obligation"), self.label("reason"))
        rows = tuple(
            Row(
                (
                    (span(skip.obligation, "key"),),
                    (
                        span(self.pen.say(skip.title)),
                        span(self.label("left_out", due=skip.due, on=skip.agreed_on), "quiet"),
                    ),
                    (span(skip.reason),),
                )
            )
            for skip in self.report.skips
        )
        yield Table("register", self.label("skips"), header, rows)

    def _source(self, source: Words) -> Text:
        return span(self.pen.say(source), "quiet") if source else span(self.label("no_source"), "flag")


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."
