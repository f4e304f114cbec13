"""The planner as a secretariat uses it: ask, watch the search, read the plan, approve, and nothing told to others."""

import re
from datetime import date
from threading import Event

import pytest
from flask import Flask
from sqlalchemy import Engine

from scheduler import clock
from scheduler.planning.requests.searching import work_off
from tests.web.site import UK_DESK, UK_READER, Page, Visitor, put_round, visitor

PLANNER = "/plan/uk-nl"
ROUNDS = "//section[@id='rounds']//table"
SEARCHING = "//section[@aria-labelledby='searching']"
MINUS = "\N{MINUS SIGN}"
R1 = [
    "R1/2027-1 Organised Crime Dialogue",
    (
        "Tue 23 Mar 2027 UK hosts. "
        "Its turn to host: no host of the last round is on record; the programme names London (assumed). "
        "round before: 24 Mar 2026"
    ),
    "1 1 day from the aim, Wednesday 24 March 2027.",
    "Mon 22 Mar 2027 +9 Wed 24 Mar 2027 +49 Thu 25 Mar 2027 +51 20 other days possible",
    "amber 24 Nov 2026 red 2 Dec 2026",
]


def ask(desk: Visitor) -> str:
    """Ask for a plan of two years; return the address of the first valid one, with its search."""
    token = desk.get(PLANNER).token
    span = {"first": "2026-11-21", "last": "2028-12-31"}
    answer = desk.client.post(PLANNER, data={"csrf_token": token, **span})
    assert answer.status_code == 302
    return str(answer.location)


def proved(desk: Visitor, engine: Engine) -> str:
    """Ask for a plan and have the search worked off; return the address of the proved plan."""
    asked = ask(desk)
    assert work_off(engine, clock.now, Event()) == 1
    return str(desk.client.get(asked).location)


def listed(page: Page) -> list[list[str]]:
    return page.rows("//section[@aria-labelledby='plans']//table")


def test_the_form_proposes_the_rest_of_this_year_and_the_next(uk: Visitor) -> None:
    page = uk.get(PLANNER)
    assert page.values("//input[@type='date']/@value") == ["2026-11-21", "2027-12-31"]
    assert page.said("//section[@aria-labelledby='plans']/p") == ["Your side has made no plan yet."]


def test_the_first_valid_plan_is_there_at_once_and_the_page_looks_again_by_itself(uk: Visitor) -> None:
    asked = ask(uk)
    answer = uk.client.get(asked)
    assert answer.headers["Refresh"] == "3"
    page = uk.get(asked)
    assert len(page.rows(ROUNDS)) == 4
    assert page.said(f"{SEARCHING}//h2") == ["Waiting for the search."]
    assert page.said(f"{SEARCHING}//p")[0] == (
        "The best plan so far costs 200383, at most 100100 (50.0%) above the cheapest. "
        "Proved so far: none costs less than 100,283."
    )


def test_whoever_reads_slowly_keeps_the_page_still(uk: Visitor) -> None:
    asked = ask(uk)
    (still,) = uk.get(asked).values(f"{SEARCHING}//a/@href")
    answer = uk.client.get(still)
    assert (answer.status_code, "Refresh" in answer.headers) == (200, False)
    (follow,) = uk.get(still).values(f"{SEARCHING}//a/@href")
    assert follow == asked


def test_when_the_search_is_over_the_page_leads_to_the_proved_plan(uk: Visitor, engine: Engine) -> None:
    address = proved(uk, engine)
    assert "Refresh" not in uk.client.get(address).headers
    page = uk.get(address)
    assert page.said("//ul[contains(@class, 'plan-counts')]/li") == [
        "4 rounds have a day of 4 owed",
        "2 limits broken named below, in red",
        "0 on your calendar approved from this plan",
        "Price 200,293 Proved: no plan costs less.",
    ]
    assert [row[0] for row in page.rows(ROUNDS)] == [
        "R1/2027-1 Organised Crime Dialogue",
        "R2/2026-1 Annual review",
        "R1/2028-1 Organised Crime Dialogue",
        "R2/2028-1 Annual review",
    ]
    assert page.rows(ROUNDS)[0] == R1


def test_the_first_plan_stays_and_points_to_the_better_one(uk: Visitor, engine: Engine) -> None:
    first = ask(uk).partition("?")[0]
    work_off(engine, clock.now, Event())
    page = uk.get(first)
    (better,) = page.values("//p[@class='notice']/a/@href")
    assert [row[3:] for row in listed(uk.get(PLANNER))] == [
        ["200,293 Proved: no plan costs less.", uk.get(better).facts("//dl")["Found by"].replace(",", "")],
        ["200,383 Not proved: at most 100,100 above the cheapest.", "greedy 1 seed 0"],
    ]


