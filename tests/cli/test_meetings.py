"""Commands about rounds: what a person types, what both sides then see, and what is refused in words."""

import json
from datetime import date
from typing import Any

import pytest

from scheduler.dates.slots import all_day_slot
from scheduler.db.engine import make_engine
from scheduler.db.work import unit_of_work
from scheduler.meetings import actions
from scheduler.obligations.queries import obligation
from tests.builders import NOW, UK, planned
from tests.cli.terminal import Terminal

DAY = date(2032, 3, 23)
"""Far enough ahead that the round is still to come on the day of the tests."""


def plan(desk: Terminal, key: str = "JS-R05", days: int = 0) -> None:
    engine = make_engine(desk.url)
    if days:
        with unit_of_work(engine, UK, NOW) as work:
            slot = all_day_slot(DAY, date(DAY.year, DAY.month, DAY.day + days - 1), "Europe/London")
            duty = obligation(work, "uk-nl", key)
            actions.plan_round(work, actions.Round((duty,), slot, "uk", None, {}))
    else:
        planned(engine, DAY, key=key)
    engine.dispose()


def shown(desk: Terminal, reference: str = "JS-R05", side: str = "uk") -> dict[str, Any]:
    words = ("meetings", "show", reference, "--as", side, "--partnership", "uk-nl", "--json")
    found: dict[str, Any] = json.loads(desk.says(*words))
    return found


def test_a_round_from_plan_to_another_date(desk: Terminal) -> None:
    plan(desk)
    dutch = ("--as", "nl", "--partnership", "uk-nl")
    assert desk.refuses("meetings", "agree", "JS-R05/2032", *dutch)[0] == 1
    assert desk.says("meetings", "offer", "JS-R05") == "JS-R05 on 2032-03-23: offered.\n"
    assert desk.says("meetings", "agree", "JS-R05", *dutch) == "JS-R05 on 2032-03-23: agreed.\n"
    assert desk.says("meetings", "move", "JS-R05", "--to", "2032-03-30", "--at", "09:30") == (
        "JS-R05 on 2032-03-30: offered.\n"
    )
    found = shown(desk, side="nl")
    assert {
        field: found[field] for field in ("start", "end", "starts_at", "consents", "layer", "sequence")
    } == {
        "start": "09:30:00",
        "end": "15:30:00",
        "starts_at": "2032-03-30T08:30:00Z",
        "consents": ["uk"],
        "layer": "joint",
        "sequence": 2,
    }
    assert desk.says("meetings", "postpone", "JS-R05") == "JS-R05 on 2032-03-30: postponed.\n"
    assert desk.says("meetings", "cancel", "JS-R05/2032") == "JS-R05 on 2032-03-30: cancelled.\n"


def test_a_plan_is_listed_for_its_own_side_alone(desk: Terminal) -> None:
    plan(desk)
    british, dutch = (
        desk.says("meetings", "list", "--as", side, "--partnership", "uk-nl").splitlines()
        for side in ("uk", "nl")
    )
    assert [line.split()[:3] for line in british[1:2]] == [["2032-03-23", "10:00", "JS-R05"]]
    assert british[2:] == ["† assumed: stated by no source"]
    assert len(dutch) == 1


def test_a_meeting_of_whole_days_moves_whole(desk: Terminal) -> None:
    plan(desk, "JS-R11", days=5)
    desk.says("meetings", "move", "JS-R11", "--to", "2032-06-07")
    found = shown(desk, "JS-R11")
    assert (found["first_day"], found["last_day"], found["start"]) == ("2032-06-07", "2032-06-11", None)
    assert desk.refuses("meetings", "move", "JS-R11", "--to", "2032-06-07", "--at", "10:00") == (
        2,
        "start: the round lasts whole days (leave the hour out)",
    )


def test_a_meeting_that_would_run_past_midnight_ends_on_the_next_day(desk: Terminal) -> None:
    plan(desk)
    desk.says("meetings", "move", "JS-R05", "--to", "2032-03-23", "--at", "20:00")
    found = shown(desk)
    assert (found["first_day"], found["start"], found["last_day"], found["end"]) == (
        "2032-03-23",
        "20:00:00",
        "2032-03-24",
        "02:00:00",
    )


