"""The shipped programmes against the careful reading of their sources, item by item and offset by offset.

Both sides of every comparison are whole, so that a line too many fails like a line too few; departures on purpose stand
below with their reason. Sources and reading lie beside the repository; without them their tests are skipped and say so.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]
PROGRAMMES = ROOT / "scheduler" / "programmes"
SHARED = ROOT.parent / "shared"
READING = SHARED / "seed_reading.yaml"

needs_reading = pytest.mark.skipif(
    not READING.is_file(), reason=f"NOT COMPARED with the reading of the sources: there is no {READING}"
)

DOCUMENTS = {"uk_nl": ("JS", "SR"), "nl_us": ("US",), "nl_policy": ("PL",)}
"""The documents that each programme is read from; SR has no themes of its own, its items come under JS-T3."""

RULES = {"n_per_year_min": "n_per_year", "conditional": "whenever_appropriate"}
"""Cadences that the reading and the programme name differently."""

CADENCES_OF_OUR_OWN = {"JS-R08": "contact"}
"""The reading says "regular" and remarks that contact names no meeting; the format has a rule for that."""

INVERSE = {
    "supported_by": "supports",
    "may_be_discharged_by": "may_discharge",
    "receives_report_from": "reports_to",
    "feeds": "builds_on",
}
"""Relations that the reading gives from both ends and the programme from one."""

RELATIONS_SAID_OTHERWISE = {
    ("JS-R05", "evidenced_by", "SR-R01"),  # no second obligation: its passages are the evidence of JS-R05
    ("JS-R08", "same_span_as", "JS-C34"),  # a commitment is no obligation to relate to: stands in the note
}

EVENT_KINDS_REFINED = {"SR-O3": "visit", "SR-O4": "summit", "PL-O2": "summit"}
"""The reading calls these "event"; the format knows better words."""

STATES = {
    "progress, one step outstanding": "outstanding_step",
    "explicit link to the Joint Statement": "explicit_link",
    "obligation met for 2026": "obligation_met",
    "new emphasis": "new_emphasis",
}
"""States of progress that the reading describes and the format names."""

FOOTNOTES = {"PL-O1"}
"""Stand in a footnote that is printed under the heading of another section: no heading is theirs."""

POLICY_COMMITMENTS = {f"PL-C{number}" for number in ("05", 20, 26, 34, 37, 42, 48, 62, 69, 70)}

LONGEST_SHARED_RUN = 7
"""Words; a longer run in common with a source would be copying."""


def load(file: Path) -> Any:
    yaml = YAML(typ="safe")
    yaml.version = (1, 2)
    return yaml.load(file.read_text(encoding="utf-8"))


@cache
def programme(name: str) -> Any:
    return load(PROGRAMMES / f"{name}.yaml")


@cache
def reading() -> dict[str, Any]:
    return {document["doc"]: document for document in load(READING)["documents"]}


@cache
def seed(source: str) -> str:
    file: Path = SHARED / "seeds" / reading()[source]["file"]
    return file.read_bytes().decode("utf-8")


def items(name: str, section: str) -> dict[str, Any]:
    keys = [item["key"] for item in programme(name)[section]]
    assert len(keys) == len(set(keys))
    return dict(zip(keys, programme(name)[section], strict=True))


def read(name: str, section: str) -> dict[str, Any]:
    return {item["id"]: item for source in DOCUMENTS[name] for item in reading()[source].get(section, [])}


def bare(value: Any) -> Any:
    return value["value"] if isinstance(value, Mapping) and "value" in value else value


def is_assumed(value: Any) -> bool:
    return isinstance(value, Mapping) and "value" in value and value["basis"] == "assumed"


def span(passage: Any) -> tuple[Any, ...]:
    """Where a passage stands, for an item of either side."""
    return passage["start"], passage["end"], passage.get("also", passage.get("also_at", []))


def spans(found: Mapping[str, Any]) -> dict[str, tuple[Any, ...]]:
    return {key: span(item.get("passage", item)) for key, item in found.items()}


def column(found: Mapping[str, Any], *fields: str) -> dict[str, tuple[Any, ...]]:
    """The values of some fields of every item, without saying whose they are; None where a field is absent."""
    return {key: tuple(bare(item.get(field)) for field in fields) for key, item in found.items()}


def having(found: Mapping[str, Any], field: str) -> set[str]:
    return {key for key, item in found.items() if field in item}


def assumed(found: Mapping[str, Any], field: str) -> set[str]:
    return {key for key, item in found.items() if is_assumed(item[field])}


def chosen(name: str, section: str) -> dict[str, Any]:
    """What the reading has and the programme means to ship: everything, but ten commitments of the policy letter."""
    found = read(name, section)
    ours = POLICY_COMMITMENTS if (name, section) == ("nl_policy", "commitments") else set(found)
    return {key: item for key, item in found.items() if key in ours}


def passages(node: Any, owner: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every passage with offsets, with the key of the item that it belongs to."""
    if isinstance(node, Mapping):
        if "source" in node and "start" in node:
            yield owner, node
        for child in node.values():
            yield from passages(child, node.get("key", owner))
    elif isinstance(node, list):
        for child in node:
            yield from passages(child, owner)


