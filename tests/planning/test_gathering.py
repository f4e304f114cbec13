"""From what a programme, a side and its other partnerships say to the problem that a plan answers."""

import json
from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from sqlalchemy import Engine

from scheduler.dates.preferences import Preferred
from scheduler.db.work import reading, unit_of_work
from scheduler.diaries.actions import keep_file, read_file
from scheduler.meetings import actions as meetings
from scheduler.meetings.queries import meetings as meetings_of
from scheduler.obligations.actions import agree_link, propose_link
from scheduler.obligations.queries import obligation
from scheduler.partnerships.actions import Closing, close_days, open_days
from scheduler.partnerships.queries import partnership
from scheduler.planning.days import Days
from scheduler.planning.explaining import explain_day, round_named
from scheduler.planning.problem import Capacity, Problem
from scheduler.planning.record import to_json
from scheduler.planning.solver import solve
from scheduler.planning.timing import slot_of
from scheduler.programmes.loading import load
from tests.builders import NL, NOW, OPERATOR, PARTNERSHIP, SECTIONS, SMALL, UK, US, agreed, programme, slot
from tests.ical.foreign_calendars import calendar, event
from tests.planning.programmes import approved, load_changed, problem_of

SOC_2027 = "SOC/2027-1"
THE_DAY = date(2027, 3, 24)
"""A Wednesday, on which the dialogue is due; the notice of its level ends later."""

JUNE_2 = date(2027, 6, 2)
REVIEW: dict[str, Any] = {
    "key": "REVIEW",
    "title": {"en": "Review", "nl": "Evaluatie"},
    "relations": [],
    "themes": [],
    "topics": [],
    "posts": [{"post": "uk/director", "role": "chair"}],
}


def planned_day(problem: Problem, round_: str = SOC_2027) -> date:
    return next(placed.first for placed in solve(problem).placements if placed.round == round_)


def refused(problem: Problem, day: date) -> list[tuple[str, str]]:
    answer = explain_day(problem, solve(problem), round_named(problem, SOC_2027), day)
    return [(entry.rule, entry.reason["en"]) for entry in answer.refusals]


def test_preferences_and_capacities_come_from_the_programme(engine: Engine) -> None:
    def limit(parties: list[dict[str, Any]]) -> None:
        parties[0]["offices"][0]["capacity"] = {"meetings_a_week": 2, "comfortable": 1}

    preferred = {"weeks": [23, 24], "weekdays": ["monday"]}
    load_changed(engine, soc={"preferred": preferred}, parties=limit)
    problem = problem_of(engine)
    assert problem.series[0].preferred == Preferred(weeks=(23, 24), weekdays=(0,))
    assert [(entry.office, entry.most, entry.comfortable) for entry in problem.capacities] == [
        ("uk/fcdo", 2, 1)
    ]
    assert planned_day(problem) == date(2027, 6, 7)
    plain = replace(problem.series[0], preferred=Preferred())
    assert planned_day(replace(problem, series=(plain, *problem.series[1:]))) == date(2027, 6, 1)


def test_days_between_a_report_and_its_reader(engine: Engine) -> None:
    reports = {"type": "reports_to", "to": "REVIEW", "note": None, "basis": "assumed", "lag_days": 14}

    def add(obligations: list[dict[str, Any]]) -> None:
        obligations[0]["relations"].append(reports)
        obligations.append({**obligations[0], **REVIEW})

    load_changed(engine, obligations=add)
    (order,) = problem_of(engine).orders
    assert (order.before, order.after, order.lag_days, order.basis) == (
        SOC_2027,
        "REVIEW/2027-1",
        14,
        "assumed",
    )


@pytest.mark.parametrize(
    ("soc", "expected"),
    [
        (
            {"host": {"rule": "third_place", "place": {"en": "Brussels"}, "zone": "Europe/Brussels"}},
            (None, {"en": "Brussels"}, "Europe/Brussels", time(10), time(16), 1),
        ),
        (
            {"host": {"rule": "online"}, "start_time": "08:00"},
            (None, {"en": "Online", "nl": "Online"}, "Europe/London", time(9), time(15), 1),
        ),
        (
            {"host": {"rule": "fixed", "party": "nl"}, "duration": {"days": 5}, "start_time": None},
            ("nl", {"en": "The Hague", "nl": "Den Haag"}, "Europe/Amsterdam", None, None, 5),
        ),
        (
            {"host": {"rule": "fixed", "party": "nl"}, "duration": {"days": 2}, "start_time": None},
            ("nl", {"en": "The Hague", "nl": "Den Haag"}, "Europe/Amsterdam", None, None, 2),
        ),
    ],
    ids=["third place", "online", "training week", "two days"],
)
def test_every_kind_of_round_ends_as_a_meeting(
    engine: Engine, soc: dict[str, Any], expected: tuple[Any, ...]
) -> None:
    host = {"next": None, "party": None, "place": None, "zone": None, **soc["host"]}
    load_changed(engine, soc={**soc, "host": host})
    (made,) = approved(engine, [SOC_2027])
    assert made.slot is not None
    at = made.slot
    assert (made.host, made.place, at.zone, at.start, at.end, len(at.days)) == expected
    assert all(day.weekday() < 5 for day in at.days)


