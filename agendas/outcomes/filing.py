"""What an agreed record does: the round was held, and the ledger says what both sides signed. The craft of the actions.

Everything stands or falls with the signature that completed the record. What an earlier version of it has done already
is not done again; what a later version puts right is put right in its place.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from agendas.commitments.actions import add_commitment, amend_commitment, change_status
from agendas.commitments.entry import Entry, settled
from agendas.commitments.notes import Note, correct_note, write_note
from agendas.commitments.queries import CommitmentFacts, commitment, commitments, known_names
from agendas.commitments.rules import StatusChange
from agendas.outcomes.content import Change, NewCommitment, Record, Said
from agendas.outcomes.rules import key_in_ledger, numbers
from agendas.versions.results import ResultFacts, keep_results
from scheduler.db.work import Work
from scheduler.obligations.consents import Consent


@dataclass(frozen=True, slots=True)
class Filing:
    """What is to be filed: for which round, with whose consent, and what an earlier agreed version has filed."""

    partnership: str
    meeting: str
    record: Record
    consents: tuple[Consent, ...]
    before: Record | None
    effects: Mapping[str, str]


def file_record(work: Work, filing: Filing) -> dict[str, str]:
    """Enter an agreed record into the ledger; return the keys of what it brought, by part.

    Raises what the ledger raises where it cannot say so; nothing is half entered, since the work is rolled back.
    """
    was = dict(filing.before.parts()) if filing.before else {}
    effects = dict(filing.effects)
    number = numbers(filing.record, filing.effects)
    for name, part in filing.record.parts():
        if part == was.get(name):
            continue
        match part:
            case NewCommitment():
                effects[name] = _enter(work, filing, part, number[name], effects.get(name))
            case Said():
                effects[name] = _note(work, filing, part, effects.get(name))
            case Change():
                _change(work, filing, part)
            case _:
                pass
    keep_results(work, filing.partnership, filing.meeting, _results(filing.record, effects))
    return effects


def entry_of(part: NewCommitment, meeting: str, key: str = "") -> Entry:
    """Return a new commitment as the ledger takes it."""
    return Entry(
        theme=part.theme,
        text=part.text,
        kind=part.kind,
        strength=part.strength,
        owners=part.owners,
        due=part.due,
        meeting=meeting,
        item=part.item[:60],
        key=key,
    )


def _enter(work: Work, filing: Filing, part: NewCommitment, number: str, key: str | None) -> str:
    if key:
        amend_commitment(
            work, filing.partnership, entry_of(part, filing.meeting, key), agreed_by=filing.consents
        )
        return key
    known = known_names(work, filing.partnership)
    entry = settled(entry_of(part, filing.meeting), known)
    taken = {one.key: one.meeting == filing.meeting for one in commitments(work, filing.partnership)}
    if entry.key in taken:
        return entry.key
    readable = key_in_ledger(number, known.meetings[filing.meeting], filing.record.day, taken)
    entry = replace(entry, key=readable or entry.key)
    return add_commitment(work, filing.partnership, entry, agreed_by=filing.consents)


def _note(work: Work, filing: Filing, part: Said, key: str | None) -> str:
    note = Note(
        filing.record.day,
        part.text,
        part.commitments,
        part.state,
        part.evidence or f"meeting:{filing.meeting}",
        of_both=True,
    )
    if key:
        return correct_note(work, filing.partnership, key, note)
    return write_note(work, filing.partnership, note, joint=True)


def _change(work: Work, filing: Filing, part: Change) -> None:
    facts = commitment(work, filing.partnership, part.commitment)
    text = {**facts.text, **part.text}
    due = part.due or facts.due
    if facts.is_open and (text != facts.text or due != facts.due):
        amend_commitment(work, filing.partnership, _amended(facts, text, part), agreed_by=filing.consents)
    if part.status and part.status != facts.status:
        evidence = part.evidence or f"meeting:{filing.meeting}"
        wanted = StatusChange(part.status, evidence, part.reason, part.into)
        change_status(work, filing.partnership, part.commitment, wanted, agreed_by=filing.consents)


def _amended(facts: CommitmentFacts, text: Mapping[str, str], part: Change) -> Entry:
    return Entry(
        theme=facts.theme,
        text=text,
        kind=facts.kind,
        strength=facts.strength,
        owners={party: tuple(keys) for party, keys in facts.owners.items()},
        posts={party: tuple(keys) for party, keys in facts.posts.items()},
        due=part.due or facts.due,
        key=facts.key,
    )


def _results(record: Record, effects: Mapping[str, str]) -> Iterator[ResultFacts]:
    """Yield what each item came to, with the commitments that it treated or that were made under it."""
    for item in record.items:
        made = [effects[f"new/{part.key}"] for part in record.new if part.item == item.key]
        treated = tuple(dict.fromkeys([*item.commitments, *made]))
        if item.result:
            yield ResultFacts(item.key, item.kind, item.title, item.wanted, item.result, item.text, treated)
