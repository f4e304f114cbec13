"""Reading the audit trail, as far as the actor may see it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from scheduler.audit.tables import AuditEntry
from scheduler.db.work import Work


@dataclass(frozen=True, slots=True)
class Change:
    """One act: ``subject`` is for example ``meeting/<uid>`` or ``obligation/<key>``; ``layer`` ``None`` is joint."""

    layer: str | None
    at: datetime
    party: str | None
    name: str
    act: str
    subject: str
    detail: dict[str, Any]


def latest_changes(work: Work, partnership: str, limit: int) -> tuple[Change, ...]:
    """Return the latest changes in a partnership, newest first."""
    rows = work.session.scalars(
        select(AuditEntry)
        .where(AuditEntry.partnership == partnership)
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        .limit(limit)
    )
    return tuple(_change(row) for row in rows)


def changes_about(work: Work, partnership: str, subject: str) -> tuple[Change, ...]:
    """Return every change of one thing, newest first."""
    rows = work.session.scalars(
        select(AuditEntry)
        .where(AuditEntry.partnership == partnership, AuditEntry.subject == subject)
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
    )
    return tuple(_change(row) for row in rows)


def _change(row: AuditEntry) -> Change:
    return Change(row.layer, row.at, row.party, row.name, row.act, row.subject, row.detail)
