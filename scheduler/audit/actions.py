"""Writing the audit trail: the only way to add to it; nothing changes or removes an entry."""

from typing import Any

from scheduler.audit.tables import AuditEntry
from scheduler.db.work import Work


def record(work: Work, partnership: str, act: str, subject: str, *, layer: str | None, **detail: Any) -> None:
    """Add one entry to the transaction of the change; ``layer`` is that of the thing changed, ``None`` for joint."""
    work.session.add(
        AuditEntry(
            partnership=partnership,
            layer=layer,
            at=work.now,
            party=work.actor.party,
            name=work.actor.name,
            act=act,
            subject=subject,
            detail=detail,
        )
    )
