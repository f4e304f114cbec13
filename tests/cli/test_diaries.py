"""Diaries at the command line: given from a file or an address, read again, shown with what went wrong, taken away."""

import json
from collections.abc import Iterator

import pytest

from tests.cli.terminal import Terminal
from tests.diaries.conftest import running
from tests.ical.foreign_calendars import APPLE, CANARY, OUTLOOK, calendar, event


@pytest.fixture
def origin() -> Iterator[str]:
    """Give the origin of a host of calendars."""
    with running() as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def post(desk: Terminal) -> str:
    """Give a post of the United Kingdom in the shipped programme."""
    listed = json.loads(desk.says("diaries", "list", "--partnership", "uk-nl", "--json"))
    assert {entry["diary"] for entry in listed} == {None}
    return str(listed[0]["post"])


def file(desk: Terminal, data: bytes) -> str:
    (desk.folder / "diary.ics").write_bytes(data)
    return "diary.ics"


def test_a_file_is_read_and_told(desk: Terminal, post: str) -> None:
    broken = event("DTSTART:20270301T090000Z", "RRULE:FREQ=SECONDLY", uid="bomb")
    apple = APPLE.replace(b"END:VCALENDAR", broken.replace("\n", "\r\n").encode() + b"\r\nEND:VCALENDAR")
    said = desk.says("diaries", "add", post, "--file", file(desk, apple)).splitlines()
    assert said[0] == f"{post}: from a file, set by uk at the command line."
    assert said[1].startswith("8 entries, less than an hour old; busy times until ")
    assert said[3:] == [
        "Left out, 1: repeats by the hour, minute or second.",
        "Assumed, 1: name no time zone; read in your side’s own.",
        "Assumed, 1: name an unknown time zone; read in your side’s own.",
    ]
    assert desk.says("diaries", "show", post).splitlines()[1:] == said[1:]
    row = next(line for line in desk.says("diaries", "list").splitlines() if line.startswith(post))
    assert row.split()[1:6] == ["file", "less", "than", "an", "hour"]
    shown = desk.says("diaries", "show", post.partition("/")[2], "--language", "nl").splitlines()
    assert "Left out, 1: herhaalt zich per uur, minuut of seconde." in shown
    assert CANARY not in desk.says("diaries", "show", post, "--json")


def test_a_file_that_cannot_be_used_is_refused_with_the_reason(desk: Terminal, post: str) -> None:
    bomb = calendar(event("DTSTART:20270301T090000Z", "RRULE:FREQ=SECONDLY"))
    assert desk.refuses("diaries", "add", post, "--file", file(desk, bomb)) == (
        2,
        "file: none of its entries can be used: repeats by the hour, minute or second",
    )
    code, said = desk.refuses("diaries", "add", post, "--file", file(desk, b"<html>"))
    assert (code, said) == (2, "calendar: this is no calendar (give a whole .ics file)")
    (desk.folder / "diary.ics").write_bytes(b"x" * 20_000_001)
    assert desk.refuses("diaries", "add", post, "--file", "diary.ics")[1].startswith(
        "diary.ics: is too large"
    )
    assert json.loads(desk.says("diaries", "show", post, "--json"))["diary"] is None


def test_an_address_is_read_at_once_and_never_shown(
    desk: Terminal, post: str, origin: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = desk.folder / "var" / "settings.env"
    settings.parent.mkdir()
    settings.write_text(f"DIARY_ORIGINS={origin}\n")
    secret = origin.replace("//", "//anna:s3cret@") + "/guarded?key=hush"
    said = desk.says("diaries", "add", post, "--address", secret)
    assert said.splitlines()[0] == f"{post}: 127.0.0.1, set by uk at the command line."
    assert desk.says("diaries", "refresh", post) == said
    monkeypatch.setattr("click.prompt", lambda *_, **__: f"{origin}/500?key=hush")
    failed = desk.run("diaries", "add", post, "--address", "-")
    answered = "the diary could not be read: the host answered with an error; its busy times of before stand"
    assert (failed.exit_code, failed.stderr) == (1, f"{post}: {answered} (it is tried again by itself)\n")
    everything = (
        said + failed.output + desk.says("diaries", "list", "--json") + desk.says("diaries", "show", post)
    )
    assert [word for word in ("s3cret", "anna", "hush") if word in everything] == []
    assert "Not read since" in everything


def test_an_address_of_the_own_network_is_refused(desk: Terminal, post: str) -> None:
    code, said = desk.refuses("diaries", "add", post, "--address", "https://127.0.0.1/hush.ics")
    assert (code, "own network" in said, "hush" in said) == (2, True, False)
    code, said = desk.refuses("diaries", "add", post, "--address", "http://calendar.example/hush.ics")
    assert (code, "https://" in said, "hush" in said) == (2, True, False)


def test_one_source_is_named(desk: Terminal, post: str) -> None:
    for words in ((), ("--address", "https://calendar.example/", "--file", file(desk, OUTLOOK))):
        assert desk.refuses("diaries", "add", post, *words)[0] == 2


def test_a_diary_is_taken_away(desk: Terminal, post: str) -> None:
    desk.says("diaries", "add", post, "--file", file(desk, OUTLOOK))
    assert desk.says("diaries", "remove", post) == f"{post} has no diary any more.\n"
    assert desk.refuses("diaries", "remove", post)[0] == 1
    assert desk.refuses("diaries", "refresh", post)[0] == 1
    assert desk.says("diaries", "show", post) == f"{post}: no diary.\n"


def test_the_other_side_finds_nothing(desk: Terminal, post: str) -> None:
    other = ("--as", "nl", "--partnership", "uk-nl")
    before = desk.says("diaries", "list", *other)
    refused = desk.refuses("diaries", "show", post, *other)
    desk.says("diaries", "add", post, "--file", file(desk, OUTLOOK))
    assert desk.says("diaries", "list", *other) == before
    assert desk.refuses("diaries", "show", post, *other) == refused
    assert post not in before
    assert desk.refuses("diaries", "list", "--as", "operator")[0] == 1
