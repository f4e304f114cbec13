"""A record as a paper: what both sides see of it, as the values that papers are made from.

Owns the passage from a joint version to a paper; how it is written is the business of ``papers``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from agendas.commitments.queries import commitment
from agendas.commitments.rules import DOCUMENT, read_evidence
from agendas.commitments.wording import WORDS
from agendas.drafting.content import facts_of
from agendas.drafting.facts import Facts
from agendas.drafting.leads import WITHOUT_LEAD
from agendas.drafting.paper import SUBJECTS, meeting_of
from agendas.drafting.queries import Subject, read_facts
from agendas.known import Pointer
from agendas.outcomes.content import NEW, NewCommitment, Record, Said
from agendas.outcomes.queries import RecordVersionFacts, Signing, signing
from agendas.outcomes.rules import numbers
from agendas.papers import model
from agendas.papers.record import compose
from agendas.rendering.document import Document
from agendas.versions.queries import version
from scheduler.db.work import Work
from scheduler.obligations.queries import obligation
from scheduler.words import Words


def record_document(
    work: Work, uid: str, number: int | None, *, language: str, marking: str | None
) -> Document:
    """Return a joint version of the record as a document; ``NotFound`` where there is none."""
    seen = signing(work, uid, number)
    facts = _facts(work, seen)
    return compose(paper_of(seen, facts, _called(work, seen, facts)), language, marking=marking)


def paper_of(seen: Signing, facts: Facts, called: Mapping[str, Words]) -> model.PaperRecord:
    """Return a record as papers write it: signed by a side once nothing of it waits for that side.

    ``called`` says what the earlier commitments are that it changes.
    """
    record, following = seen.version.record, facts.next_round
    return model.PaperRecord(
        meeting=replace(meeting_of(facts), first_day=record.day),
        as_of=(seen.version.agreed_at or seen.version.made_at).date(),
        attendance=tuple(_attendance(record)),
        outcomes=tuple(_outcomes(record, seen.version, facts)),
        changes=tuple(_changes(record, called)),
        following=model.PaperRound(following.due, None, following.host, following.host_basis),
        sources=facts.sources,
        signatures=tuple(_signatures(seen)),
        fingerprint=seen.version.seal or "",
    )


def _facts(work: Work, seen: Signing) -> Facts:
    """Return the facts of the agenda that the record follows; those of today where it follows none, or another day."""
    found, record = seen.meeting, seen.version.record
    agenda = version(work, found.uid, record.agenda) if record.agenda else None
    if agenda:
        facts = facts_of(agenda.facts)
        if facts.meeting.first_day == record.day:
            return facts
    about = Subject(obligation(work, found.partnership, found.obligation), found)
    return read_facts(work, found.partnership, about, record.day)


def _called(work: Work, seen: Signing, facts: Facts) -> dict[str, Words]:
    """Return what the commitments say that a record changes: as on its agenda, else as in the ledger."""
    on_agenda = {entry.key: entry.text for entry in facts.commitments}
    return {
        part.commitment: on_agenda.get(part.commitment)
        or commitment(work, seen.meeting.partnership, part.commitment).text
        for part in seen.version.record.changes
    }


def _attendance(record: Record) -> Iterator[model.PaperAttendance]:
    for seat in record.seats:
        if seat.presence == "delegate":
            yield model.PaperAttendance(seat.party, seat.instead, "delegate", seat.title)
        elif seat.presence:
            yield model.PaperAttendance(seat.party, seat.title, seat.presence)


def _outcomes(record: Record, found: RecordVersionFacts, facts: Facts) -> Iterator[model.PaperOutcome]:
    offices = {(office.party, office.key): office for office in facts.offices}
    called = {**numbers(record, found.effects), **found.effects}

    def action(part: NewCommitment) -> model.PaperAction:
        owners = [
            offices[party, key]
            for party, keys in part.owners.items()
            for key in keys
            if (party, key) in offices
        ]
        return model.PaperAction(called[f"{NEW}/{part.key}"], part.text, tuple(owners), part.due)

    for item in record.items:
        if item.result is None:
            continue
        yield model.PaperOutcome(
            item=model.PaperItem(
                key=item.key,
                kind=item.kind,
                title=item.title,
                minutes=0,
                is_pause=item.kind in WITHOUT_LEAD,
                is_subject=item.kind in SUBJECTS,
            ),
            result=item.result,
            text=item.text,
            actions=tuple(action(part) for part in record.new if part.item == item.key),
            progress=tuple(_progress(part, record) for part in record.said if part.item == item.key),
        )


def _changes(record: Record, called: Mapping[str, Words]) -> Iterator[model.PaperChange]:
    for part in record.changes:
        status = WORDS[part.status] if part.status else None
        yield model.PaperChange(
            key=part.commitment,
            called=called[part.commitment],
            status=status,
            due=part.due,
            text=part.text,
            into=part.into,
            reason=part.reason,
            pointer=_pointer(part.evidence),
        )


def _progress(part: Said, record: Record) -> model.PaperProgress:
    keys = ", ".join(part.commitments)
    text = {language: f"{keys}: {words}" for language, words in part.text.items()}
    return model.PaperProgress(record.day, text, _pointer(part.evidence))


def _pointer(evidence: str) -> Pointer | None:
    found = read_evidence(evidence) if evidence else None
    return Pointer(found.reference, found.heading) if found and found.kind == DOCUMENT else None


def _signatures(seen: Signing) -> Iterator[model.PaperSignature]:
    if seen.version.signed:
        for party, entry in seen.version.signed.items():
            yield model.PaperSignature(party, entry["name"], datetime.fromisoformat(entry["at"]))
        return
    for party in (party.key for party in seen.partnership.parties if party.key not in seen.waits_for):
        own = [entry for stand in seen.stands for entry in stand.signatures if entry.side == party]
        if own:
            last = max(own, key=lambda entry: entry.at)
            yield model.PaperSignature(party, last.name, last.at)
