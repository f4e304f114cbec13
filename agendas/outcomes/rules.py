"""Who has agreed to what of a record, what is still open before it is agreed, and how two versions become one. Pure.

As with agendas nothing is agreed by silence: a side agrees to what a part says, by its digest. So what was agreed on
the day, a readout for example, stays agreed while the rest is still written.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from agendas.commitments.entry import KEY
from agendas.negotiation.rules import CHANGED_SINCE_READ, Obstacle, Signature, Standing
from agendas.outcomes.content import (
    ATTENDANCE,
    CHANGE,
    FRAME,
    ITEM,
    NEW,
    SAID,
    Change,
    ItemOutcome,
    NewCommitment,
    Part,
    Record,
    Said,
    by_name,
)
from agendas.versions.stored import digest
from scheduler.errors import BadInput, Conflict
from scheduler.words import Words, say

READOUT = "readout"
"""The item of every agenda whose text both sides give to others."""

LETTER = "A"
"""With which the numbers of new commitments begin, on papers and in keys."""

LASTING = (NEW, SAID, CHANGE)
"""What an agreed record has written into the ledger: later versions put it right and never take it out."""


@dataclass(frozen=True, slots=True)
class Merged:
    """Two versions made one; ``conflicts`` names the parts that both changed, of which ours were kept."""

    record: Record
    conflicts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SealedRecord:
    """What an agreed record is, as it is sealed."""

    meeting: str
    number: int
    record: Record
    signed: Mapping[str, Any]


def subjects(record: Record) -> dict[str, str]:
    """Return what there is to agree to, each with its digest; the attendance of a side is one."""
    found: dict[str, list[Part]] = {}
    for name, part in record.parts():
        kind, _, rest = name.partition("/")
        subject = f"{ATTENDANCE}/{rest.partition('/')[0]}" if kind == ATTENDANCE else name
        found.setdefault(subject, []).append(part)
    frame = [record.day, [item.key for item in record.items]]
    return {**{subject: digest(parts) for subject, parts in found.items()}, FRAME: digest(frame)}


def standing(
    record: Record, signatures: Collection[Signature], sides: Collection[str]
) -> tuple[Standing, ...]:
    """Return where each subject stands, in the order of the record, its frame last."""
    result = []
    for subject, now in subjects(record).items():
        of_it = {entry.side: entry for entry in signatures if (entry.subject, entry.digest) == (subject, now)}
        waits = tuple(side for side in sides if side not in of_it)
        result.append(Standing(subject, now, tuple(of_it.values()), waits))
    return tuple(result)


def obstacles(
    record: Record, stands: Collection[Standing], names: Mapping[str, Words]
) -> tuple[Obstacle, ...]:
    """Return everything that keeps a record from being agreed; ``names`` are those of the sides."""
    open_items = [
        Obstacle("no_result", _with(NO_RESULT, what=item.title), f"{ITEM}/{item.key}")
        for item in record.items
        if item.result is None
    ]
    open_seats = [
        Obstacle("no_presence", _with(NO_PRESENCE, what=seat.title), f"{ATTENDANCE}/{seat.key}")
        for seat in record.seats
        if seat.presence is None
    ]
    unsigned = [
        Obstacle(
            "unsigned",
            _with(UNSIGNED, side=names[side], what=title_of(record, stand.subject, names)),
            stand.subject,
        )
        for stand in stands
        for side in stand.waits_for
    ]
    return (*open_items, *open_seats, *unsigned)


def signed_by(stands: Collection[Standing], sides: Collection[str]) -> dict[str, Any]:
    """Return who agreed for each side, and when last."""
    result = {}
    for side in sides:
        own = [entry for stand in stands for entry in stand.signatures if entry.side == side]
        last = max(own, key=lambda entry: entry.at)
        result[side] = {"name": last.name, "at": last.at.isoformat()}
    return result


def readout_is_agreed(record: Record, stands: Collection[Standing]) -> bool:
    """Tell whether both sides agreed to the words of the joint readout, before the whole record or with it."""
    item = next((item for item in record.items if item.kind == READOUT), None)
    if item is None or not any(item.text.values()):
        return False
    return any(stand.subject == f"{ITEM}/{item.key}" and not stand.waits_for for stand in stands)


def numbers(record: Record, filed: Collection[str]) -> dict[str, str]:
    """Return the number of every new commitment by its part: A1, A2 in the order of the record.

    What the ledger has by an earlier agreed version, ``filed``, is counted first, so that a number is given once. The
    order is that of what both sides see: it tells nothing of what one of them thought of and did not offer.
    """
    names = [f"{NEW}/{part.key}" for part in record.new]
    ordered = sorted(names, key=lambda name: name not in filed)
    return {name: f"{LETTER}{number}" for number, name in enumerate(ordered, start=1)}


def key_in_ledger(number: str, stem: str, day: date, taken: Mapping[str, bool]) -> str | None:
    """Return the key of a new commitment, ``JS-R05-2027-A1``; with the day where another round has that beginning.

    ``taken`` holds the keys of the ledger, each with whether it is of this very round. ``None`` where none is free.
    """
    for beginning in (stem, f"{stem}-{day:%m-%d}"):
        key = f"{beginning}-{number}"
        of_others = any(one.startswith(f"{beginning}-{LETTER}") and not own for one, own in taken.items())
        if not of_others and key not in taken and KEY.match(key):
            return key
    return None


def seal(sealed: SealedRecord) -> str:
    """Return the SHA-256, in hexadecimal, over the canonical JSON of all that an agreed record is."""
    return digest(sealed)


def merge(base: Record, ours: Record, theirs: Record) -> Merged:
    """Return ``ours`` with what ``theirs`` changed since ``base``; what both changed stays as ours, and is named."""
    was, here, there = (by_name(record.parts()) for record in (base, ours, theirs))
    result: dict[str, Part] = {}
    conflicts = []
    for name in dict.fromkeys([*there, *here]):
        before, own, other = was.get(name), here.get(name), there.get(name)
        kept = other if own == before else own
        if own != before and other not in (before, own):
            conflicts.append(name)
            kept = own or other  # what one side took out and the other changed is not lost
        if kept is not None:
            result[name] = kept
    day = theirs.day if ours.day == base.day else ours.day
    return Merged(replace(ours, day=day, agenda=theirs.agenda).with_parts(result), tuple(conflicts))


def offered(before: Record, mine: Record, chosen: Collection[str] | None) -> Record:
    """Return the record that both sides know with what a side offers of its own: all of it, or the chosen subjects.

    ``before`` is the joint record or, while there is none, one that says nothing yet: what is not chosen stands as
    there, and what the side added by itself stands nowhere. Raises ``BadInput`` for a subject that is not there, and
    for an entry under an item that would not be.
    """
    if chosen is None:
        return mine
    unknown = set(chosen) - set(subjects(mine)) - set(subjects(before))
    if unknown:
        missing = ", ".join(sorted(unknown))
        raise BadInput(
            {"en": f"your record has no {missing}", "nl": f"uw verslag heeft geen {missing}"},
            place="subjects",
            remedy={"en": "look at it first", "nl": "bekijk het eerst"},
        )
    own, known = by_name(mine.parts()), by_name(before.parts())
    names = dict.fromkeys([*own, *known])
    pick = {name: own if _is_chosen(name, chosen) else known for name in names}
    result = before.with_parts({name: pick[name][name] for name in names if name in pick[name]})
    for key in (*(part.item for part in result.new), *(part.item for part in result.said)):
        if result.item(key) is None:
            raise BadInput(
                {
                    "en": f"an entry stands under {key}, which is not offered",
                    "nl": f"een vermelding staat onder {key}, dat niet wordt voorgelegd",
                },
                place="subjects",
                remedy={"en": f"offer {ITEM}/{key} with it", "nl": f"leg ook {ITEM}/{key} voor"},
            )
    return result


def blank(begun: Record) -> Record:
    """Return a record with its items and seats, of which nothing is said."""
    items = tuple(replace(item, result=None, text={}) for item in begun.items)
    seats = tuple(replace(seat, presence=None, instead={}) for seat in begun.seats)
    return Record(begun.day, items, seats, agenda=begun.agenda)


def require_lasting(agreed: Record, following: Record) -> None:
    """Raise ``Conflict`` where a later version takes out what an agreed one has written into the ledger."""
    kept = dict(following.parts())
    gone = [name for name, _ in agreed.parts() if name.startswith(LASTING) and name not in kept]
    if gone:
        raise Conflict(
            {
                "en": f"{len(gone)} entries are in the ledger by the agreed record and cannot be taken out",
                "nl": f"{len(gone)} vermeldingen uit het vastgestelde verslag staan in het register en blijven daar",
            },
            place=gone[0],
            remedy={
                "en": "put their words right, or drop the commitment in the ledger",
                "nl": "verbeter de tekst, of laat de afspraak in het register vervallen",
            },
        )


def put(record: Record, name: str, part: Part) -> Record:
    """Return the record with a part in the place of the one of its name, or as a new one."""
    return record.with_parts({**dict(record.parts()), name: part})


def without(record: Record, name: str) -> Record:
    """Return the record without a part; ``BadInput`` for one that is not there."""
    parts = dict(record.parts())
    if name not in parts:
        raise BadInput(
            {"en": f"the record has no {name}", "nl": f"het verslag heeft geen {name}"},
            place="part",
            remedy={"en": "look at the newest version", "nl": "bekijk de nieuwste versie"},
        )
    return record.with_parts({other: part for other, part in parts.items() if other != name})


def title_of(record: Record, subject: str, names: Mapping[str, Words]) -> Words:
    """Return what people call a subject of a record."""
    kind, _, rest = subject.partition("/")
    if subject == FRAME:
        return THE_FRAME
    if kind == ATTENDANCE:
        return _with(THE_ATTENDANCE, side=names.get(rest, {"en": rest}))
    part = dict(record.parts()).get(subject)
    match part:
        case ItemOutcome():
            return part.title
        case NewCommitment() | Said():
            return part.text
        case Change():
            return {"en": part.commitment}
        case _:
            return {"en": subject}


def changed_since_read(record: Record, outdated: Collection[str], names: Mapping[str, Words]) -> Words:
    """What is said where somebody would agree to subjects whose words are others by now."""
    return {
        language: f"{said}: {', '.join(f'“{say(title_of(record, one, names), language)}”' for one in outdated)}"
        for language, said in CHANGED_SINCE_READ.items()
    }


def _is_chosen(name: str, chosen: Collection[str]) -> bool:
    return name in chosen or any(name.startswith(f"{one}/") for one in chosen if one.startswith(ATTENDANCE))


def _with(template: Words, **values: Words) -> Words:
    return {
        language: text.format(**{name: say(value, language) for name, value in values.items()})
        for language, text in template.items()
    }


NO_RESULT: Words = {"en": "nothing is said yet of: {what}", "nl": "nog geen uitkomst bij: {what}"}
NO_PRESENCE: Words = {
    "en": "it is not said whether this post came: {what}",
    "nl": "nog niet vermeld of deze functie aanwezig was: {what}",
}
UNSIGNED: Words = {
    "en": "{side} has not agreed to: {what}",
    "nl": "{side} heeft nog niet ingestemd met: {what}",
}
THE_FRAME: Words = {"en": "the day and the list of items", "nl": "de dag en de lijst van punten"}
THE_ATTENDANCE: Words = {"en": "attendance, {side}", "nl": "aanwezigheid, {side}"}
