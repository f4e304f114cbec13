"""Deciding about obligations: rounds left out, duties linked, intervals set, and turns to host handed over.

Nothing that both sides must decide is decided by one: what a side proposes waits for the consent of every other.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from scheduler.audit.actions import record
from scheduler.dates.cadence import LONGEST_INTERVAL, WITHOUT_INTERVAL, add_months, aim_months
from scheduler.db.layers import JOINT
from scheduler.db.work import Work
from scheduler.errors import BadInput, Conflict, NotFound
from scheduler.obligations import refusals
from scheduler.obligations.consents import Consent, with_consent
from scheduler.obligations.host_turns import ALTERNATE
from scheduler.obligations.queries import ObligationFacts
from scheduler.obligations.tables import DutyLink, HostSwap, Obligation, Skip
from scheduler.partnerships.queries import partnership
from scheduler.typed import LONGEST_NAME, on_one_line, one_of, require_readable
from scheduler.words import Words

YEARS_AHEAD = 5
"""How far ahead duties can be linked: as far as anything is planned."""


@dataclass(frozen=True, slots=True)
class HandOver:
    """A round handed over: ``meeting`` is its UID, ``layer`` who knows of it, ``turn`` whose turn it was."""

    meeting: str
    layer: str | None
    year: int
    turn: str
    host: str
    reason: str | None = None


def propose_skip(work: Work, obligation: ObligationFacts, due: date, reason: str) -> None:
    """Propose to the other side that the round due on ``due`` be left out; the proposal is itself the first consent.

    Raises ``Conflict`` where no date is owed or the skip is proposed already, and ``BadInput`` for a day on which no
    round can be due: one agreed for a distant year would silence the obligation until then.
    """
    if not on_one_line(reason):
        raise BadInput(refusals.SKIP_NEEDS_REASON, place="reason", remedy=refusals.BOTH_READ_IT)
    aim = aim_months(obligation.cadence)
    if aim is None:
        raise Conflict(refusals.owes_no_date(obligation.key))
    if not obligation.in_force_from <= due <= add_months(work.now.date(), aim):
        raise BadInput(refusals.no_round_due(due), place="due", remedy=refusals.DUE_IS_SHOWN)
    known = _skip(work, obligation, due)
    if known:
        raise Conflict(refusals.SKIP_PROPOSED, remedy=refusals.OTHER_SIDE_AGREES)
    _add(
        work,
        Skip(
            partnership=obligation.partnership,
            obligation_id=obligation.id,
            due=due,
            reason=on_one_line(reason),
            consents=_consenting(work),
            agreed_at=None,
        ),
        refusals.SKIP_PROPOSED,
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
        raise NotFound(refusals.skip_not_proposed(obligation.key, due), remedy=refusals.PROPOSE_FIRST)
    if skip.agreed_at:
        raise Conflict(refusals.skip_agreed(obligation.key, due))
    skip.consents = _consenting(work, skip.consents)
    if _everybody(work, obligation.partnership, skip.consents):
        skip.agreed_at = work.now
    record(
        work, obligation.partnership, "skip agreed", f"obligation/{obligation.key}", layer=JOINT, due=str(due)
    )


def set_interval(work: Work, obligation: ObligationFacts, months: int, who: str) -> None:
    """Set the interval of an obligation whose text has none; it is shown as ``who``'s, never as the text's."""
    if obligation.cadence.rule not in WITHOUT_INTERVAL:
        raise Conflict(refusals.interval_stated(obligation.key))
    if not 1 <= months <= LONGEST_INTERVAL:
        remedy = refusals.whole_number(1, LONGEST_INTERVAL)
        raise BadInput(refusals.no_interval(months), place="months", remedy=remedy)
    require_readable(who, "who", LONGEST_NAME)
    if not on_one_line(who):
        raise BadInput(refusals.INTERVAL_NEEDS_SETTER, place="who", remedy=refusals.NAME_THE_SETTER)
    row = work.session.get_one(Obligation, obligation.id)
    row.cadence = {**row.cadence, "months": months, "set_by": on_one_line(who)}
    subject = f"obligation/{obligation.key}"
    record(
        work,
        obligation.partnership,
        "interval set",
        subject,
        layer=JOINT,
        months=months,
        who=on_one_line(who),
    )


def propose_link(work: Work, obligation: ObligationFacts, other: ObligationFacts, year: int) -> None:
    """Propose that the rounds of ``obligation`` in ``year`` count for ``other`` too; this is the first consent.

    Raises ``BadInput`` where the programme names no such possibility, or the year lies outside both obligations, and
    ``Conflict`` where it is proposed or in force already.
    """
    if other.key not in obligation.may_discharge():
        raise BadInput(
            refusals.no_relation(obligation.key, other.key),
            place="other",
            remedy=_what_may_be_linked(obligation, other),
        )
    _check_year(work, obligation, other, year)
    earlier = _links(work, obligation, other, year)
    if any(link.ended_at is None for link in earlier):
        raise Conflict(refusals.link_stands(obligation.key, other.key, year), remedy=refusals.AGREED_OR_ENDED)
    _add(
        work,
        DutyLink(
            partnership=obligation.partnership,
            obligation_id=obligation.id,
            other_id=other.id,
            year=year,
            number=len(earlier) + 1,
            consents=_consenting(work),
        ),
        refusals.link_stands(obligation.key, other.key, year),
    )
    _note(work, obligation, "link proposed", other=other.key, year=year)


def agree_link(work: Work, obligation: ObligationFacts, other: ObligationFacts, year: int) -> None:
    """Record the acting side's consent; with every side's consent the link is in force."""
    link = _standing_link(work, obligation, other, year)
    if link.agreed_at:
        raise Conflict(refusals.link_in_force(obligation.key, other.key, year))
    if work.actor.side in link.consents:
        raise Conflict(refusals.link_agreed_by_you(obligation.key, other.key, year))
    link.consents = _consenting(work, link.consents)
    if _everybody(work, obligation.partnership, link.consents):
        link.agreed_at = work.now
    _note(work, obligation, "link agreed", other=other.key, year=year)


def end_link(work: Work, obligation: ObligationFacts, other: ObligationFacts, year: int) -> None:
    """End a link, or decline or withdraw a proposal; what was held or agreed counts for the other no longer."""
    link = _standing_link(work, obligation, other, year)
    link.ended_at, link.ended_side, link.ended_by = work.now, work.actor.side, work.actor.name
    _note(work, obligation, "link ended", other=other.key, year=year)


def hand_over(work: Work, obligation: ObligationFacts, given: HandOver) -> bool:
    """Write into the ledger that a round changed its host; one that goes back to whose turn it was leaves no line open.

    Return whether one is open now. Part of the act that changes the round itself, and in its layer: nobody learns of a
    plan from the ledger. Of a plan only the last line is kept: what a side thought of before would show in the numbers
    of the lines.
    """
    lines = _lines(work, given.meeting)
    known = next((line for line in lines if line.withdrawn_at is None), None)
    turn = known.turn if known else given.turn
    if known and known.layer:
        lines.remove(known)
        _forget(work, known)
    elif known:
        known.withdrawn_at = work.now
    if given.host != turn:
        _add(
            work,
            HostSwap(
                partnership=obligation.partnership,
                layer=given.layer,
                obligation_id=obligation.id,
                meeting=given.meeting,
                number=len(lines) + 1,
                year=given.year,
                turn=turn,
                host=given.host,
                reason=on_one_line(given.reason or "") or None,
                consents=_consenting(work),
                next_consents={},
            ),
            refusals.HOST_CHANGED,
        )
    subject = f"meeting/{given.meeting}"
    record(
        work, obligation.partnership, "host changed", subject, layer=given.layer, turn=turn, host=given.host
    )
    return given.host != turn


def offer_hand_over(work: Work, meeting: str, host: str | None, year: int) -> bool:
    """Show the other side, with the round that is offered, that it was handed over; offering is the first consent.

    Of a plan that has gone to another host since, or to another year, nothing shows but what is offered: return
    ``False`` where it was undone so.
    """
    swap = _swap(work, meeting)
    if swap and swap.host != host:
        _forget(work, swap)
        return False
    if swap:
        swap.layer, swap.year = JOINT, year
        swap.consents = _consenting(work)
    return True


def consent_to_hand_over(work: Work, meeting: str, host: str | None) -> None:
    """Take a side's agreement to a date with ``host`` for one to the host, where the round was handed over."""
    swap = _swap(work, meeting)
    if swap and swap.host == host and swap.agreed_at is None:
        _agree_to(work, swap)