def printed_heading(source: str, start: int) -> str | None:
    """Return the line of the last heading before ``start``."""
    heads = [theme["heading_start"] for theme in reading()[source]["themes"]]
    last = max((head for head in heads if head <= start), default=None)
    return None if last is None else seed(source)[last:].partition("\n")[0]


def words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text.casefold()))


def runs(text: str) -> set[tuple[str, ...]]:
    """Return every run of words that is too long to be shared."""
    flat, length = words(text), LONGEST_SHARED_RUN + 1
    return {flat[at : at + length] for at in range(len(flat) - length + 1)}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_loads_as_yaml_1_2_with_a_section_for_each_subject(name: str) -> None:
    head = {"format", "partnership", "parties", "sources", "themes"}
    facts = {"events", "obligations", "rounds", "commitments", "progress", "silences", "closed_days"}
    assert set(programme(name)) == head | facts
    assert programme(name)["format"] == 1


def test_what_two_files_both_name_is_the_same_in_both() -> None:
    def entries(name: str) -> dict[tuple[str, str], Any]:
        side = next(party for party in programme(name)["parties"] if party["key"] == "nl")
        own = {("side", field): value for field, value in side.items() if not isinstance(value, list)}
        return own | {(kind, item["key"]): item for kind in ("offices", "posts") for item in side[kind]}

    whole = entries("uk_nl")
    for name in ("nl_us", "nl_policy"):
        part = entries(name)
        assert part == {key: whole[key] for key in part}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_mailbox_is_invented_and_says_so(name: str) -> None:
    mailboxes = [post["mailbox"] for party in programme(name)["parties"] for post in party["posts"]]
    assert [box for box in mailboxes if not (is_assumed(box) and bare(box).endswith(".example"))] == []


@needs_reading
@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_passage_lies_in_its_text_under_the_heading_it_names(name: str) -> None:
    found = list(passages(programme(name)))
    for _, passage in found:
        for start, end in [(passage["start"], passage["end"]), *passage.get("also", [])]:
            assert 0 <= start < end <= len(seed(passage["source"]))
    assert [(key, passage["heading"]) for key, passage in found] == [
        (key, None if key in FOOTNOTES else printed_heading(passage["source"], passage["start"]))
        for key, passage in found
    ]


@needs_reading
@pytest.mark.parametrize("name", DOCUMENTS)
def test_themes_are_the_headings_of_the_text(name: str) -> None:
    ours = items(name, "themes")
    theirs = {theme["id"]: theme for theme in reading()[DOCUMENTS[name][0]]["themes"]}
    places = column({key: theirs[key] for key in ours}, "heading_start", "heading_end")
    assert {key: place[:2] for key, place in spans(ours).items()} == places
    for theme in ours.values():
        passage = theme["passage"]
        assert seed(passage["source"])[passage["start"] : passage["end"]] == passage["heading"]
    if name == "nl_policy":
        assert set(theirs) >= set(ours) >= {item["theme"] for item in items(name, "commitments").values()}
    else:
        kinds = {key: theme["kind"].replace("section", "policy") for key, theme in theirs.items()}
        assert {key: theme["kind"] for key, theme in ours.items()} == kinds


