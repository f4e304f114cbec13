"""Plans as the database keeps them: what was asked, what was found, and by which solver, of the side that asked."""

from datetime import date, datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.db.base import Base, Layered, OfPartnership, Structure


class PlanRow(OfPartnership, Layered, Base):
    """A proposal of days and hosts for a horizon; ``approved`` maps its rounds to the meetings made of them."""

    __tablename__ = "plans"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(40), unique=True)
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(200))
    first: Mapped[date]
    last: Mapped[date]
    problem: Mapped[Structure]
    plan: Mapped[Structure]
    approved: Mapped[Structure]
