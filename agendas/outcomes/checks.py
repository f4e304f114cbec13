"""Whether a record can be filed as it stands: every part, before anything of it is kept or offered.

The craft of the actions. What the ledger would refuse at the end is refused here, with its place, by the same rules.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

from agendas.commitments.actions import check_evidence
from agendas.commitments.entry import Known, faults
from agendas.commitments.queries import commitment, known_names
from agendas.commitments.rules import PROGRESS_STATES, StatusChange, require_grounds
from agendas.outcomes.content import (
    Change,
    ItemOutcome,
    NewCommitment,
    Part,
    Presence,
    Record,
    Result,
    Said,
    Seat,
)
from agendas.outcomes.filing import entry_of
from agendas.text import accept, accept_line
from scheduler.db.work import Work
from scheduler.errors import BadFile, BadInput, DialoguesError, NotFound
from scheduler.meetings.queries import MeetingFacts
from scheduler.typed import not_known, on_one_line, one_of
from scheduler.words import LANGUAGES, Words, say

MOST_PARTS = 500
"""Seats, items and entries of one record: more is a paste that went wrong."""


def checked(work: Work, found: MeetingFacts, record: Record) -> Record:
    """Return a record with its texts as they are kept; raise ``BadFile`` with every mistake it holds.

    What names something that is not there is ``NotFound``, by itself, as everywhere.
    """
    number = sum(1 for _ in record.parts())
    if number > MOST_PARTS:
        raise BadInput(
            {"en": f"{number} parts are too many", "nl": f"{number} delen is te veel"},
            place="record",
            remedy={"en": f"at most {MOST_PARTS}", "nl": f"hoogstens {MOST_PARTS}"},
        )
    good, wrong = _looked_over(work, found, record)
    every = [error for errors in wrong.values() for error in errors]
    problems = [error for error in every if isinstance(error, BadInput)]
    for missing in (error for error in every if error not in problems):
        raise missing
    if problems:
        raise BadFile(problems)
    return record.with_parts(good)


def mistakes(work: Work, found: MeetingFacts, record: Record) -> dict[str, list[DialoguesError]]:
    """Return what is wrong with a record, by the names of the parts that hold it."""
    return _looked_over(work, found, record)[1]


def _looked_over(
    work: Work, found: MeetingFacts, record: Record
) -> tuple[dict[str, Part], dict[str, list[DialoguesError]]]:
    """Return the parts as they are kept, and the mistakes of those that cannot be."""
    known = known_names(work, found.partnership)
    good: dict[str, Part] = {}
    wrong: dict[str, list[DialoguesError]] = {}
    for name, part in record.parts():
        try:
            good[name] = _checked(work, found, part, known)
        except BadFile as error:
            wrong[name] = [*error.problems]
        except (BadInput, NotFound) as error:
            wrong[name] = [error]
    return good, wrong


def _checked(work: Work, found: MeetingFacts, part: Part, known: Known) -> Part:
    match part:
        case Seat():
            return _seat(part, known)
        case ItemOutcome():
            return _item(part)
        case NewCommitment():
            return _new(found, part, known)
        case Said():
            return _said(work, found, part)
        case Change():
            return _change(work, found, part)


def _seat(part: Seat, known: Known) -> Seat:
    if part.party not in known.offices:
        raise BadInput(not_known(part.party), place="party", remedy=one_of(sorted(known.offices)))
    if part.presence not in (None, *get_args(Presence)):
        raise BadInput(not_known(str(part.presence)), place=part.key, remedy=one_of(get_args(Presence)))
    instead = _texts(part.instead, part.key, longest_line=True)
    if part.presence == "delegate" and not instead:
        raise BadInput(
            {"en": "who came in its place is not said", "nl": "wie in de plaats kwam, staat er niet"},
            place=part.key,
            remedy={"en": "name the post, not the person", "nl": "noem de functie, niet de persoon"},
        )
    title = _texts(part.title, part.key, longest_line=True)
    if not title:
        raise BadInput(
            {"en": "the post has no title", "nl": "de functie heeft geen naam"},
            place=part.key,
            remedy={"en": "name the post, not the person", "nl": "noem de functie, niet de persoon"},
        )
    return replace(part, title=title, instead=instead if part.presence == "delegate" else {})


def _item(part: ItemOutcome) -> ItemOutcome:
    if part.result not in (None, *get_args(Result)):
        raise BadInput(not_known(str(part.result)), place=part.key, remedy=one_of(get_args(Result)))
    title = _texts(part.title, f"{part.key}, title", longest_line=True)
    if not title:
        raise BadInput(
            {"en": "the item has no title", "nl": "het punt heeft geen titel"},
            place=part.key,
            remedy={"en": "write one", "nl": "schrijf er een"},
        )
    return replace(part, title=title, text=_texts(part.text, part.key))


def _new(found: MeetingFacts, part: NewCommitment, known: Known) -> NewCommitment:
    known_here = replace(known, meetings={**known.meetings, found.uid: found.obligation})
    wrong = [
        BadInput(fault.message, place=f"{_called(part.text)}, {fault.field}", remedy=fault.remedy)
        for fault in faults(entry_of(part, found.uid), known_here)
    ]
    if not any(part.owners.values()):
        wrong.append(
            BadInput(
                {"en": "nobody owns it", "nl": "niemand is verantwoordelijk"},
                place=f"{_called(part.text)}, owners",
                remedy={"en": "name an office", "nl": "noem een dienst"},
            )
        )
    if wrong:
        raise BadFile(wrong)
    return replace(part, text=_texts(part.text, _called(part.text), longest_line=True))


def _said(work: Work, found: MeetingFacts, part: Said) -> Said:
    if not part.commitments:
        raise BadInput(
            {"en": "it names no commitment", "nl": "er wordt geen afspraak genoemd"},
            place=_called(part.text),
            remedy={"en": "name a commitment", "nl": "noem een afspraak"},
        )
    for key in part.commitments:
        commitment(work, found.partnership, key)
    text = _texts(part.text, _called(part.text), longest_line=True)
    if not text:
        raise BadInput(
            {"en": "the note is empty", "nl": "de notitie is leeg"},
            place=_called(part.text),
            remedy={
                "en": "say what was done, or what is missing",
                "nl": "zeg wat is gedaan, of wat nog ontbreekt",
            },
        )
    if part.state not in PROGRESS_STATES:
        raise BadInput(not_known(part.state), place=_called(part.text), remedy=one_of(PROGRESS_STATES))
    evidence = check_evidence(work, found.partnership, part.evidence, joint=True)
    return replace(part, text=text, evidence=evidence)


def _change(work: Work, found: MeetingFacts, part: Change) -> Change:
    facts = commitment(work, found.partnership, part.commitment)
    text = _texts(part.text, part.commitment, longest_line=True)
    if not (part.status or part.due or text):
        raise BadInput(
            {"en": "nothing is changed", "nl": "er is niets gewijzigd"},
            place=part.commitment,
            remedy={
                "en": "give a status, a day or other words",
                "nl": "geef een stand, een datum of andere tekst",
            },
        )
    evidence = check_evidence(work, found.partnership, part.evidence, joint=True)
    reason = accept_line(part.reason, part.commitment)
    if part.status and part.status != facts.status:
        grounds = StatusChange(part.status, evidence or f"meeting:{found.uid}", reason, part.into)
        require_grounds(grounds, facts.status)
    if part.into:
        try:
            commitment(work, found.partnership, part.into)
        except NotFound as error:
            raise NotFound(error.message, place="into", remedy=error.remedy) from error
    return replace(part, text=text, evidence=evidence, reason=reason)


def _called(text: Words) -> str:
    """Return how a mistake names an entry: by its first words."""
    return f"“{on_one_line(say(text, LANGUAGES[0]))[:40]}…”"


def _texts(text: Words, place: str, *, longest_line: bool = False) -> dict[str, str]:
    return dict(_accepted(text, place, longest_line=longest_line))


def _accepted(text: Words, place: str, *, longest_line: bool) -> Iterator[tuple[str, str]]:
    """Yield the words of each language that has any."""
    for language in LANGUAGES:
        words = text.get(language, "")
        where = f"{place}, {language}"
        kept = accept_line(words, where, longest=2000) if longest_line else accept(words, where)
        if kept:
            yield language, kept
