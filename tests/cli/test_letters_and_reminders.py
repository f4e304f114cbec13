import json
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine

from agendas.deadlines import agenda_deadlines
from scheduler import clock
from scheduler.actor import operator
from scheduler.app import command_line
from scheduler.dates.slots import Slot, timed_slot
from scheduler.dates.written import write_day
from scheduler.db.work import reading, unit_of_work
from scheduler.outbox.actions import enqueue
from scheduler.outbox.rules import Fate, Verdict
from scheduler.outbox.sending.actions import begin, claim, settle
from scheduler.reminders.preview import preview
from tests.outbox.drafts import draft
from tests.reminders.stage import LETTERHEAD, NL, UK, agreed, found, give, letters_of, planned

SPRING = datetime(2027, 4, 28, 8, 30, tzinfo=UTC)
POST = "uk/crime-desk"
Command = Callable[..., Result]


@pytest.fixture
def dialogues(engine: Engine, database_url: str, tmp_path: Path) -> Command:
    """Run a command on an installation with the small programme."""
    found(engine)
    environment = {"DATABASE_URL": database_url, "MAIL_FOLDER": str(tmp_path / "mail"), "DIALOGUES_SIDE": ""}

    def run(*arguments: str) -> Result:
        return CliRunner(env=environment).invoke(command_line(), arguments)

    return run


def key_of(engine: Engine, post: str = POST) -> str:
    return next(entry.key for entry in letters_of(engine, UK) if entry.post == post)


def refuse(engine: Engine) -> None:
    """Let a relay refuse every letter that waits."""
    with unit_of_work(engine, operator(), SPRING) as work:
        for letter in claim(work, 20):
            begin(work, letter)
            settle(work, letter, Verdict(Fate.REFUSED, "550 no such mailbox"))


def test_letters_are_listed_for_the_side_that_asks(dialogues: Command, engine: Engine) -> None:
    agreed(engine)
    give(engine, UK, SPRING)
    listed = json.loads(dialogues("letters", "list", "--as", "uk", "--json").output)
    assert sorted(entry["post"] for entry in listed) == ["uk/crime-desk", "uk/secretariat"]
    assert {entry["state"] for entry in listed} == {"queued"}
    assert json.loads(dialogues("letters", "list", "--as", "uk", "--state", "sent", "--json").output) == []
    assert json.loads(dialogues("letters", "list", "--as", "nl", "--json").output) == []
    table = dialogues("letters", "list", "--as", "uk", "--language", "nl").output
    assert table.count("wacht op verzending") == 2


def test_a_letter_is_shown_whole(dialogues: Command, engine: Engine) -> None:
    agreed(engine)
    give(engine, UK, SPRING)
    shown = dialogues("letters", "show", key_of(engine), "--as", "uk")
    assert "To: Organised Crime Desk <crime@home-office.example>" in shown.output
    message = json.loads(dialogues("letters", "show", key_of(engine), "--as", "uk", "--json").output)
    assert message["message"].startswith("Content-Type: multipart/alternative")


def test_a_letter_of_the_other_side_is_none(dialogues: Command, engine: Engine) -> None:
    agreed(engine)
    give(engine, UK, SPRING)
    for command in (("show",), ("resend", "--why", "lost"), ("drop", "--why", "lost")):
        outcome = dialogues("letters", *command, key_of(engine), "--as", "nl")
        assert (outcome.exit_code, "there is no letter" in outcome.output) == (1, True)


def test_the_operator_reads_nobodys_letters(dialogues: Command) -> None:
    outcome = dialogues("letters", "list", "--as", "operator", "--partnership", "uk-nl")
    assert (outcome.exit_code, "not for the role operator" in outcome.output) == (1, True)


def test_a_refused_letter_is_sent_again_or_dropped(dialogues: Command, engine: Engine) -> None:
    agreed(engine)
    give(engine, UK, SPRING)
    refuse(engine)
    assert dialogues("letters", "resend", key_of(engine), "--why", "mended", "--as", "uk").exit_code == 0
    dropping = dialogues(
        "letters", "drop", key_of(engine, "uk/secretariat"), "--why", "done by telephone", "--as", "uk"
    )
    assert dropping.exit_code == 0
    assert {entry.post: (str(entry.state), entry.last_error) for entry in letters_of(engine, UK)} == {
        "uk/crime-desk": ("queued", None),
        "uk/secretariat": ("dropped", "done by telephone"),
    }


def test_letters_that_need_a_person_come_first_and_can_be_picked_out(
    dialogues: Command, engine: Engine
) -> None:
    uid = agreed(engine)
    give(engine, UK, SPRING)
    with unit_of_work(engine, operator(), SPRING) as work:
        letter, *_ = claim(work, 1)
        begin(work, letter)
        settle(work, letter, Verdict(Fate.UNKNOWN, "the line broke"))

    def listed(*options: str) -> list[dict[str, object]]:
        entries: list[dict[str, object]] = json.loads(
            dialogues("letters", "list", "--as", "uk", "--json", *options).output
        )
        return entries

    with unit_of_work(engine, UK, SPRING + timedelta(minutes=1)) as work:
        enqueue(work, draft(), LETTERHEAD)
    assert [entry["state"] for entry in listed()] == ["uncertain", "queued", "queued"]
    assert sorted(str(entry["post"]) for entry in listed("--meeting", uid)) == [POST, "uk/secretariat"]
    assert [entry["key"] for entry in listed("--post", "desk")] == [
        entry["key"] for entry in listed("--post", "uk/desk")
    ]
    assert [entry["key"] for entry in listed("--post", "uk/desk")] == ["note/1"]
    assert dialogues("letters", "list", "--as", "uk", "--meeting", "nothing").exit_code == 1
    assert dialogues("letters", "resend", letter.key, "--why", "not there", "--as", "uk").exit_code == 0
    assert [entry["possible_duplicate"] for entry in listed("--meeting", uid)].count(True) == 1
    assert (
        dialogues("letters", "list", "--as", "uk", "--language", "nl").output.count("(misschien dubbel)") == 1
    )


