"""How a page reaches the house: the engine and settings it was built with, and units of work for whoever is signed in.

The one place of the pages that reads the clock.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast
from zoneinfo import ZoneInfo

from flask import current_app, g, request
from markupsafe import Markup
from sqlalchemy import Engine

from scheduler import clock
from scheduler.accounts.queries import UserFacts
from scheduler.accounts.rules import Act, may, require
from scheduler.actor import operator, side
from scheduler.db.work import Work, reading, unit_of_work
from scheduler.errors import BadInput
from scheduler.invitations.queries import HasJointAgenda
from scheduler.partnerships.queries import PartnershipFacts
from scheduler.reminders.queries import AgendaDeadlines
from scheduler.settings import Settings
from scheduler.typed import day_typed

EXTENSION = "dialogues"
FIRST_YEAR, LAST_YEAR = 2000, 2100
"""The years that pages can be asked for."""
BEARER = "link in a letter"
"""How the audit trail names whoever answers a letter by its link."""

Panel = Callable[[Work, str, str], Markup]
"""What another wing shows on a page: unit of work, key of the page's subject and language in; HTML out."""


@dataclass(frozen=True, slots=True)
class Panels:
    """The panels of other wings: on a meeting's page (key: its UID) and on an obligation's (``partnership/key``)."""

    meeting: tuple[Panel, ...] = ()
    obligation: tuple[Panel, ...] = ()


@dataclass(frozen=True, slots=True)
class Door:
    """What the composition root gave to the pages."""

    engine: Engine
    settings: Settings
    panels: Panels
    agenda_deadlines: AgendaDeadlines
    has_joint_agenda: HasJointAgenda


def door() -> Door:
    """Return what this application was built with."""
    return cast(Door, current_app.extensions[EXTENSION])


def person() -> UserFacts:
    """Return who is signed in; only for pages that are not public."""
    return cast(UserFacts, g.person)


def present() -> datetime:
    """Return the present instant, for what reads it more than once: a loop with several units of work."""
    return clock.now()


def allowed(act: Act) -> bool:
    """Tell whether the person who is signed in may do ``act``: for showing a button or not."""
    return "person" in g and may(person().role, act)


@contextmanager
def reading_page(act: Act = Act.READ) -> Iterator[Work]:
    """Read as the person who is signed in; raise ``NotAllowed`` unless the permission table gives the act."""
    require(person().role, act)
    with reading(door().engine, person().actor, clock.now()) as work:
        yield work


@contextmanager
def acting(act: Act) -> Iterator[Work]:
    """Act as the person who is signed in; raise ``NotAllowed`` unless the permission table gives the act."""
    require(person().role, act)
    with unit_of_work(door().engine, person().actor, clock.now()) as work:
        yield work


@contextmanager
def reading_accounts() -> Iterator[Work]:
    """Read accounts, before it is known who asks."""
    with reading(door().engine, operator("sign-in"), clock.now()) as work:
        yield work


@contextmanager
def changing_accounts() -> Iterator[Work]:
    """Use up a link, open or end a session."""
    with unit_of_work(door().engine, operator("sign-in"), clock.now()) as work:
        yield work


@contextmanager
def reading_as_bearer(party: str) -> Iterator[Work]:
    """Read for whoever holds a link of a letter to ``party``; that the link is one, the page checks within it."""
    with reading(door().engine, side(party, BEARER), clock.now()) as work:
        yield work


@contextmanager
def bearing(party: str) -> Iterator[Work]:
    """Act for whoever holds a link of a letter to ``party``; that the link is one, the page checks within it."""
    with unit_of_work(door().engine, side(party, BEARER), clock.now()) as work:
        yield work


def viewed_day(work: Work, partnership: PartnershipFacts) -> date:
    """Return the day for which the page is asked: ``?on=2027-02-01``, else today where the reader's side works."""
    asked = request.args.get("on", "")
    if not asked:
        return work.now.astimezone(ZoneInfo(partnership.party(work.actor.side).zone)).date()
    day = day_typed(asked, "on")
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        message = {"en": f"{asked} is out of reach", "nl": f"{asked} valt buiten het bereik"}
        remedy = {"en": f"from {FIRST_YEAR} to {LAST_YEAR}", "nl": f"van {FIRST_YEAR} tot en met {LAST_YEAR}"}
        raise BadInput(message, place="on", remedy=remedy)
    return day
