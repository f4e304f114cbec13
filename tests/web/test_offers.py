"""The options on a meeting's page: what each side sees and can press, and what it never sees of the other."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import Engine

from scheduler.accounts.queries import UserFacts
from tests.web.site import NL, UK, UK_DESK, UK_READER, Page, Visitor, put_round, visitor

FIRST, KINGS_DAY, THIRD = date(2027, 3, 16), date(2027, 4, 27), date(2027, 5, 11)
OPTIONS = "//ol[@class='options']/li"
STATUS = "//p[@role='status']"


def three(uk: Visitor, engine: Engine) -> str:
    """Let the UK offer a planned meeting on three days, the third in London; return the address of its page."""
    page = f"/meetings/{put_round(engine, 'R1', FIRST, 'planned')}"
    answer = send(
        uk,
        f"{page}/offer",
        page,
        [("day", str(KINGS_DAY)), ("host", "nl"), ("day", str(THIRD)), ("host", "uk")],
    )
    assert answer.said(STATUS) == ["It is offered."]
    return page


def send(who: Visitor, path: str, page: str, fields: list[tuple[str, str]]) -> Page:
    """Send a form in which fields come several times."""
    token = who.get(page).token
    data: dict[str, list[str]] = {"csrf_token": [token]}
    for name, value in fields:
        data.setdefault(name, []).append(value)
    answer = who.client.post(path, data=data, follow_redirects=True)
    return Page(answer.status_code, answer.get_data(as_text=True))


def test_three_options_with_both_clocks_answers_and_objections(
    uk: Visitor, nl: Visitor, engine: Engine
) -> None:
    page = nl.get(three(uk, engine))
    assert page.said(f"{OPTIONS}//h3") == [
        "dinsdag 16 maart 2027 Optie 1",
        "dinsdag 27 april 2027 Optie 2",
        "dinsdag 11 mei 2027 Optie 3",
    ]
    assert page.said(f"{OPTIONS}/div/p[1]") == [
        "Londen 09:00–15:00 · Den Haag 10:00–16:00 Gastland: Nederland, Den Haag",
        "Londen 09:00–15:00 · Den Haag 10:00–16:00 Gastland: Nederland, Den Haag",
        "Londen 10:00–16:00 · Den Haag 11:00–17:00 Gastland: Verenigd Koninkrijk, Londen",
    ]
    assert page.said(f"{OPTIONS}[1]//ul[@class='answers']/li") == [
        "✓ voorgelegd door Verenigd Koninkrijk UK secretariat, 21 nov 2026, 15:02",
        "Nederland heeft niet geantwoord",
    ]
    assert page.said(f"{OPTIONS}//div[@class='against']/p") == [
        "In uw eigen gegevens spreekt niets ertegen. alleen NL",
        "Ertegen, volgens uw eigen gegevens alleen NL",
        "In uw eigen gegevens spreekt niets ertegen. alleen NL",
    ]
    [objection] = page.said(f"{OPTIONS}[2]//ul[@class='reasons']/li")
    assert objection.startswith("dinsdag 27 april 2027 is gesloten (Nederland): Koningsdag")
    assert page.said("//section[@aria-labelledby='when']/p") == [
        "dinsdag 16 maart 2027",
        "De eerste van 3 voorgelegde opties. Welke het wordt, is nog niet overeengekomen.",
    ]


@pytest.mark.parametrize(
    ("account", "buttons"),
    [
        (NL, ["Deze optie aanvaarden", "Deze optie afwijzen"] * 3),
        (UK, ["Withdraw this option"] * 3),
        (UK_DESK, []),
        (UK_READER, []),
    ],
)
def test_only_secretariats_answer_each_what_the_other_offered(
    app: Flask, uk: Visitor, engine: Engine, account: UserFacts, buttons: list[str]
) -> None:
    page = three(uk, engine)
    assert visitor(app, engine, account).get(page).said(f"{OPTIONS}//button") == buttons


def test_the_second_option_is_accepted_and_both_names_and_times_are_shown(
    uk: Visitor, nl: Visitor, engine: Engine
) -> None:
    page = three(uk, engine)
    accepted = nl.post(f"{page}/options/2/accept", on_page=page)
    assert accepted.said(STATUS) == ["Uw akkoord is geregistreerd."]
    assert accepted.said(OPTIONS) == []
    shown = uk.get(page)
    assert (shown.said("//p[@class='as-on']"), shown.said("//p[@class='when']")) == (
        ["agreed"],
        ["Tuesday 27 April 2027"],
    )
    assert shown.facts("//section[@aria-labelledby='when']")["Agreed to the date by"] == (
        "United Kingdom ✓ yes UK secretariat, 21 Nov 2026, 14:02 "
        "Netherlands ✓ yes Secretariaat NL, 21 Nov 2026, 14:02"
    )
    assert shown.said("//section[@id='earlier']//li") == [
        "Tuesday 11 May 2027 Option 3 no longer on offer",
        "Tuesday 16 March 2027 Option 1 no longer on offer",
    ]


def test_a_reason_for_a_refusal_is_read_by_its_own_side_alone(
    uk: Visitor, nl: Visitor, engine: Engine
) -> None:
    page = three(uk, engine)
    refused = nl.post(f"{page}/options/1/refuse", on_page=page, reason="De <b>minister</b> is weg.")
    assert refused.said(STATUS) == ["Uw afwijzing is geregistreerd."]
    assert refused.said("//section[@id='earlier']//li") == [
        (
            "dinsdag 16 maart 2027 Optie 1 afgewezen afgewezen door Nederland: Secretariaat NL, 21 nov 2026, 15:02 "
            "Uw reden alleen NL: De <b>minister</b> is weg."
        ),
    ]
    theirs = uk.get(page)
    assert theirs.said("//section[@id='earlier']//li") == [
        "Tuesday 16 March 2027 Option 1 refused refused by Netherlands: Secretariaat NL, 21 Nov 2026, 14:02"
    ]
    assert "minister" not in theirs.text
    assert theirs.said("//p[@class='when']") == ["Tuesday 27 April 2027"]


def test_where_all_is_refused_no_date_stands_and_new_days_are_offered(
    uk: Visitor, nl: Visitor, engine: Engine
) -> None:
    page = three(uk, engine)
    nl.post(f"{page}/options/refuse", on_page=page)
    shown = uk.get(page)
    assert shown.said("//p[@class='as-on']") == ["date wanted"]
    assert shown.said("//section[@aria-labelledby='when']/p") == [
        "No date stands",
        "It was to be on 16 March 2027.",
    ]
    answer = send(
        nl, f"{page}/offer", page, [("day", "2027-06-01"), ("host", "nl"), ("day", ""), ("host", "nl")]
    )
    assert answer.said(f"{OPTIONS}//h3") == ["dinsdag 1 juni 2027 Optie 4"]
    uk.post(f"{page}/options/4/accept", on_page=page)
    assert nl.get(page).said("//p[@class='as-on']") == ["overeengekomen"]


def test_an_option_that_was_withdrawn_meanwhile_is_not_accepted_by_an_old_page(
    uk: Visitor, nl: Visitor, engine: Engine
) -> None:
    page = three(uk, engine)
    uk.post(f"{page}/options/1/withdraw", on_page=page)
    late = nl.post(f"{page}/options/1/accept", on_page=page)
    assert (late.status, late.said("//p[@class='lead-text']")) == (409, ["Optie 1 ligt niet voor."])


@pytest.mark.parametrize(
    ("day", "message"),
    [
        ("2020-01-01", "1 January 2020 lies in the past."),
        ("soon", "'soon' is no date."),
        (str(FIRST), "16 March 2027 is offered twice."),
    ],
)
def test_a_day_that_cannot_be_offered_is_refused_with_its_place(
    uk: Visitor, engine: Engine, day: str, message: str
) -> None:
    page = f"/meetings/{put_round(engine, 'R1', FIRST, 'planned')}"
    refused = send(uk, f"{page}/offer", page, [("day", day), ("host", "nl")])
    assert (refused.status, refused.said("//p[@class='lead-text']")) == (400, [message])
    assert refused.facts("//main//dl")["Where"] == "day"
    assert uk.get(page).said("//p[@class='as-on']") == ["planned by your side UK only"]


def test_a_refused_form_leads_back_to_its_page_and_nowhere_else(uk: Visitor, engine: Engine) -> None:
    page = f"/meetings/{put_round(engine, 'R1', FIRST, 'planned')}"
    token = uk.get(page).token
    back = "//a[text()='Back to where you were']/@href"
    for referrer, expected in (
        (f"http://localhost{page}", [f"http://localhost{page}"]),
        ("http://else.example/", []),
    ):
        data = {"csrf_token": token, "day": "x", "host": "nl"}
        answer = uk.client.post(f"{page}/offer", data=data, headers={"Referer": referrer})
        assert Page(answer.status_code, answer.get_data(as_text=True)).values(back) == expected


def test_the_first_page_says_whose_answer_is_awaited(uk: Visitor, nl: Visitor, engine: Engine) -> None:
    page = three(uk, engine)
    waiting = "//section[@aria-labelledby='waiting']//a"
    assert nl.get("/partnerships/uk-nl").said(waiting) == [
        "Misdaaddialoog: antwoord op wat voorligt, 16 maart 2027, 27 april 2027, 11 mei 2027."
    ]
    assert uk.get("/partnerships/uk-nl").said(waiting) == []
    made = "//section[@aria-labelledby='waited_for']//a"
    assert uk.get("/partnerships/uk-nl").said(made) == [
        "Organised Crime Dialogue: on offer, 16 March 2027, 27 April 2027, 11 May 2027."
    ]
    assert nl.get("/partnerships/uk-nl").said(made) == []
    in_the_year = f"//a[@href='{page}']"
    assert uk.get("/year/uk-nl/2027").said(in_the_year)
    nl.post(f"{page}/options/refuse", on_page=page)
    assert uk.get("/year/uk-nl/2027").said(in_the_year) == []
    assert nl.get("/partnerships/uk-nl").said(waiting) == [
        "Misdaaddialoog: er staat geen datum, leg nieuwe dagen voor."
    ]
    assert uk.get("/partnerships/uk-nl").said(waiting) == [
        "Organised Crime Dialogue: no date stands, offer new days."
    ]
    assert uk.get("/partnerships/uk-nl").values(f"{waiting}/@href") == [f"{page}#offering"]
    assert "Agreed to the date by" not in uk.get(page).main