@needs_reading
def test_every_recurring_obligation_stands_once_with_its_passage() -> None:
    theirs = read("uk_nl", "recurring")
    press_release = theirs.pop("SR-R01")
    ours = items("uk_nl", "obligations")
    assert spans(ours) == spans(theirs)
    assert {key: [span(one) for one in item.get("evidence", [])] for key, item in ours.items()} == {
        key: [span(press_release)] if key == "JS-R05" else [] for key in theirs
    }
    assert column(ours, "kind", "level", "established") == column(theirs, "type", "level", "established")
    assert {key: item["themes"][0] for key, item in ours.items()} == {
        key: item["theme"] for key, item in theirs.items()
    }
    topics = {key: [topic["title"]["en"] for topic in item.get("topics", [])] for key, item in ours.items()}
    assert topics == {
        key: [topic.capitalize() for topic in item.get("agenda_topics", [])] for key, item in theirs.items()
    }
    themes = set(items("uk_nl", "themes"))
    assert {key for key, item in ours.items() if themes.issubset(item["themes"])} == {
        "JS-R01",
        "JS-R02",
        "JS-R12",
        "JS-R13",
    }


@needs_reading
def test_cadences_as_stated_and_as_a_rule() -> None:
    theirs = read("uk_nl", "recurring")
    ours = items("uk_nl", "obligations")
    rules = {key: theirs[key]["rule"]["cadence"] for key in ours}
    assert {key: item["cadence"]["rule"] for key, item in ours.items()} == {
        key: CADENCES_OF_OUR_OWN.get(key, RULES.get(rule, rule)) for key, rule in rules.items()
    }
    assert ours["JS-R02"]["cadence"]["times"] == theirs["JS-R02"]["rule"]["min_per_period"]
    assert {item["cadence"].get("months") for item in ours.values()} == {None}
    for key, item in ours.items():
        stated, passage = item["cadence"]["stated"], item["passage"]
        if stated is None:
            assert theirs[key]["cadence_stated"] == "none stated"
        else:
            assert stated in theirs[key]["cadence_stated"]
            assert stated in seed("JS")[passage["start"] : passage["end"]]
    readings = {key for key, item in ours.items() if item["cadence"]["basis"] == "assumed"}
    assert readings == {"JS-R02", "JS-R08", "JS-R13"}


@needs_reading
def test_relations_but_for_those_said_otherwise() -> None:
    def canonical(one: str, kind: str, other: str) -> tuple[str, str, str]:
        if kind in INVERSE:
            return other, INVERSE[kind], one
        return (min(one, other), kind, max(one, other)) if kind == "overlaps" else (one, kind, other)

    theirs = {
        canonical(item["id"], relation["type"], relation["target"])
        for item in reading()["JS"]["recurring"]
        for relation in item["relations"]
    }
    ours = [
        canonical(item["key"], relation["type"], relation["to"])
        for item in programme("uk_nl")["obligations"]
        for relation in item["relations"]
    ]
    assert sorted(ours) == sorted(theirs - RELATIONS_SAID_OTHERWISE)
    assert theirs >= RELATIONS_SAID_OTHERWISE


@needs_reading
def test_what_no_source_states_is_marked_as_assumed() -> None:
    theirs = read("uk_nl", "recurring")
    ours = items("uk_nl", "obligations")
    for item in ours.values():
        for field in ("duration", "start_time", "window", "host", "posts"):
            assert item.get(field) is None or is_assumed(item[field])
    assert assumed(ours, "leads") == {key for key in ours if not theirs[key]["departments_stated"]}
    assert assumed(ours, "level") == {key for key in ours if theirs[key]["level_source"] == "inferred"}
    governments = {"UK", "NL", "NL government", "European countries"}
    for name in DOCUMENTS:
        assert assumed(items(name, "themes"), "leads") == set(items(name, "themes"))
        assert assumed(items(name, "commitments"), "owners") == {
            key for key, item in chosen(name, "commitments").items() if governments.issuperset(item["actors"])
        }


