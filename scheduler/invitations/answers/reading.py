"""The loop that reads the mailbox: for each mail, ask every side whether it concerns it, then store it for that side.

A mail is looked at with the eyes of one side after another, and stored in a unit of work of the one that it concerns;
nothing here sees what two sides hold.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy import Engine

from scheduler.actor import Actor, operator, side
from scheduler.db.work import reading, unit_of_work
from scheduler.errors import Unavailable
from scheduler.invitations.answers.actions import take, take_over
from scheduler.invitations.answers.mailbox import Mailbox
from scheduler.invitations.answers.mails import Mail, mark_of, read_mail
from scheduler.invitations.answers.queries import Concern, concern

NAME = "mailbox"
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Read:
    """What one look into the mailbox came to; ``problem`` says why it could not be read, or not to its end."""

    taken: int = 0
    failed: int = 0
    problem: str = ""


def read_mailbox(
    engine: Engine,
    mails: Mailbox,
    parties: Iterable[str],
    present: Callable[[], datetime],
    relay: str = "",
) -> Read:
    """Store every mail that waits; one that cannot be stored is logged, waits on, and stops no other.

    ``relay`` is the name of the own relay, whose word on the sender of a mail is believed.
    """
    taken = failed = 0
    problem = ""
    known = tuple(parties)
    try:
        with mails.open() as tray:
            for waiting in tray.waiting():
                try:
                    taken += take_in(engine, waiting.content, known, present(), relay)
                    tray.put_away(waiting)
                except Exception:
                    log.exception("a mail could not be stored or put away", mail=waiting.name)
                    failed += 1
    except Unavailable as error:
        problem = str(error)
        log.warning("the mailbox could not be read", reason=problem)
    return Read(taken, failed, problem)


def take_in(engine: Engine, content: bytes, parties: Iterable[str], now: datetime, relay: str = "") -> bool:
    """Store one mail for whom it concerns; return whether it was new."""
    mail = read_mail(content, relay)
    actor, found = _whose(engine, mail, parties, now)
    with unit_of_work(engine, actor, now) as work:
        return take(work, mail, mark_of(content), content, found)


def hand_over(engine: Engine, uid: str, party: str, partnership: str, now: datetime) -> None:
    """Give a mail of which nobody knew whose it is to the side for which the operator takes it to be.

    Raise ``NotFound`` where there is no such mail, or the side is no party to the partnership.
    """
    with unit_of_work(engine, side(party, "operator"), now) as work:
        take_over(work, uid, partnership)


def _whose(engine: Engine, mail: Mail, parties: Iterable[str], now: datetime) -> tuple[Actor, Concern | None]:
    """Return the side with the surest claim; where two have the same, nobody's is: a person at the mailbox decides."""
    claims: list[tuple[Actor, Concern]] = []
    for party in parties:
        actor = side(party, NAME)
        with reading(engine, actor, now) as work:
            found = concern(work, mail)
        if found:
            claims.append((actor, found))
    surest = max((found.claim for _, found in claims), default=None)
    best = [(actor, found) for actor, found in claims if found.claim is surest]
    return best[0] if len(best) == 1 else (operator(NAME), None)
