from datetime import date

import pytest
from sqlalchemy import Engine

from tests.web.site import Page, Visitor, put_round

STORY = "/year/uk-nl/2027?on=2027-02-01"
TABLE = "//section[@aria-labelledby='table']//table"


def drawn(page: Page, layout: str, lane: str) -> list[str]:
    """Return what a pointer or a screen reader is told of each shape in the lanes of a kind."""
    within = f"//div[@class='chart {layout}']//*[local-name()='g'][starts-with(@class, 'lane {lane}')]"
    return page.said(f"{within}//*[local-name()='title']")


def test_a_desk_officer_opens_the_year_and_sees_what_is_amber(uk: Visitor) -> None:
    """Story 1: due 24 March 2027, save-the-date due since 25 November 2026, red after 24 June 2027."""
    page = uk.get(STORY)
    assert page.rows(TABLE)[0] == [
        "R1 Organised Crime Dialogue",
        "Amber",
        "Every year",
        "Jan–Mar, Sept–Oct assumed",
        "–",
        "25 Nov 2026",
        "24 Mar 2027",
        "24 Jun 2027",
    ]


def test_the_drawing_holds_what_the_table_holds(uk: Visitor, engine: Engine) -> None:
    put_round(engine, "R1", date(2027, 3, 16), "agreed")
    put_round(engine, "R3", date(2027, 5, 10), "planned")
    page = uk.get(STORY)
    assert [row[4] for row in page.rows(TABLE)] == [
        "16 Mar 2027 agreed",
        "–",
        "10 May 2027 planned by your side UK only",
    ]
    for layout in ("wide", "narrow"):
        assert drawn(page, layout, "green") == [
            "Green: last held 24 March 2026; due 24 March 2027; date agreed by both sides: 16 March 2027",
            "Window, assumed: 1 January 2027 – 31 March 2027",
            "Window, assumed: 1 September 2027 – 31 October 2027",
            "Due: 24 March 2027",
            "Red after: 24 June 2027",
            "Last year: 24 March 2026",
            "Organised Crime Dialogue: agreed, 16 March 2027",
        ]
        assert drawn(page, layout, "none") == [
            (
                "No date owed: the text says “regular” and names no interval; "
                "nothing is scheduled until a named person sets one"
            ),
            "Training week: planned by your side, 10–14 May 2027",
        ]


def test_closed_days_of_each_country_stand_in_the_drawing_and_in_a_table(uk: Visitor) -> None:
    page = uk.get(STORY)
    assert page.said("//details/summary") == ["United Kingdom 11 entries", "Netherlands 12 entries"]
    rows = page.rows("//details[1]//table") + page.rows("//details[2]//table")
    assert [
        "22 Jul 2027 – 5 Sept 2027",
        "Commons recess, summer assumed Recess: rather not (Ministers)",
    ] in rows
    assert ["27 Apr 2027", "King's Day Public holiday: no meetings"] in rows
    titles = drawn(page, "wide", "closed")
    assert len(titles) == len(rows)
    assert "Prinsjesdag, 21 September 2027" in titles


def test_the_years_lead_to_each_other_and_keep_the_day(uk: Visitor) -> None:
    assert uk.get(STORY).values("//nav[@class='steps']/a/@href") == [
        "/year/uk-nl/2026?on=2027-02-01",
        "/year/uk-nl/2028?on=2027-02-01",
    ]
    assert uk.get("/year/uk-nl?on=2027-02-01").said("//h1") == ["Year plan 2027"]


@pytest.mark.parametrize(
    "path", ["/year/uk-nl/1999", "/year/uk-nl/2101", "/year/uk-nl/next", "/year/nl-us/2027"]
)
def test_a_year_or_partnership_that_is_not_there_is_not_found(uk: Visitor, path: str) -> None:
    assert uk.get(path).status == 404
