"""Requests for plans as the database keeps them, of the side that asked."""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.db.base import Base, Layered, OfPartnership, Structure
from scheduler.words import Words

STILL_OPEN = text("state IN ('queued', 'running')")


class PlanRequest(OfPartnership, Layered, Base):
    """A plan that a side asked for: its inputs, fixed at asking, and how far the search is.

    ``first_price`` is that of the plan stored at once, ``price`` that of the best one known; ``bound`` is what no plan
    can cost less than, ``effort`` the deterministic time spent. ``attempt`` counts the claims: what is written for an
    older one is refused. ``lost`` counts those whose worker disappeared. Of equal inputs a side has one open request
    at most.
    """

    __tablename__ = "plan_requests"
    __table_args__ = (
        Index(None, "state", "asked_at"),
        Index(
            "uq_plan_requests_open",
            "partnership",
            "layer",
            "inputs",
            unique=True,
            sqlite_where=STILL_OPEN,
            postgresql_where=STILL_OPEN,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(40), unique=True)
    asked_at: Mapped[datetime]
    asked_by: Mapped[str] = mapped_column(String(200))
    first: Mapped[date]
    last: Mapped[date]
    today: Mapped[date]
    inputs: Mapped[str] = mapped_column(String(64))
    problem: Mapped[Structure] = mapped_column(deferred=True)
    state: Mapped[str] = mapped_column(String(20))
    first_plan: Mapped[str] = mapped_column(ForeignKey("plans.key"))
    final_plan: Mapped[str | None] = mapped_column(ForeignKey("plans.key"))
    first_price: Mapped[int] = mapped_column(BigInteger)
    price: Mapped[int] = mapped_column(BigInteger)
    bound: Mapped[int] = mapped_column(BigInteger)
    effort: Mapped[float]
    progress_at: Mapped[datetime | None]
    stop_asked_at: Mapped[datetime | None]
    attempt: Mapped[int]
    lost: Mapped[int]
    claimed_until: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    failure: Mapped[Words | None]
