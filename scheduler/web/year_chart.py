"""The year as a drawing: where each day, window and limit stands, in units of the drawing. Pure.

Owns the geometry; what is shown and in which words is decided in ``year_lanes``, its colours in the style sheet. The
drawing comes in two layouts, since text that shrinks with the picture cannot be read on a telephone. A band has three
storeys, so that no mark hides another: limits above, rounds in the middle, last year's day below.
"""

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

LIMITS = frozenset({"due", "save_the_date", "red_after"})
"""Kinds that stand in the upper storey of their band."""

GHOSTS = frozenset({"last_year"})
"""Kinds that stand in the lower storey."""

STATES = frozenset({"held", "agreed", "offered", "planned", "cancelled", "postponed", "skipped"})
POINTS = LIMITS | GHOSTS | STATES | {"proposed"}
"""Kinds that are drawn as a mark wherever a bar would be narrower than one."""

MARK = 12.0
"""Width of a mark."""

SMALLEST = 2.0
"""Width below which a bar could not be seen."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Measures of a drawing. Labels stand to the left where ``label_width`` leaves them room, else above their lane.

    A lane of an obligation is ``band_height`` high, or ``empty_height`` where nothing stands on it in the year.
    """

    name: str
    width: int
    label_width: int
    label_characters: int
    line_height: int
    band_height: int
    empty_height: int
    header_height: int


WIDE = Layout("wide", 1180, 300, 46, 15, 46, 24, 30)
NARROW = Layout("narrow", 358, 0, 50, 15, 40, 6, 26)
LABEL_LINES = 2
PADDING = 10
"""What stands free above and below a label that is higher than its band."""

STOREY = 14
"""From the middle of a band to the middle of its upper or lower storey."""


@dataclass(frozen=True, slots=True)
class Span:
    """Something on a lane from ``first`` to ``last``, both included; ``text`` says what, ``address`` leads there."""

    kind: str
    first: date
    last: date
    text: str
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Lane:
    """A line of the drawing: an obligation, or the closed days of a party; ``note`` stands small below its label.

    ``reason`` says why it has its colour.
    """

    key: str
    label: str
    kind: str
    spans: tuple[Span, ...]
    note: str = ""
    address: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """A span as drawn: a bar from ``x`` of ``width``, or with ``is_point`` a mark on ``x``; ``y`` is its middle."""

    span: Span
    x: float
    width: float
    y: float
    is_point: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A lane as drawn, from ``top`` downwards; its label's lines begin at ``label_y``, its band is centred on ``y``."""

    lane: Lane
    top: float
    height: float
    y: float
    band_height: float
    label_y: float
    label: tuple[str, ...]
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the header."""

    first: date
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Chart:
    """The whole drawing; ``today`` is ``None`` when it lies in another year."""

    layout: Layout
    height: float
    months: tuple[Month, ...]
    rows: tuple[Row, ...]
    today: float | None


def draw(year: int, lanes: Iterable[Lane], layout: Layout, today: date) -> Chart:
    """Lay out a calendar year: what lies outside it is left out, what reaches out of it is cut."""
    rows = []
    top = float(layout.header_height)
    for lane in lanes:
        row = _row(year, lane, layout, top)
        rows.append(row)
        top += row.height
    return Chart(
        layout=layout,
        height=top,
        months=tuple(_month(year, number, layout) for number in range(1, 13)),
        rows=tuple(rows),
        today=_middle(year, today, layout) if today.year == year else None,
    )


def position(year: int, day: date, layout: Layout) -> float:
    """Return where ``day`` begins; 1 January of the next year is the right edge."""
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    plot = layout.width - layout.label_width
    return layout.label_width + plot * (day - first).days / (after - first).days


def _row(year: int, lane: Lane, layout: Layout, top: float) -> Row:
    label = tuple(textwrap.wrap(lane.label, layout.label_characters, max_lines=LABEL_LINES, placeholder=" …"))
    lines = len(label) + bool(lane.note)
    spans = [span for span in lane.spans if _touches(year, span)]
    band = _band_height(lane, layout, is_empty=not spans)
    if layout.label_width:
        height = max(band, lines * layout.line_height + PADDING)
        y = top + height / 2
        label_y = y - (lines - 1) * layout.line_height / 2 + 4
    else:
        height = lines * layout.line_height + 4 + band
        y = top + height - band / 2
        label_y = top + layout.line_height
    return Row(
        lane=lane,
        top=top,
        height=height,
        y=y,
        band_height=band,
        label_y=label_y,
        label=label,
        shapes=tuple(_shape(year, span, layout, y) for span in spans),
    )


def _band_height(lane: Lane, layout: Layout, *, is_empty: bool) -> float:
    if not lane.address:
        return layout.line_height * 1.8
    return layout.empty_height if is_empty else layout.band_height


def _shape(year: int, span: Span, layout: Layout, y: float) -> Shape:
    first = max(span.first, date(year, 1, 1))
    after = min(span.last, date(year, 12, 31)) + timedelta(days=1)
    left, right = position(year, first, layout), position(year, after, layout)
    storey = y - STOREY * (span.kind in LIMITS) + STOREY * (span.kind in GHOSTS)
    if span.kind in POINTS and right - left < MARK:
        return Shape(span, (left + right) / 2, 0, storey, is_point=True)
    return Shape(span, left, max(right - left, SMALLEST), storey, is_point=False)


def _touches(year: int, span: Span) -> bool:
    return span.first.year <= year <= span.last.year


def _middle(year: int, day: date, layout: Layout) -> float:
    return (position(year, day, layout) + position(year, day + timedelta(days=1), layout)) / 2


def _month(year: int, number: int, layout: Layout) -> Month:
    first = date(year, number, 1)
    after = date(year + 1, 1, 1) if number == 12 else date(year, number + 1, 1)
    left, right = position(year, first, layout), position(year, after, layout)
    return Month(first, left, right - left)
