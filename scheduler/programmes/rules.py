"""How the values of a programme file must fit together. Pure: a programme in normal form in, problems out.

Each problem carries the way to its field, what is wrong, and what would be right; ``reader`` turns the way
into a line.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from scheduler.dates.cadence import Cadence, CadenceRule, red_months, window_months

Programme = Mapping[str, Any]
Steps = tuple[str | int, ...]

ORDER = {"reports_to": 1, "supports": 1, "builds_on": -1}
"""Relations that say which of two comes first: 1 this one, -1 the other one."""

WORKING_DAYS_A_MONTH = 20
WINDOW_BOUNDS = ("from", "until")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that cannot be meant as it stands."""

    steps: Steps
    message: str
    remedy: str


def problems(programme: Programme) -> list[Problem]:
    """Return everything that does not fit together, in the order of the file."""
    checks = (_parties, _references, _history, _passages, _relations, _orders, _cadences, _windows, _periods)
    return [problem for check in checks for problem in check(programme)]


def duplicates(programme: Programme, section: str, steps: Steps = ()) -> Iterator[Problem]:
    """Yield a problem for each item of a section whose key was used before."""
    seen: set[str] = set()
    for index, item in enumerate(programme[section]):
        if item["key"] in seen:
            yield Problem(
                (*steps, section, index, "key"), f"{item['key']} is used twice", "give each item its own key"
            )
        seen.add(item["key"])


def unknown(steps: Steps, name: str, known: Iterable[str], what: str) -> Iterator[Problem]:
    """Yield a problem when ``name`` is not among ``known``."""
    known = sorted(known)
    if name not in known:
        near = ", ".join(known[:12]) + (", …" if len(known) > 12 else "") or "none is defined"
        yield Problem(steps, f"{name!r} is no {what} of this file", f"known: {near}")


def keys(programme: Programme, section: str) -> set[str]:
    """Return the keys of a section."""
    return {item["key"] for item in programme[section]}


def post_references(programme: Programme) -> set[str]:
    """Return every post as ``party/post``."""
    return {f"{party['key']}/{post['key']}" for party in programme["parties"] for post in party["posts"]}


def _parties(programme: Programme) -> Iterator[Problem]:
    for section in ("parties", "sources", "themes", "events", "obligations"):
        yield from duplicates(programme, section)
    defined = keys(programme, "parties")
    for index, key in enumerate(programme["partnership"]["parties"]):
        yield from unknown(("partnership", "parties", index), key, defined, "party")
    for index, party in enumerate(programme["parties"]):
        here: Steps = ("parties", index)
        if party["key"] not in programme["partnership"]["parties"]:
            yield Problem(
                (*here, "key"),
                f"{party['key']} is not named in partnership, parties",
                "add it there or remove it here",
            )
        yield from duplicates(party, "offices", here)
        yield from duplicates(party, "posts", here)
        yield from _posts(party, here)
        hours = party["office_hours"]
        if hours["from"] >= hours["until"]:
            yield Problem((*here, "office_hours"), "close before they open", "give a later until")
        if sum(office["secretariat"] for office in party["offices"]) > 1:
            yield Problem(
                (*here, "offices"), "two offices are the secretariat", "let one office be the secretariat"
            )


def _posts(party: Mapping[str, Any], here: Steps) -> Iterator[Problem]:
    offices, posts = keys(party, "offices"), keys(party, "posts")
    for index, post in enumerate(party["posts"]):
        yield from unknown((*here, "posts", index, "office"), post["office"], offices, "office")
        if post["letters_to"]:
            yield from unknown((*here, "posts", index, "letters_to"), post["letters_to"], posts, "post")


