"""How the commands about commitments print what they found: as rows, as lines for a person, as plain structures."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

import click

from agendas.commitments.finding import Line
from agendas.commitments.queries import ProgressFacts, ProposalFacts
from agendas.commitments.wording import age_words, change_words, word
from scheduler.audit.queries import Change
from scheduler.dates.written import write_date
from scheduler.words import say

LONGEST_SHOWN = 90


def line_row(line: Line, language: str, today: date) -> tuple[str, ...]:
    """Return a line of the ledger as cells."""
    facts = line.commitment
    text = say(facts.text, language)
    return (
        facts.key,
        word(facts.status, language),
        facts.due.isoformat() if facts.due else "",
        age_words(facts.age(today), language),
        line.last.day.isoformat() if line.last else word("no_news", language),
        text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…",
    )


def line_structure(line: Line, today: date) -> dict[str, Any]:
    """Return a line of the ledger for other programs; ids stay in the house."""
    facts = asdict(line.commitment)
    facts.pop("passage_id")
    return {
        **facts,
        "age_in_days": line.commitment.age(today),
        "last_mention": note_structure(line.last) if line.last else None,
        "no_news_since": line.no_news_since,
    }


def note_structure(note: ProgressFacts) -> dict[str, Any]:
    """Return a note for other programs."""
    kept = asdict(note)
    kept.pop("passage_id")
    return kept


def proposal_structure(entry: ProposalFacts) -> dict[str, Any]:
    """Return a proposal for other programs."""
    return asdict(entry)


def show_one(
    line: Line,
    notes: Sequence[ProgressFacts],
    waiting: Sequence[ProposalFacts],
    history: Sequence[Change],
    language: str,
    today: date,
) -> None:
    """Print one commitment for a person."""
    facts = line.commitment
    click.echo(f"{facts.key}  {say(facts.text, language)}")
    said = [word(facts.kind, language), word(facts.strength, language), word(facts.status, language)]
    said += [age_words(facts.age(today), language)] if facts.age(today) is not None else []
    click.echo(", ".join(said))
    if line.last is None and line.no_news_since:
        click.echo(word("no_news_since", language, day=write_date(line.no_news_since, language)))
    for note in notes:
        layer = f" [{note.layer}]" if note.layer else ""
        replaced = f" → {note.superseded_by}" if note.superseded_by else ""
        click.echo(f"{note.day} {note.key}{layer}{replaced}: {say(note.text, language)}")
    for entry in waiting:
        layer = f" [{entry.layer}]" if entry.layer else ""
        outcome = f" ({word(f'commitment {entry.outcome}', language)})" if entry.outcome else ""
        click.echo(f"{entry.uid}{layer} {change_words(entry.change, entry.detail, language)}{outcome}")
    for change in history:
        click.echo(f"{change.at:%Y-%m-%d} {change.name}: {word(change.act, language)}")