@needs_reading
@pytest.mark.parametrize("name", DOCUMENTS)
def test_dated_events(name: str) -> None:
    ours, theirs = items(name, "events"), read(name, "oneoff")
    assert spans(ours) == spans(theirs)
    assert column(ours, "kind", "tense") == {
        key: (EVENT_KINDS_REFINED.get(key, item["kind"]), item["tense"]) for key, item in theirs.items()
    }
    assert {key: str(bare(item["date"])) for key, item in ours.items()} == {
        key: str(item["date"]) for key, item in theirs.items()
    }
    assert {
        key: f"{item['discharges']['obligation']} for {item['discharges']['year']}"
        for key, item in ours.items()
        if "discharges" in item
    } == {key: item["discharges"] for key, item in theirs.items() if "discharges" in item}


@needs_reading
@pytest.mark.parametrize("name", DOCUMENTS)
def test_commitments(name: str) -> None:
    ours, theirs = items(name, "commitments"), chosen(name, "commitments")
    assert spans(ours) == spans(theirs)
    assert column(ours, "theme", "kind", "strength", "verb", "optional") == column(
        theirs, "theme", "kind", "modality", "verb", "optional"
    )
    assert having(ours, "deliverable") == having(theirs, "deliverable")
    assert having(ours, "due") == set()  # no text gives a date
    assert [key for key, item in ours.items() if set(item["text"]) != {"en", "nl"}] == []


def test_ten_firm_commitments_of_ten_sections_stand_for_the_policy_letter() -> None:
    ours = items("nl_policy", "commitments")
    assert len(ours) == len({item["theme"] for item in ours.values()}) == 10
    assert having(ours, "optional") == set()


@needs_reading
def test_progress_and_silences() -> None:
    ours, theirs = items("uk_nl", "progress"), read("uk_nl", "progress")
    assert spans(ours) == spans(theirs)
    states = {key: (STATES.get(item["status"], item["status"]),) for key, item in theirs.items()}
    assert column(ours, "state") == states
    links = {
        key: {link for kind in ("on", "events", "obligations", "topics") for link in item.get(kind, [])}
        for key, item in ours.items()
    }
    assert links == {
        key: {link.replace("#", "/").replace(" ", "-") for link in item["links"]}
        for key, item in theirs.items()
    }
    assert [silence["on"] for silence in programme("uk_nl")["silences"]] == [
        gap["target"] for gap in reading()["SR"]["progress_gaps"]
    ]


@needs_reading
@pytest.mark.parametrize("name", DOCUMENTS)
def test_our_own_words(name: str) -> None:
    theirs = {
        words(item.get("paraphrase") or item.get("what") or item["title"])
        for section in ("recurring", "oneoff", "commitments", "progress")
        for item in read(name, section).values()
    }
    ours = {
        (key, language): text
        for section in ("obligations", "events", "commitments", "progress")
        for key, item in items(name, section).items()
        for language, text in item.get("text", item.get("title")).items()
    }
    assert theirs & {words(text) for text in ours.values()} == set()
    sources = set[tuple[str, ...]]().union(*(runs(seed(source)) for source in DOCUMENTS[name]))
    assert {key: shared for key, text in ours.items() if (shared := runs(text) & sources)} == {}


@needs_reading
@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_person_is_named(name: str) -> None:
    signatures = [person for document in reading().values() for person in document.get("signatories", [])]
    family_names = {words(person)[-1] for person in signatures}
    assert len(family_names) == len(signatures) > 0
    assert family_names.isdisjoint(words((PROGRAMMES / f"{name}.yaml").read_text(encoding="utf-8")))
