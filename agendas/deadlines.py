"""What the agendas of a partnership want by a day, as plain values for reminders.

For each round of the acting side: which of its steps are done, by what is on record of the side's own doing and of both
sides'; what the other side does by itself is not read here, so no reminder can tell of it.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from agendas.distribution.queries import rounds_with_pack
from agendas.outcomes.queries import Progress, how_far
from agendas.versions.content import Item, Paper
from agendas.versions.stored import digest
from scheduler.db.work import Work
from scheduler.meetings.queries import MeetingFacts, meetings
from scheduler.meetings.rules import State
from scheduler.obligations.lead_times import MILESTONES
from scheduler.reminders.agenda import AgendaDeadline
from scheduler.words import LANGUAGES, Words, say

LOOKS_BACK = timedelta(days=92)
"""How long after a round its record is still asked for."""

RECORDED_WITHIN = timedelta(days=2)
"""When whoever was there has written down what came of a round; practice of ours, which no source states."""

STATES = (State.AGREED, State.HELD)
SECRETARIAT = "secretariat"

TITLES: dict[str, Words] = {milestone.key: milestone.title for milestone in MILESTONES}
OUTCOME: Words = {"en": "Record what came of the round", "nl": "Leg vast wat de ronde heeft opgeleverd"}
PAPER: Words = {"en": "Joint paper: {title}", "nl": "Gezamenlijk stuk: {title}"}

NOT_OFFERED: Words = {
    "en": "no version of the agenda has been offered yet",
    "nl": "er is nog geen versie van de agenda voorgesteld",
}
NOT_FROZEN: Words = {
    "en": "both sides have not yet agreed to the agenda in all",
    "nl": "beide zijden hebben nog niet met de hele agenda ingestemd",
}
NOT_BRIEFED: Words = {
    "en": "your side has written no brief for it yet",
    "nl": "uw zijde heeft er nog geen inbreng voor geschreven",
}
NO_PACK: Words = {"en": "no briefing pack has been sent", "nl": "er is nog geen dossier verzonden"}
NOT_READ_OUT: Words = {
    "en": "both sides have not yet agreed to the words of the readout",
    "nl": "beide zijden zijn het nog niet eens over de terugkoppeling",
}
NOT_AGREED: Words = {
    "en": "both sides have not yet agreed to the record",
    "nl": "beide zijden hebben nog niet met het verslag ingestemd",
}
NOT_RECORDED: Words = {
    "en": "nothing of what came of it has been offered yet",
    "nl": "er is nog niets vastgelegd van wat eruit is gekomen",
}
ON_THE_AGENDA: Words = {
    "en": "the joint agenda expects it from your side by this day",
    "nl": "de gezamenlijke agenda verwacht het van uw zijde op deze dag",
}


def agenda_deadlines(work: Work, partnership: str) -> tuple[AgendaDeadline, ...]:
    """Return what the agendas of the rounds that both sides hold want of the acting side, done or not."""
    since = work.now.date() - LOOKS_BACK
    rounds = [entry for entry in meetings(work, partnership, first=since, states=STATES) if entry.slot]
    if not rounds:
        return ()
    coming = [entry.uid for entry in rounds if entry.state is State.AGREED]
    far, packs = how_far(work, partnership, coming), rounds_with_pack(work, partnership)
    return tuple(deadline for entry in rounds for deadline in _of_round(entry, far, packs, work.actor.side))


def _of_round(
    found: MeetingFacts, far: Progress, packs: frozenset[str], side: str
) -> Iterator[AgendaDeadline]:
    uid = found.uid
    for step, done, because in (
        ("first_draft", uid in far.offered, NOT_OFFERED),
        ("briefing_commissioned", uid in far.briefed or uid in packs, NOT_BRIEFED),
        ("agenda_agreed", uid in far.frozen, NOT_FROZEN),
        ("briefing_pack", uid in packs, NO_PACK),
        ("readout", uid in far.read_out, NOT_READ_OUT),
        ("record", uid in far.agreed, NOT_AGREED),
    ):
        yield AgendaDeadline(step, uid, step, None, (), TITLES[step], done, () if done else (because,))
    for item, paper in far.papers.get(uid, ()):
        if paper.side == side and paper.due:
            yield _paper(uid, item, paper, paper.due)
    done = uid in far.recorded
    last = found.slot.last_day if found.slot else date.max
    day = last + RECORDED_WITHIN
    open_since = () if done else (NOT_RECORDED,)
    yield AgendaDeadline("outcome", uid, "", day, (SECRETARIAT,), OUTCOME, done, open_since)


def _paper(uid: str, item: Item, paper: Paper, due: date) -> AgendaDeadline:
    """Return the deadline of a paper: for the side's own office that leads its item, else for the secretariat."""
    parted = (office.partition("/") for office in item.offices)
    leads = tuple(office for party, _, office in parted if party == paper.side) or (SECRETARIAT,)
    key = f"paper-{digest([item.key, paper.title])[:16]}"
    return AgendaDeadline(
        key, uid, "", due, leads, _titled(paper.title), done=False, because=(ON_THE_AGENDA,)
    )


def _titled(title: Words) -> Words:
    return {language: PAPER[language].format(title=say(title, language)) for language in LANGUAGES}
