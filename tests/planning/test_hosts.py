from datetime import date
from typing import Any

import pytest

from scheduler.planning.days import Days
from scheduler.planning.hosts import choose_hosts
from scheduler.planning.problem import Fixed, Hosting, Problem, Slot
from tests.planning.instances import LONDON_HOURS, MAY_4, SHORT_DAY, TWICE, a_problem, a_round, a_series

DAYS = (date(2027, 3, 2), date(2027, 9, 7), date(2027, 12, 7))
LAST_IN_LONDON = Fixed(
    key="held", obligations=("A",), first=date(2026, 3, 24), last=date(2026, 3, 24), host="uk"
)


def hosting(hosting: Hosting, pins: tuple[str | None, ...] = (None, None, None), **values: Any) -> Problem:
    rounds = tuple(
        a_round("A", number, aim=day, pin=Slot(first=day, host=pin) if pin else None)
        for number, (day, pin) in enumerate(zip(DAYS, pins, strict=True), 1)
    )
    return a_problem(a_series(cadence=TWICE, hosting=hosting), rounds=rounds, **values)


def hosts(problem: Problem) -> list[str | None]:
    chosen = {round_.key: round_.aim for round_ in problem.rounds}
    return [hosted.host for hosted in choose_hosts(Days(problem), chosen).values()]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (Hosting(rule="alternate", next="nl"), ["nl", "uk", "nl"]),
        (Hosting(rule="alternate"), ["uk", "nl", "uk"]),
        (Hosting(rule="fixed", party="nl"), ["nl", "nl", "nl"]),
        (Hosting(rule="third_place"), [None, None, None]),
        (Hosting(rule="online"), [None, None, None]),
        (Hosting(rule="none"), [None, None, None]),
    ],
    ids=["alternate, turn known", "alternate, turn unknown", "fixed", "third place", "online", "none"],
)
def test_the_host_rule_decides(rule: Hosting, expected: list[str | None]) -> None:
    assert hosts(hosting(rule)) == expected


def test_the_turn_follows_the_last_round_held() -> None:
    assert hosts(hosting(Hosting(rule="alternate"), fixed=(LAST_IN_LONDON,))) == ["nl", "uk", "nl"]


def test_a_turn_that_people_set_goes_before_the_record() -> None:
    assert hosts(hosting(Hosting(rule="alternate", next="uk"), fixed=(LAST_IN_LONDON,))) == ["uk", "nl", "uk"]


def test_a_pinned_host_costs_its_turn_once_and_alternation_goes_on_from_it() -> None:
    problem = hosting(Hosting(rule="alternate", next="uk"), pins=("nl", None, None))
    hosted = choose_hosts(
        Days(problem), dict(zip([entry.key for entry in problem.rounds], DAYS, strict=True))
    )
    assert [(entry.host, entry.reason["en"]) for entry in hosted.values()] == [
        ("nl", "the host is pinned"),
        ("uk", "its turn to host"),
        ("nl", "its turn to host"),
    ]
    assert [(line.rule, line.price) for entry in hosted.values() for line in entry.lines] == [
        ("host-turn", 150)
    ]
    assert hosted["A/2027-1"].lines[0].reason == {
        "en": "it was the turn of uk, and nl hosts",
        "nl": "uk was aan de beurt, en nl is gastland",
    }


def test_an_unknown_turn_is_free_and_says_so_and_goes_to_the_side_that_hosts_least() -> None:
    problem = a_problem(*(a_series(key, hosting=Hosting(rule="alternate")) for key in "ABC"))
    hosted = choose_hosts(Days(problem), {f"{key}/2027-1": MAY_4 for key in "ABC"})
    assert [entry.host for entry in hosted.values()] == ["uk", "nl", "uk"]
    assert {entry.reason["nl"] for entry in hosted.values()} == {
        "wie aan de beurt is, is niet geregistreerd: vrij te kiezen"
    }


def test_an_assumed_host_rule_is_shown_as_assumed() -> None:
    problem = a_problem(a_series(hosting=Hosting(rule="fixed", party="uk"), assumed=("host",)))
    (hosted,) = choose_hosts(Days(problem), {"A/2027-1": MAY_4}).values()
    assert hosted.reason == {"en": "the host is fixed (assumed)", "nl": "het gastland ligt vast (aangenomen)"}


def test_a_turn_owed_costs_more_than_another_and_once() -> None:
    problem = hosting(Hosting(rule="alternate", next="nl", owed_by="nl"), pins=("uk", "nl", "nl"))
    hosted = choose_hosts(Days(problem), {entry.key: entry.aim for entry in problem.rounds})
    assert [(line.rule, line.price) for entry in hosted.values() for line in entry.lines] == [
        ("host-debt", 450),
        ("host-turn", 150),
    ]
    assert hosted["A/2027-1"].lines[0].reason == {
        "en": "nl agreed to host in return, and uk hosts",
        "nl": "nl zou in ruil daarvoor gastland zijn, en uk is gastland",
    }


def test_a_turn_that_the_sides_have_not_agreed_on_is_free() -> None:
    problem = hosting(Hosting(rule="alternate", undecided=True), fixed=(LAST_IN_LONDON,))
    hosted = choose_hosts(Days(problem), {entry.key: entry.aim for entry in problem.rounds})
    assert [entry.reason["en"] for entry in hosted.values()] == [
        "the sides have yet to agree whose turn it is: free to choose",
        "its turn to host",
        "its turn to host",
    ]
    assert [entry.lines for entry in hosted.values()] == [(), (), ()]


def test_the_record_of_a_turn_is_told_with_it() -> None:
    why = {"en": "hosts take turns", "nl": "men wisselt af"}
    problem = a_problem(a_series(hosting=Hosting(rule="alternate", next="uk", why=why), assumed=("host",)))
    (hosted,) = choose_hosts(Days(problem), {"A/2027-1": MAY_4}).values()
    assert hosted.reason == {
        "en": "its turn to host: hosts take turns",
        "nl": "aan de beurt als gastland: men wisselt af",
    }


def test_a_side_whose_offices_close_too_early_does_not_host() -> None:
    series = a_series(hosting=Hosting(rule="alternate", next="nl"), hours=6)
    problem = a_problem(series, office_hours={"uk": LONDON_HOURS, "nl": SHORT_DAY})
    assert hosts(problem) == ["uk"]


def test_a_host_that_people_asked_for_hosts() -> None:
    problem = a_problem(a_series(hosting=Hosting(rule="either")), rounds=(a_round(host="nl"),))
    assert hosts(problem) == ["nl"]
