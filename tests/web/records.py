"""A round of today whose record one side has written and offered: what the pages of records show."""

from sqlalchemy import Engine

from agendas.outcomes import actions
from agendas.outcomes.content import Change, Said
from agendas.outcomes.editing import with_item
from agendas.outcomes.queries import the_record_draft
from agendas.outcomes.rules import put
from scheduler import clock
from scheduler.actor import side
from scheduler.db.work import unit_of_work
from tests.agendas.outcomes.rounds import PORTS, THEME, filled


def record(engine: Engine, uid: str) -> None:
    """Let the UK record a round with something of every kind, and offer it; the Netherlands begins one of its own."""
    with unit_of_work(engine, side("uk", "UK desk"), clock.now()) as work:
        actions.begin(work, uid)
        draft = the_record_draft(work, uid)
        made = filled(with_item(draft.record, THEME, {"en": "Ports", "nl": "Havens"}))
        made = put(put(made, "new/ports", PORTS), "change/JS-C27", Change("JS-C27", "JS-C27", "in_progress"))
        made = put(made, "said/one", Said("one", THEME, ("JS-C26",), {"en": "Two joint operations."}))
        actions.keep(work, uid, draft.number, made)
        actions.offer(work, uid)
    with unit_of_work(engine, side("nl", "NL desk"), clock.now()) as work:
        actions.take_in(work, uid)
