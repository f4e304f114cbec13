"""Loading, previewing and exporting: twice is once, and what is written is what is read, on both databases."""

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from scheduler.actor import Actor
from scheduler.audit.queries import latest_changes
from scheduler.db.base import Base
from scheduler.db.engine import make_engine
from scheduler.db.work import reading, unit_of_work
from scheduler.errors import NotFound
from scheduler.meetings import actions
from scheduler.meetings.queries import MeetingFacts, find_meeting, meeting
from scheduler.obligations.actions import set_interval
from scheduler.obligations.queries import obligation
from scheduler.partnerships.tables import ClosedDayRow
from scheduler.programmes.loading import SHIPPED, export, load, parse_programme, preview
from tests.builders import (
    NOW,
    OPERATOR,
    PARTNERSHIP,
    SECTIONS,
    SMALL,
    TODAY,
    UK,
    US,
    agreed,
    load_files,
    planned,
    programme,
    refusal,
)

SHIPPED_FILES = {"nl-policy": "nl_policy", "nl-us": "nl_us", "uk-nl": "uk_nl"}
Programme = dict[str, Any]


def loads(engine: Engine, given: Programme) -> list[str]:
    with unit_of_work(engine, OPERATOR, NOW) as work:
        return [str(difference) for difference in load(work, given, SECTIONS)]


def previews(engine: Engine, given: Programme) -> list[str]:
    with reading(engine, OPERATOR, NOW) as work:
        return [str(difference) for difference in preview(work, given, SECTIONS)]


def exported(engine: Engine, partnership: str = PARTNERSHIP, actor: Actor = OPERATOR) -> str:
    with reading(engine, actor, NOW) as work:
        return export(work, partnership, SECTIONS)


def contents(engine: Engine) -> dict[str, int]:
    """Return how many rows each table has."""
    with engine.connect() as connection:
        return {
            table.name: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.tables.values()
        }


def test_the_shipped_programmes_load_once_and_export_to_the_same(
    engine: Engine, sqlite_template: Path, tmp_path: Path
) -> None:
    """Three partnerships that share the Netherlands; what is exported makes the same in an empty database."""
    given = {key: programme(SHIPPED / f"{file}.yaml") for key, file in SHIPPED_FILES.items()}
    for entry in given.values():
        assert {said.split()[0] for said in loads(engine, entry)} == {"new"}
    before = contents(engine)
    assert {key: loads(engine, entry) for key, entry in given.items()} == {key: [] for key in given}
    assert contents(engine) == before
    texts = {key: exported(engine, key) for key in given}
    second = make_engine(f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'second.db')}")
    for key, text in texts.items():
        read = parse_programme(text.encode(), f"{key}.yaml", SECTIONS)
        rounds = sorted(given[key]["rounds"], key=lambda item: (item["obligation"], item["date"]))
        assert read == {**given[key], "rounds": rounds}
        loads(second, read)
    assert {key: exported(second, key) for key in texts} == texts
    assert contents(second) == before
    second.dispose()


def test_a_preview_changes_nothing(engine: Engine) -> None:
    given = programme(SMALL)
    assert previews(engine, given)[:3] == [
        "new       partnership uk-nl",
        "new       parties uk",
        "new       parties nl",
    ]
    assert set(contents(engine).values()) == {0}
    loads(engine, given)
    before, text = contents(engine), exported(engine)
    given["obligations"][0]["title"] = {"en": "Another Dialogue"}
    given["themes"] = []
    assert len(previews(engine, given)) == 2
    assert (contents(engine), exported(engine)) == (before, text)


