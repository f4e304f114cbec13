import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData, Table, inspect, select

from scheduler.db.engine import make_engine

ROOT = Path(__file__).parents[2]
PARTY = {
    "key": "uk",
    "name": {"en": "UK"},
    "short": {"en": "UK"},
    "language": "en",
    "zone": "Europe/London",
    "capital": {"en": "UK"},
    "holiday_country": "GB",
    "office_from": "09:00",
    "office_until": "17:00",
    "basis": {},
}
NOTED = (("parties", "basis"), ("themes", "basis"), ("obligations", "basis"), ("relations", "note"))


@pytest.fixture
def migrations(empty_database_url: str) -> Config:
    config = Config(toml_file=ROOT / "pyproject.toml")
    config.attributes["url"] = empty_database_url
    return config


def tables(url: str) -> set[str]:
    engine = make_engine(url)
    try:
        return set(inspect(engine).get_table_names())
    finally:
        engine.dispose()


def test_up_down_and_up_again_without_drift(migrations: Config, empty_database_url: str) -> None:
    command.upgrade(migrations, "head")
    made = tables(empty_database_url)
    command.check(migrations)
    command.downgrade(migrations, "base")
    assert tables(empty_database_url) == {"alembic_version"}
    command.upgrade(migrations, "head")
    assert tables(empty_database_url) == made
    command.check(migrations)


def test_each_revision_goes_down_to_the_one_before(migrations: Config, empty_database_url: str) -> None:
    script = ScriptDirectory.from_config(migrations)
    before = [set[str]()]
    for revision in reversed(list(script.walk_revisions())):
        command.upgrade(migrations, revision.revision)
        before.append(tables(empty_database_url) - {"alembic_version"})
    while len(before) > 1:
        assert tables(empty_database_url) - {"alembic_version"} == before.pop()
        command.downgrade(migrations, "-1")
    assert tables(empty_database_url) == {"alembic_version"}


def test_what_was_on_offer_before_there_were_options_becomes_the_first_of_them(
    migrations: Config, empty_database_url: str
) -> None:
    command.upgrade(migrations, "0002")
    engine = make_engine(empty_database_url)
    text, now = {"en": "UK"}, datetime(2027, 2, 1, 9, 0, tzinfo=UTC)
    meeting = {
        "partnership": "uk-nl",
        "level": "expert",
        "zone": "UTC",
        "sequence": 0,
        "revision": 1,
        "basis": {},
    }
    meeting |= {
        "created_at": now,
        "changed_at": now,
        "first_day": date(2027, 6, 1),
        "last_day": date(2027, 6, 1),
    }
    with engine.begin() as connection:
        add(connection, "parties", PARTY)
        add(connection, "partnerships", {"key": "uk-nl", "title": text, "languages": ["en"]})
        for number, state in enumerate(("planned", "offered", "agreed")):
            layer = "uk" if state == "planned" else None
            add(connection, "meetings", {**meeting, "uid": state, "state": state, "layer": layer})
            consent = {"meeting_id": number + 1, "party": "uk", "name": "secretariat", "at": now}
            if state != "planned":
                add(connection, "meeting_consents", consent)
    command.upgrade(migrations, "0003")
    with engine.begin() as connection:
        options = connection.exec_driver_sql(
            "SELECT uid, meeting_options.number, meeting_options.state, offered_by, answer, name FROM meeting_options"
            " JOIN meetings ON meetings.id = meeting_id"
            " JOIN meeting_option_answers ON option_id = meeting_options.id"
        ).all()
    engine.dispose()
    assert [tuple(row) for row in options] == [("offered", 1, "standing", "uk", "accepted", "secretariat")]


def test_what_was_given_before_says_what_it_was_about(migrations: Config, empty_database_url: str) -> None:
    command.upgrade(migrations, "0006")
    engine = make_engine(empty_database_url)
    now = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)
    keys = ("reminder/4f/first_draft/uk/desk/1", "reminder/uk-nl/SOC/date_wanted/uk/desk/2027-03-24")
    with engine.begin() as connection:
        add(connection, "partnerships", {"key": "uk-nl", "title": {"en": "UK"}, "languages": ["en"]})
        for key in keys:
            add(connection, "reminders_given", {"partnership": "uk-nl", "key": key, "given_at": now})
    command.upgrade(migrations, "0007")
    with engine.begin() as connection:
        named = connection.exec_driver_sql(
            "SELECT about, subject, step, post, day FROM reminders_given ORDER BY id"
        ).all()
    engine.dispose()
    assert [tuple(row) for row in named] == [
        (keys[0], "4f", "first_draft", "uk/desk", None),
        (keys[1], "uk-nl/SOC", "date_wanted", "uk/desk", None),
    ]


