"""Rounds that were held, with an agenda both sides know, and records that say something of every part."""

from dataclasses import replace
from datetime import UTC, date, datetime

from sqlalchemy import Engine

from agendas.drafting.actions import start_draft
from agendas.negotiation.actions import offer
from agendas.outcomes import actions
from agendas.outcomes.content import NewCommitment, Record
from agendas.outcomes.queries import the_record_draft
from agendas.outcomes.rules import put
from scheduler.actor import Actor
from scheduler.db.work import unit_of_work
from scheduler.programmes.loading import SHIPPED
from tests.builders import NOW, TODAY, UK, agreed, load_files

SOC = "JS-R05"
THEME = "theme/JS-T3"
DRUGS = "topic/drug-smuggling"
DAY = date(2027, 3, 23)
AFTER = datetime(2027, 3, 23, 16, 0, tzinfo=UTC)
PORTS = NewCommitment(
    key="ports",
    item=THEME,
    theme="JS-T3",
    text={"en": "Share a list of ports by summer.", "nl": "Voor de zomer een lijst van havens delen."},
    kind="action",
    strength="will",
    owners={"uk": ("home-office",), "nl": ("jenv",)},
    due=date(2027, 7, 1),
)


def soc_round(engine: Engine, *, with_agenda: bool = True) -> str:
    """Load the shipped programme, agree a SOC round and offer its agenda; return its UID."""
    load_files(engine, SHIPPED / "uk_nl.yaml")
    uid = agreed(engine, DAY, key=SOC)
    if with_agenda:
        with unit_of_work(engine, UK, NOW) as work:
            start_draft(work, uid, TODAY)
            offer(work, uid)
    return uid


def filled(record: Record, *, missed: str = DRUGS) -> Record:
    """Return a record in which everybody came and every item was decided but one, which was not reached."""
    items = tuple(
        replace(item, result="not_reached" if item.key == missed else item.result or "decided")
        for item in record.items
    )
    seats = tuple(replace(seat, presence="present") for seat in record.seats)
    return replace(record, items=items, seats=seats)


def recorded(engine: Engine, uid: str, actor: Actor = UK) -> Record:
    """Let a side keep a record of its own with one new commitment; return it."""
    with unit_of_work(engine, actor, AFTER) as work:
        actions.begin(work, uid)
        draft = the_record_draft(work, uid)
        actions.keep(work, uid, draft.number, put(filled(draft.record), "new/ports", PORTS))
        return the_record_draft(work, uid).record
