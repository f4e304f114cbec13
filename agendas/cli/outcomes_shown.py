"""How records are printed: in words, and as JSON."""

from typing import Any

import click

from agendas.outcomes.content import Record
from agendas.outcomes.queries import RecordDraftFacts, Signing
from agendas.papers.wording import PRESENCE, RESULTS
from agendas.versions.stored import written
from scheduler.cli.kit import print_table
from scheduler.words import say


def plain(mine: RecordDraftFacts | None, joint: Signing | None) -> dict[str, Any]:
    """Return both records for other programs."""
    return {
        "own": mine
        and {"version": mine.number, "record": written(mine.record), "differences": list(mine.conflicts)},
        "joint": joint
        and {
            "version": joint.version.number,
            "record": written(joint.version.record),
            "agreed_at": joint.version.agreed_at,
            "signed": joint.version.signed,
            "seal": joint.version.seal,
            "ledger": joint.version.effects,
            "waits_for": list(joint.waits_for),
            "open": [obstacle.words["en"] for obstacle in joint.obstacles],
        },
    }


def print_record(mine: RecordDraftFacts | None, joint: Signing | None, language: str) -> None:
    """Print the side's own record, and where the joint one stands."""
    if mine is None and joint is None:
        click.echo("Nobody has recorded anything of this round; `dialogues outcomes begin` begins.")
    if mine:
        click.echo(f"Your side's record, version {mine.number}")
        _print_parts(mine.record, language)
    if joint:
        agreed = f"agreed {joint.version.agreed_at:%Y-%m-%d}" if joint.version.agreed_at else "not yet agreed"
        click.echo(f"Joint record, version {joint.version.number}, {agreed}")
        _print_parts(joint.version.record, language)
        for obstacle in joint.obstacles:
            click.echo(f"  open: {say(obstacle.words, language)}")


def _print_parts(record: Record, language: str) -> None:
    rows: list[tuple[str, str, str]] = []
    for seat in record.seats:
        came = say(PRESENCE[seat.presence], language).format(post="") if seat.presence else "?"
        rows.append((f"attendance/{seat.key}", came, say(seat.instead or seat.title, language)))
    for item in record.items:
        result = say(RESULTS[item.result], language) if item.result else "?"
        rows.append((f"item/{item.key}", result, say(item.text or item.title, language)))
    rows += [(f"new/{part.key}", str(part.due or ""), say(part.text, language)) for part in record.new]
    rows += [(f"said/{part.key}", "", say(part.text, language)) for part in record.said]
    rows += [(f"change/{part.key}", part.status, part.reason) for part in record.changes]
    print_table(("part", "state", "words"), rows)
