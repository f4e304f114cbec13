"""Deciding on the page of an obligation: links, skips, intervals and hosts, with who and when."""

import copy
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import Engine

from agendas.commitments.programme import sections
from scheduler.actor import operator, side
from scheduler.db.work import unit_of_work
from scheduler.meetings.actions import agree
from scheduler.meetings.hosting import swap_host
from scheduler.programmes.loading import load
from tests.web.site import TODAY, UK_DESK, Visitor, programme, put_round, visitor

R1, R2, R3 = (f"/obligations/uk-nl/R{number}" for number in (1, 2, 3))
DECISIONS = "//section[@class='decisions']"


@pytest.fixture
def app(app: Flask, engine: Engine) -> Flask:
    """Let one meeting of R1 serve R2, if both sides say so."""
    changed = copy.deepcopy(programme())
    relations = changed["obligations"][0]["relations"]
    relations.append({**relations[0], "type": "may_discharge", "to": "R2", "basis": "assumed"})
    with unit_of_work(engine, operator(), TODAY) as work:
        load(work, changed, sections())
    return app


def lines(reader: Visitor, path: str, section: str) -> list[str]:
    """Return the lines of a section without its forms and buttons."""
    page = reader.get(path)
    for form in page.tree.xpath("//main//form|//main//details"):
        form.drop_tree()
    return page.said(f"//section[@id='{section}']//li")


def test_a_link_is_proposed_agreed_and_ended_on_the_page(uk: Visitor, nl: Visitor, engine: Engine) -> None:
    put_round(engine, "R1", date(2027, 10, 5), "agreed")
    due = uk.get(R2).said("//ul[@class='reasons']/li")
    assert lines(uk, R1, "links") == ["No duties are linked."]
    page = uk.post(f"{R1}/links/propose", on_page=R1, pair="R1 R2", year="2027")
    assert page.said("//p[@class='notice done']") == ["The link is proposed."]
    nl.post(f"{R2}/links/agree", on_page=R2, pair="R1 R2", year="2027")
    assert uk.get(R2).said("//ul[@class='reasons']/li")[2] == (
        "the date agreed by both sides, 5 October 2027, lies beyond the limit"
    )
    assert uk.get(R2).said("//section[@aria-labelledby='rounds']//li")[0].startswith("5 October 2027 agreed")
    nl.post(f"{R1}/links/end", on_page=R1, pair="R1 R2", year="2027")
    assert uk.get(R2).said("//ul[@class='reasons']/li") == due
    who = "UK secretariat (UK) on 21 November 2026; agreed by Secretariaat NL (NL) on 21 November 2026"
    told = (
        f"In 2027 the rounds of Organised Crime Dialogue discharge Annual review too ended Proposed by {who}; "
        "ended by Secretariaat NL (NL) on 21 November 2026."
    )
    assert lines(uk, R1, "links") == lines(uk, R2, "links") == [told]
    assert lines(nl, R1, "links") == [
        (
            "In 2027 voldoen de rondes van Misdaaddialoog ook aan Jaarlijkse evaluatie beëindigd Voorgesteld door "
            "UK secretariat (VK) op 21 november 2026; akkoord door Secretariaat NL (NL) op 21 november 2026; "
            "beëindigd door Secretariaat NL (NL) op 21 november 2026."
        )
    ]


def test_a_meeting_names_both_duties_that_are_linked(uk: Visitor, nl: Visitor, engine: Engine) -> None:
    uid = put_round(engine, "R1", date(2027, 10, 5), "agreed")
    uk.post(f"{R1}/links/propose", on_page=R1, pair="R1 R2", year="2027")
    nl.post(f"{R1}/links/agree", on_page=R1, pair="R1 R2", year="2027")
    facts = uk.get(f"/meetings/{uid}").facts("//section[@aria-labelledby='when']")
    assert facts["Discharges"] == "Organised Crime Dialogue R1 Annual review R2"


