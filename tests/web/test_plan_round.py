"""A round of a plan: why its day, why not another, which days are possible, and its days as an offer."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import Engine

from tests.web.site import NL, UK, UK_DESK, Page, Visitor, store_proved_plan, visitor

DAY = "//section[@id='day']"
OFFER = "//section[@aria-labelledby='offer']"
MINUS = "\N{MINUS SIGN}"


@pytest.fixture
def round_page(uk: Visitor, engine: Engine) -> str:  # noqa: ARG001  # who signs in founds the programme
    """Store the proved plan of two years for the UK; return the address of the first round of R1 in it."""
    return f"/plan/uk-nl/{stored(engine, 'uk')}/rounds/R1/2027-1"


def stored(engine: Engine, party: str) -> str:
    return store_proved_plan(engine, party, date(2026, 11, 21), date(2028, 12, 31))


def of_month(page: Page, number: int, kind: str) -> list[str]:
    """Return the days of a month that stand in the calendar as a kind."""
    return page.said(f"//table[@class='month-table'][{number}]//td[contains(@class, '{kind}')]/a/text()/..")


def test_the_day_is_explained_with_what_comes_next_and_until_when(uk: Visitor, round_page: str) -> None:
    page = uk.get(round_page)
    assert page.said("//section[@aria-labelledby='why']/p|//section[@aria-labelledby='why']//li") == [
        "Tuesday 23 March 2027",
        (
            "Host: United Kingdom. Its turn to host: no host of the last round is on record; "
            "the programme names London (assumed)."
        ),
        "1 1 day from the aim, Wednesday 24 March 2027.",
        "The whole plan costs 200,293.",
    ]
    assert page.rows("//section[@aria-labelledby='best']//table")[1] == [
        "Wednesday 24 March 2027",
        "+49",
        (
            "+50 R2/2026-1 No round of Organised Crime Dialogue in the part of the calendar year before, "
            f"which supports it. {MINUS}1 No longer: 1 day from the aim, Wednesday 24 March 2027."
        ),
    ]
    assert page.said("//section[@aria-labelledby='until']//li") == [
        "Counted from Tuesday 24 March 2026.",
        (
            "Amber: unless both sides agree a date by Tuesday 24 November 2026; "
            "from the next day the save-the-date is due."
        ),
        (
            "Red: unless a round is held by Thursday 24 June 2027. The last day that the rules permit is Wednesday "
            "31 March 2027; with 17 weeks’ notice it must be fixed by Wednesday 2 December 2026."
        ),
    ]


def test_a_refused_day_names_every_rule_it_breaks_with_its_source(uk: Visitor, round_page: str) -> None:
    page = uk.get(f"{round_page}?day=2027-04-27")
    assert page.said(f"{DAY}/h2") == ["Why not Tuesday 27 April 2027"]
    assert page.said(f"{DAY}//li") == [
        (
            "Tuesday 27 April 2027 lies outside the window, January–March, September–October. "
            "Rule: A round lies in its window. Source: the obligation, with the basis shown there."
        ),
        (
            "Tuesday 27 April 2027 is closed (Netherlands): King's Day (holidays 0.109, NL). Rule: No day of a "
            "round is closed for a party to it. Source: the calendars loaded for each party."
        ),
    ]


def test_a_possible_day_says_what_the_whole_plan_would_cost(uk: Visitor, round_page: str) -> None:
    page = uk.get(f"{round_page}?day=2027-03-25")
    assert page.said(f"{DAY}/*[self::h2 or self::p]") == [
        "Thursday 25 March 2027 is possible",
        "The whole plan would cost 200,344 (+51), all other rounds staying where they are.",
    ]
    assert uk.get(f"{round_page}?day=2027-03-23").said(DAY) == [
        "Tuesday 23 March 2027 is the day of the plan"
    ]


def test_the_months_show_what_each_day_is_and_lead_to_its_reasons(uk: Visitor, round_page: str) -> None:
    page = uk.get(f"{round_page}?day=2027-03-17")
    assert of_month(page, 3, "planned") == ["23 day of the plan"]
    assert of_month(page, 3, "possible") == [f"{day} possible" for day in (24, 25, 30, 31)]
    assert of_month(page, 3, "costly") == ["22 possible, against a wish"]
    assert of_month(page, 3, "best") == ["22 possible, against a wish", "24 possible", "25 possible"]
    assert of_month(page, 3, "asked") == ["17 not possible"]
    assert len(page.values("//table[@class='month-table']//a/@href")) == 365
    (link,) = page.values("//table[@class='month-table'][4]//a[starts-with(., '27')]/@href")
    assert uk.get(link).said(f"{DAY}/h2") == ["Why not Tuesday 27 April 2027"]


def test_every_year_of_the_plan_can_be_chosen(uk: Visitor, round_page: str) -> None:
    page = uk.get(round_page)
    assert page.said("//section[@id='months']//nav/a") == ["2026", "2027", "2028"]
    assert uk.get(f"{round_page}?year=2028").said("//h2[@id='months-title']") == ["Choose a day of 2028"]


def test_in_dutch(app: Flask, engine: Engine) -> None:
    nl = visitor(app, engine, NL)
    page = nl.get(f"/plan/uk-nl/{stored(engine, 'nl')}/rounds/R1/2027-1?day=2027-04-27")
    assert page.said(f"{DAY}//li")[0] == (
        "Dinsdag 27 april 2027 valt buiten het venster, januari–maart, september–oktober. Regel: Een ronde valt in "
        "de maanden van haar venster. Bron: de verplichting, met de grondslag die daar staat."
    )


def test_a_secretariat_offers_the_day_of_the_plan_and_two_more(
    uk: Visitor, nl: Visitor, round_page: str
) -> None:
    assert uk.get(round_page).values(f"{OFFER}//input[@name='day']/@value") == [
        "2027-03-22",
        "2027-03-24",
        "2027-03-25",
    ]
    page = uk.post(round_page, on_page=round_page, day=["2027-03-24", "2027-03-25"])
    assert page.said("//p[@role='status']") == ["The days are offered."]
    (uid,) = (path.split("/")[2] for path in page.values("//form/@action") if path.endswith("/notes"))
    theirs = nl.get(f"/meetings/{uid}")
    assert theirs.status == 200
    assert [day for day in ("23", "24", "25") if f"{day} maart 2027" in theirs.main] == ["23", "24", "25"]
    assert "200" not in theirs.main.replace("2027", "")


def test_a_day_that_the_rules_refuse_is_not_offered(uk: Visitor, nl: Visitor, round_page: str) -> None:
    assert uk.post(round_page, on_page=round_page, day="2027-04-27").status == 400
    many = ["2027-03-22", "2027-03-24", "2027-03-25"]
    assert uk.post(round_page, on_page=round_page, day=many).status == 400
    assert "2027" not in " ".join(
        nl.get("/obligations/uk-nl/R1").said("//section[@aria-labelledby='rounds']")
    )


def test_only_a_secretariat_offers(app: Flask, engine: Engine, round_page: str) -> None:
    desk = visitor(app, engine, UK_DESK)
    assert desk.get(round_page).said(OFFER) == []
    assert desk.post(round_page, on_page=round_page).status == 403


@pytest.mark.parametrize("ending", ["?day=soon", "?day=2027-02-30"])
def test_a_day_that_is_none_is_refused(uk: Visitor, round_page: str, ending: str) -> None:
    assert uk.get(round_page + ending).status == 400


def test_a_round_that_the_plan_does_not_know_is_not_found(
    app: Flask, engine: Engine, round_page: str
) -> None:
    uk = visitor(app, engine, UK)
    assert uk.get(round_page.replace("2027-1", "2031-1")).status == 404
