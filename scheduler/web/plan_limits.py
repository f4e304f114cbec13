"""What a plan could not do and why, what giving way would bring, and which duties one meeting could serve.

Each answer is a search of its own, so each has a page of its own; a stored plan never changes, so an answer is kept.
"""

from functools import lru_cache

from flask import Blueprint, render_template

from scheduler.accounts.rules import Act
from scheduler.errors import NotFound
from scheduler.partnerships.queries import partnership as find_partnership
from scheduler.planning import queries
from scheduler.planning.conflicts import Impossibility, impossibilities
from scheduler.planning.merging import Proposal, proposals
from scheduler.planning.relaxing import Relaxation, relaxations
from scheduler.planning.rules import BY_NAME
from scheduler.planning.solver import solve
from scheduler.web.kit.door import reading_page
from scheduler.web.plan_rounds import KEPT, Explained, explained

pages = Blueprint("limits", __name__)


@pages.get("/plan/<partnership>/<key>/limits")
def show(partnership: str, key: str) -> str:
    """Show for everything that a plan could not do a minimal set of rules that cannot hold together."""
    return _page(partnership, key, None)


@pages.get("/plan/<partnership>/<key>/limits/<int:number>")
def relax(partnership: str, key: str, number: int) -> str:
    """Show what could give way so that a plan does one thing that it could not do, the cheapest first."""
    return _page(partnership, key, number)


@pages.get("/plan/<partnership>/<key>/together")
def together(partnership: str, key: str) -> str:
    """Show which two duties one meeting could serve, and what that would save."""
    with reading_page(Act.PLAN) as work:
        facts = find_partnership(work, partnership)
        plan = explained(queries.plan(work, partnership, key))
    return render_template(
        "web/plan_together.html", partnership=facts, plan=plan.facts, proposals=_proposals(plan)
    )


def _page(partnership: str, key: str, number: int | None) -> str:
    with reading_page(Act.PLAN) as work:
        facts = find_partnership(work, partnership)
        plan = explained(queries.plan(work, partnership, key))
    found = _impossible(plan)
    if number is not None and not 1 <= number <= len(found):
        raise NotFound(f"the plan has no broken rule {number}", remedy=f"it has {len(found)}")
    return render_template(
        "web/plan_limits.html",
        partnership=facts,
        plan=plan.facts,
        rules=BY_NAME,
        found=found,
        number=number,
        ways=_ways(plan, number) if number else (),
    )


@lru_cache(maxsize=KEPT)
def _impossible(plan: Explained) -> tuple[Impossibility, ...]:
    return impossibilities(plan.problem, plan.facts.plan)


@lru_cache(maxsize=KEPT * KEPT)
def _ways(plan: Explained, number: int) -> tuple[Relaxation, ...]:
    return relaxations(plan.problem, plan.facts.plan, _impossible(plan)[number - 1])


@lru_cache(maxsize=KEPT)
def _proposals(plan: Explained) -> tuple[Proposal, ...]:
    return proposals(plan.problem, plan.facts.plan, solve)