CHANGED: dict[str, tuple[str, Any]] = {
    "partnership uk-nl: title, en: United Kingdom–Netherlands → UK–NL": ("partnership title en", "UK–NL"),
    "parties nl: office_hours, until: 17:00 → 16:30": ("parties 1 office_hours until", "16:30"),
    "parties uk: posts, director, mailbox: director@fcdo.example → None": ("parties 0 posts 0 mailbox", None),
    "sources JS: doubt: None → unsigned": ("sources 0 doubt", "unsigned"),
    "sources JS: text, characters: 1000 → 1001": ("sources 0 text characters", 1001),
    "sources JS: text, paragraphs: [] → [6, 80]": ("sources 0 text paragraphs", [6, 80]),
    "themes T1: passage, end: 5 → 6": ("themes 0 passage end", 6),
    "themes T1: basis, leads: assumed → None": ("themes 0 basis", {}),
    "events E1: date: 2025-12-03 → 2025-12": ("events 0 date", "2025-12"),
    "obligations SOC: window, months: [1, 2, 3, 4, 5, 6] → [9]": ("obligations 0 window months", [9]),
    "obligations SOC: topics, drugs, title, nl: Drugs → Opium": ("obligations 0 topics 0 title nl", "Opium"),
    "obligations SOC: themes: ['T1'] → []": ("obligations 0 themes", []),
    "obligations ROOF: in_force, until: None → 2027-12-31": ("obligations 1 in_force until", "2027-12-31"),
    "obligations ROOF: relations: [{'type': 'umbrella_of', 'to': 'SOC', 'note': None, 'basis'… → []": (
        "obligations 1 relations",
        [],
    ),
    "rounds SOC 2026-03-24: discharges: [] → ['ROOF']": ("rounds 0 discharges", ["ROOF"]),
    "rounds SOC 2026-03-24: host: None → nl": ("rounds 0 host", "nl"),
    "commitments C1: due: None → 2027-06-30": ("commitments 0 due", "2027-06-30"),
    "progress P1: state: progress → continuing": ("progress 0 state", "continuing"),
    "silences SOC JS: text, en: No word of firearms → Nothing": ("silences 0 text en", "Nothing"),
    "closed_days nl recess 2027-02-20 2027-02-28: effect: costs → forbids": (
        "closed_days 0 effect",
        "forbids",
    ),
}


def _set(given: Any, path: str, value: Any) -> None:
    *steps, last = path.split()
    for step in steps:
        given = given[int(step) if step.isdigit() else step]
    given[last] = value


def test_a_load_does_exactly_what_it_says(engine: Engine) -> None:
    given = programme(SMALL)
    loads(engine, given)
    for said, (path, value) in CHANGED.items():
        _set(given, path, value)
        assert previews(engine, given) == loads(engine, given) == [f"changed   {said}"]
        assert loads(engine, given) == []
    for section in ("parties", "obligations"):
        given[section].reverse()
        given["partnership"]["parties"] = [party["key"] for party in given["parties"]]
        assert loads(engine, given)[-1] == f"reordered {section}"
        assert loads(engine, given) == []
    read = parse_programme(exported(engine).encode(), "exported.yaml", SECTIONS)
    assert read == given


def test_a_file_that_names_no_interval_keeps_the_one_that_somebody_set(engine: Engine) -> None:
    given = programme(SMALL)
    loads(engine, given)
    with unit_of_work(engine, UK, NOW) as work:
        set_interval(work, obligation(work, PARTNERSHIP, "TALK"), 12, "Head of Department")
    kept = "kept      obligations TALK, cadence, months: 12, set by Head of Department"
    assert previews(engine, given) == loads(engine, given) == [kept]
    _set(given, "obligations 2 title en", "Talks")
    assert loads(engine, given) == ["changed   obligations TALK: title, en: Exchange → Talks", kept]
    with reading(engine, UK, NOW) as work:
        cadence = obligation(work, PARTNERSHIP, "TALK").cadence
    assert (cadence.months, cadence.set_by) == (12, "Head of Department")
    _set(given, "obligations 2 cadence months", 6)
    _set(given, "obligations 2 cadence set_by", "Both directors")
    assert loads(engine, given) == [
        "changed   obligations TALK: cadence, months: 12 → 6; cadence, set_by: Head of Department → Both directors"
    ]
    assert loads(engine, given) == []


def test_an_interval_goes_with_the_wording_that_needed_it(engine: Engine) -> None:
    given = programme(SMALL)
    loads(engine, given)
    with unit_of_work(engine, UK, NOW) as work:
        set_interval(work, obligation(work, PARTNERSHIP, "TALK"), 24, "Head of Department")
    _set(given, "obligations 2 cadence rule", "annual")
    (said,) = loads(engine, given)
    assert said == (
        "changed   obligations TALK: cadence, rule: regular → annual; cadence, months: 24 → None; "
        "cadence, set_by: Head of Department → None"
    )