def test_the_first_page_names_what_waits_for_the_readers_side(
    uk: Visitor, nl: Visitor, engine: Engine
) -> None:
    home, waits = "/partnerships/uk-nl", "//section[@aria-labelledby='waiting']//li"
    assert uk.get(home).said(waits) == []
    uk.post(f"{R1}/links/propose", on_page=R1, pair="R1 R2", year="2027")
    uk.post(f"{R1}/skips/propose", on_page=R1, due="2027-03-24", reason="elections")
    uid = put_round(engine, "R1", date(2027, 3, 16), "agreed", host="uk")
    with unit_of_work(engine, side("uk", "UK secretariat"), TODAY) as work:
        swap_host(work, uid, "nl")
    with unit_of_work(engine, side("nl", "Secretariaat NL"), TODAY) as work:
        agree(work, uid)
    nl.post(f"{R1}/hosts/answer", on_page=R1, round=uid, host="uk")
    assert nl.get(home).said(waits) == [
        "Een voorstel: in 2027 voldoen de rondes van Misdaaddialoog ook aan Jaarlijkse evaluatie.",
        "Misdaaddialoog: een voorstel om de ronde van 24 maart 2027 over te slaan.",
    ]
    question = "both sides have yet to agree who hosts next."
    assert uk.get(home).said(waits) == [
        f"Organised Crime Dialogue: The Hague hosts in 2027 in place of London; {question}"
    ]


def test_each_side_is_offered_what_it_can_do_about_a_link(uk: Visitor, nl: Visitor) -> None:
    buttons = "//section[@id='links']//ul//button"
    uk.post(f"{R1}/links/propose", on_page=R1, pair="R1 R2", year="2027")
    assert (uk.get(R1).said(buttons), nl.get(R1).said(buttons)) == (
        ["Take the proposal back"],
        ["Akkoord", "Afwijzen"],
    )
    nl.post(f"{R1}/links/end", on_page=R1, pair="R1 R2", year="2027")
    assert "declined by Secretariaat NL (NL)" in lines(uk, R1, "links")[0]


def test_a_skip_is_proposed_and_agreed_on_the_page(uk: Visitor, nl: Visitor) -> None:
    uk.post(f"{R1}/skips/propose", on_page=R1, due="2027-03-24", reason="elections")
    assert nl.get(R1).said("//section[@id='skips']//ul//button") == ["Akkoord"]
    assert uk.get(R1).said("//section[@id='skips']//ul//button") == []
    nl.post(f"{R1}/skips/agree", on_page=R1, due="2027-03-24")
    assert lines(uk, R1, "skips") == [
        (
            "The round due 24 March 2027 agreed elections Proposed by UK secretariat (UK) on 21 November 2026; "
            "agreed by Secretariaat NL (NL) on 21 November 2026."
        )
    ]


def test_an_interval_says_who_set_it_and_that_the_text_does_not(uk: Visitor) -> None:
    said = f"{DECISIONS}//section[@id='interval']/p"
    assert uk.get(R3).said(said) == [
        "The text names no interval, and nobody has set one: nothing is scheduled."
    ]
    uk.post(f"{R3}/interval", on_page=R3, months="12", who="Head of Training")
    assert uk.get(R3).said(said) == ["12 months, set by Head of Training. The text names no interval."]
    assert lines(uk, R3, "interval") == [
        "21 Nov 2026, 14:02 · UK secretariat (UK): 12 months, set by Head of Training"
    ]
    assert uk.get(R1).said(said) == []


