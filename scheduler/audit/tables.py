"""The audit trail as the database keeps it."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.db.base import Base, Layered, OfPartnership, Structure


class AuditEntry(OfPartnership, Layered, Base):
    """One act: who did what to which thing; ``detail`` says how it changed."""

    __tablename__ = "audit_entries"
    __table_args__ = (Index(None, "partnership", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    party: Mapped[str | None] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    act: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(120))
    detail: Mapped[Structure]
