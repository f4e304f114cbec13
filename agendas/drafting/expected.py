"""Which papers an agenda needs: what kind for which item, from which side, by when. Pure.

A decision needs a decision paper and a steer a discussion paper, from the side that opens the item; a dialogue that was
held owes its report; what goes round in writing needs an update from each side that owns a part of it. The day follows
from the lead times of the level.
"""

from collections.abc import Iterator
from dataclasses import replace

from agendas.drafting.draft import Item
from agendas.drafting.facts import Facts
from agendas.drafting.wording import PAPERS
from agendas.papers.wording import phrase
from agendas.versions.content import Paper
from scheduler.words import Words

FOR_SUBJECTS = frozenset({"theme", "topic"})


def with_papers(item: Item, facts: Facts, *, in_writing: bool = False) -> Item:
    """Return an item with the papers that are expected for it."""
    found = _in_writing(item, facts) if in_writing else _in_room(item)
    papers = (Paper(_title(item, kind), side, facts.meeting.papers_due) for kind, side in found)
    return replace(item, papers=tuple(papers))


def _title(item: Item, kind: str) -> Words:
    if item.report and item.report.kind == "report":
        return item.title
    return phrase(PAPERS[kind], title=item.report.title if item.report else item.title)


def _in_room(item: Item) -> Iterator[tuple[str, str]]:
    if item.lead is None:
        return
    if item.report:
        if item.report.held or item.report.kind == "report":
            yield "report", item.lead
    elif item.kind in FOR_SUBJECTS and item.wanted in ("decide", "steer"):
        yield item.wanted, item.lead


def _in_writing(item: Item, facts: Facts) -> Iterator[tuple[str, str]]:
    owners = {office.party for line in item.lines for office in line.commitment.owners}
    owners |= {office.party for office in item.leads} if not owners else set()
    for party in facts.parties:
        if party.key in owners:
            yield "written", party.key
