"""Feeds at the command line: made once, listed without their secret, taken back."""

import json

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine

from scheduler.app import command_line
from scheduler.feeds.queries import Revoked
from scheduler.feeds.rules import Deadlines, Scope, Terms, Tier
from tests.feeds.house import NOW, PUBLIC_URL, found_partnership, read, subscribe


@pytest.fixture(autouse=True)
def partnership(engine: Engine) -> None:
    found_partnership(engine)


def run(database_url: str, *arguments: str, side: str = "uk") -> Result:
    environment = {"DATABASE_URL": database_url, "PUBLIC_URL": PUBLIC_URL, "DIALOGUES_SIDE": side}
    return CliRunner(env=environment).invoke(command_line(), ["feed", *arguments])


def made(database_url: str, *arguments: str) -> str:
    """Return the secret of a new feed."""
    answer = run(database_url, "new", "--label", "Desk", *arguments)
    assert answer.exit_code == 0
    address = answer.output.strip()
    assert address.startswith(f"{PUBLIC_URL}/feeds/")
    return address.removeprefix(f"{PUBLIC_URL}/feeds/").removesuffix(".ics")


def listed(database_url: str, side: str = "uk") -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(run(database_url, "list", "--json", side=side).output)
    return found


def test_a_new_feed_opens_by_its_address(engine: Engine, database_url: str) -> None:
    assert read(engine, made(database_url)).body.startswith(b"BEGIN:VCALENDAR")


def test_every_choice_is_kept(database_url: str) -> None:
    made(
        database_url,
        *("--theme", "T1", "--theme", "T2", "--level", "expert", "--obligation", "R2"),
        *("--language", "nl", "--tier", "title", "--deadlines", "events"),
    )
    (found,) = listed(database_url)
    assert {name: found[name] for name in found if name not in {"key", "created_at"}} == {
        "partnership": "uk-nl",
        "side": "uk",
        "label": "Desk",
        "themes": ["T1", "T2"],
        "levels": ["expert"],
        "obligations": ["R2"],
        "language": "nl",
        "tier": "title",
        "deadlines": "events",
        "created_by": "uk at the command line",
        "revoked_at": None,
    }


def test_a_list_names_own_feeds_and_no_secret(engine: Engine, database_url: str) -> None:
    secret = made(database_url, "--obligation", "R1", "--level", "expert")
    subscribe(engine, "nl", Terms("nl", Tier.FULL, Deadlines.NONE, Scope(("T1",))))
    output = run(database_url, "list").output
    head, line = output.splitlines()
    assert head.split() == ["KEY", "LABEL", "SHOWS", "LANGUAGE", "TIER", "DEADLINES", "MADE", "TAKEN", "BACK"]
    assert line.split()[1:7] == ["Desk", "expert,", "R1", "en", "full", "none"]
    assert secret not in output
    assert [found["label"] for found in listed(database_url, side="nl")] == ["nl desk"]


def test_a_feed_taken_back(engine: Engine, database_url: str) -> None:
    secret = made(database_url)
    key = str(listed(database_url)[0]["key"])
    assert run(database_url, "revoke", key, side="nl").exit_code == 1
    assert run(database_url, "revoke", key).output == f"The feed {key} was taken back.\n"
    with pytest.raises(Revoked):
        read(engine, secret, NOW)
    assert listed(database_url)[0]["revoked_at"] is not None


@pytest.mark.parametrize(
    ("arguments", "place"),
    [
        (("--theme", "T9"), "theme"),
        (("--level", "royal"), "level"),
        (("--obligation", "R9"), "obligation"),
        (("--tier", "busy", "--deadlines", "todos"), "deadlines"),
        (("--tier", "everything"), "--tier"),
        (("--partnership", "nl-us"), "--partnership"),
    ],
)
def test_what_cannot_be_meant_ends_with_exit_code_2(
    database_url: str, arguments: tuple[str, ...], place: str
) -> None:
    answer = run(database_url, "new", "--label", "Desk", *arguments)
    assert answer.exit_code == 2
    assert place in answer.output
    assert listed(database_url) == []
