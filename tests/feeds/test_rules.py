"""What a feed tells of a round, and of which."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.feeds.rules import (
    CALLED_OFF,
    STANDING,
    Deadlines,
    Duty,
    Scope,
    Terms,
    Tier,
    calendar,
    called_off_since,
    event,
    feed_address,
    page_address,
    window,
)
from scheduler.ical.components import EventStatus, event_bytes
from scheduler.meetings.rules import State
from tests.feeds.rounds import CRIME, ROUND, STRATEGY, a_round

ENGLISH, DUTCH = Terms("en"), Terms("nl")
TODAY = date(2027, 5, 31)

GOLDEN = """\
BEGIN:VEVENT
UID:4f1661a8eb25439cbae3effce153c908
DTSTAMP:20261201T093000Z
CREATED:20261121T090000Z
LAST-MODIFIED:20261201T093000Z
SEQUENCE:1
DTSTART;TZID=Europe/London:20270323T100000
DTEND;TZID=Europe/London:20270323T160000
SUMMARY:concept: Misdaaddialoog
DESCRIPTION:Stand: voorgelegd\\nNiveau: Hoogambtelijk\\nRonde: 5\\nGastland: V
 K (aangenomen)\\nPlaats: Londen\\nTer nakoming van: R1 Misdaaddialoog\\nBron:
  Verklaring\\, Crime\\, 5503–5825\\nDoor geen bron vermeld: aanvangstijd (a
 angenomen)\\, duur (vastgesteld door BZ desk)\\nPagina: https://dialogues.ex
 ample/meetings/4f1661a8eb25439cbae3effce153c908
