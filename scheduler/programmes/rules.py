"""How the values of a programme file must fit together. Pure: a programme in normal form in, problems out.

Owns what refers to what. Whether promises can be kept is decided in ``promises``; what a problem is, in ``problems``.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from scheduler.programmes.problems import Problem, Programme, Steps, duplicates, keys, repeated, unknown
from scheduler.programmes.promises import promise_problems
from scheduler.programmes.schema import NO_TEXT

RESERVED = {"joint", "operator"}
"""What is said instead of a side: of rows that both see, and of whoever runs the installation."""

IDENTITIES = {
    "rounds": ("obligation", "date"),
    "closed_days": ("party", "kind", "from", "until"),
}
"""What tells items apart in the sections whose items have no key."""


def problems(programme: Programme) -> list[Problem]:
    """Return everything that does not fit together; the reader puts it in the order of the file."""
    checks = (
        _parties,
        _references,
        _history,
        _rounds,
        _closed_days,
        _texts,
        _passages,
        _relations,
        promise_problems,
    )
    return [problem for check in checks for problem in check(programme)]


def post_references(programme: Programme) -> set[str]:
    """Return every post as ``party/post``."""
    return {f"{party['key']}/{post['key']}" for party in programme["parties"] for post in party["posts"]}


def _parties(programme: Programme) -> Iterator[Problem]:
    for section in ("parties", "sources", "themes", "events", "obligations"):
        yield from duplicates(programme, section)
    named, defined = programme["partnership"]["parties"], [party["key"] for party in programme["parties"]]
    yield from repeated(("partnership", "parties"), named)
    for index, key in enumerate(named):
        yield from unknown(("partnership", "parties", index), key, defined, "party")
    if named != defined and sorted(named) == sorted(defined):
        message = f"the parties are described in another order ({', '.join(defined)})"
        yield Problem(("partnership", "parties"), message, "use one order, here and in the section parties")
    for index, party in enumerate(programme["parties"]):
        here: Steps = ("parties", index)
        if party["key"] in RESERVED:
            yield Problem((*here, "key"), f"{party['key']} is no name for a side", "choose another key")
        if party["key"] not in named:
            message = f"{party['key']} is not named in partnership, parties"
            yield Problem((*here, "key"), message, "add it there or remove it here")
        yield from duplicates(party, "offices", here)
        yield from duplicates(party, "posts", here)
        yield from _posts(party, here)
        yield from _capacities(party, here)
        hours = party["office_hours"]
        if hours["from"] >= hours["until"]:
            yield Problem((*here, "office_hours"), "close before they open", "give a later until")
        if sum(office["secretariat"] for office in party["offices"]) > 1:
            yield Problem(
                (*here, "offices"), "two offices are the secretariat", "let one office be the secretariat"
            )


def _capacities(party: Mapping[str, Any], here: Steps) -> Iterator[Problem]:
    for index, office in enumerate(party["offices"]):
        capacity = office["capacity"]
        if capacity and (capacity["comfortable"] or 0) > capacity["meetings_a_week"]:
            steps: Steps = (*here, "offices", index, "capacity", "comfortable")
            yield Problem(steps, "is more than the office can bear", "give at most its meetings_a_week")


def _posts(party: Mapping[str, Any], here: Steps) -> Iterator[Problem]:
    offices, posts = keys(party, "offices"), keys(party, "posts")
    for index, post in enumerate(party["posts"]):
        yield from unknown((*here, "posts", index, "office"), post["office"], offices, "office")
        if post["letters_to"]:
            yield from unknown((*here, "posts", index, "letters_to"), post["letters_to"], posts, "post")
        yield from _holders(post, (*here, "posts", index, "holders"))


def _holders(post: Mapping[str, Any], here: Steps) -> Iterator[Problem]:
    """Yield what is wrong with terms: days out of order, or two that begin on one day."""
    yield from repeated(here, [term["from"] for term in post["holders"]])
    for index, term in enumerate(post["holders"]):
        if term["until"] and term["until"] < term["from"]:
            yield Problem(
                (*here, index, "until"), f"{term['until']} lies before the first day", "give a later day"
            )


def _references(programme: Programme) -> Iterator[Problem]:
    themes, parties, posts = keys(programme, "themes"), keys(programme, "parties"), post_references(programme)
    for index, theme in enumerate(programme["themes"]):
        yield from _leads(programme, ("themes", index, "leads"), theme["leads"])
    for index, item in enumerate(programme["obligations"]):
        here: Steps = ("obligations", index)
        yield from repeated((*here, "themes"), item["themes"])
        for place, theme in enumerate(item["themes"]):
            yield from unknown((*here, "themes", place), theme, themes, "theme")
        yield from duplicates(item, "posts", here, ("post",))
        for place, entry in enumerate(item["posts"]):
            yield from unknown((*here, "posts", place, "post"), entry["post"], posts, "post")
        for name in ("next", "party"):
            if item["host"][name]:
                yield from unknown((*here, "host", name), item["host"][name], parties, "party")
        yield from duplicates(item, "topics", here)
        yield from _leads(programme, (*here, "leads"), item["leads"])
        if item["predecessor"]:
            source = item["predecessor"]["source"]
            yield from unknown((*here, "predecessor", "source"), source, keys(programme, "sources"), "source")


def _history(programme: Programme) -> Iterator[Problem]:
    obligations, posts = keys(programme, "obligations"), post_references(programme)
    for section, identity in IDENTITIES.items():
        yield from duplicates(programme, section, identity=identity)
    for section, field in (("sources", "signed_by"), ("events", "posts")):
        for index, item in enumerate(programme[section]):
            for place, post in enumerate(item[field]):
                yield from unknown((section, index, field, place), post, posts, "post")
    for index, item in enumerate(programme["events"]):
        if item["discharges"]:
            target = item["discharges"]["obligation"]
            yield from unknown(
                ("events", index, "discharges", "obligation"), target, obligations, "obligation"
            )


def _rounds(programme: Programme) -> Iterator[Problem]:
    obligations, parties = keys(programme, "obligations"), keys(programme, "parties")
    for index, item in enumerate(programme["rounds"]):
        here: Steps = ("rounds", index)
        yield from unknown((*here, "obligation"), item["obligation"], obligations, "obligation")
        for place, key in enumerate(item["discharges"]):
            yield from unknown((*here, "discharges", place), key, obligations, "obligation")
            if key in {item["obligation"], *item["discharges"][:place]}:
                yield Problem((*here, "discharges", place), f"{key} is named twice", "keep one of the two")
        if item["host"]:
            yield from unknown((*here, "host"), item["host"], parties, "party")


def _closed_days(programme: Programme) -> Iterator[Problem]:
    offices = {party["key"]: keys(party, "offices") for party in programme["parties"]}
    for index, item in enumerate(programme["closed_days"]):
        here: Steps = ("closed_days", index)
        yield from unknown((*here, "party"), item["party"], offices, "party")
        for place, office in enumerate(item["offices"] if item["party"] in offices else ()):
            known = offices[item["party"]]
            yield from unknown((*here, "offices", place), office, known, f"office of {item['party']}")


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
            if start is None or end is None:
                yield Problem(steps, "gives one offset of two", "give start and end, or neither")
                continue
            longest = lengths.get(entry["source"])
            if start >= end or (longest and end > longest):
                message = f"offsets {start} to {end} mark no passage of {entry['source']}"
                size = f" within its {longest} characters" if longest else ""
                yield Problem((*steps, "start"), message, f"start must lie before end{size}")


def _texts(programme: Programme) -> Iterator[Problem]:
    for index, source in enumerate(programme["sources"]):
        text = source["text"] or NO_TEXT
        for field in ("headings", "paragraphs"):
            yield from _beginnings(("sources", index, "text", field), text[field], text["characters"])
        for place, offset in enumerate(text["paragraphs"]):
            if offset in text["headings"]:
                here: Steps = ("sources", index, "text", "paragraphs", place)
                yield Problem(here, f"{offset} begins a heading too", "keep it in one of the two lists")


def _beginnings(steps: Steps, offsets: Sequence[int], characters: int) -> Iterator[Problem]:
    """Yield what is wrong with a list of where parts of a text begin: outside it, or in no order."""
    for place, offset in enumerate(offsets):
        if offset >= characters:
            remedy = f"give an offset below {characters}, the characters of the text"
            yield Problem((*steps, place), f"{offset} lies behind the end of the text", remedy)
        elif place and offset <= offsets[place - 1]:
            remedy = "give each offset once, the lowest first"
            yield Problem((*steps, place), f"{offset} follows {offsets[place - 1]}", remedy)


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