def test_times_that_do_not_exist_are_refused(desk: Terminal) -> None:
    plan(desk)
    code, said = desk.refuses("meetings", "move", "JS-R05", "--to", "2032-03-28", "--at", "25:00")
    assert (code, said.splitlines()[-1]) == (
        2,
        "Error: Invalid value for '--at': '25:00' is no time; write it as 09:30",
    )
    assert desk.refuses("meetings", "move", "JS-R05", "--to", "2032-03-28", "--at", "01:30") == (
        2,
        (
            "start: 01:30 does not exist on 2032-03-28 in Europe/London: the clocks go forward over it "
            "(choose a time before or after the hour that is skipped)"
        ),
    )


def test_a_note_is_read_by_its_own_side_alone(desk: Terminal) -> None:
    plan(desk)
    desk.says("meetings", "offer", "JS-R05")
    desk.says("meetings", "note", "JS-R05", "canary of the UK")
    for side in ("uk", "nl"):
        assert "canary" not in json.dumps(shown(desk, side=side))


def test_a_skip_and_an_interval(desk: Terminal) -> None:
    skip = ("JS-R05", "--due", "2027-03-24")
    assert desk.says("skips", "propose", *skip, "--reason", "elections") == (
        "Proposed to skip JS-R05 due 2027-03-24; it counts once every side has agreed.\n"
    )
    assert desk.says("skips", "agree", *skip, "--as", "nl", "--partnership", "uk-nl") == (
        "Agreed to skip JS-R05 due 2027-03-24.\n"
    )
    assert desk.says("interval", "JS-R09", "12", "--set-by", "Head of the Netherlands Desk") == (
        "JS-R09: every 12 months, set by Head of the Netherlands Desk; both sides see this now.\n"
    )
    found = json.loads(desk.says("owed", "--on", "2027-06-25", "--json"))["owed"]
    by_key = {entry["obligation"]: entry for entry in found}
    assert (by_key["JS-R05"]["colour"], by_key["JS-R05"]["due"]) == ("green", "2028-03-24")
    assert (by_key["JS-R09"]["colour"], by_key["JS-R09"]["cadence"]["set_by"]) == (
        "amber",
        "Head of the Netherlands Desk",
    )


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        ("meetings show JS-R99", 1, "no meeting answers to 'JS-R99'"),
        ("meetings offer JS-R05/2026", 1, "a meeting that is held cannot become offered"),
        ("meetings held JS-R05/2026", 1, "a meeting that is held cannot become held"),
        ("meetings agree JS-R05/2026", 1, "the meeting is held, not offered"),
        ("skips agree JS-R05 --due 2027-03-24", 1, "nobody has proposed to skip JS-R05 due 24 March 2027"),
        ("skips propose JS-R99 --due 2027-03-24 --reason x", 1, "uk-nl has no obligation 'JS-R99'"),
        ("interval JS-R05 12 --set-by x", 1, "the text itself says how often JS-R05 is owed"),
        ("interval JS-R09 0 --set-by x", 2, "months: 0 months is no interval"),
    ],
)
def test_what_is_refused(library: Terminal, words: str, code: int, message: str) -> None:
    found, said = library.refuses(*words.split(), "--as", "uk")
    assert (found, said.partition(" (")[0]) == (code, message)


def test_no_date_in_the_past_is_offered(desk: Terminal) -> None:
    plan(desk)
    desk.says("meetings", "offer", "JS-R05")
    code, message = desk.refuses("meetings", "move", "JS-R05", "--to", "2020-03-23")
    assert (code, message.split(" (")[0]) == (2, "day: 23 March 2020 lies in the past")
    assert shown(desk)["first_day"] == "2032-03-23"


def test_a_day_that_is_closed_is_named_to_whoever_chooses_it(desk: Terminal) -> None:
    plan(desk)
    assert desk.says("meetings", "move", "JS-R05", "--to", "2032-12-25").splitlines() == [
        "JS-R05 on 2032-12-25: planned by your side.",
        "Note: Saturday 25 December 2032 is closed (uk): Saturday",
        "Note: Saturday 25 December 2032 is closed (uk): Christmas Day",
        "Note: Saturday 25 December 2032 is closed (nl): Saturday",
        "Note: Saturday 25 December 2032 is closed (nl): Christmas Day",
    ]


def test_a_round_is_shown_in_words_with_what_is_assumed(desk: Terminal) -> None:
    plan(desk)
    assert desk.says("meetings", "show", "JS-R05", "--language", "nl").splitlines()[:-2] == [
        "titel            Dialoog over zware en georganiseerde criminaliteit (SOC-dialoog)",
        "vervult          JS-R05",
        "stand            gepland door uw zijde",
        "bekend bij       alleen uk",
        "eerste dag       dinsdag 23 maart 2032",
        "tijd             10:00–16:00 Europe/London",
        "gastland         uk†",
    ]