def agree_hand_over(work: Work, meeting: str) -> None:
    """Record the acting side's consent to the host, whatever becomes of the date."""
    swap = _joint_swap(work, meeting)
    if swap.agreed_at:
        raise Conflict(refusals.HOST_AGREED)
    if work.actor.side in swap.consents:
        raise Conflict(refusals.HOST_AGREED_BY_YOU, remedy=refusals.OTHER_SIDE_AGREES)
    _agree_to(work, swap)
    record(work, swap.partnership, "host agreed", f"meeting/{meeting}", layer=JOINT, host=swap.host)


def answer_next_host(work: Work, meeting: str, host: str) -> None:
    """Say who hosts next because a round was handed over; it is settled once every side says the same.

    Another answer than the one that waits takes its place, and waits in turn. Raises ``Conflict`` where nothing is
    asked, or the side has said this already, and ``BadInput`` for a stranger.
    """
    swap = _joint_swap(work, meeting)
    obligation = work.session.get_one(Obligation, swap.obligation_id)
    _check_party(work, swap.partnership, host)
    if obligation.host["rule"] != ALTERNATE:
        raise Conflict(refusals.not_in_turn(obligation.key))
    if swap.agreed_at is None:
        raise Conflict(refusals.HOST_NOT_AGREED, remedy=refusals.AGREE_TO_ROUND)
    if swap.next and swap.next_agreed_at:
        settled = partnership(work, swap.partnership).party(swap.next)
        raise Conflict(refusals.next_host_settled(settled.name))
    before = swap.next_consents if swap.next == host else {}
    if work.actor.side in before:
        raise Conflict(refusals.ANSWERED_SO, remedy=refusals.OTHER_ANSWERS)
    swap.next, swap.next_consents = host, _consenting(work, before)
    if _everybody(work, swap.partnership, swap.next_consents):
        swap.next_agreed_at = work.now
    record(work, swap.partnership, "next host answered", f"meeting/{meeting}", layer=JOINT, host=host)


