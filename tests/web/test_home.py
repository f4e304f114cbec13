from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import Engine

from scheduler import clock
from tests.web.site import NL, UK, Visitor, put_round, visitor

HOME = "/partnerships/uk-nl"
STORY = f"{HOME}?on=2027-02-01"
WHY = (
    "last held 24 March 2026; due 24 March 2027; no date agreed by both sides; "
    "save-the-date due since 25 November 2026 (assumed lead time); "
    "red after 24 June 2027; 15 months after 24 March 2026."
)


def test_what_presses_stands_first_with_its_reason(uk: Visitor) -> None:
    page = uk.get(STORY)
    assert page.said("//article//h3") == ["Annual review", "Organised Crime Dialogue"]
    assert page.said("//article//span[starts-with(@class, 'colour')]") == ["Red", "Amber"]
    assert page.said("//article//p[@class='why']")[1] == WHY


def test_every_colour_is_counted(uk: Visitor) -> None:
    assert uk.get(STORY).said("//li[starts-with(@class, 'count ')]") == [
        "1 Red past the limit",
        "1 Amber need a date",
        "0 Green on course",
        "1 No date owed owe no date",
    ]


def test_every_obligation_is_in_the_table(uk: Visitor) -> None:
    assert uk.get(STORY).rows("//section[@aria-labelledby='all']//table") == [
        [
            "R1 Organised Crime Dialogue",
            "Amber",
            "Every year",
            "24 Mar 2026",
            "24 Mar 2027",
            "24 Jun 2027",
            "–",
        ],
        ["R2 Annual review", "Red", "At least once a year", "–", "3 Dec 2026", "31 Dec 2026", "–"],
        ["R3 Training week", "No date owed", "Regular", "–", "–", "–", "–"],
    ]


def test_the_next_ninety_days_bring_rounds_limits_and_steps(uk: Visitor, engine: Engine) -> None:
    put_round(engine, "R1", date(2027, 3, 16), "agreed")
    put_round(engine, "R3", date(2027, 4, 5), "planned")
    lead, both = "assumed · the lead office of each side", "assumed · both secretariats"
    assert uk.get(STORY).said("//section[@aria-labelledby='ahead']/ol/li") == [
        f"1 Feb 2027 Save-the-date, with two or three options {both} Training week",
        f"9 Feb 2027 First draft agenda to the other side {lead} Organised Crime Dialogue",
        f"23 Feb 2027 Briefing commissioned {lead} Organised Crime Dialogue",
        f"2 Mar 2027 Agenda agreed {both} Organised Crime Dialogue",
        f"2 Mar 2027 Delegation lists and joint papers {both} Organised Crime Dialogue",
        "9 Mar 2027 Briefing pack to private office assumed · private offices Organised Crime Dialogue",
        "16 Mar 2027 Organised Crime Dialogue agreed",
        f"30 Mar 2027 Actions and record agreed {both} Organised Crime Dialogue",
        "5 Apr 2027 Training week planned by your side UK only",
    ]


def test_what_sources_date_once_is_listed_with_its_passage(uk: Visitor) -> None:
    page = uk.get(STORY)
    assert page.said("//section[@aria-labelledby='events']/h3") == ["Date wanted", "Past"]
    assert page.said("//section[@aria-labelledby='events']//li") == [
        "Illicit Finance Summit Joint Statement, Introduction",
        "Signature of the Joint Statement, 3 December 2025 Joint Statement, Introduction",
    ]


def test_changes_are_told_newest_first(uk: Visitor, engine: Engine) -> None:
    put_round(engine, "R1", date(2027, 3, 16), "offered")
    who = "21 Nov 2026, 14:02 · uk desk (UK)"
    assert uk.get(STORY).said("//section[@aria-labelledby='changes']//li") == [
        f"Organised Crime Dialogue: offered {who}",
        f"Organised Crime Dialogue: planned UK only {who}",
        "United Kingdom–Netherlands: programme loaded 21 Nov 2026, 14:02 · operator",
    ]


def test_a_page_for_another_day_says_so_and_leads_back(uk: Visitor) -> None:
    assert uk.get(STORY).said("//p[@class='notice']") == [
        "Shown as on 1 February 2027, not as on today. Back to today"
    ]
    assert uk.get(HOME).said("//p[@class='notice']") == []


def test_a_day_that_is_none_is_refused_with_a_remedy(uk: Visitor) -> None:
    page = uk.get(f"{HOME}?on=2027-02-30")
    assert (page.status, page.said("//h1")) == (400, ["This request cannot be understood"])
    assert page.facts("//main//dl") == {"Where": "on", "What would be right": "write it as 2027-02-01"}


@pytest.mark.parametrize("address", [HOME, "/year/uk-nl", "/plan/uk-nl", "/plan/uk-nl/again"])
def test_a_day_out_of_reach_is_refused_everywhere(uk: Visitor, address: str) -> None:
    page = uk.get(f"{address}?on=9999-12-31")
    assert page.status == 400
    assert page.facts("//main//dl") == {"Where": "on", "What would be right": "from 2000 to 2100"}


def test_the_pages_speak_the_language_of_the_account_until_another_is_chosen(nl: Visitor) -> None:
    page = nl.get(STORY)
    assert (page.values("/html/@lang"), page.said("//h1")) == (["nl"], ["Openstaande verplichtingen"])
    assert page.said("//article//h3") == ["Jaarlijkse evaluatie", "Misdaaddialoog"]
    assert page.said("//p[@class='as-on']") == ["Stand op maandag 1 februari 2027"]
    chosen = nl.post("/language", on_page=STORY, language="en", back=STORY)
    assert (chosen.values("/html/@lang"), chosen.said("//article//h3")[1]) == (
        ["en"],
        "Organised Crime Dialogue",
    )


def test_one_partnership_is_the_first_page_itself(app: Flask, engine: Engine) -> None:
    assert visitor(app, engine, UK).client.get("/").headers["Location"] == HOME


def test_today_is_the_day_where_the_reader_works(
    app: Flask, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half past eleven in London is half past twelve, and tomorrow, in The Hague."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 21, 23, 30, tzinfo=UTC))
    shown = [visitor(app, engine, account).get(HOME).said("//p[@class='as-on']")[0] for account in (UK, NL)]
    assert shown == ["As it stands on Saturday 21 November 2026", "Stand op zondag 22 november 2026"]