def _references(programme: Programme) -> Iterator[Problem]:
    themes, parties, posts = keys(programme, "themes"), keys(programme, "parties"), post_references(programme)
    for index, theme in enumerate(programme["themes"]):
        yield from _leads(programme, ("themes", index, "leads"), theme["leads"])
    for index, item in enumerate(programme["obligations"]):
        here: Steps = ("obligations", index)
        for place, theme in enumerate(item["themes"]):
            yield from unknown((*here, "themes", place), theme, themes, "theme")
        for place, entry in enumerate(item["posts"]):
            yield from unknown((*here, "posts", place, "post"), entry["post"], posts, "post")
        for name in ("next", "party"):
            if item["host"][name]:
                yield from unknown((*here, "host", name), item["host"][name], parties, "party")
        yield from duplicates(item, "topics", here)
        yield from _leads(programme, (*here, "leads"), item["leads"])


def _history(programme: Programme) -> Iterator[Problem]:
    obligations, parties, posts = (
        keys(programme, "obligations"),
        keys(programme, "parties"),
        post_references(programme),
    )
    for index, item in enumerate(programme["events"]):
        for place, post in enumerate(item["posts"]):
            yield from unknown(("events", index, "posts", place), post, posts, "post")
        if item["discharges"]:
            target = item["discharges"]["obligation"]
            yield from unknown(
                ("events", index, "discharges", "obligation"), target, obligations, "obligation"
            )
    for index, item in enumerate(programme["rounds"]):
        yield from unknown(("rounds", index, "obligation"), item["obligation"], obligations, "obligation")
        if item["host"]:
            yield from unknown(("rounds", index, "host"), item["host"], parties, "party")
    for index, item in enumerate(programme["closed_days"]):
        yield from unknown(("closed_days", index, "party"), item["party"], parties, "party")


def _leads(programme: Programme, steps: Steps, leads: Mapping[str, str]) -> Iterator[Problem]:
    offices = {party["key"]: keys(party, "offices") for party in programme["parties"]}
    for party, office in leads.items():
        yield from unknown((*steps, party), party, offices, "party")
        if party in offices:
            yield from unknown((*steps, party), office, offices[party], f"office of {party}")


def passages(programme: Programme, section: str) -> Iterator[tuple[Steps, Mapping[str, Any]]]:
    """Yield the passages of a section with the way to each."""
    for index, item in enumerate(programme[section]):
        if item["passage"]:
            yield (section, index, "passage"), item["passage"]
        for place, entry in enumerate(item.get("evidence", ())):
            yield (section, index, "evidence", place), entry


def passage_problems(programme: Programme, section: str) -> Iterator[Problem]:
    """Yield what is wrong with the pointers of a section: no such source, or offsets outside its text."""
    lengths = {source["key"]: (source["text"] or {}).get("characters") for source in programme["sources"]}
    for steps, entry in passages(programme, section):
        yield from unknown((*steps, "source"), entry["source"], lengths, "source")
        spans = [(entry["start"], entry["end"]), *((also[0], also[1]) for also in entry["also"])]
        for start, end in spans:
            if start is None and end is None:
                continue
            longest = lengths.get(entry["source"])
            if start is None or end is None or start >= end or (longest and end > longest):
                message = f"offsets {start} to {end} mark no passage of {entry['source']}"
                size = f" within its {longest} characters" if longest else ""
                yield Problem((*steps, "start"), message, f"start must lie before end{size}")


def _passages(programme: Programme) -> Iterator[Problem]:
    for section in ("themes", "events", "obligations", "rounds"):
        yield from passage_problems(programme, section)


def _relations(programme: Programme) -> Iterator[Problem]:
    obligations = keys(programme, "obligations")
    for index, item in enumerate(programme["obligations"]):
        for place, relation in enumerate(item["relations"]):
            steps: Steps = ("obligations", index, "relations", place, "to")
            if relation["type"] != "works_through":
                yield from unknown(steps, relation["to"], obligations, "obligation")
            if relation["to"] == item["key"]:
                yield Problem(
                    steps, f"{item['key']} stands in a relation to itself", "name another obligation"
                )


