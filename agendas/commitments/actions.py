"""Changing the ledger: proposing, agreeing and declining changes of status, of content, and new commitments.

What ``rules.ruling`` gives to one side is done at once; everything else waits as a proposal until every side
it names has agreed. A proposal is first of all its side's own, if it likes: the other side learns of it when
it is offered.
"""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from agendas.commitments.entry import Entry, from_structure, owned_by, searchable, settled, to_structure
from agendas.commitments.queries import commitment, known_names
from agendas.commitments.rules import (
    ADD,
    ADDRESS,
    AMEND,
    CONTENT,
    DOCUMENT,
    MEETING,
    STATUS,
    Ruling,
    StatusChange,
    check_merge,
    owning_sides,
    read_evidence,
    require_grounds,
    ruling,
)
from agendas.commitments.tables import Commitment, CommitmentProposal
from agendas.commitments.wording import word
from agendas.text import accept_line
from scheduler.audit.actions import record
from scheduler.db.layers import JOINT
from scheduler.db.work import Work
from scheduler.errors import BadInput, Conflict, NotFound
from scheduler.meetings.queries import meeting
from scheduler.obligations.consents import Consent, with_consent
from scheduler.partnerships.queries import partnership as find_partnership
from scheduler.partnerships.tables import Theme
from scheduler.programmes.actions import write_passage
from scheduler.tokens import new_identifier

PROPOSED_ALREADY = {
    "en": "a change of this commitment waits already",
    "nl": "een wijziging van deze afspraak wacht al",
}


class Proposed(NamedTuple):
    """What a proposal would change, and why: ``kind`` is ``add``, ``amend`` or ``status``."""

    key: str
    kind: str
    detail: dict[str, Any]
    reason: str = ""


def change_status(
    work: Work,
    partnership: str,
    key: str,
    change: StatusChange,
    *,
    agreed_by: Iterable[Consent] = (),
    private: bool = False,
) -> str | None:
    """Bring a commitment to another status, or propose it where the other side must agree and has not (``agreed_by``).

    With ``private`` it stays the acting side's own until ``offer_proposal``. Return the UID of the proposal
    that waits, or ``None`` where it is done. Raise ``BadInput`` without the grounds it needs, ``Conflict``
    where it leads nowhere.
    """
    change = _tidy(work, partnership, change)
    rule = _ruling(work, partnership, key, change)
    wanted = Proposed(key, STATUS, asdict(change), change.reason)
    if private:
        return _propose(work, partnership, wanted, layer=work.actor.side)
    agreed = {work.actor.side, *(consent.party for consent in agreed_by)}
    if rule.sides <= agreed:
        _apply_status(work, partnership, key, change, tuple(sorted(agreed)))
        return None
    return _propose(work, partnership, wanted)


def add_commitment(
    work: Work,
    partnership: str,
    entry: Entry,
    *,
    agreed_by: Iterable[Consent] = (),
    reason: str = "",
    private: bool = False,
) -> str:
    """Enter a new commitment and return its key, which the same words from the same source always have.

    It is in the ledger at once where ``agreed_by`` holds the consent of every side, as a record signed off by
    both does; else it waits as a proposal, with ``private`` unseen by the other side. Raise ``BadFile`` with
    every mistake at once, ``Conflict`` where it is known already.
    """
    entry = settled(entry, known_names(work, partnership))
    _require_new(work, partnership, entry.key)
    agreed = {consent.party for consent in agreed_by}
    if agreed >= set(_parties(work, partnership)):
        _write_entry(work, partnership, entry, sorted(agreed))
        return entry.key
    wanted = Proposed(entry.key, ADD, to_structure(entry), accept_line(reason, "reason"))
    _propose(work, partnership, wanted, layer=work.actor.side if private else JOINT)
    return entry.key


