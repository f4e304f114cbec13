"""Keeping versions: each is a new row, numbered for its meeting; what two people did at once is merged, not lost."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy.exc import IntegrityError

from agendas.versions.content import Content
from agendas.versions.merge import Conflict, merge
from agendas.versions.queries import DraftFacts, Notes, draft, the_draft, version
from agendas.versions.settling import taken
from agendas.versions.stored import written
from agendas.versions.tables import AgendaDraft, AgendaVersion
from scheduler.audit.actions import record
from scheduler.db.work import Work
from scheduler.errors import Conflict as TooLate
from scheduler.errors import NotFound
from scheduler.words import Words

EDITED, DRAFTED, REDRAFTED, RESTORED, TAKEN_IN = "edited", "drafted", "redrafted", "restored", "taken in"
SETTLED = "settled"

KEPT_MEANWHILE: Words = {
    "en": "somebody has kept another version in this moment",
    "nl": "iemand heeft zojuist een andere versie bewaard",
}
LOOK_AGAIN: Words = {"en": "look at it, then do it again", "nl": "bekijk die en doe het dan opnieuw"}


@dataclass(frozen=True, slots=True)
class Draft:
    """A working version to keep. ``number`` is that of the version it was made from, 0 for none."""

    meeting: str
    partnership: str
    number: int
    content: Content
    facts: Mapping[str, Any]
    drafted: Content
    joint: int | None = None
    notes: Notes = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()


def keep_draft(work: Work, made: Draft, act: str, remark: str = "") -> int:
    """Keep a working version of the acting side and return its number.

    Where somebody of the side kept another one since ``made.number``, the two are merged, and what both changed is
    named among the conflicts.
    """
    latest = draft(work, made.meeting)
    if latest and latest.number != made.number:
        made = _rebased(work, made, latest)
    number = (latest.number if latest else 0) + 1
    row = AgendaDraft(
        partnership=made.partnership,
        layer=work.actor.side,
        meeting=made.meeting,
        number=number,
        joint=made.joint,
        content=written(made.content),
        facts=dict(made.facts),
        drafted=written(made.drafted),
        notes={item: texts for item, texts in made.notes.items() if texts},
        conflicts=written(made.conflicts),
        act=act,
        remark=remark,
        made_at=work.now,
        made_by=work.actor.name,
    )
    _add(work, row)
    subject = f"meeting/{made.meeting}"
    record(work, made.partnership, f"agenda {act}", subject, layer=work.actor.side, version=number)
    return number


def keep_version(work: Work, made: Draft, act: str, remark: str = "") -> int:
    """Keep a version that both sides see and return its number; raise ``Conflict`` where the other side was first."""
    latest = version(work, made.meeting)
    if (latest.number if latest else 0) != made.number:
        raise TooLate(
            {
                "en": "the other side has changed the agenda since",
                "nl": "de andere zijde heeft de agenda intussen gewijzigd",
            },
            remedy={"en": "take its version in first", "nl": "neem eerst haar versie over"},
        )
    row = AgendaVersion(
        partnership=made.partnership,
        meeting=made.meeting,
        number=made.number + 1,
        content=written(made.content),
        facts=dict(made.facts),
        act=act,
        remark=remark,
        side=work.actor.side,
        made_at=work.now,
        made_by=work.actor.name,
        frozen_at=None,
        signed=None,
        seal=None,
    )
    _add(work, row)
    subject = f"meeting/{made.meeting}"
    record(work, made.partnership, f"agenda {act}", subject, layer=None, version=made.number + 1)
    return made.number + 1


def edited(
    work: Work, before: DraftFacts, partnership: str, content: Content, notes: Notes | None = None
) -> int:
    """Keep what somebody made of a working version by hand."""
    made = replace(as_made(before, partnership), content=content)
    return keep_draft(work, made if notes is None else replace(made, notes=notes), EDITED)


def restore(work: Work, meeting: str, partnership: str, number: int) -> int:
    """Bring an earlier working version back, as the newest one; facts, hours and the joint version taken in stay."""
    latest, earlier = the_draft(work, meeting), the_draft(work, meeting, number)
    content = replace(earlier.content, hours=latest.content.hours)
    made = replace(as_made(latest, partnership), content=content, notes=earlier.notes)
    return keep_draft(work, made, RESTORED, str(number))


def settle(
    work: Work, meeting: str, partnership: str, index: int, *, theirs: bool, number: int | None = None
) -> int:
    """Decide a conflict of the newest working version: keep what stands, or take the other value instead.

    ``number`` is that of the version somebody looked at. Raises ``NotFound`` where there is no such conflict any more,
    ``Conflict`` where there is a newer version: nobody settles what they did not look at.
    """
    latest = the_draft(work, meeting)
    if number not in (None, latest.number):
        raise TooLate(KEPT_MEANWHILE, remedy=LOOK_AGAIN)
    if not 0 <= index < len(latest.conflicts):
        raise NotFound(
            {"en": "this conflict has been settled already", "nl": "dit verschil is al beslecht"},
            remedy={"en": "look at the newest version", "nl": "bekijk de nieuwste versie"},
        )
    conflict = latest.conflicts[index]
    left = tuple(other for number, other in enumerate(latest.conflicts) if number != index)
    content = taken(latest.content, conflict) if theirs else latest.content
    made = replace(as_made(latest, partnership), content=content, conflicts=left)
    return keep_draft(work, made, SETTLED, conflict.subject)


def as_made(latest: DraftFacts, partnership: str) -> Draft:
    """Return a working version as one to go on from."""
    return Draft(
        meeting=latest.meeting,
        partnership=partnership,
        number=latest.number,
        content=latest.content,
        facts=latest.facts,
        drafted=latest.drafted,
        joint=latest.joint,
        notes=latest.notes,
        conflicts=latest.conflicts,
    )


def _rebased(work: Work, made: Draft, latest: DraftFacts) -> Draft:
    """Return a version with what others of the side kept meanwhile: theirs is the newest, ours what is being kept."""
    base = draft(work, made.meeting, made.number) if made.number else None
    if base is None:
        raise TooLate(
            {
                "en": "somebody of your side has drafted this agenda already",
                "nl": "iemand van uw zijde heeft deze agenda al opgesteld",
            },
            remedy={"en": "go on from that version", "nl": "ga met die versie verder"},
        )
    merged = merge(base.content, made.content, latest.content)
    return replace(
        made,
        number=latest.number,
        content=merged.content,
        facts=latest.facts if made.facts == base.facts else made.facts,
        drafted=latest.drafted if made.drafted == base.drafted else made.drafted,
        joint=latest.joint if made.joint == base.joint else made.joint,
        notes=_merged_notes(base.notes, made.notes, latest.notes),
        conflicts=(*latest.conflicts, *merged.conflicts),
    )


def _merged_notes(base: Notes, ours: Notes, theirs: Notes) -> Notes:
    """Return both sides' edits of notes; where two people changed one, both texts stand, one below the other."""
    result: Notes = {}
    for item in dict.fromkeys([*ours, *theirs]):
        was, here, there = (notes.get(item, {}) for notes in (base, ours, theirs))
        for kind in dict.fromkeys([*here, *there]):
            texts = [texts.get(kind, "") for texts in (was, here, there)]
            note = _one_note(*texts)
            if note:
                result.setdefault(item, {})[kind] = note
    return result


def _one_note(was: str, here: str, there: str) -> str:
    if here in (was, there):
        return there
    return here if there == was else "\n\n".join(text for text in (here, there) if text)


def _add(work: Work, row: AgendaDraft | AgendaVersion) -> None:
    """Add a version that two people may be keeping at once: whoever comes second is told."""
    work.session.add(row)
    try:
        work.session.flush()
    except IntegrityError as error:
        raise TooLate(KEPT_MEANWHILE, remedy=LOOK_AGAIN) from error