VANISHED = {
    "parties uk": ("parties", 0),
    "sources JS": ("sources", 0),
    "themes T1": ("themes", 0),
    "events E1": ("events", 0),
    "obligations SOC": ("obligations", 0),
    "rounds SOC 2026-03-24": ("rounds", 0),
    "commitments C1": ("commitments", 0),
    "progress P1": ("progress", 0),
    "silences SOC JS": ("silences", 0),
    "closed_days nl recess 2027-02-20 2027-02-28": ("closed_days", 0),
}


def test_what_a_file_no_longer_names_is_kept(engine: Engine) -> None:
    load_files(engine)
    before, text = contents(engine), exported(engine)
    for said, (section, place) in VANISHED.items():
        given = programme(SMALL)
        del given[section][place]
        given["partnership"]["parties"] = [party["key"] for party in given["parties"]]
        assert loads(engine, given) == [f"kept      {said}"]
    given = programme(SMALL)
    given["parties"][0]["posts"].clear()
    assert loads(engine, given) == ["kept      parties uk, posts director"]
    assert (contents(engine), exported(engine)) == (before, text)


def test_what_a_load_did_is_on_record_in_the_joint_layer(engine: Engine) -> None:
    given = programme(SMALL)
    loads(engine, given)
    _set(given, "closed_days 0 effect", "forbids")
    loads(engine, given)
    loads(engine, given)
    with reading(engine, UK, NOW) as work:
        latest, first = latest_changes(work, PARTNERSHIP, 10)
    assert (latest.act, latest.party, latest.layer) == ("programme loaded", None, None)
    assert latest.detail == {
        "changes": ["changed   closed_days nl recess 2027-02-20 2027-02-28: effect: costs → forbids"]
    }
    assert len(first.detail["changes"]) == 14


def look(engine: Engine, uid: str) -> MeetingFacts:
    with reading(engine, UK, NOW) as work:
        return meeting(work, uid)


def test_a_round_that_a_file_changes_is_a_new_revision(engine: Engine) -> None:
    """Feeds keep what they wrote for each revision."""
    given = programme(SMALL)
    loads(engine, given)
    with reading(engine, UK, NOW) as work:
        before = find_meeting(work, PARTNERSHIP, "SOC", TODAY)
    given["rounds"][0]["place"] = {"en": "The Hague"}
    loads(engine, given)
    after = look(engine, before.uid)
    assert (before.revision, after.revision, after.place) == (1, 2, {"en": "The Hague"})


def test_a_file_that_says_a_round_was_held_means_the_one_that_was_agreed(engine: Engine) -> None:
    load_files(engine)
    day = TODAY
    private, cancelled = planned(engine, day), agreed(engine, day)
    with unit_of_work(engine, UK, NOW) as work:
        actions.cancel(work, cancelled)
    uid = agreed(engine, day)
    given = programme(SMALL)
    given["rounds"].append({**given["rounds"][0], "date": str(day), "number": 5})
    assert loads(engine, given) == ["new       rounds SOC 2027-02-01"]
    held = look(engine, uid)
    assert (held.state, held.number, held.revision) == ("held", 5, 3)
    assert [str(look(engine, other).state) for other in (private, cancelled)] == ["planned", "cancelled"]
    assert loads(engine, given) == []


CANARY = "canary of the UK"


def test_what_is_one_sides_own_is_in_no_export(engine: Engine) -> None:
    load_files(engine)
    before = exported(engine)
    uid = planned(engine, date(2027, 3, 23))
    with unit_of_work(engine, UK, NOW) as work:
        actions.write_note(work, uid, CANARY)
        work.session.add(
            ClosedDayRow(
                partnership=PARTNERSHIP, party="uk", title={"en": CANARY}, first=TODAY, last=TODAY, effect="forbids",
                levels=[], offices=[], kind="absence", source=CANARY, basis="stated",
            )
        )  # fmt: skip
    for actor in (OPERATOR, UK):
        assert exported(engine, actor=actor) == before
    assert previews(engine, programme(SMALL)) == []