def _consenting(work: Work, before: dict[str, Any] | None = None) -> dict[str, Any]:
    return with_consent(before or {}, Consent(work.actor.side, work.actor.name, work.now))


def _everybody(work: Work, key: str, consents: dict[str, Any]) -> bool:
    return set(consents) >= {party.key for party in partnership(work, key).parties}


def _add(work: Work, row: Skip | DutyLink | HostSwap, taken: Words) -> None:
    """Add a row that two sides may be adding at once: whoever comes second is told."""
    work.session.add(row)
    try:
        work.session.flush()
    except IntegrityError as error:
        raise Conflict(taken, remedy=refusals.DONE_MEANWHILE) from error


def _note(work: Work, obligation: ObligationFacts, act: str, **detail: Any) -> None:
    record(work, obligation.partnership, act, f"obligation/{obligation.key}", layer=JOINT, **detail)


def _skip(work: Work, obligation: ObligationFacts, due: date) -> Skip | None:
    """Return the skip, held until the work ends, so that two consents at once both count."""
    return work.session.scalars(
        select(Skip).where(Skip.obligation_id == obligation.id, Skip.due == due).with_for_update()
    ).one_or_none()


def _links(work: Work, obligation: ObligationFacts, other: ObligationFacts, year: int) -> list[DutyLink]:
    """Return every link there ever was for a year, held until the work ends.

    One read answers both whether one stands and which number is next: between two reads the other side's would come.
    """
    return list(
        work.session.scalars(
            select(DutyLink)
            .where(
                DutyLink.obligation_id == obligation.id, DutyLink.other_id == other.id, DutyLink.year == year
            )
            .with_for_update()
        )
    )


def _standing_link(work: Work, obligation: ObligationFacts, other: ObligationFacts, year: int) -> DutyLink:
    link = next((link for link in _links(work, obligation, other, year) if link.ended_at is None), None)
    if link is None:
        raise NotFound(
            refusals.link_missing(obligation.key, other.key, year), remedy=refusals.LINKS_ARE_LISTED
        )
    return link


def _what_may_be_linked(obligation: ObligationFacts, other: ObligationFacts) -> Words:
    if obligation.key in other.may_discharge():
        return refusals.relation_leads_back(obligation.key, other.key)
    return refusals.may_be_linked(obligation.may_discharge())


def _check_year(work: Work, obligation: ObligationFacts, other: ObligationFacts, year: int) -> None:
    both = (obligation, other)
    first = max(entry.in_force_from.year for entry in both)
    ends = [entry.in_force_until.year for entry in both if entry.in_force_until]
    last = min([work.now.year + YEARS_AHEAD, *ends])
    if not first <= year <= last:
        raise BadInput(refusals.no_year(year), place="year", remedy=refusals.year_between(first, last))


def _check_party(work: Work, key: str, host: str) -> None:
    parties = [party.key for party in partnership(work, key).parties]
    if host not in parties:
        raise BadInput(refusals.no_party(host, key), place="host", remedy=one_of(parties))


def _lines(work: Work, meeting: str) -> list[HostSwap]:
    """Return every line of the ledger for a round in one read, held until the work ends."""
    return list(work.session.scalars(select(HostSwap).where(HostSwap.meeting == meeting).with_for_update()))


def _swap(work: Work, meeting: str) -> HostSwap | None:
    """Return the line of the ledger that stands for a round."""
    return next((line for line in _lines(work, meeting) if line.withdrawn_at is None), None)


def _forget(work: Work, swap: HostSwap) -> None:
    """Delete a line of a plan; at once, since the next one takes its number."""
    work.session.delete(swap)
    work.session.flush()


def _joint_swap(work: Work, meeting: str) -> HostSwap:
    swap = _swap(work, meeting)
    if swap is None:
        raise NotFound(refusals.NOT_HANDED_OVER, remedy=refusals.HANDED_OVER_ARE_LISTED)
    if swap.layer:
        raise Conflict(refusals.OTHER_SIDE_UNAWARE, remedy=refusals.OFFER_FIRST)
    return swap


def _agree_to(work: Work, swap: HostSwap) -> None:
    swap.consents = _consenting(work, swap.consents)
    if _everybody(work, swap.partnership, swap.consents):
        swap.agreed_at = work.now
