"""Of a record that is offered in part, the other side sees the parts that were chosen, and none by its name only."""

from dataclasses import replace

from sqlalchemy import Engine

from agendas.outcomes import actions
from agendas.outcomes.editing import with_item, with_new, with_seat
from agendas.outcomes.queries import the_record_draft, the_record_version
from agendas.versions.stored import canonical
from scheduler.db.work import reading, unit_of_work
from scheduler.errors import BadInput
from tests.agendas.outcomes.rounds import AFTER, DRUGS, PORTS, soc_round
from tests.builders import NL, UK, refusal

CANARY = {"en": "Canary", "nl": "Kanarie"}


def test_of_a_record_offered_in_part_nothing_that_a_side_added_shows(engine: Engine) -> None:
    uid = soc_round(engine)
    with unit_of_work(engine, UK, AFTER) as work:
        actions.begin(work, uid)
        begun = the_record_draft(work, uid)
        record = with_item(begun.record, "added/canary", CANARY)
        record = with_seat(record, "uk/canary", "uk", CANARY)
        record = with_new(record, replace(PORTS, item="added/canary"))
        actions.keep(work, uid, begun.number, record)
        assert refusal(BadInput, actions.offer, work, uid, [f"item/{DRUGS}", "new/ports"]) == (
            "subjects: an entry stands under added/canary, which is not offered (offer item/added/canary with it)"
        )
        actions.offer(work, uid, [f"item/{DRUGS}"])
    with reading(engine, NL, AFTER) as work:
        seen = the_record_version(work, uid).record
    assert [item.key for item in seen.items] == [item.key for item in begun.record.items]
    assert [seat.key for seat in seen.seats] == [seat.key for seat in begun.record.seats]
    assert b"anary" not in canonical(seen)