def amend_commitment(
    work: Work,
    partnership: str,
    entry: Entry,
    *,
    agreed_by: Iterable[Consent] = (),
    reason: str = "",
    private: bool = False,
) -> str | None:
    """Propose other content for a commitment, named by the key of ``entry``; return the UID of the proposal.

    Where ``agreed_by`` holds the consent of every side it is done at once, and nothing is returned.
    """
    commitment(work, partnership, entry.key)
    entry = settled(entry, known_names(work, partnership))
    agreed = {consent.party for consent in agreed_by}
    if agreed >= set(_parties(work, partnership)):
        _write_entry(work, partnership, entry, sorted(agreed))
        return None
    wanted = Proposed(entry.key, AMEND, to_structure(entry), accept_line(reason, "reason"))
    return _propose(work, partnership, wanted, layer=work.actor.side if private else JOINT)


def keep_proposal(work: Work, partnership: str, wanted: Proposed) -> str:
    """Keep a checked change as the acting side's own proposal, in the place of an earlier one; return its UID."""
    query = select(CommitmentProposal).where(
        CommitmentProposal.partnership == partnership,
        CommitmentProposal.commitment == wanted.key,
        CommitmentProposal.change == wanted.kind,
        CommitmentProposal.layer.is_not(None),
        CommitmentProposal.outcome.is_(None),
    )
    for row in work.session.scalars(query):
        row.outcome, row.closed_at, row.closed_by = "withdrawn", work.now, work.actor.side
    return _propose(work, partnership, wanted, layer=work.actor.side)


def rule_on(work: Work, partnership: str, key: str, change: StatusChange) -> Ruling:
    """Return whose consent a change of status needs; raise ``BadInput`` or ``Conflict`` where it cannot be."""
    return _ruling(work, partnership, key, _tidy(work, partnership, change))


def offer_proposal(work: Work, uid: str) -> str:
    """Show a side's own proposal to the other under a new UID: nothing tells since when it was meant."""
    row = _standing(work, uid)
    if row.layer is None:
        raise Conflict(
            {"en": "both sides see this proposal already", "nl": "beide zijden zien dit voorstel al"}
        )
    _check(work, row)
    row.outcome, row.closed_at, row.closed_by = "offered", work.now, work.actor.side
    if row.change == STATUS:
        change = StatusChange(**row.detail)
        rule = _ruling(work, row.partnership, row.commitment, change)
        if rule.sides == {work.actor.side}:
            _apply_status(work, row.partnership, row.commitment, change, (work.actor.side,))
            return uid
    wanted = Proposed(row.commitment, row.change, dict(row.detail), row.reason)
    return _propose(work, row.partnership, wanted)


def agree(work: Work, uid: str) -> bool:
    """Record the acting side's consent; return whether it is done, since every side needed has agreed."""
    row = _standing(work, uid)
    if row.layer is not None:
        raise Conflict(
            {
                "en": "the other side does not know of this proposal",
                "nl": "de andere zijde kent dit voorstel niet",
            },
            remedy={"en": "offer it first", "nl": "leg het eerst voor"},
        )
    side = work.actor.side
    if side in row.consents:
        raise Conflict(
            {"en": "your side has agreed to this already", "nl": "uw zijde heeft hier al mee ingestemd"},
            remedy={"en": "the other side agrees, or declines", "nl": "de andere zijde stemt in of wijst af"},
        )
    needed = _check(work, row).sides
    row.consents = with_consent(row.consents, Consent(side, work.actor.name, work.now))
    _note(work, row.partnership, "agreed", row.commitment, change=row.change)
    if not set(row.consents) >= needed:
        return False
    row.standing = None
    row.outcome, row.closed_at, row.closed_by = "agreed", work.now, side
    _apply(work, row)
    return True


def decline(work: Work, uid: str, reason: str = "") -> None:
    """Close a proposal without a change: the other side declines it, the side that made it withdraws it.

    ``reason`` is read by whoever sees the proposal.
    """
    row = _standing(work, uid)
    outcome = "withdrawn" if row.proposed_by == work.actor.side else "declined"
    row.outcome, row.closed_at, row.closed_by = outcome, work.now, work.actor.side
    row.standing, row.answer = None, accept_line(reason, "reason")
    _note(work, row.partnership, outcome, row.commitment, layer=row.layer, change=row.change)


