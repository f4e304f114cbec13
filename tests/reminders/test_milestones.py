from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from scheduler.meetings.rules import State
from scheduler.reminders.milestones import Amount, Audience, Setting, Settings, problem_of
from scheduler.reminders.rules import DateWanted, Recipient, Round, date_wanted, steps
from scheduler.words import say

DRAFT = "first_draft"
PLAIN = Setting(
    DRAFT,
    "",
    "",
    "",
    8,
    is_off=False,
    audience=None,
    set_by="UK secretariat",
    set_at=datetime(2027, 2, 1, tzinfo=UTC),
)
DESK = Recipient("uk/desk", "fcdo", "desk@fcdo.example", ())
OTHER = Recipient("uk/crime-desk", "home-office", "crime@home-office.example", ())
ROUND = Round(
    "4f",
    1,
    State.AGREED,
    "expert",
    date(2027, 6, 1),
    date(2027, 6, 1),
    consented=True,
    obligations=("SOC", "MIN"),
)


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ((), 3),
        ((PLAIN,), 8),
        ((PLAIN, replace(PLAIN, level="expert", amount=7)), 7),
        ((PLAIN, replace(PLAIN, level="ministerial", amount=7)), 8),
        ((replace(PLAIN, level="expert", amount=7), replace(PLAIN, obligation="SOC", amount=6)), 6),
        ((replace(PLAIN, obligation="SOC", amount=6), replace(PLAIN, post="uk/desk", amount=5)), 5),
        ((replace(PLAIN, post="uk/desk", amount=5), replace(PLAIN, post="uk/desk", obligation="SOC")), 8),
        ((replace(PLAIN, obligation="MIN", amount=2), replace(PLAIN, obligation="SOC", amount=4)), 4),
        ((replace(PLAIN, obligation="OTHER"),), 3),
        ((replace(PLAIN, post="uk/other"),), 3),
        ((replace(PLAIN, step="record"),), 3),
        ((replace(PLAIN, amount=None, audience="host"),), 3),
    ],
)
def test_the_most_specific_setting_holds(settings: tuple[Setting, ...], expected: int) -> None:
    for order in (settings, settings[::-1]):
        assert Settings(order).amount(DRAFT, "expert", ("SOC", "MIN"), "uk/desk").value == expected


def test_a_value_has_its_origin() -> None:
    off = replace(PLAIN, amount=None, is_off=True)
    assert Settings((off,)).amount(DRAFT, "expert") == Amount(None, off)
    assert Settings().amount(DRAFT, "mixed") == Amount(5, None)
    assert Settings().amount("escalation_head", "expert") == Amount(10, None)
    assert Settings().audience(DRAFT, "expert") == Audience("lead", None)
    told = replace(PLAIN, amount=None, audience="uk/crime-desk")
    assert Settings((told,)).audience(DRAFT, "expert") == Audience("uk/crime-desk", told)
    assert Settings((told,)).posts_named() == {"uk/crime-desk"}


@pytest.mark.parametrize(
    ("setting", "place"),
    [
        (replace(PLAIN, step="nonsense"), "milestone"),
        (replace(PLAIN, level="mixed"), "level"),
        (replace(PLAIN, amount=None), "weeks"),
        (replace(PLAIN, is_off=True), "weeks"),
        (replace(PLAIN, amount=105), "weeks"),
        (replace(PLAIN, step="escalation_head", amount=0), "weeks"),
        (replace(PLAIN, audience="everybody"), "audience"),
        (replace(PLAIN, audience="lead", post="uk/desk"), "audience"),
        (replace(PLAIN, step="escalation_head", audience="lead"), "audience"),
        (replace(PLAIN, step="escalation_secretariat", audience="uk/desk"), "audience"),
    ],
)
def test_what_cannot_be_meant_is_named(setting: Setting, place: str) -> None:
    problem = problem_of(setting)
    assert problem is not None
    assert problem.place == place


def test_what_can_be_meant_is_not() -> None:
    good = (PLAIN, replace(PLAIN, amount=-4), replace(PLAIN, step="escalation_head", audience="uk/desk"))
    assert [problem_of(setting) for setting in good] == [None, None, None]


def test_a_step_moves_for_the_post_that_asked_and_says_whose_wish_it_is() -> None:
    settings = Settings((replace(PLAIN, post="uk/desk"),))
    found = [entry for entry in steps(ROUND, {"lead": (DESK, OTHER)}, settings) if entry.step == DRAFT]
    assert [(entry.recipient.post, entry.day) for entry in found] == [
        ("uk/desk", date(2027, 4, 6)),
        ("uk/crime-desk", date(2027, 5, 11)),
    ]
    assert [say(entry.because[0], "en").partition("; ")[2] for entry in found] == [
        "your side chose so (set by UK secretariat on 1 February 2027).",
        "no source says so: it is our default (assumed).",
    ]


def test_a_step_that_is_off_is_asked_of_nobody_and_another_post_may_stand_in_for_an_audience() -> None:
    off = replace(PLAIN, amount=None, is_off=True)
    assert [entry for entry in steps(ROUND, {"lead": (DESK,)}, Settings((off,))) if entry.step == DRAFT] == []
    told = Settings((replace(PLAIN, amount=None, audience="uk/crime-desk"),))
    found = steps(ROUND, {"lead": (DESK,), "uk/crime-desk": (OTHER,)}, told)
    assert [entry.recipient for entry in found if entry.step == DRAFT] == [OTHER]


def test_a_date_is_sought_earlier_where_the_side_wants_it_so() -> None:
    wanted = DateWanted("uk-nl/SOC", date(2027, 3, 24), date(2026, 11, 25), (), "senior_official", ("SOC",))
    early = Settings((replace(PLAIN, step="save_the_date", amount=20),))
    (default,), (moved,) = date_wanted(wanted, (DESK,)), date_wanted(wanted, (DESK,), early)
    assert (default.day, moved.day) == (date(2026, 11, 25), date(2026, 11, 4))
    assert default.key == moved.key
    assert say(moved.because[-1], "nl") == (
        "uw zijde zoekt de datum 20 weken tevoren (vastgesteld door UK secretariat op 1 februari 2027)"
    )
