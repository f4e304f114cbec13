"""Random agendas, and random edits of them: by hand as pages allow, and as newer facts bring them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from agendas.versions import rules
from agendas.versions.content import LEFT_OUT, Content, Hours, Item, LeftOut, Paper, Place
from agendas.versions.merge import in_order
from scheduler.errors import BadInput, NotFound

ITEMS = tuple(f"item-{number}" for number in range(3))
NEW_ITEMS = ("new-1", "new-2")
COMMITMENTS = tuple(f"C{number}" for number in range(3))
NEW_COMMITMENTS = ("N1", "N2")
TEXTS = st.sampled_from(("", "one", "two", "three"))
WORDS = st.fixed_dictionaries({}, optional={"en": TEXTS, "nl": TEXTS})
TITLES = st.fixed_dictionaries({"en": st.sampled_from(("one", "two", "three"))}, optional={"nl": TEXTS})
BECAUSE = st.sampled_from(({"en": "late"}, {"en": "level", "nl": "niveau"}, {"nl": "uitgesteld"}))
HOURS = st.builds(
    Hours,
    minutes=st.sampled_from((60, 90)),
    days=st.just(2),
    first_day=st.sampled_from((None, date(2027, 3, 23), date(2027, 3, 30))),
    host=st.sampled_from(("uk", "nl")),
)
PAPERS = st.lists(st.builds(Paper, TITLES, st.sampled_from(("uk", "nl"))), max_size=1).map(tuple)
FIELD_VALUES: dict[str, st.SearchStrategy[Any]] = {
    "title": TITLES,
    "minutes": st.sampled_from((0, 5, 10)),
    "day": st.sampled_from((0, 1)),
    "lead": st.sampled_from((None, "uk", "nl")),
    "offices": st.sampled_from(((), ("uk/HO",), ("nl/JenV", "uk/HO"))),
    "wanted": st.sampled_from((None, "decide", "note")),
    "text": WORDS,
    "papers": PAPERS,
}


def an_item(key: str) -> st.SearchStrategy[Item]:
    return st.builds(
        Item,
        key=st.just(key),
        kind=st.just("theme"),
        place=st.sampled_from(Place),
        because=BECAUSE,
        **FIELD_VALUES,
    )


@st.composite
def contents(draw: st.DrawFn) -> Content:
    """Agendas in which each commitment stands once at most, and under no item that is dropped."""
    items = {key: draw(an_item(key)) for key in draw(st.permutations(ITEMS))[: draw(st.integers(1, 3))]}
    places = [key for key, item in items.items() if item.place is not Place.DROPPED]
    left = []
    for commitment in COMMITMENTS:
        where = draw(st.sampled_from((*places, LEFT_OUT, None)))
        if where == LEFT_OUT:
            left.append(LeftOut(commitment, draw(st.sampled_from(("level", "position"))), draw(BECAUSE)))
        elif where:
            items[where] = replace(items[where], commitments=(*items[where].commitments, commitment))
    return Content(
        hours=draw(HOURS),
        items=in_order(items.values()),
        left_out=tuple(left),
        dropped_themes=draw(st.dictionaries(st.sampled_from(("T1", "T2")), BECAUSE)),
    )


@st.composite
def edits_of(draw: st.DrawFn, content: Content) -> Content:
    """Return the agenda after a few edits; those that are refused are left undone."""
    for edit in draw(st.lists(st.sampled_from(EDITS), min_size=3, max_size=8)):
        try:
            content = edit(draw, content)
        except (BadInput, NotFound):
            continue
    return content


@st.composite
def three(draw: st.DrawFn) -> tuple[Content, Content, Content]:
    """Return an agenda and two that were made from it."""
    base = draw(contents())
    return base, draw(edits_of(base)), draw(edits_of(base))


def _an(draw: st.DrawFn, content: Content) -> str:
    return draw(st.sampled_from([item.key for item in content.items] or ["none"]))


def _edit(draw: st.DrawFn, content: Content) -> Content:
    name = draw(st.sampled_from(tuple(FIELD_VALUES)))
    return rules.edit(content, _an(draw, content), **{name: draw(FIELD_VALUES[name])})


def _move(draw: st.DrawFn, content: Content) -> Content:
    return rules.move(content, _an(draw, content), draw(st.integers(-3, 3)))


def _put(draw: st.DrawFn, content: Content) -> Content:
    where = draw(st.sampled_from((_an(draw, content), LEFT_OUT)))
    return rules.put(content, draw(st.sampled_from(COMMITMENTS)), where, draw(BECAUSE))


def _place(draw: st.DrawFn, content: Content) -> Content:
    return rules.place(content, _an(draw, content), draw(st.sampled_from(Place)), draw(BECAUSE))


def _add(draw: st.DrawFn, content: Content) -> Content:
    item = replace(draw(an_item(draw(st.sampled_from(NEW_ITEMS)))), place=Place.ROOM, because={})
    return rules.add(content, item, draw(st.sampled_from((None, _an(draw, content)))))


def _remove(draw: st.DrawFn, content: Content) -> Content:
    return rules.remove(content, _an(draw, content))


def _drop_theme(draw: st.DrawFn, content: Content) -> Content:
    return rules.drop_theme(content, draw(st.sampled_from(("T1", "T2"))), draw(BECAUSE | st.just({})))


def _look(draw: st.DrawFn, content: Content) -> Content:
    return rules.looked_at(content, _an(draw, content), draw(st.sampled_from(("en", "nl"))))


def _delivered(draw: st.DrawFn, content: Content) -> Content:
    gone = draw(st.sampled_from(COMMITMENTS))
    items = (
        replace(item, commitments=tuple(key for key in item.commitments if key != gone))
        for item in content.items
    )
    left = tuple(entry for entry in content.left_out if entry.commitment != gone)
    return replace(content, items=tuple(items), left_out=left)


def _promised(draw: st.DrawFn, content: Content) -> Content:
    new = draw(st.sampled_from(NEW_COMMITMENTS))
    if new in content.whereabouts():
        return content
    return rules.put(replace(content, left_out=(*content.left_out, LeftOut(new, "level", {"en": "new"}))), new,
                     _an(draw, content))  # fmt: skip


def _reorder(draw: st.DrawFn, content: Content) -> Content:
    return replace(
        content,
        items=in_order(draw(st.permutations(content.items))),
        left_out=tuple(draw(st.permutations(content.left_out))),
    )


def _other_hours(draw: st.DrawFn, content: Content) -> Content:
    return replace(content, hours=draw(HOURS))


EDITS: tuple[Callable[[st.DrawFn, Content], Content], ...] = (
    _edit, _edit, _edit, _move, _put, _put, _place, _place, _add, _remove, _drop_theme, _look, _delivered, _promised,
    _reorder, _other_hours,
)  # fmt: skip