def check_evidence(work: Work, partnership: str, typed: str, *, joint: bool) -> str:
    """Return evidence in its stored form; raise ``BadInput`` where nobody could follow it.

    A note that both sides read cannot lean on a meeting that one of them does not know.
    """
    if not typed.strip():
        return ""
    found = read_evidence(typed)
    if found.kind == DOCUMENT and found.reference not in (known := known_names(work, partnership).documents):
        remedy = {
            "en": f"one of {', '.join(sorted(known))}, as document:KEY#Heading",
            "nl": f"één van {', '.join(sorted(known))}, als document:SLEUTEL#Kop",
        }
        raise BadInput(
            {"en": f"{found.reference!r} is no document", "nl": f"{found.reference!r} is geen document"},
            place="evidence",
            remedy=remedy,
        )
    if found.kind == MEETING:
        round_ = meeting(work, found.reference)
        if joint and round_.layer is not None:
            raise BadInput(
                {
                    "en": "the other side does not know this meeting",
                    "nl": "de andere zijde kent deze bijeenkomst niet",
                },
                place="evidence",
                remedy={"en": "offer the meeting first", "nl": "stel eerst de bijeenkomst voor"},
            )
    return found.reference if found.kind == ADDRESS else str(found)


def _tidy(work: Work, partnership: str, change: StatusChange) -> StatusChange:
    reason = accept_line(change.reason, "reason")
    evidence = check_evidence(work, partnership, change.evidence, joint=True)
    return StatusChange(change.status, evidence, reason, change.into.strip())


def _ruling(work: Work, partnership: str, key: str, change: StatusChange) -> Ruling:
    """Return whose consent a change needs as the ledger stands now; raise where it cannot be."""
    facts, parties = commitment(work, partnership, key), _parties(work, partnership)
    require_grounds(change, facts.status)
    if change.status == "merged":
        target = commitment(work, partnership, change.into)
        kept, needed = (owning_sides(entry.owners, parties) for entry in (target, facts))
        check_merge(key, target.key, target.status, kept, needed)
    return ruling(facts.status, change.status, facts.owners, parties, work.actor.side)


def _check(work: Work, row: CommitmentProposal) -> Ruling:
    """Return whose consent a proposal needs, now that the ledger may have moved on."""
    if row.change == STATUS:
        return _ruling(work, row.partnership, row.commitment, StatusChange(**row.detail))
    if row.change == ADD:
        _require_new(work, row.partnership, row.commitment)
    return Ruling(frozenset(_parties(work, row.partnership)), CONTENT)


def _require_new(work: Work, partnership: str, key: str) -> None:
    query = select(Commitment.key).where(Commitment.partnership == partnership, Commitment.key == key)
    if work.session.scalars(query).first():
        raise Conflict(
            {"en": f"{key} is in the ledger already", "nl": f"{key} staat al in het register"},
            remedy={"en": "change that one instead", "nl": "wijzig die"},
        )


def _propose(work: Work, partnership: str, wanted: Proposed, *, layer: str | None = JOINT) -> str:
    consents = with_consent({}, Consent(work.actor.side, work.actor.name, work.now))
    row = CommitmentProposal(
        partnership=partnership,
        layer=layer,
        uid=new_identifier(),
        commitment=wanted.key,
        change=wanted.kind,
        detail=wanted.detail,
        reason=wanted.reason,
        proposed_by=work.actor.side,
        name=work.actor.name,
        proposed_at=work.now,
        consents={} if layer else consents,
        standing=None if layer else f"{partnership}/{wanted.key}",
    )
    work.session.add(row)
    try:
        work.session.flush()
    except IntegrityError as error:
        raise Conflict(
            PROPOSED_ALREADY,
            remedy={"en": "agree to it or decline it first", "nl": "stem er eerst mee in of wijs het af"},
        ) from error
    said = _said(wanted.kind, wanted.detail)
    _note(work, partnership, "proposed", wanted.key, layer=layer, change=wanted.kind, **said)
    return row.uid