def test_a_round_is_handed_over_and_the_next_host_is_asked(uk: Visitor, nl: Visitor, engine: Engine) -> None:
    uid = put_round(engine, "R1", date(2027, 3, 16), "agreed", host="uk")
    uk.post(f"{R1}/hosts/swap", on_page=R1, round=f"{uid} nl", reason="early election")
    assert nl.get(R1).said("//section[@id='hosts']//ul//button") == ["Akkoord met dit gastland"]
    with unit_of_work(engine, side("nl", "Secretariaat NL"), TODAY) as work:
        agree(work, uid)
    asked = uk.get(R1).said("//p[@class='pressing-foot']")[0]
    assert asked == (
        "The Hague hosts in 2027 in place of London; both sides have yet to agree who hosts next. Who hosts next?"
    )
    uk.post(f"{R1}/hosts/answer", on_page=R1, round=uid, host="uk")
    nl.post(f"{R1}/hosts/answer", on_page=R1, round=uid, host="uk")
    assert lines(uk, R1, "hosts") == [
        (
            "2027: Netherlands in place of United Kingdom Proposed by UK secretariat (UK) on 21 November 2026; "
            "agreed by Secretariaat NL (NL) on 21 November 2026. early election Next host: United Kingdom "
            "Proposed by UK secretariat (UK) on 21 November 2026; agreed by Secretariaat NL (NL) on 21 November 2026."
        )
    ]
    assert uk.get(R1).said("//section[@id='hosts']/p")[0] == (
        "Next turn: United Kingdom The Hague hosts in 2027 in place of London; both sides agreed on 21 November 2026 "
        "that London hosts next."
    )
    assert "Who hosts next?" not in uk.get(R1).main


def test_the_other_side_learns_nothing_of_a_plan_handed_over(
    uk: Visitor, nl: Visitor, engine: Engine
) -> None:
    before = nl.get(R1).main, nl.get("/partnerships/uk-nl").main
    uid = put_round(engine, "R1", date(2027, 3, 16), "planned", host="uk")
    uk.post(f"{R1}/hosts/swap", on_page=R1, round=f"{uid} nl", reason="canary")
    assert "UK only" in lines(uk, R1, "hosts")[0]
    assert (nl.get(R1).main, nl.get("/partnerships/uk-nl").main) == before
    assert nl.post(f"{R1}/hosts/agree", on_page=R1, round=uid).status == 404


@pytest.mark.parametrize(
    ("path", "section", "fields", "status", "said"),
    [
        (
            "links/propose",
            "links",
            {"pair": "R1 R2", "year": "soon"},
            400,
            "'soon' is no whole number. Write it as 2027.",
        ),
        (
            "links/propose",
            "links",
            {"pair": "R1 R2", "year": "1990"},
            400,
            "1990 is no year to link them in. Give one from 2025 to 2031.",
        ),
        (
            "links/propose",
            "links",
            {"pair": "R1 R3", "year": "2027"},
            400,
            "No relation may_discharge leads from R1 to R3. Its rounds may discharge: R2.",
        ),
        (
            "skips/propose",
            "skips",
            {"due": "24 March", "reason": "x"},
            400,
            "'24 March' is no date. Write it as 2027-02-01.",
        ),
        (
            "skips/propose",
            "skips",
            {"due": "2027-03-24", "reason": " "},
            400,
            "A skip needs a reason. Both sides will read it.",
        ),
        ("interval", "interval", {"months": "12", "who": "me"}, 409, ""),
    ],
)
def test_a_form_that_cannot_be_meant_comes_back_as_it_was(
    uk: Visitor, path: str, section: str, fields: dict[str, str], status: int, said: str
) -> None:
    page = uk.post(f"{R1}/{path}", R1, **fields)
    assert page.status == status
    if said:
        assert page.said(f"//section[@id='{section}']/p[@role='alert']") == [said]
        kept = page.tree.xpath(
            f"//section[@id='{section}']/details[@open]//input[not(@type='hidden')]/@value"
        )
        assert kept == [value for name, value in fields.items() if name != "pair"]


def test_only_who_speaks_for_a_side_decides(app: Flask, engine: Engine, uk: Visitor) -> None:
    desk = visitor(app, engine, UK_DESK)
    assert desk.get(R1).values(f"{DECISIONS}//form/@action") == []
    assert desk.post(f"{R1}/links/propose", on_page=R1, pair="R1 R2", year="2027").status == 403
    assert uk.get(R1).values(f"{DECISIONS}//form/@action") == [f"{R1}/links/propose", f"{R1}/skips/propose"]
    assert uk.post(f"{R1}/links/merge", on_page=R1).status == 404