def test_three_days_are_offered_and_one_is_accepted(desk: Terminal) -> None:
    plan(desk)
    dutch = ("--as", "nl", "--partnership", "uk-nl")
    offer = ("meetings", "offer", "JS-R05", "--or", "2032-03-30", "--or", "2032-12-25", "--host", "nl")
    assert desk.says(*offer).splitlines()[:4] == [
        "JS-R05 on 2032-03-23: offered.",
        "  1  Tuesday 23 March 2032, 10:00–16:00 Europe/London, uk",
        "  2  Tuesday 30 March 2032, 10:00–16:00 Europe/Amsterdam, nl, The Hague",
        "  3  Saturday 25 December 2032, 10:00–16:00 Europe/Amsterdam, nl, The Hague",
    ]
    assert desk.refuses("meetings", "accept", "JS-R05", *dutch) == (
        1,
        "3 options are on offer (accept one of them by its number)",
    )
    assert desk.says("meetings", "refuse", "JS-R05", "1", "--reason", "canary", *dutch).splitlines()[0] == (
        "JS-R05 on 2032-03-30: offered."
    )
    assert desk.says("meetings", "withdraw", "JS-R05", "3") == "JS-R05 on 2032-03-30: offered.\n"
    assert desk.says("meetings", "accept", "JS-R05", *dutch) == "JS-R05 on 2032-03-30: agreed.\n"
    found = shown(desk)
    assert [(option["option"], option["state"], option["host"]) for option in found["options"]] == [
        (1, "refused", "uk"),
        (2, "taken", "nl"),
        (3, "withdrawn", "nl"),
    ]
    assert [answer["party"] for answer in found["agreed_by"]] == ["uk", "nl"]
    assert "canary" not in desk.says("meetings", "show", "JS-R05")


def test_options_are_shown_with_answers_and_with_what_speaks_against_them(desk: Terminal) -> None:
    plan(desk)
    desk.says("meetings", "offer", "JS-R05", "--or", "2032-12-25")
    read = desk.says("meetings", "show", "JS-R05", "--language", "nl", "--as", "nl", "--partnership", "uk-nl")
    lines = read.partition("\nOpties\n")[2].splitlines()
    told = [line.rpartition(" (")[0] or line for line in lines if "uk at the command line" not in line]
    assert told == [
        "  1  dinsdag 23 maart 2032, 10:00–16:00 Europe/London, uk – ligt voor",
        "  2  zaterdag 25 december 2032, 10:00–16:00 Europe/London, uk – ligt voor",
        *(
            f"     ertegen, volgens uw eigen gegevens: zaterdag 25 december 2032 is gesloten ({party}): {why}"
            for party, why in (
                ("Verenigd Koninkrijk", "zaterdag"),
                ("Verenigd Koninkrijk", "Christmas Day"),
                ("Nederland", "zaterdag"),
                ("Nederland", "Eerste kerstdag"),
            )
        ),
    ]


def test_a_round_of_which_every_day_was_refused_is_offered_anew(desk: Terminal) -> None:
    plan(desk)
    desk.says("meetings", "offer", "JS-R05")
    assert desk.says("meetings", "refuse", "JS-R05", "--as", "nl", "--partnership", "uk-nl") == (
        "JS-R05 on no date: date wanted.\n"
    )
    assert "2032-03-23" not in desk.says("meetings", "list")
    assert desk.says("meetings", "offer", "JS-R05/2032", "--or", "2032-04-06", "--at", "09:00") == (
        "JS-R05 on 2032-04-06: offered.\n"
    )
    assert shown(desk)["starts_at"] == "2032-04-06T08:00:00Z"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--host", "fr", "--or", "2032-03-30"), "host: 'fr' is no party (one of uk, nl)"),
        (("--host", "nl"), "--or: no further day is given (give one with --or)"),
        (("--or", "2032-03-23"), "day: 23 March 2032 is offered twice (offer different days)"),
        (("--next-best", "2"), "--next-best: your plans know 0 further days (give days with --or)"),
    ],
)
def test_offers_that_are_refused(desk: Terminal, words: tuple[str, ...], message: str) -> None:
    plan(desk)
    assert desk.refuses("meetings", "offer", "JS-R05", *words) == (2, message)
    assert shown(desk)["state"] == "planned"
