"""Writing notes on commitments: joint or one side's own, each with its evidence; corrected only by newer ones.

The craft of the ledger's actions for notes. A side's own note that is offered becomes a new joint one: the
old stays where it was, and nothing of the new tells that there was one.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import delete, select

from agendas.commitments.actions import check_evidence
from agendas.commitments.entry import searchable
from agendas.commitments.queries import commitment
from agendas.commitments.rules import PROGRESS_STATES
from agendas.commitments.tables import Progress, ProgressSubject
from agendas.text import accept_line
from scheduler.audit.actions import record
from scheduler.db.layers import JOINT
from scheduler.db.work import Work
from scheduler.errors import BadInput, Conflict, NotFound
from scheduler.tokens import new_identifier
from scheduler.typed import not_known, one_of
from scheduler.words import Words

LONGEST_NOTE = 2000
AFTER_THE_FILE = 1_000_000
"""Notes of people stand after those of a programme file that speak of the same day."""


@dataclass(frozen=True, slots=True)
class Note:
    """What was said on a day of one commitment or several, and where it can be looked up."""

    day: date
    text: Words
    commitments: tuple[str, ...]
    state: str = "progress"
    evidence: str = ""
    of_both: bool = False
    """Whether both sides say so, by a record that both signed: then it is neither's own."""


def write_note(work: Work, partnership: str, note: Note, *, joint: bool) -> str:
    """Write a note, for both sides to read or for the acting side alone; return its key.

    Raise ``BadInput`` for words or evidence that cannot be kept, ``NotFound`` for a commitment that is not there.
    """
    for key in note.commitments:
        commitment(work, partnership, key)
    return _write(work, partnership, _checked(work, partnership, note, joint=joint), joint=joint)


def correct_note(work: Work, partnership: str, key: str, note: Note) -> str:
    """Put a newer note in the place of one, in its layer; what it speaks of stays the same. Return its key.

    A side corrects what it wrote itself, and what a programme file brought; ``Conflict`` for the other's words.
    """
    row = _current(work, partnership, key)
    if not note.of_both and row.party not in (None, work.actor.side):
        raise Conflict(
            {"en": "the other side wrote this note", "nl": "de andere zijde schreef deze notitie"},
            remedy={"en": "write one of your own beside it", "nl": "schrijf er zelf een naast"},
        )
    joint = row.layer is None
    note = _checked(work, partnership, replace(note, commitments=tuple(row.commitments)), joint=joint)
    newer = _write(work, partnership, note, joint=joint, before=row)
    _supersede(work, row, newer)
    return newer


def is_joint(work: Work, partnership: str, key: str) -> bool:
    """Tell whether both sides read a note that stands; raise ``NotFound`` where there is none."""
    return _current(work, partnership, key).layer is None


def offer_note(work: Work, partnership: str, key: str) -> str:
    """Say to both sides what a note of one's own says; return the key of the joint one."""
    row = _current(work, partnership, key)
    if row.layer is None:
        raise Conflict(
            {"en": "both sides read this note already", "nl": "beide zijden lezen deze notitie al"}
        )
    note = Note(row.day, row.text, tuple(row.commitments), row.state, row.evidence or "")
    offered = _write(work, partnership, _checked(work, partnership, note, joint=True), joint=True, before=row)
    _supersede(work, row, offered)
    return offered


def _checked(work: Work, partnership: str, note: Note, *, joint: bool) -> Note:
    text = {
        language: accept_line(words, "text", longest=LONGEST_NOTE) for language, words in note.text.items()
    }
    text = {language: words for language, words in text.items() if words}
    if not text:
        raise BadInput(
            {"en": "the note is empty", "nl": "de notitie is leeg"},
            place="text",
            remedy={
                "en": "say what was done, or what is still missing",
                "nl": "zeg wat is gedaan, of wat nog ontbreekt",
            },
        )
    if note.state not in PROGRESS_STATES:
        raise BadInput(not_known(note.state), place="state", remedy=one_of(PROGRESS_STATES))
    if note.day > work.now.date():
        raise BadInput(
            {"en": f"{note.day} is still to come", "nl": f"{note.day} moet nog komen"},
            place="day",
            remedy={"en": "give the day it was said", "nl": "geef de dag waarop het is gezegd"},
        )
    return replace(note, text=text, evidence=check_evidence(work, partnership, note.evidence, joint=joint))


def _write(work: Work, partnership: str, note: Note, *, joint: bool, before: Progress | None = None) -> str:
    row = Progress(
        partnership=partnership,
        layer=JOINT if joint else work.actor.side,
        key=f"N-{new_identifier()[:12]}",
        position=AFTER_THE_FILE,
        day=note.day,
        text=dict(note.text),
        state=note.state,
        commitments=list(note.commitments),
        topics=before.topics if before else [],
        obligations=before.obligations if before else [],
        events=before.events if before else [],
        passage_id=None,
        evidence=note.evidence or None,
        party=None if note.of_both else work.actor.side,
        name=None if note.of_both else work.actor.name,
        written_at=work.now,
        words=searchable(note.text),
    )
    work.session.add(row)
    work.session.flush()
    for key in note.commitments:
        subject = ProgressSubject(partnership=partnership, layer=row.layer, progress_id=row.id)
        subject.commitment, subject.day = key, note.day
        work.session.add(subject)
        _note(work, partnership, "noted", key, row.layer, note=row.key)
    work.session.flush()
    return row.key


def _supersede(work: Work, row: Progress, newer: str) -> None:
    row.superseded_by = newer
    work.session.execute(delete(ProgressSubject).where(ProgressSubject.progress_id == row.id))
    for key in row.commitments:
        _note(work, row.partnership, "note replaced", key, row.layer, note=row.key, newer=newer)


def _current(work: Work, partnership: str, key: str) -> Progress:
    query = select(Progress).where(Progress.partnership == partnership, Progress.key == key)
    row = work.session.scalars(query.with_for_update()).one_or_none()
    if row is None:
        raise NotFound(f"there is no note {key!r}", remedy="`dialogues commitments show KEY` lists them")
    if row.superseded_by:
        raise Conflict(
            {
                "en": "a newer note stands in the place of this one",
                "nl": "een nieuwere notitie vervangt deze",
            },
            remedy={"en": "correct the newer one", "nl": "verbeter de nieuwere"},
        )
    return row


def _note(work: Work, partnership: str, act: str, key: str, layer: str | None, **detail: Any) -> None:
    record(work, partnership, f"commitment {act}", f"commitment/{key}", layer=layer, **detail)