def test_no_export_names_a_post_of_another_partnership(engine: Engine) -> None:
    load_files(engine)
    before = exported(engine, actor=UK)
    theirs, ours = programme(SHIPPED / "nl_us.yaml"), programme(SMALL)["parties"][1]
    redirected = {**ours["posts"][0], "letters_to": "minister-of-foreign-affairs"}
    theirs["parties"][0] = {**ours, "posts": [redirected, *theirs["parties"][0]["posts"]]}
    loads(engine, theirs)
    assert exported(engine, actor=UK) == before


def test_a_partnership_of_others_and_none_cannot_be_exported(engine: Engine) -> None:
    load_files(engine)
    said = {refusal(NotFound, exported, engine, key, US) for key in ("uk-nl", "fr-us")}
    assert said == {
        "there is no partnership 'uk-nl' (`dialogues partnerships` lists them)",
        "there is no partnership 'fr-us' (`dialogues partnerships` lists them)",
    }


def test_whatever_the_format_allows_every_database_takes(engine: Engine) -> None:
    """SQLite takes texts and numbers of any length; PostgreSQL would refuse them halfway through a load."""
    text = SMALL.read_text(encoding="utf-8")
    for right, wrong in (
        ("key: uk-nl", f"key: {'k' * 60}"),
        ("short: BZ", f"short: {'😀' * 60}"),
        (
            "    language: en\n    parties: [uk, nl]\n",
            f"    language: nld\n    date_basis: {'b' * 200}\n    legal_status: {'s' * 200}\n",
        ),
        ("characters: 1000", f"characters: {2**31 - 1}"),
        ("number: 4", f"number: {2**31 - 1}"),
        ("    source: invented\n    basis: assumed", f"    source: {'s' * 5000}\n    basis: set:{'w' * 196}"),
        ("start: 10, end: 90", f"start: {2**31 - 2}, end: {2**31 - 1}"),
        ("value: director@bz.example", f"value: {'d' * 64}@{'.'.join(['h' * 61] * 3)}.ex"),
        ("verb: will", f"verb: {'v' * 60}"),
    ):
        assert text.count(right) == 1
        text = text.replace(right, wrong)
    text = (
        text.replace("T1", "T" * 60)
        .replace("SOC", "S" * 60)
        .replace("fcdo", "f" * 60)
        .replace("uk", "u" * 20)
    )
    given = parse_programme(text.encode(), "long.yaml", SECTIONS)
    loads(engine, given)
    assert loads(engine, given) == []


def test_a_text_without_a_language_is_in_the_partnerships_first(engine: Engine) -> None:
    text = SMALL.read_text(encoding="utf-8").replace("  languages: [en, nl]", "  languages: [nl, en]")
    given = parse_programme(text.replace("{en: Crime, nl: Misdaad}", "Misdaad").encode(), "nl.yaml", SECTIONS)
    loads(engine, given)
    assert given["themes"][0]["title"] == {"nl": "Misdaad"}
    assert loads(engine, given) == []


def test_what_is_absent_may_be_somebodys_claim_too(engine: Engine) -> None:
    right, wrong = (
        "{months: [1, 2, 3, 4, 5, 6]}, basis: assumed}",
        "null, basis: set:the desk, note: any day}",
    )
    text = SMALL.read_text(encoding="utf-8").replace(right, wrong)
    given = parse_programme(text.encode(), "any-day.yaml", SECTIONS)
    soc = given["obligations"][0]
    claimed = {key: value for key, value in soc["basis"].items() if key.startswith("window")}
    assert (soc["window"], claimed) == (None, {"window": "set:the desk", "window.note": {"en": "any day"}})
    loads(engine, given)
    assert loads(engine, parse_programme(exported(engine).encode(), "exported.yaml", SECTIONS)) == []


@pytest.mark.parametrize("shipped", sorted(SHIPPED.glob("*.yaml")), ids=lambda file: file.stem)
def test_every_shipped_programme_says_what_no_source_states(shipped: Path) -> None:
    """Windows, leads, durations and hosts: what is there is either stated by its passage or marked."""
    unmarked = [
        (item["key"], field)
        for item in programme(shipped)["obligations"]
        for field in ("window", "duration", "start_time", "host")
        if item[field] and field not in item["basis"]
    ]
    assert unmarked == []
