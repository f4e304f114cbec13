"""The predicate and the filter are one rule written twice; here they are held against each other."""

from datetime import date

import pytest
from sqlalchemy import Engine, select

from scheduler.accounts.rules import may_see
from scheduler.actor import Actor, operator, side
from scheduler.db.layers import ACROSS_SIDES
from scheduler.db.work import reading, unit_of_work
from scheduler.partnerships.tables import ClosedDayRow
from tests.accounts.founding import MEMBERS, NOW, found

LAYERS = {"uk-nl": (None, "uk", "nl"), "nl-us": (None, "nl", "us")}


def _closed_day(partnership: str, layer: str | None, number: int) -> ClosedDayRow:
    day = date(2027, 3, number)
    return ClosedDayRow(
        partnership=partnership,
        layer=layer,
        party=layer or MEMBERS[partnership][0],
        title={"en": f"{partnership}, {layer}"},
        first=day,
        last=day,
        effect="costs",
        levels=[],
        offices=[],
        kind="absence",
        source="a test",
        basis="stated",
    )


@pytest.mark.parametrize(
    "actor",
    [operator(), *(side(key, f"{key} desk") for key in ("uk", "nl", "us", "fr"))],
    ids=lambda actor: actor.name,
)
def test_the_predicate_and_the_filter_say_the_same(engine: Engine, actor: Actor) -> None:
    found(engine)
    rows = [(partnership, layer) for partnership, layers in LAYERS.items() for layer in layers]
    for number, (partnership, layer) in enumerate(rows, start=1):
        with unit_of_work(engine, side(layer, "desk") if layer else operator(), NOW) as work:
            work.session.add(_closed_day(partnership, layer, number))
    with reading(engine, actor, NOW) as work:
        seen = {(row.partnership, row.layer) for row in work.session.scalars(select(ClosedDayRow))}
        everything = work.session.scalars(select(ClosedDayRow), execution_options=ACROSS_SIDES).all()
    assert len(everything) == len(rows)
    assert seen == {
        (partnership, layer) for partnership, layer in rows if may_see(actor, layer, MEMBERS[partnership])
    }
