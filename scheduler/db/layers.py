"""Who sees which row: the one place where confidentiality between the sides is enforced in the database.

Every ORM statement of a session carries the filter: rows of partnerships that the actor is no party to do not
exist for it, and of the layered rows it sees the joint ones and its own. The operator sees what is joint.
``accounts/rules.py`` holds the same rule as a predicate; a test keeps the two equal.

Two things are exempt by name, with ``ACROSS_SIDES``: sending letters, which must carry both sides' mail, and the
bookkeeping of whole partnerships by the operator. An architecture test lists who may import it.
"""

from typing import Any

from sqlalchemy import column, event, or_, select, table
from sqlalchemy.orm import ORMExecuteState, Session, attributes, with_loader_criteria

from scheduler.actor import Actor
from scheduler.db.base import Layered, OfPartnership
from scheduler.errors import NotAllowed

ACROSS_SIDES: dict[str, Any] = {"across_sides": True}
"""Execution options of the few statements that work on both sides' rows."""

JOINT: None = None
"""The layer that both sides see."""

_members = table("partnership_members", column("partnership"), column("party"))


def guard(session: Session, actor: Actor) -> None:
    """Make every statement and every new row of ``session`` respect what ``actor`` may see."""
    criteria = _criteria(actor)

    def filter_rows(state: ORMExecuteState) -> None:
        if not state.is_column_load and not state.execution_options.get("across_sides"):
            state.statement = state.statement.options(*criteria)

    def settle_layers(flushing: Session, *_: object) -> None:
        for row in flushing.new:
            if isinstance(row, Layered):
                _settle_layer(row, actor)
        for row in flushing.dirty:
            if isinstance(row, Layered) and attributes.get_history(row, "layer").has_changes():
                _refuse_other_side(row, actor)

    event.listen(session, "do_orm_execute", filter_rows)
    event.listen(session, "before_flush", settle_layers)


def _criteria(actor: Actor) -> list[Any]:
    if actor.is_operator:
        return [with_loader_criteria(Layered, lambda rows: rows.layer.is_(None), include_aliases=True)]
    party = actor.side
    return [
        with_loader_criteria(
            Layered, lambda rows: or_(rows.layer.is_(None), rows.layer == party), include_aliases=True
        ),
        with_loader_criteria(
            OfPartnership,
            lambda rows: rows.partnership.in_(
                select(_members.c.partnership).where(_members.c.party == party)
            ),
            include_aliases=True,
        ),
    ]


def _settle_layer(row: Layered, actor: Actor) -> None:
    if "layer" not in row.__dict__:
        row.layer = actor.party
    _refuse_other_side(row, actor)


def _refuse_other_side(row: Layered, actor: Actor) -> None:
    if row.layer not in (None, actor.party):
        raise NotAllowed(f"{actor.name} cannot write for the side {row.layer}")