def test_a_search_can_be_stopped_and_the_best_plan_is_kept(uk: Visitor, engine: Engine) -> None:
    asked = ask(uk)
    (action,) = uk.get(asked).values(f"{SEARCHING}//form/@action")
    page = uk.post(action, on_page=asked)
    assert page.said("//p[@role='status']") == ["stopped; the best plan found is kept"]
    assert (page.rows(SEARCHING), len(page.rows(ROUNDS))) == ([], 4)
    assert work_off(engine, clock.now, Event()) == 0


def test_the_costs_add_up_to_the_price(uk: Visitor, engine: Engine) -> None:
    page = uk.get(proved(uk, engine))
    assert page.rows("//section[@aria-labelledby='costs']//table") == [
        ["The next round follows before its obligation turns red.", "1", "100,000"],
        ["Every calendar year wholly in force has the rounds it owes.", "1", "100,000"],
        ["A round is close to the day it is due.", "4", "230"],
        ["A round whose limit is broken takes place as soon as possible.", "1", "63"],
    ]
    assert page.said("//tfoot//td")[-1] == "200,293"


def test_what_no_choice_of_days_keeps_is_said_in_red(uk: Visitor, engine: Engine) -> None:
    page = uk.get(proved(uk, engine))
    assert page.said("//section[@aria-labelledby='not-possible']//li") == [
        (
            "100,000 Annual review: rounds in 2026, held or planned: 0 of 1; "
            "first possible day by lead times (assumed): Saturday 20 March 2027."
        )
    ]


def test_each_year_is_drawn_with_the_plan_last_year_and_the_limits(uk: Visitor, engine: Engine) -> None:
    page = uk.get(proved(uk, engine))
    lanes = "//*[local-name()='g'][starts-with(@class, 'lane green')]//*[local-name()='title']"
    assert page.said("//section[@class='year-drawing']/h2") == ["2027", "2028"]
    for layout in ("wide", "narrow"):
        later = f"//section[@aria-labelledby='year-2028']//div[@class='chart {layout}']{lanes}"
        assert page.said(later)[1:] == [
            "Window, assumed: 1 January 2028 – 31 March 2028",
            "Window, assumed: 1 September 2028 – 31 October 2028",
            "Last year: 23 March 2027",
            "Red after: 23 June 2028",
            "Organised Crime Dialogue: the plan’s day, 21 March 2028",
        ]


def test_chosen_rounds_go_on_the_calendar_of_the_side_and_the_others_wait(
    uk: Visitor, engine: Engine
) -> None:
    address = proved(uk, engine)
    page = uk.post(address, on_page=address, round="R1/2027-1")
    assert page.said("//p[@role='status']") == [
        "1 round is on your side’s calendar. Offer its date from its page."
    ]
    assert page.rows(ROUNDS)[0][0] == f"{R1[0]} On the calendar: planned by your side"
    assert page.values("//input[@name='round']/@value") == ["R2/2026-1", "R1/2028-1", "R2/2028-1"]
    (meeting,) = page.values(f"{ROUNDS}//a[starts-with(@href, '/meetings/')]/@href")
    assert uk.get(meeting).said("//p[@class='when']") == ["Tuesday 23 March 2027"]


def test_a_whole_plan_is_approved_with_one_button(uk: Visitor, engine: Engine) -> None:
    address = proved(uk, engine)
    page = uk.post(address, on_page=address, all="1")
    assert page.said("//p[@role='status']") == [
        "4 rounds are on your side’s calendar. Offer their dates from each round’s page."
    ]
    assert page.values("//input[@name='round']/@value") == []


def test_approving_nothing_changes_nothing_and_says_what_would_be_right(uk: Visitor, engine: Engine) -> None:
    address = proved(uk, engine)
    page = uk.post(address, on_page=address)
    assert page.status == 400
    assert "tick at least one round, or approve all" in page.main
    assert uk.get(address).said("//ul[contains(@class, 'plan-counts')]/li")[2].startswith("0 ")


def test_a_plan_does_not_exist_for_the_other_side(uk: Visitor, nl: Visitor, engine: Engine) -> None:
    address = proved(uk, engine)
    key = address.rpartition("/")[2]
    assert listed(nl.get(PLANNER)) == []
    for path in (address, f"{address}/rounds/R1/2027-1", f"{PLANNER}/compare?one=calendar&other={key}"):
        found, unknown = nl.get(path), nl.get(path.replace(key, "0" * 12))
        assert (found.status, unknown.status) == (404, 404)
        assert re.sub(key, "", found.main) == re.sub("0" * 12, "", unknown.main)


