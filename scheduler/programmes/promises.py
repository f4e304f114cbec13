"""Whether what a programme promises can be meant: its order, cadences, windows and periods. Pure."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from scheduler.dates.cadence import (
    COUNTED_FROM_ANCHOR,
    WITHOUT_INTERVAL,
    Cadence,
    CadenceRule,
    red_months,
)
from scheduler.dates.windows import window_months
from scheduler.programmes.problems import Problem, Programme, Steps

ORDER = {"reports_to": 1, "supports": 1, "builds_on": -1}
"""Relations that say which of two comes first: 1 this one, -1 the other one."""

WORKING_DAYS_A_MONTH = 20
WINDOW_BOUNDS = ("from", "until")


def promise_problems(programme: Programme) -> Iterator[Problem]:
    """Yield everything that cannot be kept or cannot be meant, about obligations and the days of other items."""
    yield from _orders(programme)
    for index, item in enumerate(programme["obligations"]):
        here: Steps = ("obligations", index)
        yield from _cadence(item["cadence"], (*here, "cadence"))
        yield from _can_be_kept(item, (*here, "cadence"))
        yield from _window(item["window"], (*here, "window"))
        yield from _ends_in_time(
            (*here, "in_force", "until"), item["in_force"]["from"], item["in_force"]["until"]
        )
        if item["duration"] is not None and len(item["duration"]) != 1:
            yield Problem((*here, "duration"), "must say either hours or days", "give one of them")
        yield from _host(item["host"], (*here, "host"))
        if item["preferred"] is not None and len({"months", "weeks"} & item["preferred"].keys()) > 1:
            yield Problem((*here, "preferred"), "names both months and weeks", "give one of them")
        for place, relation in enumerate(item["relations"]):
            if relation["lag_days"] is not None and relation["type"] != "reports_to":
                message = f"{relation['type']} keeps no days apart"
                yield Problem(
                    (*here, "relations", place, "lag_days"), message, "give it with reports_to only"
                )
    for section, first, last in (("closed_days", "from", "until"), ("rounds", "date", "until")):
        for index, item in enumerate(programme[section]):
            yield from _ends_in_time((section, index, last), item[first], item[last])
    for index, item in enumerate(programme["rounds"]):
        yield from _hours(item, ("rounds", index))


def _host(host: Mapping[str, Any], here: Steps) -> Iterator[Problem]:
    if host["rule"] == "fixed" and not host["party"]:
        yield Problem((*here, "party"), "is missing", "name the side that always hosts")
    for name in ("place", "zone"):
        if host[name] and host["rule"] != "third_place":
            yield Problem(
                (*here, name), f"is given, and the rule is {host['rule']}", "give it with third_place only"
            )


def _orders(programme: Programme) -> Iterator[Problem]:
    for types in (ORDER, {"umbrella_of": 1}):
        before: dict[str, list[str]] = {item["key"]: [] for item in programme["obligations"]}
        for item in programme["obligations"]:
            for relation in item["relations"]:
                if relation["type"] in types and relation["to"] in before and relation["to"] != item["key"]:
                    pair = (item["key"], relation["to"])
                    first, second = pair if types[relation["type"]] == 1 else pair[::-1]
                    before[first].append(second)
        circle = _circle(before)
        if circle:
            index = next(i for i, item in enumerate(programme["obligations"]) if item["key"] == circle[0])
            message = f"the order is circular: {' before '.join([*circle, circle[0]])}"
            yield Problem(("obligations", index, "relations"), message, "drop one of these relations")


def _circle(before: Mapping[str, list[str]]) -> list[str]:
    """Return one circle of the relation, or nothing; every edge is walked once."""
    done: set[str] = set()
    for start in before:
        trail: list[str] = []
        stack: list[tuple[str, int]] = [(start, 0)]
        while stack:
            node, following = stack.pop()
            if following == 0:
                if node in done:
                    continue
                trail.append(node)
            if following < len(before[node]):
                stack.append((node, following + 1))
                successor = before[node][following]
                if successor in trail:
                    return trail[trail.index(successor) :]
                if successor not in done:
                    stack.append((successor, 0))
            else:
                done.add(trail.pop())
    return []


def _cadence(cadence: Mapping[str, Any], here: Steps) -> Iterator[Problem]:
    rule = CadenceRule(cadence["rule"])
    if rule is CadenceRule.N_PER_YEAR and cadence["times"] < 2:
        yield Problem(
            (*here, "times"), "n_per_year needs how many times", "give times: 2 or more, or rule: annual"
        )
    for field, owner in (("times", CadenceRule.N_PER_YEAR), ("years", CadenceRule.EVERY_N_YEARS)):
        if cadence[field] != 1 and rule is not owner:
            yield Problem(
                (*here, field), f"{field} means nothing with {rule}", f"write rule: {owner}, or drop it"
            )
    for field, owners in (
        ("months", WITHOUT_INTERVAL | COUNTED_FROM_ANCHOR),
        ("set_by", WITHOUT_INTERVAL),
        ("anchor", COUNTED_FROM_ANCHOR),
    ):
        if cadence[field] is not None and rule not in owners:
            remedy = f"drop it; it belongs to {', '.join(sorted(owners))}"
            yield Problem((*here, field), f"{field} means nothing with {rule}", remedy)
    if rule in WITHOUT_INTERVAL and cadence["months"] and not cadence["set_by"]:
        yield Problem(
            (*here, "set_by"), "an interval that the text lacks must be somebody's", "name who set it"
        )
    if rule in COUNTED_FROM_ANCHOR and cadence["months"] is None:
        yield Problem(
            (*here, "months"),
            f"{rule} needs how many months it leaves",
            "give months, counted from the anchor",
        )


def _can_be_kept(item: Mapping[str, Any], here: Steps) -> Iterator[Problem]:
    cadence, window = item["cadence"], item["window"]
    days = (item["duration"] or {}).get("days") or 1
    if window and not window.get("months") and not _bounds_are_days(window):
        return  # reported as such
    months = window_months(window)
    if not months:
        return  # a window that closes before it opens is reported as such
    room = len(months) * WORKING_DAYS_A_MONTH
    if cadence["times"] * days > room:
        rounds = f"{cadence['times']} rounds a year need" if cadence["times"] > 1 else "a round needs"
        message = f"{rounds} {cadence['times'] * days} working days, and there are {room}"
        yield Problem((*here, "times"), message, "ask for fewer rounds, shorter ones, or open the window")
    limit = red_months(Cadence(CadenceRule(cadence["rule"]), times=cadence["times"], years=cadence["years"]))
    if cadence["times"] > 1 and limit is not None and _longest_closed(months) > limit:
        message = (
            f"the window is closed for {_longest_closed(months)} months, but a round is owed every {limit:g}"
        )
        yield Problem((*here, "times"), message, "open the window, or ask for fewer rounds")


def _longest_closed(months: list[int]) -> int:
    """Return how many months in a row are closed, over the turn of the year too."""
    following = [*months[1:], months[0] + 12]
    return max(after - month - 1 for month, after in zip(months, following, strict=True))


def _window(window: Mapping[str, Any] | None, here: Steps) -> Iterator[Problem]:
    if window is None:
        return
    if window.get("months"):
        if any(name in window for name in WINDOW_BOUNDS):
            yield Problem(here, "says both months and days", "give months, or from and until")
        return
    wrong = [name for name in WINDOW_BOUNDS if not _day_of_year(window.get(name))]
    for name in wrong:
        said = f"{window[name]!r} is no day of the year" if name in window else "is missing"
        yield Problem((*here, name), said, 'write for example "09-01", or list months')
    if not wrong and window["from"] > window["until"]:
        message = f"closes ({window['until']}) before it opens ({window['from']})"
        yield Problem(
            (*here, "until"), message, "give a later until; over the turn of the year, list the months"
        )


def _bounds_are_days(window: Mapping[str, Any]) -> bool:
    return all(_day_of_year(window.get(name)) for name in WINDOW_BOUNDS)


def _day_of_year(text: str | None) -> bool:
    try:
        day = date.fromisoformat(f"2028-{text}")  # a leap year, so that 29 February may stand
    except ValueError:
        return False
    return f"{day:%m-%d}" == text  # not a week, which ISO 8601 writes in the same place


def _ends_in_time(steps: Steps, first: str, last: str | None) -> Iterator[Problem]:
    if last and last < first:
        yield Problem(steps, f"ends ({last}) before it begins ({first})", "give a later day")


def _hours(item: Mapping[str, Any], here: Steps) -> Iterator[Problem]:
    start, end = item["start"], item["end"]
    for name, given, other in (("start", start, end), ("end", end, start)):
        if other and not given:
            yield Problem((*here, name), "is missing", "give start and end, or neither for whole days")
    if start and end and not item["until"] and end <= start:
        yield Problem((*here, "end"), f"ends at {end}, not after its start at {start}", "give a later end")
