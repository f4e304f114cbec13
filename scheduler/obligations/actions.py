"""Changing obligations: agreeing that a round is left out, and setting an interval where the text has none."""

from datetime import date

from sqlalchemy import select

from scheduler.audit.actions import record
from scheduler.dates.cadence import LONGEST_INTERVAL, WITHOUT_INTERVAL, add_months, aim_months
from scheduler.db.layers import JOINT
from scheduler.db.work import Work
from scheduler.errors import BadInput, Conflict, NotFound
from scheduler.obligations.queries import ObligationFacts
from scheduler.obligations.tables import Obligation, Skip
from scheduler.partnerships.queries import partnership


def propose_skip(work: Work, obligation: ObligationFacts, due: date, reason: str) -> None:
    """Propose to the other side that the round due on ``due`` be left out; the proposal is itself the first consent.

    Raises ``Conflict`` where no date is owed or the skip is proposed already, and ``BadInput`` for a day on which no
    round can be due: one agreed for a distant year would silence the obligation until then.
    """
    if not reason.strip():
        raise BadInput("a skip needs a reason", place="reason", remedy="both sides will read it")
    aim = aim_months(obligation.cadence)
    if aim is None:
        raise Conflict(f"{obligation.key} owes no date, so there is none to skip")
    if not obligation.in_force_from <= due <= add_months(work.now.date(), aim):
        raise BadInput(f"no round is due {due}", place="due", remedy="`dialogues owed` says which day is")
    known = _skip(work, obligation, due)
    if known:
        raise Conflict("that skip has been proposed already", remedy="the other side agrees it, or does not")
    consents = {work.actor.side: {"name": work.actor.name, "at": work.now.isoformat()}}
    work.session.add(
        Skip(
            partnership=obligation.partnership,
            obligation_id=obligation.id,
            due=due,
            reason=reason.strip(),
            consents=consents,
            agreed_at=None,
        )
    )
    record(
        work,
        obligation.partnership,
        "skip proposed",
        f"obligation/{obligation.key}",
        layer=JOINT,
        due=str(due),
    )


def agree_skip(work: Work, obligation: ObligationFacts, due: date) -> None:
    """Record the acting side's consent; with every side's consent the round counts as kept."""
    skip = _skip(work, obligation, due)
    if skip is None:
        raise NotFound(f"nobody has proposed to skip {obligation.key} due {due}", remedy="propose it first")
    if skip.agreed_at:
        raise Conflict(f"to skip {obligation.key} due {due} is agreed already")
    skip.consents = {**skip.consents, work.actor.side: {"name": work.actor.name, "at": work.now.isoformat()}}
    if set(skip.consents) >= {party.key for party in partnership(work, obligation.partnership).parties}:
        skip.agreed_at = work.now
    record(
        work, obligation.partnership, "skip agreed", f"obligation/{obligation.key}", layer=JOINT, due=str(due)
    )


def set_interval(work: Work, obligation: ObligationFacts, months: int, who: str) -> None:
    """Set the interval of an obligation whose text has none; it is shown as ``who``'s, never as the text's."""
    if obligation.cadence.rule not in WITHOUT_INTERVAL:
        raise Conflict(f"the text itself says how often {obligation.key} is owed: {obligation.cadence.rule}")
    if not 1 <= months <= LONGEST_INTERVAL:
        remedy = f"give a whole number from 1 to {LONGEST_INTERVAL}"
        raise BadInput(f"{months} months is no interval", place="months", remedy=remedy)
    if not who.strip():
        raise BadInput(
            "an interval needs somebody who sets it", place="who", remedy="name the post or the office"
        )
    row = work.session.get_one(Obligation, obligation.id)
    row.cadence = {**row.cadence, "months": months, "set_by": who.strip()}
    subject = f"obligation/{obligation.key}"
    record(work, obligation.partnership, "interval set", subject, layer=JOINT, months=months, who=who.strip())


def _skip(work: Work, obligation: ObligationFacts, due: date) -> Skip | None:
    """Return the skip, held until the work ends, so that two consents at once both count."""
    return work.session.scalars(
        select(Skip).where(Skip.obligation_id == obligation.id, Skip.due == due).with_for_update()
    ).one_or_none()