def _orders(programme: Programme) -> Iterator[Problem]:
    for types in (ORDER, {"umbrella_of": 1}):
        before: dict[str, list[str]] = {item["key"]: [] for item in programme["obligations"]}
        for item in programme["obligations"]:
            for relation in item["relations"]:
                if relation["type"] in types and relation["to"] in before:
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


def _cadences(programme: Programme) -> Iterator[Problem]:
    for index, item in enumerate(programme["obligations"]):
        cadence = item["cadence"]
        here: Steps = ("obligations", index, "cadence")
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
        if (
            cadence["months"]
            and rule in {CadenceRule.REGULAR, CadenceRule.CONTINUING}
            and not cadence["set_by"]
        ):
            yield Problem(
                (*here, "set_by"), "an interval that the text lacks must be somebody's", "name who set it"
            )
        yield from _can_be_kept(item, here)


def _can_be_kept(item: Mapping[str, Any], here: Steps) -> Iterator[Problem]:
    cadence = item["cadence"]
    days = (item["duration"] or {}).get("days") or 1
    window = item["window"]
    if window and not window.get("months") and not _bounds_are_days(window):
        return  # reported as such
    months = window_months(window)
    if not months:
        return  # a window that closes before it opens is reported as such
    room = len(months) * WORKING_DAYS_A_MONTH
    if cadence["times"] * days > room:
        message = f"{cadence['times']} rounds a year of {days} days need more working days than the {room} there are"
        yield Problem((*here, "times"), message, "ask for fewer rounds, shorter ones, or open the window")
    limit = red_months(Cadence(CadenceRule(cadence["rule"]), times=cadence["times"], years=cadence["years"]))
    if cadence["times"] > 1 and limit is not None and _longest_closed(months) > limit:
        message = (
            f"the window is closed for {_longest_closed(months)} months, but a round is owed every {limit:g}"
        )
        yield Problem((*here, "times"), message, "open the window, or ask for fewer rounds")


def _longest_closed(months: list[int]) -> int:
    """Return how many months in a row are closed, over the turn of the year too."""
    return max(
        (
            following - month - 1
            for month, following in zip(months, [*months[1:], months[0] + 12], strict=True)
        ),
        default=12,
    )


def _windows(programme: Programme) -> Iterator[Problem]:
    for index, item in enumerate(programme["obligations"]):
        window = item["window"]
        here: Steps = ("obligations", index, "window")
        if window is None or window.get("months"):
            continue
        wrong = [name for name in WINDOW_BOUNDS if not _day_of_year(window.get(name))]
        for name in wrong:
            yield Problem(
                (*here, name), f"{window.get(name)!r} is no day of the year", 'write for example "09-01"'
            )
        if not wrong and window["from"] > window["until"]:
            message = f"closes ({window['until']}) before it opens ({window['from']})"
            yield Problem(
                (*here, "until"), message, "give a later until; over the turn of the year, list the months"
            )


def _bounds_are_days(window: Mapping[str, Any]) -> bool:
    return all(_day_of_year(window.get(name)) for name in WINDOW_BOUNDS)


def _day_of_year(text: str | None) -> bool:
    try:
        date.fromisoformat(f"2028-{text}")  # a leap year, so that 29 February may stand
    except ValueError:
        return False
    return True


def _periods(programme: Programme) -> Iterator[Problem]:
    for index, item in enumerate(programme["obligations"]):
        force = item["in_force"]
        if force["until"] and force["until"] < force["from"]:
            yield Problem(
                ("obligations", index, "in_force", "until"), "ends before it begins", "give a later day"
            )
        duration = item["duration"]
        if duration is not None and len(duration) != 1:
            yield Problem(("obligations", index, "duration"), "says both hours and days", "give one of them")
    for section, first, last in (("closed_days", "from", "until"), ("rounds", "date", "until")):
        for index, item in enumerate(programme[section]):
            if item[last] and item[last] < item[first]:
                yield Problem(
                    (section, index, last), f"ends ({item[last]}) before it begins", "give a later day"
                )
