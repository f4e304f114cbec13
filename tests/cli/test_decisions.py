"""Deciding at the command line: what is printed of links, skips and hosts, and what is refused."""

from datetime import date

import pytest

from scheduler.db.engine import make_engine
from tests.builders import agreed
from tests.cli.terminal import Terminal

LINK = ("JS-R01", "JS-R12", "--year", "2027")
NL = ("--as", "nl", "--partnership", "uk-nl")


@pytest.fixture
def meeting(desk: Terminal) -> str:
    """A round of JS-R05 that both sides agreed, in London."""
    engine = make_engine(desk.url)
    uid = agreed(engine, date(2027, 3, 16), key="JS-R05")
    engine.dispose()
    return uid


def test_the_life_of_a_link(desk: Terminal) -> None:
    assert desk.says("links", "list") == "No duties were ever linked.\n"
    assert desk.says("links", "propose", *LINK) == (
        "JS-R01 and JS-R12 in 2027: proposed; it counts once every side has agreed.\n"
    )
    assert desk.says("links", "agree", *LINK, *NL) == "JS-R01 and JS-R12 in 2027: in force.\n"
    head, told = desk.says("links", "list").splitlines()
    assert head == "2027  rounds of JS-R01 discharge JS-R12 too: in force"
    assert told.strip().startswith("proposed by uk at the command line (UK) on ")
    assert desk.says("links", "end", *LINK) == "JS-R01 and JS-R12 in 2027: ended.\n"
    head, told = desk.says("links", "list", "--language", "nl").splitlines()
    assert head == "2027  rondes van JS-R01 voldoen ook aan JS-R12: beëindigd"
    assert "; beëindigd door uk at the command line (VK) op " in told


def test_skips_are_listed_with_who_and_when(desk: Terminal) -> None:
    assert desk.says("skips", "list") == "No round was ever proposed to be skipped.\n"
    desk.says("skips", "propose", "JS-R05", "--due", "2027-03-24", "--reason", "elections")
    head, reason, told = (line.strip() for line in desk.says("skips", "list").splitlines())
    assert (head, reason) == ("JS-R05, the round due 24 March 2027", "elections")
    assert told.startswith("proposed by uk at the command line (UK) on ")
    assert told.endswith("; waits for the agreement of NL")


def test_a_round_is_handed_over_and_the_question_answered(desk: Terminal, meeting: str) -> None:
    empty = desk.says("hosts", "list")
    assert "JS-R05  Netherlands: hosts take turns, and London hosts in 2027\n" in empty
    assert empty.endswith("\nRounds handed over:\nnone\n")
    assert desk.says("hosts", "swap", "JS-R05", "--to", "nl", "--reason", "early election") == (
        "JS-R05 on 2027-03-16: nl hosts, in The Hague (Europe/Amsterdam); offered.\n"
    )
    assert desk.says("hosts", "agree", meeting, *NL) == "Agreed that nl hosts JS-R05 on 2027-03-16.\n"
    desk.says("meetings", "agree", meeting, *NL)
    assert "JS-R05  not settled: The Hague hosts in 2027 in place of London;" in desk.says("hosts", "list")
    assert desk.says("hosts", "answer", meeting, "--next", "uk") == (
        "uk hosts JS-R05 after 2027: it waits for the other side.\n"
    )
    assert (
        desk.says("hosts", "answer", meeting, "--next", "uk", *NL) == "uk hosts JS-R05 after 2027: settled.\n"
    )
    told = desk.says("hosts", "list", "--language", "nl")
    assert "JS-R05  2027: Nederland in plaats van Verenigd Koninkrijk\n" in told
    assert "“early election”" in told
    assert "Volgende gastheer: Verenigd Koninkrijk: voorgesteld door uk at the command line (VK) op " in told


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (
            "links propose JS-R05 JS-R12 --year 2027",
            2,
            "other: no relation may_discharge leads from JS-R05 to JS-R12",
        ),
        ("links propose JS-R01 JS-R99 --year 2027", 1, "uk-nl has no obligation 'JS-R99'"),
        ("links propose JS-R01 JS-R12 --year 1990", 2, "year: 1990 is no year to link them in"),
        (
            "links agree JS-R01 JS-R12 --year 2027",
            1,
            "the link of JS-R12 to the rounds of JS-R01 in 2027 is neither",
        ),
        ("hosts swap JS-R05 --to us", 2, "host: 'us' is no party to uk-nl (one of uk, nl)"),
        (
            "hosts swap JS-R05 --to uk",
            2,
            "host: United Kingdom hosts this round already (hand it to Netherlands)",
        ),
        ("hosts swap JS-R99 --to nl", 1, "no meeting answers to 'JS-R99'"),
        (
            "hosts swap JS-R05/2026 --to nl",
            1,
            "the meeting is held (only a round still to come can be handed over)",
        ),
        ("hosts agree JS-R05", 1, "this round was not handed over to another host"),
        ("hosts answer JS-R05 --next nl", 1, "this round was not handed over to another host"),
    ],
)
@pytest.mark.usefixtures("meeting")
def test_what_is_refused(desk: Terminal, words: str, code: int, said: str) -> None:
    found, message = desk.refuses(*words.split())
    assert (found, message[: len(said)]) == (code, said)


def test_a_year_that_is_no_number_is_refused(desk: Terminal) -> None:
    assert desk.refuses("links", "propose", "JS-R01", "JS-R12", "--year", "soon")[0] == 2
