"""Deciding about an obligation on its page: linked duties, rounds left out, an interval, hosts.

A form that cannot be meant comes back with what was typed, and with what was wrong.
"""

from collections.abc import Callable, Mapping
from datetime import date

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from scheduler.accounts.rules import Act
from scheduler.db.work import Work
from scheduler.errors import BadInput, Conflict
from scheduler.meetings.hosting import swap_host
from scheduler.obligations import actions
from scheduler.obligations.queries import ObligationFacts, obligation
from scheduler.typed import day_typed
from scheduler.web.kit.door import acting, reading_page
from scheduler.web.kit.language import in_languages, text
from scheduler.web.obligation import Problem, page
from scheduler.words import Words

pages = Blueprint("decisions", __name__)

Answer = Response | tuple[str, int]
LINK_ACTS: Mapping[str, Callable[[Work, ObligationFacts, ObligationFacts, int], None]] = {
    "propose": actions.propose_link,
    "agree": actions.agree_link,
    "end": actions.end_link,
}


@pages.post("/obligations/<partnership>/<key>/links/<any(propose, agree, end):decision>")
def link(partnership: str, key: str, decision: str) -> Answer:
    """Propose, agree or end a link of duties for a year; ``pair`` says of which: ``JS-R01 JS-R12``."""

    def act(work: Work) -> None:
        first, _, other = _typed("pair").partition(" ")
        change = LINK_ACTS[decision]
        change(work, obligation(work, partnership, first), obligation(work, partnership, other), _year())

    return _decide(partnership, key, Act.LINK, ("links", decision), act)


@pages.post("/obligations/<partnership>/<key>/skips/<any(propose, agree):decision>")
def skip(partnership: str, key: str, decision: str) -> Answer:
    """Propose to leave a round out, or agree to it."""

    def act(work: Work) -> None:
        promised = obligation(work, partnership, key)
        if decision == "propose":
            actions.propose_skip(work, promised, _due(), _typed("reason"))
        else:
            actions.agree_skip(work, promised, _due())

    return _decide(partnership, key, Act.SKIP, ("skips", decision), act)


@pages.post("/obligations/<partnership>/<key>/interval")
def interval(partnership: str, key: str) -> Answer:
    """Set the interval of an obligation whose text names none."""

    def act(work: Work) -> None:
        months = _number("months", in_languages("decisions.as_months"))
        actions.set_interval(work, obligation(work, partnership, key), months, _typed("who"))

    return _decide(partnership, key, Act.SET_INTERVAL, ("interval", "set"), act)


@pages.post("/obligations/<partnership>/<key>/hosts/<any(swap, agree, answer):decision>")
def host(partnership: str, key: str, decision: str) -> Answer:
    """Hand a round over (``round``: its UID, a space, the side), agree to its host, or say who hosts next."""

    def act(work: Work) -> None:
        uid, _, side = _typed("round").partition(" ")
        if decision == "swap":
            swap_host(work, uid, side, reason=_typed("reason"))
        elif decision == "agree":
            actions.agree_hand_over(work, uid)
        else:
            actions.answer_next_host(work, uid, _typed("host"))

    return _decide(partnership, key, Act.HAND_OVER, ("hosts", decision), act)


def _decide(
    partnership: str, key: str, permission: Act, what: tuple[str, str], act: Callable[[Work], None]
) -> Answer:
    section, name = what
    try:
        with acting(permission) as work:
            act(work)
    except (BadInput, Conflict) as error:
        problem = Problem(section, error, request.form)
        with reading_page() as work:
            return page(work, partnership, key, problem), 400 if isinstance(error, BadInput) else 409
    flash(text(f"decided.{section}.{name}"))
    return redirect(url_for("obligation.show", partnership=partnership, key=key) + f"#{section}")


def _typed(field: str) -> str:
    return request.form.get(field, "").strip()


def _year() -> int:
    return _number("year", in_languages("decisions.as_year"))


def _number(field: str, remedy: Words) -> int:
    try:
        return int(_typed(field))
    except ValueError:
        message = in_languages("typed.no_number", typed=_typed(field))
        raise BadInput(message, place=field, remedy=remedy) from None


def _due() -> date:
    return day_typed(_typed("due"), "due")