def across_the_ocean(parties: list[dict[str, Any]]) -> None:
    parties[1]["zone"] = "America/New_York"


@pytest.mark.parametrize(
    ("day", "begins"),
    [
        (date(2027, 3, 10), time(14)),
        (date(2027, 3, 16), time(13)),  # New York changed its clocks on the 14th, London will on the 28th
        (date(2027, 3, 30), time(14)),
    ],
)
def test_an_online_round_begins_when_both_capitals_work(engine: Engine, day: date, begins: time) -> None:
    online = {"rule": "online", "next": None, "party": None, "place": None, "zone": None}
    load_changed(engine, soc={"host": online, "duration": {"hours": 3}}, parties=across_the_ocean)
    with reading(engine, UK, NOW) as work:
        at = slot_of(partnership(work, PARTNERSHIP), obligation(work, PARTNERSHIP, "SOC"), day, day, None)
    assert (at.start, at.zone) == (begins, "Europe/London")


def test_a_round_longer_than_the_hours_in_common_says_so(engine: Engine) -> None:
    online = {"rule": "online", "next": None, "party": None, "place": None, "zone": None}
    load_changed(engine, soc={"host": online, "duration": {"hours": 4}}, parties=across_the_ocean)
    ((rule, reason),) = refused(problem_of(engine), JUNE_2)
    assert (rule, reason.split("; ")) == (
        "office-hours",
        [
            "the round lasts 4 hours",
            "office hours that all sides share on Wednesday 2 June 2027: 14:00 to 17:00 (Europe/London)",
        ],
    )


def test_capitals_half_a_world_apart_share_no_hour(engine: Engine) -> None:
    def down_under(parties: list[dict[str, Any]]) -> None:
        parties[1]["zone"] = "Pacific/Auckland"

    online = {"rule": "online", "next": None, "party": None, "place": None, "zone": None}
    load_changed(engine, soc={"host": online, "duration": {"hours": 1}}, parties=down_under)
    ((rule, reason),) = refused(problem_of(engine), JUNE_2)
    assert (rule, reason.rpartition(": ")[2]) == ("office-hours", "none")


def test_a_blackout_of_one_side_is_its_own(engine: Engine) -> None:
    load_changed(engine)
    day = planned_day(problem_of(engine))
    with unit_of_work(engine, UK, NOW) as work:
        close_days(work, PARTNERSHIP, Closing(first=day, last=day, title={"en": "Budget"}))
    assert [rule for rule, _ in refused(problem_of(engine), day)] == ["blackout"]
    theirs = problem_of(engine, NL)
    assert planned_day(theirs) == day
    assert "Budget" not in json.dumps(to_json(theirs))
    with unit_of_work(engine, UK, NOW) as work:
        open_days(work, PARTNERSHIP, "blackout", day, day)
    assert planned_day(problem_of(engine)) == day


def test_days_closed_for_one_office_bind_the_rounds_it_takes_part_in(engine: Engine) -> None:
    load_changed(engine)
    day = planned_day(problem_of(engine))
    with unit_of_work(engine, UK, NOW) as work:
        closing = Closing(first=day, last=day, title={"en": "Move"}, offices=("fcdo",), kind="absence")
        close_days(work, PARTNERSHIP, closing)
    assert [rule for rule, _ in refused(problem_of(engine), day)] == ["closed-day"]


def test_a_diary_forbids_and_prices_the_days_of_its_own_side(engine: Engine) -> None:
    load_changed(engine)
    day = planned_day(problem_of(engine))
    taken = event(f"DTSTART:{day:%Y%m%d}T110000Z", f"DTEND:{day:%Y%m%d}T120000Z")
    held = event(f"DTSTART;VALUE=DATE:{JUNE_2:%Y%m%d}", "STATUS:TENTATIVE", uid="2")
    with unit_of_work(engine, UK, NOW) as work:
        keep_file(work, PARTNERSHIP, "uk/director", read_file(calendar(taken, held), "Europe/London", NOW))
    ours, theirs = problem_of(engine), problem_of(engine, NL)
    assert [rule for rule, _ in refused(ours, day)] == ["diary"]
    wishes = Days(ours).lines(round_named(ours, SOC_2027), JUNE_2)
    assert [line.rule for line in wishes if line.rule != "aim"] == ["tentative"]
    assert "diary" not in json.dumps(to_json(theirs))
    assert planned_day(theirs) == day


def uk_us() -> dict[str, Any]:
    """Return a programme of the United Kingdom with another party, in which the same director sits."""
    given = programme(SMALL)
    given["partnership"] |= {"key": "uk-us", "title": {"en": "UK–US"}, "parties": ["uk", "us"]}
    other = given["parties"][1]
    other |= {"key": "us", "zone": "America/New_York", "holidays": {"country": "US", "subdivision": None}}
    text = (
        json.dumps(given)
        .replace('"nl/director"', '"us/director"')
        .replace('{"uk": "fcdo", "nl": "bz"}', "{}")
    )
    changed: dict[str, Any] = json.loads(text)
    changed["sources"][0]["parties"] = ["uk", "us"]
    changed["closed_days"] = []
    return changed


