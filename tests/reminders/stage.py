"""A small partnership with its programme, rounds on its calendar, and what each side is told at a given moment."""

import copy
import functools
from datetime import UTC, date, datetime, time
from pathlib import Path

from sqlalchemy import Engine, select

from scheduler.actor import Actor, operator, side
from scheduler.dates.slots import Slot, timed_slot
from scheduler.db.work import reading, unit_of_work
from scheduler.meetings.actions import Round, agree, offer, plan_round
from scheduler.obligations.queries import obligation
from scheduler.outbox.mime import Letterhead
from scheduler.outbox.queries import LetterFacts, letters
from scheduler.programmes.loading import load, read_programme
from scheduler.programmes.sections import Entry
from scheduler.reminders.actions import Given, give_due
from scheduler.reminders.queries import AgendaDeadlines, no_agendas
from scheduler.reminders.tables import GivenReminder

LETTERHEAD = Letterhead("dialogues@secretariat.example", "OFFICIAL", "https://dialogues.example")
UK, NL = side("uk", "UK secretariat"), side("nl", "Dutch secretariat")
START = datetime(2026, 9, 1, 12, tzinfo=UTC)
FIRST_OF_JUNE = timed_slot(date(2027, 6, 1), time(10), time(16), "Europe/London")
ASSUMED = {"start_time": "assumed", "duration": "assumed", "host": "assumed", "place": "assumed"}


def found(engine: Engine) -> None:
    """Load the programme."""
    with unit_of_work(engine, operator(), START) as work:
        load(work, copy.deepcopy(_programme()))


def planned(engine: Engine, actor: Actor = UK, key: str = "SOC", slot: Slot = FIRST_OF_JUNE) -> str:
    """Let a side plan a round for itself in London, and return its UID."""
    with unit_of_work(engine, actor, START) as work:
        duty = obligation(work, "uk-nl", key)
        return plan_round(work, Round((duty,), slot, "uk", {"en": "London", "nl": "Londen"}, ASSUMED))


def agreed(engine: Engine, key: str = "SOC", slot: Slot = FIRST_OF_JUNE) -> str:
    """Let the UK offer a round and the Netherlands agree to it; return its UID."""
    uid = planned(engine, UK, key, slot)
    with unit_of_work(engine, UK, START) as work:
        offer(work, uid)
    with unit_of_work(engine, NL, START) as work:
        agree(work, uid)
    return uid


def give(engine: Engine, actor: Actor, now: datetime, agendas: AgendaDeadlines = no_agendas) -> Given:
    """Let a side have its turn."""
    with unit_of_work(engine, actor, now) as work:
        return give_due(work, LETTERHEAD, agendas)


def letters_of(engine: Engine, actor: Actor) -> tuple[LetterFacts, ...]:
    """Return a side's letters, the oldest first."""
    with reading(engine, actor, START) as work:
        return letters(work)[::-1]


def said(engine: Engine, actor: Actor) -> list[tuple[str, str]]:
    """Return the post and the subject of each of a side's letters, without the marking."""
    return [(entry.post, entry.subject.removeprefix("OFFICIAL: ")) for entry in letters_of(engine, actor)]


def given(engine: Engine, actor: Actor) -> list[tuple[str, str]]:
    """Return which post was told of which step, sorted."""
    with reading(engine, actor, START) as work:
        keys = work.session.scalars(select(GivenReminder.key)).all()
    parts = [key.split("/") for key in keys]
    return sorted((f"{party}/{post}", step) for *_, step, party, post, _ in parts)


@functools.cache
def _programme() -> Entry:
    """Return the programme, read once for each process: reading takes longer than most tests."""
    return read_programme(Path(__file__).with_name("programme.yaml"))