def _standing(work: Work, uid: str) -> CommitmentProposal:
    """Return a proposal that waits, held until the work ends, so that two consents at once both count."""
    query = select(CommitmentProposal).where(CommitmentProposal.uid == uid).with_for_update()
    row = work.session.scalars(query).one_or_none()
    if row is None:
        raise NotFound(
            {"en": f"there is no proposal {uid!r}", "nl": f"er is geen voorstel {uid!r}"},
            remedy="`dialogues commitments list` shows what waits",
        )
    if row.outcome is not None:
        raise Conflict(
            {
                "en": f"this proposal is closed: {row.outcome}",
                "nl": f"dit voorstel is afgesloten: {word(f'commitment {row.outcome}', 'nl')}",
            }
        )
    return row


def _apply(work: Work, row: CommitmentProposal) -> None:
    sides = tuple(row.consents)
    if row.change == STATUS:
        _apply_status(work, row.partnership, row.commitment, StatusChange(**row.detail), sides)
    else:
        _write_entry(work, row.partnership, from_structure(row.detail), sides)


def _apply_status(
    work: Work, partnership: str, key: str, change: StatusChange, sides: tuple[str, ...]
) -> None:
    query = select(Commitment).where(Commitment.partnership == partnership, Commitment.key == key)
    row = work.session.scalars(query.with_for_update()).one()
    before, row.status, row.decided_at = row.status, change.status, work.now
    row.evidence, row.merged_into = change.evidence or None, change.into or None
    said = _said(STATUS, asdict(change))
    _note(work, partnership, "status", key, before=before, agreed_by=list(sides), **said)


def _write_entry(work: Work, partnership: str, entry: Entry, sides: Iterable[str]) -> None:
    """Write an entry into the ledger: at the end of its theme where it is new."""
    mine = Commitment.partnership == partnership
    query = select(Commitment).where(mine, Commitment.key == entry.key)
    row = work.session.scalars(query.with_for_update()).one_or_none()
    is_new = row is None
    if row is None:
        last = work.session.scalar(select(func.max(Commitment.position)).where(mine))
        row = Commitment(partnership=partnership, key=entry.key, position=(-1 if last is None else last) + 1)
        row.topics, row.same_matter_as, row.optional, row.basis = [], [], False, {}
        row.verb = entry.strength.replace("_", " ")
        row.status = entry.status
    row.theme_id = work.session.scalars(
        select(Theme.id).where(Theme.partnership == partnership, Theme.key == entry.theme)
    ).one()
    row.text, row.kind, row.strength, row.due = dict(entry.text), entry.kind, entry.strength, entry.due
    row.owners = {party: list(keys) for party, keys in entry.owners.items() if keys}
    row.posts = {party: list(keys) for party, keys in entry.posts.items() if keys}
    row.owned_by, row.words = owned_by(row.owners), searchable(row.text)
    if is_new:
        _write_source(work, partnership, row, entry)
        work.session.add(row)
    work.session.flush()
    act = "added" if is_new else "amended"
    _note(work, partnership, act, entry.key, agreed_by=list(sides))


def _write_source(work: Work, partnership: str, row: Commitment, entry: Entry) -> None:
    row.meeting, row.item = entry.meeting or None, entry.item or None
    row.since = work.now.date()
    if entry.meeting:
        row.since = meeting(work, entry.meeting).day or row.since
    if entry.document:
        passage: dict[str, Any] = {"source": entry.document, "heading": entry.heading or None, "also": []}
        passage |= {"start": entry.first, "end": entry.last}
        row.passage_id = write_passage(work, partnership, None, passage)


def _said(change: str, detail: dict[str, Any]) -> dict[str, Any]:
    """Return of a change what its history shows."""
    return {name: value for name, value in detail.items() if value} if change == STATUS else {}


def _parties(work: Work, partnership: str) -> tuple[str, ...]:
    return tuple(party.key for party in find_partnership(work, partnership).parties)


def _note(
    work: Work, partnership: str, act: str, key: str, *, layer: str | None = JOINT, **detail: Any
) -> None:
    record(work, partnership, f"commitment {act}", f"commitment/{key}", layer=layer, **detail)