def test_what_was_wrong_with_a_mail_stays_said(migrations: Config, empty_database_url: str) -> None:
    command.upgrade(migrations, "0017")
    engine = make_engine(empty_database_url)
    now = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)
    problems = ["DTSTART: “no” time", ""]
    mail = {"partnership": "uk-nl", "layer": "uk", "reason": "unreadable", "sender": "", "subject": ""}
    with engine.begin() as connection:
        add(connection, "parties", PARTY)
        add(connection, "partnerships", {"key": "uk-nl", "title": {"en": "UK"}, "languages": ["en"]})
        for number, problem in enumerate(problems):
            kept = {"uid": str(number), "problem": problem, "content": b"", "received_at": now}
            add(connection, "mails_for_a_person", mail | kept)
    command.upgrade(migrations, "0018")
    after = written(engine, "mails_for_a_person", "problem")
    command.downgrade(migrations, "0017")
    before = written(engine, "mails_for_a_person", "problem")
    engine.dispose()
    assert (after, before) == ([{"en": problems[0]}, {}], problems)


def test_why_a_value_was_chosen_stays_said(migrations: Config, empty_database_url: str) -> None:
    command.upgrade(migrations, "0018")
    engine = make_engine(empty_database_url)
    claimed = {"leads": "assumed", "leads.note": "as in 2025"}
    row = {"id": 1, "partnership": "uk-nl", "position": 0, "leads": {}}
    duty = {
        "level": "expert",
        "cadence": {},
        "established": False,
        "host": {},
        "in_force_from": date(2025, 12, 3),
    }
    relation = {"obligation_id": 1, "type": "overlaps", "other_id": 1, "basis": "stated"}
    with engine.begin() as connection:
        add(connection, "parties", PARTY | {"basis": claimed})
        add(connection, "partnerships", {"key": "uk-nl", "title": {"en": "UK"}, "languages": ["en"]})
        add(
            connection,
            "themes",
            row | {"key": "T1", "title": {}, "kind": "policy", "basis": {"leads": "assumed"}},
        )
        add(
            connection,
            "obligations",
            row | duty | {"key": "R1", "title": {}, "kind": "review", "basis": claimed},
        )
        for place, note in enumerate(("both name it", None)):
            add(connection, "relations", relation | {"position": place, "note": note})
    command.upgrade(migrations, "0019")
    after = [written(engine, table, column) for table, column in NOTED]
    command.downgrade(migrations, "0018")
    before = [written(engine, table, column) for table, column in NOTED]
    engine.dispose()
    in_english = {**claimed, "leads.note": {"en": "as in 2025"}}
    assert after == [[in_english], [{"leads": "assumed"}], [in_english], [{"en": "both name it"}, None]]
    assert before == [[claimed], [{"leads": "assumed"}], [claimed], ["both name it", None]]


def written(engine: Engine, table: str, column: str) -> list[Any]:
    """Return what a column holds, in the order in which its rows were written."""
    with engine.begin() as connection:
        known = Table(table, MetaData(), autoload_with=connection)
        return list(connection.scalars(select(known.c[column]).order_by(*known.primary_key)))


def add(connection: Connection, table: str, values: dict[str, Any]) -> None:
    """Write a row into a table as it stands, with something in every column that wants something."""
    known = Table(table, MetaData(), autoload_with=connection)
    connection.execute(known.insert().values(values))


def test_revisions_are_one_row_of_numbers_and_words() -> None:
    files = sorted(file.stem for file in (ROOT / "migrations" / "versions").glob("*.py"))
    assert [file for file in files if not re.fullmatch(r"\d{4}(_[a-z0-9]+)+", file)] == []
    numbers = [file[:4] for file in files]
    assert numbers == [f"{number:04}" for number in range(1, len(files) + 1)]
    script = ScriptDirectory.from_config(Config(toml_file=ROOT / "pyproject.toml"))
    in_order = [(revision.revision, revision.down_revision) for revision in script.walk_revisions()][::-1]
    assert in_order == list(zip(numbers, [None, *numbers], strict=False))