def test_a_letter_is_sent_again_or_dropped_only_for_a_reason(dialogues: Command, engine: Engine) -> None:
    agreed(engine)
    give(engine, UK, SPRING)
    for command in ("resend", "drop"):
        assert dialogues("letters", command, key_of(engine), "--as", "uk").exit_code == 2
        assert dialogues("letters", command, key_of(engine), "--why", " ", "--as", "uk").exit_code != 0


def test_a_tick_by_hand_sends_what_waits(dialogues: Command, engine: Engine, tmp_path: Path) -> None:
    with unit_of_work(engine, UK, clock.now()) as work:
        enqueue(work, draft(), LETTERHEAD)
    ticked = dialogues("tick")
    assert ticked.exit_code == 0
    assert "Letters written: nl " in ticked.output
    assert [file.name for file in (tmp_path / "mail").glob("note-1-*")] != []


def test_a_tick_that_reaches_no_relay_says_so_and_loses_nothing(
    dialogues: Command, engine: Engine, tmp_path: Path
) -> None:
    with unit_of_work(engine, UK, clock.now()) as work:
        enqueue(work, draft(), LETTERHEAD)
    (tmp_path / "mail").write_text("a file, not a folder")
    assert dialogues("tick").exit_code == 1
    assert [(entry.key, str(entry.state)) for entry in letters_of(engine, UK)] == [("note/1", "queued")]


def far_ahead() -> Slot:
    """Return a Tuesday most of a year ahead, since these commands ask the clock."""
    day = clock.now().date() + timedelta(days=280)
    return timed_slot(day - timedelta(days=(day.weekday() - 1) % 7), time(10), time(16), "Europe/London")


def test_a_preview_shows_every_letter_with_its_reason(dialogues: Command, engine: Engine) -> None:
    slot = far_ahead()
    agreed(engine, slot=slot)
    with reading(engine, NL, clock.now()) as work:
        expected = preview(work, slot.first_day - timedelta(days=60), slot.first_day, agenda_deadlines)
    stretch = ("--from", str(slot.first_day - timedelta(days=60)), "--to", str(slot.first_day), "--as", "nl")
    listed = json.loads(dialogues("reminders", "preview", *stretch, "--json").output)
    assert [(entry["day"], entry["post"], entry["mailbox"], entry["subject"]) for entry in listed] == [
        (str(letter.day), letter.post, letter.mailbox, letter.subject) for letter in expected
    ]
    assert [entry["reminders"][0]["because"] for entry in listed] == [
        list(letter.reminders[0].because) for letter in expected
    ]
    first = expected[0]
    printed = dialogues("reminders", "preview", *stretch, "--language", "nl").output
    assert printed.startswith(
        f"{write_day(first.day, 'nl')}  {first.post} <{first.mailbox}>\n  {first.subject}\n"
    )


def test_a_plan_of_one_side_is_in_no_preview_of_the_other(dialogues: Command, engine: Engine) -> None:
    slot = far_ahead()
    uid = planned(engine, slot=slot)
    stretch = ("--to", str(slot.first_day), "--json")
    ours = dialogues("reminders", "preview", *stretch, "--as", "uk").output
    theirs = dialogues("reminders", "preview", *stretch, "--as", "nl").output
    assert uid in ours
    assert uid not in theirs
    assert "Offer" not in theirs


def test_days_out_of_order_are_refused(dialogues: Command) -> None:
    outcome = dialogues("reminders", "preview", "--from", "2027-05-01", "--to", "2027-04-01", "--as", "uk")
    assert outcome.exit_code == 2
    assert "--to: lies before --from" in outcome.output


@pytest.mark.parametrize(("language", "nothing"), [("en", "No letter falls"), ("nl", "In deze dagen valt")])
def test_an_empty_stretch_says_so(dialogues: Command, language: str, nothing: str) -> None:
    stretch = ("--from", "2025-01-01", "--to", "2025-01-02")
    outcome = dialogues("reminders", "preview", *stretch, "--as", NL.side, "--language", language)
    assert outcome.output.startswith(nothing)


def test_a_reminder_serves_until_its_last_day_is_over_where_its_readers_work(
    dialogues: Command, engine: Engine
) -> None:
    agreed(engine)
    give(engine, UK, SPRING)
    listed = json.loads(dialogues("letters", "list", "--as", "uk", "--json").output)
    assert {entry["post"]: entry["expires_at"] for entry in listed} == {
        "uk/crime-desk": "2027-05-31T23:00:00Z",  # midnight in London
        "uk/secretariat": None,  # it also asks for a date, which stays wanted until there is one
    }
