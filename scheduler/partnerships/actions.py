"""Closing days for one's own side: a blackout, an absence, anything that is no public holiday.

A side closes days for itself alone; only what it closes jointly does the other side see.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from scheduler.audit.actions import record
from scheduler.dates.closed_days import Effect
from scheduler.db.layers import JOINT
from scheduler.db.work import Work
from scheduler.errors import BadInput, Conflict, NotFound
from scheduler.partnerships.queries import offices
from scheduler.partnerships.queries import partnership as find_partnership
from scheduler.partnerships.tables import ClosedDayRow
from scheduler.typed import one_of
from scheduler.words import Words

KINDS = ("blackout", "absence", "recess", "summit", "election", "holiday")
"""What days may be closed for; the first is what a private office means when it says no more."""

LONGEST = timedelta(days=366)
"""How many days are closed at once at most: plans of every side look at each of them."""

CLOSED_ALREADY = {"en": "these days are closed already", "nl": "deze dagen zijn al gesloten"}
REMOVE_FIRST = {
    "en": "remove them first, to close them anew",
    "nl": "verwijder ze eerst, om ze opnieuw te sluiten",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """Days of the acting side to close, ``first`` and ``last`` included; no levels or offices mean all of them."""

    first: date
    last: date
    title: Words
    kind: str = KINDS[0]
    effect: Effect = Effect.FORBIDS
    levels: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    joint: bool = False


def close_days(work: Work, partnership: str, closing: Closing) -> None:
    """Close days for the acting side, for its own eyes unless they are to be joint.

    Raises ``BadInput`` for days out of order or too many, a title that cannot be shown or an unknown office,
    ``Conflict`` for what is closed.
    """
    party = work.actor.side
    find_partnership(work, partnership).party(party)
    _check(closing)
    known = [office.key for office in offices(work, partnership) if office.party == party]
    for office in closing.offices:
        if office not in known:
            message = {
                "en": f"{office!r} is no office of {party}",
                "nl": f"{office!r} is geen organisatie van {party}",
            }
            raise BadInput(message, place="office", remedy=one_of(known))
    if _rows(work, partnership, closing.kind, closing.first, closing.last, joint=closing.joint):
        raise Conflict(CLOSED_ALREADY, remedy=REMOVE_FIRST)
    layer = JOINT if closing.joint else party
    work.session.add(
        ClosedDayRow(
            partnership=partnership,
            layer=layer,
            party=party,
            title=closing.title,
            first=closing.first,
            last=closing.last,
            effect=closing.effect.value,
            levels=list(closing.levels),
            offices=list(closing.offices),
            kind=closing.kind,
            source=work.actor.name,
            basis=f"set:{work.actor.name}",
        )
    )
    _audit(work, partnership, "days closed", closing.kind, (closing.first, closing.last), layer)


def open_days(
    work: Work, partnership: str, kind: str, first: date, last: date, *, joint: bool = False
) -> None:
    """Open days again that are closed for the acting side; raise ``NotFound`` where none are."""
    rows = _rows(work, partnership, kind, first, last, joint=joint)
    if not rows:
        raise NotFound(
            f"no {kind} of {work.actor.side} from {first} to {last}",
            remedy="`dialogues closed-days list` shows kinds and days",
        )
    for row in rows:
        work.session.delete(row)
    _audit(work, partnership, "days opened", kind, (first, last), JOINT if joint else work.actor.side)


def _check(closing: Closing) -> None:
    if closing.last < closing.first:
        raise BadInput(
            {"en": "the days end before they begin", "nl": "de dagen eindigen voordat zij beginnen"},
            place="until",
            remedy={"en": "give a later last day", "nl": "geef een latere laatste dag"},
        )
    if closing.last - closing.first >= LONGEST:
        raise BadInput(
            {"en": f"more than {LONGEST.days} days", "nl": f"meer dan {LONGEST.days} dagen"},
            place="until",
            remedy={"en": "close each year by itself", "nl": "sluit elk jaar afzonderlijk"},
        )
    if not all(text.strip() for text in closing.title.values()):
        raise BadInput(
            {"en": "the title is empty", "nl": "de titel is leeg"},
            place="title",
            remedy={"en": "say what the days are", "nl": "schrijf wat het voor dagen zijn"},
        )
    if not all(text.isprintable() for text in closing.title.values()):
        raise BadInput(
            {"en": "the title holds control characters", "nl": "de titel bevat besturingstekens"},
            place="title",
            remedy={"en": "write it on one line", "nl": "schrijf hem op één regel"},
        )


def _rows(
    work: Work, partnership: str, kind: str, first: date, last: date, *, joint: bool
) -> list[ClosedDayRow]:
    layer = ClosedDayRow.layer.is_(None) if joint else ClosedDayRow.layer == work.actor.side
    named = select(ClosedDayRow).where(
        ClosedDayRow.partnership == partnership,
        ClosedDayRow.party == work.actor.side,
        ClosedDayRow.kind == kind,
        ClosedDayRow.first == first,
        ClosedDayRow.last == last,
        layer,
    )
    return list(work.session.scalars(named))


def _audit(
    work: Work, partnership: str, act: str, kind: str, span: tuple[date, date], layer: str | None
) -> None:
    first, last = span
    record(work, partnership, act, f"closed-days/{kind}", layer=layer, first=str(first), last=str(last))
