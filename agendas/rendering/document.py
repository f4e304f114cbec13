"""A document as neutral blocks: what it says, in one language, before any format.

Owns the blocks and the cleaning of their text: no span holds a character that XML forbids or that reorders the text
around it. Which words stand in the blocks is the business of the rooms that compose them; how a block looks, of the
writers and their templates.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Literal
from unicodedata import bidirectional

from scheduler.markings import Markings, permitted, unmarked

SpanStyle = Literal["plain", "strong", "quiet", "key", "flag", "alarm", "mark"]
"""``key`` is a reference such as JS-C26; ``flag`` says something about a text; ``alarm`` asks for attention;
``mark`` points to a legend."""

Layout = Literal["facts", "running_order", "annotations", "register", "brief"]
"""The tables that templates know, with their columns: label, value · time, number, item, lead, wanted, minutes ·
reference, text, what was said · reference, text, reason · label, what one side alone may read."""

Kind = Literal["agenda", "annotated", "briefing", "record", "note", "report"]
"""The kinds of documents, which a ministry may give templates of their own."""

LONGEST_TEXT = 20_000
"""Characters of one span; what is longer is cut, with an ellipsis, so that one paste cannot make a thousand pages."""

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffc\ufffe\uffff\u202a-\u202e\u2066-\u2069\u200e\u200f]"
)
_LAST_OF_A_PLANE = re.compile(
    "[" + "".join(chr(plane << 16 | end) for plane in range(1, 17) for end in (0xFFFE, 0xFFFF)) + "]"
)
_LETTER = "[\u0590-\u08ff\ufb1d-\ufdfc\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
_LEFTWARD = re.compile(rf"{_LETTER}(?:[\s'’\"־]*{_LETTER})*")
"""Words in scripts that run from right to left (Hebrew, Arabic, Syriac and their kin), with what stands between."""

_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Span:
    """Some words in one style; cleaned when made."""

    text: str
    style: SpanStyle = "plain"

    def __post_init__(self) -> None:
        """Hold only what every format can write; nearly every text is so already."""
        cleaned = clean(self.text)
        if cleaned is not self.text:
            object.__setattr__(self, "text", cleaned)


Text = tuple[Span, ...]
Cell = tuple[Text, ...]
"""The paragraphs of a table's cell."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 2 or 3 (the title is level 1); ``aside`` stands at the end of its line."""

    level: int
    text: Text
    aside: Text = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; a quiet one explains."""

    text: Text
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list without order."""

    items: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; a quiet one is there for the clock, not for the talk; a closed one must not be passed on."""

    cells: tuple[Cell, ...]
    quiet: bool = False
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table. ``caption`` tells those who cannot see it what it holds; ``header`` is empty only for ``facts``."""

    layout: Layout
    caption: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]

    def __post_init__(self) -> None:
        """Clean what is not made of spans."""
        object.__setattr__(self, "caption", clean(self.caption))
        object.__setattr__(self, "header", tuple(clean(cell) for cell in self.header))


Block = Heading | Paragraph | Bullets | Table


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands around the blocks: the lines above and below the title, the feet of the pages ("Page 1 of 3")."""

    kicker: str
    subtitle: str
    footer: str
    page: str
    of: str

    def __post_init__(self) -> None:
        """Clean what is not made of spans."""
        for name in ("kicker", "subtitle", "footer", "page", "of"):
            object.__setattr__(self, name, clean(getattr(self, name)))


@dataclass(frozen=True, slots=True)
class Document:
    """A document in one language.

    ``marking`` is the originator's, untranslated; ``None`` where there is none. ``dated`` is the day of the
    facts in it: the only time that its files carry. ``kind`` decides which template of a ministry it is written with.
    """

    language: str
    title: str
    marking: str | None
    dated: date
    furniture: Furniture
    blocks: tuple[Block, ...]
    kind: Kind = "agenda"

    def __post_init__(self) -> None:
        """Clean what is not made of spans; raise ``BadInput`` for a marking or a title of a level too high."""
        permitted(self.marking or "", Markings(), "marking")
        unmarked(self.title, "title")
        object.__setattr__(self, "title", clean(self.title))
        object.__setattr__(self, "marking", clean(self.marking) if self.marking else None)


def clean(text: str) -> str:
    """Return ``text`` on one line, without control characters, surrogates, non-characters, direction marks.

    What is left is allowed in XML 1.0 (section 2.2) and cannot reorder its surroundings (Unicode UAX 9,
    explicit marks).
    """
    if text.isascii() and text.isprintable() and "  " not in text and len(text) <= LONGEST_TEXT:
        return text  # nearly every text there is
    visible = _SPACES.sub(" ", _LAST_OF_A_PLANE.sub("", _FORBIDDEN.sub("", _SPACES.sub(" ", text))))
    return visible if len(visible) <= LONGEST_TEXT else visible[: LONGEST_TEXT - 1] + "…"


def isolated(text: str) -> str:
    """Return the text with its words from right to left between marks that keep their direction to themselves.

    The marks are FSI and PDI (UAX 9); a text that begins from right to left is such as a whole.
    """
    if text.isascii() or not _LEFTWARD.search(text):
        return text
    first = next((one for one in map(bidirectional, text) if one in ("L", "R", "AL")), "L")
    return _LEFTWARD.sub("\u2068\\g<0>\u2069", text) if first == "L" else f"\u2068{text}\u2069"


def span(text: str, style: SpanStyle = "plain") -> Text:
    """Return a text of one span."""
    return (Span(text, style),)


def joined(texts: list[Text], separator: str = " · ") -> Text:
    """Return the texts one after the other, with a quiet separator between them; empty ones are passed over."""
    spans: list[Span] = []
    for text in filter(None, texts):
        spans += [Span(separator, "quiet"), *text] if spans else text
    return tuple(spans)


def plain(text: Text) -> str:
    """Return the words without their styles."""
    return "".join(part.text for part in text)


def leads_on(blocks: tuple[Block, ...]) -> Iterator[bool]:
    """Yield for each block whether the next one belongs to it, so that no page should part them."""
    before: Block | None = None
    for block, after in zip_longest(blocks, blocks[1:]):
        if isinstance(after, Heading):
            yield isinstance(before, Heading) and before.level < after.level
        else:
            yield after is not None
        before = block
