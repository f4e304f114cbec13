"""An obligation: what was promised, in whose words, how it is read, how it stands, and what was decided about it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from flask import Blueprint, render_template

from scheduler.audit.queries import Change, changes_about
from scheduler.dates.cadence import WITHOUT_INTERVAL
from scheduler.db.work import Work
from scheduler.errors import DialoguesError, NotFound
from scheduler.meetings.hosting import host_turns
from scheduler.meetings.queries import MeetingFacts, Owed, meetings, owed
from scheduler.meetings.rules import COMING
from scheduler.obligations.consents import SkipFacts
from scheduler.obligations.host_turns import HOSTED_BY_A_PARTY, HostSwapFacts, HostTurn
from scheduler.obligations.links import DutyLinkFacts
from scheduler.obligations.queries import ObligationFacts, duty_links, host_ledger, skips
from scheduler.obligations.records import Reader, of_answer, of_hand_over, of_link, of_skip
from scheduler.partnerships.queries import PartnershipFacts, offices, themes
from scheduler.partnerships.queries import partnership as find_partnership
from scheduler.sources.queries import passages
from scheduler.web.kit.door import door, reading_page, viewed_day
from scheduler.web.kit.language import language
from scheduler.words import Words

pages = Blueprint("obligation", __name__)


class Problem(NamedTuple):
    """A form that could not be meant: the section it stands in, why, and what was typed."""

    section: str
    error: DialoguesError
    typed: Mapping[str, str]


class Decided(NamedTuple):
    """What was decided about one obligation, each line with who and when in words, and what may be decided next."""

    links: list[tuple[DutyLinkFacts, Words]]
    pairs: list[tuple[str, str]]
    skips: list[tuple[SkipFacts, Words]]
    has_no_interval: bool
    intervals: tuple[Change, ...]
    turn: HostTurn | None
    ledger: list[tuple[HostSwapFacts, Words, Words]]
    hand_overs: list[tuple[MeetingFacts, str]]


@pages.get("/obligations/<partnership>/<key>")
def show(partnership: str, key: str) -> str:
    """Show one obligation with its rounds, its relations and what was decided."""
    with reading_page() as work:
        return page(work, partnership, key)


def page(work: Work, partnership: str, key: str, problem: Problem | None = None) -> str:
    """Return the page of an obligation, with what was wrong about a form where one comes back."""
    facts = find_partnership(work, partnership)
    day = viewed_day(work, facts)
    state = {entry.obligation.key: entry for entry in owed(work, partnership, day)}
    if key not in state:
        raise NotFound(f"{partnership} has no obligation {key!r}")
    obligation = state[key].obligation
    rounds = [entry for entry in meetings(work, partnership) if key in entry.duties]
    return render_template(
        "web/obligation.html",
        partnership=facts,
        day=day,
        entry=state[key],
        obligation=obligation,
        others={other: found.obligation for other, found in state.items()},
        inverse=inverse_relations(obligation.key, [entry.obligation for entry in state.values()]),
        rounds=rounds,
        themes={theme.key: theme for theme in themes(work, partnership)},
        offices={(office.party, office.key): office for office in offices(work, partnership)},
        passage=passages(work, [obligation.passage_id]).get(obligation.passage_id or 0),
        decided=_decided(work, facts, state, obligation, list(_hand_overs(facts, obligation, rounds, day))),
        problem=problem,
        panels=[panel(work, f"{partnership}/{key}", language()) for panel in door().panels.obligation],
    )


def inverse_relations(key: str, obligations: list[ObligationFacts]) -> list[tuple[str, str, str]]:
    """Return who points at the obligation ``key``: type of relation, the other's key, and its basis."""
    return [
        (relation.type, other.key, relation.basis)
        for other in obligations
        for relation in other.relations
        if relation.other == key
    ]


def _decided(
    work: Work,
    facts: PartnershipFacts,
    state: Mapping[str, Owed],
    obligation: ObligationFacts,
    hand_overs: list[tuple[MeetingFacts, str]],
) -> Decided:
    key = obligation.key
    reader = Reader({party.key: party.short for party in facts.parties}, facts.party(work.actor.side).zone)
    links = [link for link in duty_links(work, facts.key) if key in {link.obligation, link.other}]
    changes = changes_about(work, facts.key, f"obligation/{key}")
    return Decided(
        links=[(link, of_link(link, reader)) for link in reversed(links)],
        pairs=[
            (entry.obligation.key, other)
            for entry in state.values()
            for other in entry.obligation.may_discharge()
            if key in {entry.obligation.key, other}
        ],
        skips=[
            (skip, of_skip(skip, reader))
            for skip in reversed(skips(work, facts.key))
            if skip.obligation == key
        ],
        has_no_interval=obligation.cadence.rule in WITHOUT_INTERVAL,
        intervals=tuple(change for change in changes if change.act == "interval set"),
        turn=host_turns(work, facts.key).get(key),
        ledger=[
            (line, of_hand_over(line, reader), of_answer(line, reader))
            for line in reversed(host_ledger(work, facts.key))
            if line.obligation == key
        ],
        hand_overs=hand_overs,
    )


def _hand_overs(
    facts: PartnershipFacts, obligation: ObligationFacts, rounds: Iterable[MeetingFacts], day: date
) -> Iterator[tuple[MeetingFacts, str]]:
    """Yield the rounds to come of an obligation with each side that could host them instead."""
    if obligation.host["rule"] not in HOSTED_BY_A_PARTY:
        return
    for entry in rounds:
        if entry.obligation == obligation.key and entry.state in COMING and entry.day and entry.day >= day:
            yield from ((entry, party.key) for party in facts.parties if party.key != entry.host)
