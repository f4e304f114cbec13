"""What the forms of an agenda say: typed fields in, another content and notes out; every fault named by its field.

Owns the names of the fields. Knows nothing of requests: it reads a mapping, so that a refused form can be shown again
with everything that was typed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar

from werkzeug.datastructures import MultiDict

from agendas.negotiation.papers import NOTE_KINDS
from agendas.text import accept, accept_line
from agendas.versions import rules
from agendas.versions.content import Content, Item, Paper, Place
from agendas.versions.merge import in_order
from scheduler.errors import BadInput, DialoguesError
from scheduler.typed import not_known, one_of
from scheduler.words import LANGUAGES, Words

BLANK_PAPERS = 2
"""How many empty rows for papers a form offers beside those that stand."""

MOST_PAPERS = 12
SAVE, RECALCULATE = "save", "recalculate"
Value = TypeVar("Value")


@dataclass
class Typed:
    """A form as it was typed, and what is wrong with it, by field."""

    fields: MultiDict[str, str]
    faults: dict[str, DialoguesError] = field(default_factory=dict)

    def said(self, name: str) -> str:
        """Return what stands in a field, as it was typed."""
        return self.fields.get(name, "")

    def has(self, name: str) -> bool:
        """Tell whether the form has such a field."""
        return name in self.fields

    def read(self, name: str, reading: Callable[[], Value], otherwise: Value) -> Value:
        """Return what ``reading`` returns; where it refuses, keep the fault with its field and go on."""
        try:
            return reading()
        except DialoguesError as error:
            self.faults[name] = error
            return otherwise

    def line(self, name: str) -> str:
        """Return a text of one line."""
        return self.read(name, lambda: accept_line(self.said(name), name), "")

    def text(self, name: str) -> str:
        """Return a longer text."""
        return self.read(name, lambda: accept(self.said(name), name), "")

    def lines(self, name: str) -> Words:
        """Return a line in every language in which it was typed."""
        return self._in_languages(name, self.line)

    def texts(self, name: str) -> Words:
        """Return a longer text in every language in which it was typed."""
        return self._in_languages(name, self.text)

    def number(self, name: str, otherwise: int) -> int:
        """Return a whole number; an empty field says ``otherwise``."""
        return self.read(name, lambda: whole_number(self.said(name), name, otherwise), otherwise)

    def day(self, name: str) -> date | None:
        """Return a calendar day; an empty field says none."""
        return self.read(name, lambda: calendar_day(self.said(name), name), None)

    def change(
        self, content: Content, change: Callable[[Content], Content], places: Mapping[str, str]
    ) -> Content:
        """Return the content changed; a fault goes to the field that ``places`` names for where the rule found it."""
        try:
            return change(content)
        except DialoguesError as error:
            self.faults[places.get(error.place, error.place or "form")] = error
            return content

    def _in_languages(self, name: str, reading: Callable[[str], str]) -> Words:
        said = {language: reading(f"{name}.{language}") for language in LANGUAGES}
        return {language: text for language, text in said.items() if text}


def whole_number(text: str, place: str, otherwise: int) -> int:
    """Read a whole number; raise ``BadInput`` for anything else."""
    typed = text.strip()
    if not typed:
        return otherwise
    if not (typed.isascii() and typed.isdigit()):
        message = {"en": f"{typed[:20]!r} is no whole number", "nl": f"{typed[:20]!r} is geen geheel getal"}
        raise BadInput(message, place=place, remedy={"en": "such as 15", "nl": "zoals 15"})
    if len(typed) > len(str(rules.LONGEST_ITEM)):
        message = {"en": f"{typed[:20]} is too large", "nl": f"{typed[:20]} is te groot"}
        remedy = {"en": f"at most {rules.LONGEST_ITEM}", "nl": f"hoogstens {rules.LONGEST_ITEM}"}
        raise BadInput(message, place=place, remedy=remedy)
    return int(typed)


def calendar_day(text: str, place: str) -> date | None:
    """Read a day as ``2027-02-01``; raise ``BadInput`` for anything else."""
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise BadInput(
            {"en": f"{text[:20]!r} is no day", "nl": f"{text[:20]!r} is geen dag"},
            place=place,
            remedy={"en": "write it as 2027-02-01", "nl": "schrijf 2027-02-01"},
        ) from None


def running_order(typed: Typed, content: Content) -> Content:
    """Return the agenda with the minutes, days, results, leads and order of a form.

    The button ``up KEY`` or ``down KEY`` moves one item a place.
    """
    for item in content.in_room:
        content = _line_of_order(typed, content, item)
    content = in_typed_order(content, typed.fields.getlist("order"))
    direction, _, key = typed.said("act").partition(" ")
    if direction in ("up", "down") and content.item(key):
        content = rules.move(content, key, -1 if direction == "up" else 1)
    return content


def in_typed_order(content: Content, keys: Sequence[str]) -> Content:
    """Return the agenda with its items in the order of a form; items that the form does not know stay behind theirs."""
    rank = {key: number for number, key in enumerate(keys)}
    last = -1
    ranked = []
    for item in content.items:
        last = rank.get(item.key, last)
        ranked.append((last, item))
    items = [item for _, item in sorted(ranked, key=lambda pair: pair[0])]
    return replace(content, items=in_order(items))


def item_of_form(typed: Typed, content: Content, item: Item) -> Content:
    """Return the agenda with an item as its form says."""
    values: dict[str, Any] = {
        "title": typed.lines("title"),
        "text": typed.texts("text"),
        "lead": typed.said("lead") or None,
        "offices": _offices(typed, item),
        "wanted": typed.said("wanted") or None,
        "papers": papers_of_form(typed),
        "minutes": typed.number("minutes", 0),
        "day": typed.number("day", 1) - 1,
    }
    same = typed.fields.getlist("same")
    where = typed.read("place", lambda: _place(typed.said("place"), item.place), item.place)
    because = typed.lines("because")
    if where is not Place.ROOM:
        values["minutes"] = 0
    content = typed.change(
        content, lambda before: rules.edit(before, item.key, same=same, **values), {"title": "title.en"}
    )
    if where is not item.place or (where is not Place.ROOM and because != item.because):
        content = typed.change(
            content,
            lambda before: rules.place(before, item.key, where, because),
            {"because": "because.en", "item": "place"},
        )
        if same:
            for language in same:
                content = rules.looked_at(content, item.key, language)
    return content


def papers_of_form(typed: Typed) -> tuple[Paper, ...]:
    """Return the papers expected, as the rows of a form say; a row without a title is none."""
    papers = []
    for number in range(MOST_PAPERS):
        title = typed.lines(f"paper.{number}.title")
        due = typed.day(f"paper.{number}.due")
        if title:
            papers.append(Paper(title, typed.said(f"paper.{number}.side"), due))
    return tuple(papers)


def notes_of_form(typed: Typed) -> dict[str, str]:
    """Return what a side writes for itself about an item."""
    said = {kind: typed.text(f"note.{kind}") for kind in NOTE_KINDS}
    return {kind: text for kind, text in said.items() if text}


def new_item(typed: Typed, content: Content, key: str) -> Content:
    """Return the agenda with an item more."""
    item = Item(
        key,
        rules.ADDED,
        typed.lines("title"),
        minutes=typed.number("minutes", 0),
        day=typed.number("day", 1) - 1,
        lead=typed.said("lead") or None,
        wanted=_wanted(typed.said("wanted")),
        text=typed.texts("text"),
    )
    after = typed.said("after") or None
    return typed.change(content, lambda before: rules.add(before, item, after), {"title": "title.en"})


def _line_of_order(typed: Typed, content: Content, item: Item) -> Content:
    names = {name: f"{name}.{item.key}" for name in ("minutes", "day", "wanted", "lead")}
    if not typed.has(names["minutes"]):
        return content
    values: dict[str, Any] = {
        "minutes": typed.number(names["minutes"], 0),
        "day": typed.number(names["day"], item.day + 1) - 1,
    }
    if typed.has(names["wanted"]):
        values |= {"wanted": typed.said(names["wanted"]) or None, "lead": typed.said(names["lead"]) or None}
    return typed.change(content, lambda before: rules.edit(before, item.key, **values), names)


def _offices(typed: Typed, item: Item) -> tuple[str, ...]:
    """Return the offices that were ticked, those that stood there first, in their order."""
    ticked = list(typed.fields.getlist("offices"))
    return (
        *(key for key in item.offices if key in ticked),
        *(key for key in ticked if key not in item.offices),
    )


def _place(text: str, otherwise: Place) -> Place:
    if not text:
        return otherwise
    try:
        return Place(text)
    except ValueError:
        raise BadInput(not_known(text[:20]), place="place", remedy=one_of(Place)) from None


def _wanted(text: str) -> Any:
    return text or None