LOCATION:Londen
URL:https://dialogues.example/meetings/4f1661a8eb25439cbae3effce153c908
CATEGORIES:Misdaad
CLASS:PUBLIC
STATUS:TENTATIVE
TRANSP:OPAQUE
END:VEVENT
"""


def test_a_round_in_full() -> None:
    told = event(ROUND, ENGLISH)
    assert told.summary == "Organised Crime Dialogue"
    assert told.location == "London"
    assert told.categories == ("Crime",)
    assert told.url == ROUND.page
    assert told.description.split("\n") == [
        "State: agreed",
        "Level: Senior officials",
        "Round: 5",
        "Host: UK (assumed)",
        "Place: London",
        "Discharges: R1 Organised Crime Dialogue",
        "Source: Joint Statement, Crime, 5503–5825",
        "Stated by no source: start time (assumed), length (set by BZ desk)",
        f"Page: {ROUND.page}",
    ]


def test_the_bytes_of_a_round() -> None:
    """Whoever changes them raises ``EDITION``, or subscribers keep the old ones until the round changes."""
    told = event_bytes(event(a_round(state=State.OFFERED), DUTCH))
    assert told.decode() == GOLDEN.replace("\n", "\r\n")


def test_what_nobody_said_is_left_out() -> None:
    told = event(
        a_round(host=None, host_name=None, place=None, number=None, basis={}, duties=(STRATEGY,)), ENGLISH
    )
    assert told.description.split("\n") == [
        "State: agreed",
        "Level: Senior officials (assumed)",
        "Discharges: R2 Strategic Dialogue",
        f"Page: {ROUND.page}",
    ]
    assert (told.location, told.categories) == ("", ())


def test_a_round_may_discharge_several_duties_and_is_called_after_its_own() -> None:
    told = event(a_round(duties=(STRATEGY, CRIME)), ENGLISH)
    assert told.summary == "Strategic Dialogue"
    assert [line for line in told.description.split("\n") if line.startswith("Discharges")] == [
        "Discharges: R2 Strategic Dialogue",
        "Discharges: R1 Organised Crime Dialogue",
    ]
    assert told.categories == ("Crime",)


def test_the_title_tier_tells_title_time_and_state_alone() -> None:
    told = event(a_round(state=State.OFFERED), Terms("en", Tier.TITLE))
    assert told.summary == "Tentative: Organised Crime Dialogue"
    assert (told.description, told.location, told.url, told.categories) == ("", "", "", ())
    assert told.slot == ROUND.slot


@pytest.mark.parametrize(("language", "word"), [("en", "Busy"), ("nl", "Bezet")])
def test_the_busy_tier_tells_nothing_but_the_time(language: str, word: str) -> None:
    told = event(a_round(state=State.PLANNED), Terms(language, Tier.BUSY))
    assert told.summary == word
    assert (told.description, told.location, told.url, told.categories) == ("", "", "", ())


@pytest.mark.parametrize(
    ("state", "status", "english", "dutch"),
    [
        (State.PLANNED, EventStatus.TENTATIVE, "Tentative: ", "concept: "),
        (State.OFFERED, EventStatus.TENTATIVE, "Tentative: ", "concept: "),
        (State.AGREED, EventStatus.CONFIRMED, "", ""),
        (State.HELD, EventStatus.CONFIRMED, "", ""),
        (State.POSTPONED, EventStatus.CANCELLED, "CANCELLED: ", "GEANNULEERD: "),
        (State.CANCELLED, EventStatus.CANCELLED, "CANCELLED: ", "GEANNULEERD: "),
    ],
)
def test_a_date_that_does_not_stand_says_so(
    state: State, status: EventStatus, english: str, dutch: str
) -> None:
    told = event(a_round(state=state), ENGLISH)
    assert (told.status, told.summary) == (status, f"{english}Organised Crime Dialogue")
    assert told.is_transparent is (status is EventStatus.CANCELLED)
    assert event(a_round(state=state), DUTCH).summary == f"{dutch}Misdaaddialoog"


@given(st.text(), st.text())
def test_no_title_adds_a_property(title: str, place: str) -> None:
    hostile = a_round(duties=(Duty("R1", {"en": title}, {"en": title}, {"en": title}, f"set:{title}"),))
    lines = (
        event_bytes(event(replace(hostile, place={"en": place}), ENGLISH))
        .replace(b"\r\n ", b"")
        .split(b"\r\n")
    )
    names = [line.partition(b":")[0].partition(b";")[0].decode() for line in lines]
    assert [name for name in names if name not in {"LOCATION", "CATEGORIES"}] == [
        "BEGIN", "UID", "DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY",
        "DESCRIPTION", "URL", "CLASS", "STATUS", "TRANSP", "END", "",
    ]  # fmt: skip


def test_a_feed_is_a_window_of_whole_days() -> None:
    assert window(date(2027, 5, 31)) == (date(2027, 2, 28), date(2028, 11, 30))


def test_every_state_with_a_date_is_shown_and_what_was_called_off_for_a_fortnight() -> None:
    assert {state for state in State if state not in STANDING | CALLED_OFF} == {State.SKIPPED}
    assert {State.WANTED, State.POSTPONED, State.CANCELLED} == CALLED_OFF
    assert called_off_since(Tier.FULL, TODAY) == called_off_since(Tier.TITLE, TODAY) == date(2027, 5, 17)


def test_what_was_called_off_makes_nobody_busy() -> None:
    assert called_off_since(Tier.BUSY, TODAY) is None


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope(), True),
        (Scope(themes=("T2", "T9")), True),
        (Scope(themes=("T9",)), False),
        (Scope(levels=("expert",)), True),
        (Scope(levels=("ministerial",)), False),
        (Scope(obligations=("R1",)), True),
        (Scope(obligations=("R3",)), False),
        (Scope(themes=("T1",), levels=("expert",), obligations=("R2",)), True),
        (Scope(themes=("T1",), levels=("ministerial",)), False),
    ],
)
def test_a_scope_asks_for_every_part_and_any_of_each(scope: Scope, *, expected: bool) -> None:
    assert scope.admits("expert", ("R1", "R2"), ("T1", "T2")) is expected


@given(st.lists(st.sampled_from(["R1", "R2", "R3"]), max_size=3), st.sampled_from(["R1", "R2", "R3"]))
def test_a_narrower_scope_never_shows_more(kept: list[str], key: str) -> None:
    wide, narrow = Scope(obligations=("R1", "R2", "R3")), Scope(obligations=tuple(kept) or ("none",))
    assert wide.admits("expert", (key,), ()) or not narrow.admits("expert", (key,), ())
    assert narrow.admits("expert", (key,), ()) is (key in kept)


def test_a_calendar_says_what_it_shows() -> None:
    name = {"en": "UK–NL", "nl": "VK–NL"}
    themes = [{"en": "Crime", "nl": "Misdaad"}]
    assert calendar(name, [], ENGLISH).name == "UK–NL"
    assert calendar(name, themes, Terms("nl", scope=Scope(("T1",), ("expert",)))).name == (
        "VK–NL: Misdaad, Deskundigen"
    )
    assert calendar(name, themes, Terms("nl", Tier.BUSY, scope=Scope(("T1",)))).name == "Bezet"
    assert calendar(name, themes, Terms("nl", Tier.BUSY, scope=Scope(("T1",)))).description == ""


def test_addresses() -> None:
    assert feed_address("https://dialogues.example", "abc") == "https://dialogues.example/feeds/abc.ics"
    assert page_address("https://dialogues.example", "abc") == "https://dialogues.example/meetings/abc"


def test_terms_can_name_a_feed() -> None:
    assert Terms("en", Tier.FULL, Deadlines.NONE) == Terms()
    assert len({Terms(), Terms("nl"), Terms(scope=Scope(("T1",)))}) == 3
