"""Commands about closed days: what a side keeps to itself, and what it tells."""

import json

from tests.cli.terminal import Terminal

SPAN = ("--from", "2027-05-01", "--to", "2027-05-31")


def titles(desk: Terminal, side: str) -> list[tuple[str, str, bool]]:
    listed = json.loads(
        desk.says("closed-days", "list", *SPAN, "--json", "--as", side, "--partnership", "uk-nl")
    )
    return [
        (entry["kind"], next(iter(entry["title"].values())), entry["joint"])
        for entry in listed
        if entry["party"] == "uk" and entry["kind"] in {"blackout", "absence"}
    ]


def test_a_blackout_is_its_side_s_own_until_it_is_joint(desk: Terminal) -> None:
    desk.says("closed-days", "add", "2027-05-10", "2027-05-14", "--title", "Spending review")
    assert titles(desk, "uk") == [("blackout", "Spending review", False)]
    assert titles(desk, "nl") == []
    told = desk.says("closed-days", "add", "2027-05-20", "--kind", "absence", "--title", "Tour", "--joint")
    assert told == "Closed: absence 2027-05-20 – 2027-05-20; both sides see it.\n"
    assert titles(desk, "nl") == [("absence", "Tour", True)]


def test_days_are_opened_again(desk: Terminal) -> None:
    desk.says("closed-days", "add", "2027-05-10", "--title", "Budget", "--costs", "--level", "ministerial")
    told = desk.says("closed-days", "remove", "2027-05-10")
    assert told == "Open again: blackout 2027-05-10 – 2027-05-10; your side alone knows.\n"
    assert titles(desk, "uk") == []


def test_what_cannot_be_closed_or_opened_is_refused(desk: Terminal) -> None:
    add = ("closed-days", "add", "2027-05-10")
    assert desk.refuses(*add, "2027-05-09", "--title", "Budget") == (
        2,
        "until: the days end before they begin (give a later last day)",
    )
    assert desk.refuses(*add, "--title", " ") == (2, "title: the title is empty (say what the days are)")
    assert desk.refuses(*add, "--title", "\x1b]0;yours\x07") == (
        2,
        "title: the title holds control characters (write it on one line)",
    )
    assert desk.refuses("closed-days", "add", "0001-01-01", "9999-12-31", "--title", "Ever", "--joint") == (
        2,
        "until: more than 366 days (close each year by itself)",
    )
    code, message = desk.refuses(*add, "--title", "Budget", "--office", "nobody")
    assert (code, message.partition(" (")[0]) == (2, "office: 'nobody' is no office of uk")
    assert desk.refuses("closed-days", "remove", "2027-05-10") == (
        1,
        "no blackout of uk from 2027-05-10 to 2027-05-10 (`dialogues closed-days list` shows kinds and days)",
    )
    desk.says(*add, "--title", "Budget")
    assert desk.refuses(*add, "--title", "Budget") == (
        1,
        "these days are closed already (remove them first, to close them anew)",
    )


def test_the_other_side_closes_the_same_days_as_if_nothing_were(desk: Terminal) -> None:
    days = ("2027-05-10", "2027-05-14", "--title", "Budget")
    desk.says("closed-days", "add", *days)
    desk.says("closed-days", "add", *days, "--as", "nl", "--partnership", "uk-nl")


def test_the_table_says_who_sees_what(desk: Terminal) -> None:
    desk.says("closed-days", "add", "2027-05-10", "--title", "Budget")
    rows = desk.says("closed-days", "list", *SPAN, "--language", "nl").splitlines()
    assert rows[0].split() == [
        "ZIJDE",
        "VAN",
        "TOT",
        "EN",
        "MET",
        "GEVOLG",
        "SOORT",
        "TITEL",
        "ALLEEN",
        "VOOR",
        "ZICHTBAAR",
        "VOOR",
        "BRON",
    ]
    (own,) = [row for row in rows if "Budget" in row]
    assert own.split()[:6] == ["uk", "2027-05-10", "2027-05-10", "sluit", "uit", "blackout"]
    assert "eigen zijde" in own