def test_plans_are_for_those_who_work_for_the_side(app: Flask, engine: Engine) -> None:
    reader, desk = visitor(app, engine, UK_READER), visitor(app, engine, UK_DESK)
    assert reader.get(PLANNER).status == 403
    assert PLANNER not in reader.get("/year/uk-nl/2027").values("//nav//a/@href")
    assert PLANNER in desk.get("/year/uk-nl/2027").values("//nav//a/@href")
    assert desk.get(PLANNER).status == 200


@pytest.mark.parametrize(
    "span", [{"first": "", "last": "2027-12-31"}, {"first": "2027-12-31", "last": "2027-01-01"}]
)
def test_days_that_are_no_span_are_refused(uk: Visitor, span: dict[str, str]) -> None:
    assert uk.post(PLANNER, on_page=PLANNER, **span).status == 400
    assert listed(uk.get(PLANNER)) == []


def test_two_plans_are_compared_round_by_round_and_line_by_line(uk: Visitor, engine: Engine) -> None:
    later = proved(uk, engine).rpartition("/")[2]
    (first,) = (row[0].split()[-1] for row in listed(uk.get(PLANNER)) if later not in row[0])
    page = uk.get(f"{PLANNER}/compare?one={first}&other={later}")
    assert page.rows("//section[@aria-labelledby='rounds']//table")[0] == [
        "R1 Organised Crime Dialogue",
        "Wed 24 Mar 2027 UK",
        "Tue 23 Mar 2027 UK",
        f"moved {MINUS}1 day",
    ]
    prices = page.said("//section[@aria-labelledby='prices']/p|//section[@aria-labelledby='prices']//li")
    assert prices[:2] == [
        f"From 200,383 to 200,293 ({MINUS}90).",
        "+1 R1/2027-1 1 day from the aim, Wednesday 24 March 2027.",
    ]


def test_a_plan_is_compared_with_the_calendar(uk: Visitor, engine: Engine) -> None:
    key = proved(uk, engine).rpartition("/")[2]
    page = uk.get(f"{PLANNER}/compare?one=calendar&other={key}")
    assert page.rows("//section[@aria-labelledby='rounds']//table")[0] == [
        "R1 Organised Crime Dialogue",
        "–",
        "Tue 23 Mar 2027 UK",
        "new",
    ]
    assert uk.get(f"{PLANNER}/compare?one={key}&other={key}").status == 400


def test_why_something_could_not_be_done_and_what_could_give_way(uk: Visitor, engine: Engine) -> None:
    address = proved(uk, engine)
    page = uk.get(f"{address}/limits")
    assert page.said("//h2") == [
        "The calendar year 2026 of Annual review (rounds owed: 1)",
        "At most 15 months after Wednesday 3 December 2025 for Annual review",
    ]
    members = page.said("//section[@id='limit-1']//li")
    assert members[1].startswith("The 17 weeks’ notice of Annual review (not before Saturday 20 March 2027)")
    relaxed = uk.get(page.values("//section[@id='limit-2']//a/@href")[0])
    assert relaxed.rows("//section[@id='limit-2']//table")[0][:2] == [
        "Shorten the notice of Annual review by 17 days",
        f"{MINUS}100,055",
    ]
    assert uk.get(f"{address}/limits/9").status == 404


def test_one_meeting_for_two_duties_is_proposed_where_the_programme_allows_it(
    uk: Visitor, engine: Engine
) -> None:
    address = proved(uk, engine)
    assert uk.get(f"{address}/together").status == 200


def test_a_plan_with_the_least_change_frees_what_people_release(uk: Visitor, engine: Engine) -> None:
    uid = put_round(engine, "R1", date(2027, 3, 24), "agreed", host="uk")
    form = uk.get(f"{PLANNER}/again")
    assert form.values("//input[@name='release']/@value") == [uid]
    span = {"first": "2026-11-21", "last": "2027-12-31"}
    page = uk.post(f"{PLANNER}/again", on_page=f"{PLANNER}/again", release=uid, **span)
    assert [row[0] + ": " + row[3] for row in page.rows("//section[@aria-labelledby='rounds']//table")] == [
        "R2 Annual review: new",
        "R1 Organised Crime Dialogue: stays known to both sides",
    ]
    asked = {f"host-{uid}": "nl", **span}
    page = uk.post(f"{PLANNER}/again", on_page=f"{PLANNER}/again", **asked)
    assert page.rows("//section[@aria-labelledby='rounds']//table")[0] == [
        "R1 Organised Crime Dialogue",
        "Wed 24 Mar 2027 UK",
        "Wed 24 Mar 2027 NL",
        "other host known to both sides",
    ]