def test_a_director_in_two_partnerships_sits_in_one_meeting_a_day(engine: Engine) -> None:
    load_changed(engine)
    day = planned_day(problem_of(engine))
    with unit_of_work(engine, OPERATOR, NOW) as work:
        load(work, uk_us(), SECTIONS)
    before = problem_of(engine, NL)
    with unit_of_work(engine, UK, NOW) as work:
        elsewhere = obligation(work, "uk-us", "SOC")
        meetings.plan_round(work, meetings.Round((elsewhere,), slot(day), "uk", None, {}))
    ours = problem_of(engine)
    assert [(entry.obligations, entry.title) for entry in ours.fixed if entry.title] == [
        ((), {"en": "Crime Dialogue (UK–US)", "nl": "Misdaaddialoog (UK–US)"})
    ]
    assert refused(ours, day) == [
        (
            "one-meeting-a-day",
            f"on {day:%A} {day.day} {day:%B} {day.year} Director is already needed for Crime Dialogue (UK–US)",
        )
    ]
    assert problem_of(engine, NL) == before
    assert all(not entry.title for entry in problem_of(engine, US, "uk-us").fixed)


def test_duties_that_both_sides_merged_are_one_meeting(engine: Engine) -> None:
    may = {"type": "may_discharge", "to": "REVIEW", "note": None, "basis": "assumed", "lag_days": None}

    def add(obligations: list[dict[str, Any]]) -> None:
        obligations.append({**obligations[0], **REVIEW})
        obligations[0]["relations"].append(may)

    load_changed(engine, obligations=add)
    assert {"SOC", "REVIEW"} <= {entry.obligation for entry in problem_of(engine).rounds}
    for act, actor in ((propose_link, UK), (agree_link, NL)):
        with unit_of_work(engine, actor, NOW) as work:
            act(work, obligation(work, PARTNERSHIP, "SOC"), obligation(work, PARTNERSHIP, "REVIEW"), 2027)
    problem = problem_of(engine)
    assert [(entry.key, entry.also) for entry in problem.rounds if entry.obligation != "ROOF"] == [
        (SOC_2027, ("REVIEW",))
    ]
    (made,) = approved(engine, [SOC_2027])
    assert made.duties == ("SOC", "REVIEW")


def test_a_capacity_keeps_its_basis(engine: Engine) -> None:
    def limit(parties: list[dict[str, Any]]) -> None:
        parties[0]["offices"][0]["capacity"] = {"meetings_a_week": 2, "comfortable": None}
        parties[0]["offices"][0]["basis"]["capacity"] = "assumed"

    load_changed(engine, parties=limit)
    title = {"en": "Foreign Office", "nl": "Brits ministerie van Buitenlandse Zaken"}
    assert problem_of(engine).capacities == (
        Capacity(office="uk/fcdo", title=title, most=2, comfortable=None, basis="assumed"),
    )


def test_whose_turn_it_is_follows_the_round_on_record_and_not_the_first_turn_of_the_programme(
    engine: Engine,
) -> None:
    load_changed(engine, soc={"host": {"rule": "alternate", "next": "uk"}, "rounds": []})
    assert problem_of(engine).series[0].hosting.next == "uk"
    agreed(engine, date(2027, 2, 1))
    with unit_of_work(engine, UK, NOW) as work:
        (only,) = (entry for entry in meetings_of(work, PARTNERSHIP) if entry.day == date(2027, 2, 1))
        meetings.record_held(work, only.uid, date(2027, 2, 1))
    asked = problem_of(engine, last=date(2028, 12, 31))
    found = solve(asked)
    assert asked.series[0].hosting.next == "nl"
    assert next(entry.host for entry in found.placements if entry.round.startswith("SOC/")) == "nl"


@pytest.mark.parametrize(
    ("basis", "begins"), [("assumed", time(9)), ("stated", time(8)), ("set:UK", time(8))]
)
def test_only_a_start_that_is_assumed_gives_way_to_office_hours(
    engine: Engine, basis: str, begins: time
) -> None:
    load_changed(engine, soc={"start_time": "08:00", "duration": {"hours": 3}})
    with reading(engine, UK, NOW) as work:
        facts, promised = partnership(work, PARTNERSHIP), obligation(work, PARTNERSHIP, "SOC")
        said = replace(promised, basis={**promised.basis, "start_time": basis})
        assert slot_of(facts, said, THE_DAY, THE_DAY, "uk").start == begins


def test_what_was_held_is_known_by_its_day_so_that_every_installation_has_the_same_problem(
    engine: Engine,
) -> None:
    load_changed(engine)
    uid = agreed(engine, date(2027, 2, 1))
    with unit_of_work(engine, UK, NOW) as work:
        meetings.record_held(work, uid, date(2027, 2, 1))
    keys = {entry.key for entry in problem_of(engine).fixed}
    assert "SOC/2027-02-01" in keys
    assert uid not in keys
