"""A table of commitments taken into the ledger: what it would change is said first, then kept as proposals.

What both sides have is never overwritten by a table, and what a table brings is never joint: it waits until
its side offers it. The same table twice changes nothing the second time.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from agendas.commitments.actions import Proposed, keep_proposal, rule_on
from agendas.commitments.entry import Entry, Known, settled, to_structure
from agendas.commitments.queries import CommitmentFacts, commitments, known_names, proposals
from agendas.commitments.rules import ADD, AMEND, OPEN, STATUS, StatusChange
from agendas.commitments.table import MOST_FAULTS, TableRow, read_table
from scheduler.db.work import Work
from scheduler.errors import BadFile, BadInput, DialoguesError
from scheduler.sources.queries import PassageFacts, passages

CONTENT = ("theme", "text", "kind", "strength", "owners", "posts", "due")
UNCHANGED, WAITING = "unchanged", "waiting"


@dataclass(frozen=True, slots=True)
class Step:
    """What one row of a table would do: ``act`` is ``add``, ``amend``, ``status``, ``waiting`` or ``unchanged``.

    ``fields`` names what differs; ``detail`` is what the proposal would keep.
    """

    line: int
    key: str
    act: str
    entry: Entry
    fields: tuple[str, ...] = ()
    detail: dict[str, Any] | None = None


def plan_import(work: Work, partnership: str, content: bytes) -> tuple[Step, ...]:
    """Return what a table would change, row by row; raise ``BadFile`` with every mistake, and change nothing."""
    known = known_names(work, partnership)
    rows = read_table(content, known)
    ledger = {entry.key: entry for entry in commitments(work, partnership)}
    places = passages(work, (entry.passage_id for entry in ledger.values()))
    waiting = {
        (entry.commitment, entry.change): entry.detail
        for entry in proposals(work, partnership)
        if entry.layer is not None or entry.proposed_by == work.actor.side
    }
    steps: list[Step] = []
    problems: list[BadInput] = []
    for row in rows:
        entry = settled(row.entry, known)
        try:
            found = list(_steps(work, partnership, row, entry, ledger.get(entry.key), places))
        except DialoguesError as error:
            place = f"line {row.line}, {error.place or 'status'}"
            problems.append(BadInput(error.message, place=place, remedy=error.remedy))
            continue
        steps += [_unless_waiting(step, waiting) for step in found]
    if problems:
        raise BadFile(problems[:MOST_FAULTS])
    return tuple(steps)


def apply_import(work: Work, partnership: str, steps: Sequence[Step]) -> int:
    """Keep what a table would change as the acting side's own proposals; return how many there are."""
    changes = [step for step in steps if step.act not in {UNCHANGED, WAITING}]
    for step in changes:
        detail = step.detail or {}
        keep_proposal(work, partnership, Proposed(step.key, step.act, detail, detail.get("reason", "")))
    return len(changes)


def export_rows(work: Work, partnership: str) -> Iterator[TableRow]:
    """Yield what both sides have in the ledger, in its order; nothing that a side keeps to itself is in a table."""
    known = commitments(work, partnership)
    places = passages(work, (entry.passage_id for entry in known))
    for line, facts in enumerate(known, start=2):
        entry = _entry_of(facts, places.get(facts.passage_id or 0))
        grounds = {"evidence": facts.evidence or "", "into": facts.merged_into or ""}
        yield TableRow(line, entry, facts.status, **grounds)


def sides_of(work: Work, partnership: str) -> tuple[str, ...]:
    """Return the sides that the columns of a table name, in the order of the partnership."""
    names: Known = known_names(work, partnership)
    return tuple(names.offices)


def _steps(
    work: Work,
    partnership: str,
    row: TableRow,
    entry: Entry,
    facts: CommitmentFacts | None,
    places: dict[int, PassageFacts],
) -> Iterator[Step]:
    if facts is None:
        if row.status not in OPEN:
            remedy = {
                "en": f"one of {', '.join(OPEN)}; close it once both sides have it",
                "nl": f"één van {', '.join(OPEN)}; sluit haar af zodra beide zijden haar hebben",
            }
            raise BadInput(
                {
                    "en": f"a new commitment cannot be {row.status}",
                    "nl": f"een nieuwe afspraak kan niet {row.status} zijn",
                },
                place="status",
                remedy=remedy,
            )
        entry = replace(entry, status=row.status)
        yield Step(row.line, entry.key, ADD, entry, detail=to_structure(entry))
        return
    stands = _entry_of(facts, places.get(facts.passage_id or 0))
    _require_same_source(entry, stands)
    differing = tuple(name for name in CONTENT if getattr(stands, name) != getattr(entry, name))
    if differing:
        changed = replace(stands, **{name: getattr(entry, name) for name in CONTENT})
        yield Step(row.line, entry.key, AMEND, changed, differing, to_structure(changed))
    if row.status != facts.status:
        change = StatusChange(row.status, row.evidence, row.reason, row.into)
        rule_on(work, partnership, entry.key, change)
        yield Step(row.line, entry.key, STATUS, entry, ("status",), asdict(change))
    if not differing and row.status == facts.status:
        yield Step(row.line, entry.key, UNCHANGED, entry)


def _entry_of(facts: CommitmentFacts, place: PassageFacts | None) -> Entry:
    owners, posts = (
        {party: tuple(keys) for party, keys in given.items() if keys} for given in (facts.owners, facts.posts)
    )
    return Entry(
        theme=facts.theme,
        text=dict(facts.text),
        kind=facts.kind,
        strength=facts.strength,
        owners=owners,
        posts=posts,
        due=facts.due,
        meeting=facts.meeting or "",
        item=facts.item or "",
        document=place.source if place else "",
        heading=(place.heading or "") if place else "",
        first=place.first if place else None,
        last=place.last if place else None,
        key=facts.key,
    )


def _unless_waiting(step: Step, waiting: dict[tuple[str, str], dict[str, Any]]) -> Step:
    """Return a step that does nothing where the same change waits already."""
    known = waiting.get((step.key, step.act))
    return replace(step, act=WAITING) if known is not None and _same(known, step.detail) else step


def _same(kept: dict[str, Any], wanted: dict[str, Any] | None) -> bool:
    plain = {name: _listed(value) for name, value in (wanted or {}).items()}
    return kept == plain


def _listed(value: Any) -> Any:
    """Return a value as JSON gives it back."""
    if isinstance(value, dict):
        return {name: _listed(inner) for name, inner in value.items()}
    return list(value) if isinstance(value, tuple) else value


def _require_same_source(entry: Entry, stands: Entry) -> None:
    for name in ("document", "meeting"):
        given = getattr(entry, name)
        if given and given != getattr(stands, name):
            raise BadInput(
                {
                    "en": f"the source of {entry.key} is another",
                    "nl": f"de bron van {entry.key} is een andere",
                },
                place=name,
                remedy={"en": "a source does not change", "nl": "een bron verandert niet"},
            )
