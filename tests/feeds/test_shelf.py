"""Reading feeds: what is shown to whom, what is written anew after a change, and what a change does to the tag."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, delete, select, update

from scheduler.actor import operator, side
from scheduler.db.engine import reading_engine
from scheduler.db.work import reading, unit_of_work
from scheduler.errors import NotFound
from scheduler.feeds.actions import revoke
from scheduler.feeds.queries import Revoked, subscriptions
from scheduler.feeds.rules import Deadlines, Scope, Terms, Tier
from scheduler.feeds.shelf import Shelf
from scheduler.feeds.tables import Fragment
from scheduler.ical.timezones import yearly_rules
from scheduler.meetings.actions import Round, plan_round
from scheduler.meetings.tables import Meeting, MeetingDuty
from scheduler.obligations.actions import set_interval
from scheduler.obligations.queries import obligation
from scheduler.obligations.tables import Obligation
from scheduler.partnerships.tables import Party
from scheduler.programmes.actions import note_load
from tests.feeds.house import (
    NOW,
    OBLIGATIONS,
    OTHER,
    PUBLIC_URL,
    act,
    at,
    found_partnership,
    put,
    read,
    subscribe,
    values,
)

MARCH = date(2027, 3, 23)
LATER = NOW + timedelta(hours=1)
BEFORE = NOW - timedelta(days=200)
"""When rounds were agreed that lie in the past now."""


@pytest.fixture(autouse=True)
def partnership(engine: Engine) -> None:
    found_partnership(engine)


def fragments(engine: Engine, party: str = "uk") -> dict[tuple[str, str], int]:
    """Return the number of every fragment that a side keeps, by meeting and part: a new number is a new writing."""
    with reading(engine, side(party, "test"), NOW) as work:
        rows = work.session.execute(
            select(Meeting.uid, Fragment.part, Fragment.id).join(Meeting, Meeting.id == Fragment.meeting_id)
        ).all()
    assert len(rows) == len({(uid, part) for uid, part, _ in rows})
    return {(uid, part): number for uid, part, number in rows}


def test_a_side_sees_what_is_joint_and_what_is_its_own(engine: Engine) -> None:
    joint = put(engine, at(MARCH))
    own = put(engine, at(date(2027, 4, 6)), "planned", by="uk")
    theirs = put(engine, at(date(2027, 4, 7)), "planned", by="nl")
    assert values(read(engine, subscribe(engine, "uk")), "UID") == [joint, own]
    assert values(read(engine, subscribe(engine, "nl")), "UID") == [joint, theirs]


def test_a_second_reading_gives_the_same_bytes_in_this_process_and_in_another(engine: Engine) -> None:
    put(engine, at(MARCH))
    put(engine, at(date(2027, 7, 6)), "offered")
    secret, shelf = subscribe(engine), Shelf(engine, PUBLIC_URL)
    first = shelf.read(secret, NOW)
    assert shelf.read(secret, LATER) is first
    shelf.keep_written(LATER)
    again = Shelf(engine, PUBLIC_URL).read(secret, LATER)
    assert (again.body, again.tag, again.compressed) == (first.body, first.tag, first.compressed)


def test_two_subscribers_on_the_same_terms_read_the_same_feed(engine: Engine) -> None:
    put(engine, at(MARCH))
    shelf = Shelf(engine, PUBLIC_URL)
    first = shelf.read(subscribe(engine), NOW)
    assert shelf.read(subscribe(engine), NOW) is first
    assert shelf.read(subscribe(engine, terms=Terms("nl")), NOW).tag != first.tag


def test_a_change_writes_one_fragment_anew(engine: Engine) -> None:
    moved, *others = (put(engine, at(MARCH + timedelta(days=7 * week))) for week in range(5))
    secret = subscribe(engine)
    read(engine, secret)
    before = fragments(engine)
    assert len(before) == 5
    act(engine, "uk", "move", moved, at(date(2027, 9, 7)), now=LATER)
    feed = read(engine, secret, LATER)
    after = fragments(engine)
    assert {key: after[key] for key in before if key[0] in others} == {
        key: before[key] for key in before if key[0] in others
    }
    assert len(after) == 5
    assert after[moved, "meeting"] != before[moved, "meeting"]
    assert values(feed, "SEQUENCE") == ["1", "1", "1", "1", "2"]
    assert values(feed, "DTSTART")[-1] == "20270907T100000"


def test_a_reading_without_a_change_writes_nothing(engine: Engine) -> None:
    put(engine, at(MARCH))
    secret = subscribe(engine)
    read(engine, secret)
    before = fragments(engine)
    read(engine, secret, LATER)
    assert fragments(engine) == before


def test_the_sides_share_what_was_written_of_joint_rounds(engine: Engine) -> None:
    joint, own = put(engine, at(MARCH)), put(engine, at(date(2027, 4, 6)), "planned")
    read(engine, subscribe(engine, "uk"))
    known = fragments(engine, "uk")
    assert set(known) == {(joint, "meeting"), (own, "meeting")}
    read(engine, subscribe(engine, "nl"))
    assert fragments(engine, "nl") == {(joint, "meeting"): known[joint, "meeting"]}


def test_an_offer_within_the_same_second_is_noticed(engine: Engine) -> None:
    uid = put(engine, at(MARCH), "planned")
    secrets = {party: subscribe(engine, party) for party in OTHER}
    shelf = Shelf(engine, PUBLIC_URL)
    before = {party: shelf.read(secret, NOW) for party, secret in secrets.items()}
    shelf.keep_written(NOW)
    act(engine, "uk", "offer", uid)
    after = {party: shelf.read(secret, NOW) for party, secret in secrets.items()}
    assert [values(before[party], "UID") for party in ("uk", "nl")] == [[uid], []]
    assert [values(after[party], "UID") for party in ("uk", "nl")] == [[uid], [uid]]
    assert "State: offered" in values(after["uk"], "DESCRIPTION")[0]
    assert after["uk"].body == after["nl"].body


def test_a_deletion_is_noticed_even_where_another_takes_its_place(engine: Engine) -> None:
    kept, gone = put(engine, at(MARCH), "planned"), put(engine, at(date(2027, 4, 6)), "planned")
    secret, shelf = subscribe(engine), Shelf(engine, PUBLIC_URL)
    assert values(shelf.read(secret, NOW), "UID") == [kept, gone]
    shelf.keep_written(NOW)
    with unit_of_work(engine, side("uk", "test"), NOW) as work:
        number = work.session.scalars(select(Meeting.id).where(Meeting.uid == gone)).one()
        work.session.execute(delete(MeetingDuty).where(MeetingDuty.meeting_id == number))
        work.session.execute(delete(Meeting).where(Meeting.id == number))
    other = put(engine, at(date(2027, 4, 6)), "planned")
    assert values(shelf.read(secret, NOW), "UID") == [kept, other]


def test_what_a_load_changes_is_written_anew(engine: Engine) -> None:
    put(engine, at(MARCH))
    secret, shelf = subscribe(engine), Shelf(engine, PUBLIC_URL)
    before = shelf.read(secret, NOW)
    shelf.keep_written(NOW)
    with unit_of_work(engine, operator(), LATER) as work:
        work.session.execute(
            update(Obligation).where(Obligation.key == "R1").values(title={"en": "SOC Dialogue"})
        )
        note_load(work, "uk-nl")
    after = shelf.read(secret, LATER)
    assert values(before, "SUMMARY") == ["Organised Crime Dialogue"]
    assert values(after, "SUMMARY") == ["SOC Dialogue"]


def test_whatever_a_load_changes_is_stamped_anew(engine: Engine) -> None:
    """DTSTAMP and LAST-MODIFIED say when what is told was last revised (RFC 5545 sections 3.8.7.2 and 3.8.7.3)."""
    put(engine, at(MARCH), now=NOW - timedelta(days=1))
    secret = subscribe(engine, terms=Terms(deadlines=Deadlines.EVENTS))
    before = read(engine, secret, NOW)
    with unit_of_work(engine, operator(), LATER) as work:
        for row in work.session.scalars(select(Obligation)):
            row.title = {"en": f"New {row.title['en']}"}
        note_load(work, "uk-nl")
    after = read(engine, secret, LATER)
    assert values(after, "UID") == values(before, "UID")
    assert values(after, "SEQUENCE") == values(before, "SEQUENCE")
    for name in ("DTSTAMP", "LAST-MODIFIED"):
        assert set(values(after, name)) == {"20261121T100000Z"}
        assert max(values(before, name)) < "20261121T100000Z"


def test_what_is_reckoned_anew_each_day_is_stamped_with_the_day(engine: Engine) -> None:
    secret = subscribe(engine, terms=Terms(deadlines=Deadlines.EVENTS))
    assert set(values(read(engine, secret, NOW), "DTSTAMP")) == {"20261121T000000Z"}
    assert set(values(read(engine, secret, NOW + timedelta(days=1)), "DTSTAMP")) == {"20261122T000000Z"}


def test_a_side_that_a_file_of_another_partnership_renames_is_noticed(engine: Engine) -> None:
    put(engine, at(MARCH))
    secret, shelf = subscribe(engine), Shelf(engine, PUBLIC_URL)
    shelf.read(secret, NOW)
    with unit_of_work(engine, operator(), NOW) as work:
        work.session.execute(update(Party).where(Party.key == "uk").values(short={"en": "Britain"}))
    assert r"\nHost: Britain (assumed)\n" in values(shelf.read(secret, NOW), "DESCRIPTION")[0]


def test_a_zone_whose_present_rule_begins_later_is_described(engine: Engine) -> None:
    """A country that changes its rule is written in UTC until then, and must not lack its VTIMEZONE after."""
    rules = yearly_rules("Europe/London")
    assert rules is not None
    long_ago = datetime(rules.first_year, 6, 1, tzinfo=UTC)
    put(engine, at(rules.described_from + timedelta(days=90)), now=long_ago)
    told = read(engine, subscribe(engine, now=long_ago), long_ago).body
    assert b"DTSTART;TZID=Europe/London:" in told
    assert told.count(b"TZID:Europe/London\r\n") == 1


def test_another_public_address_is_written_anew(engine: Engine) -> None:
    uid, secret = put(engine, at(MARCH)), subscribe(engine)
    read(engine, secret)
    elsewhere = Shelf(engine, "https://elsewhere.example").read(secret, NOW)
    assert values(elsewhere, "URL") == [f"https://elsewhere.example/meetings/{uid}"]


def test_a_feed_is_a_window(engine: Engine) -> None:
    today = NOW.date()
    days = [date(2026, 8, 20), date(2026, 8, 21), today, date(2028, 5, 21), date(2028, 5, 22)]
    uids = [put(engine, at(day), now=BEFORE) for day in days]
    assert values(read(engine, subscribe(engine)), "UID") == uids[1:4]


def test_the_window_moves_with_the_day(engine: Engine) -> None:
    put(engine, at(date(2026, 8, 21)), now=BEFORE)
    secret, shelf = subscribe(engine), Shelf(engine, PUBLIC_URL)
    first, tomorrow = shelf.read(secret, NOW), shelf.read(secret, NOW + timedelta(days=1))
    assert (len(values(first, "UID")), len(values(tomorrow, "UID"))) == (1, 0)
    assert tomorrow.changed_at == datetime(2026, 11, 22, tzinfo=UTC)


@pytest.mark.parametrize("name", ["cancel", "postpone"])
def test_what_is_called_off_is_named_so_for_a_fortnight(engine: Engine, name: str) -> None:
    uid = put(engine, at(MARCH))
    act(engine, "uk", name, uid, now=LATER)
    secret, busy = subscribe(engine), subscribe(engine, terms=Terms(tier=Tier.BUSY))
    told = read(engine, secret, LATER)
    assert [values(told, key)[0] for key in ("UID", "SUMMARY", "STATUS", "SEQUENCE", "DTSTART")] == [
        uid, "CANCELLED: Organised Crime Dialogue", "CANCELLED", "2", "20270323T100000",
    ]  # fmt: skip
    assert values(read(engine, busy, LATER), "UID") == []
    assert values(read(engine, secret, LATER + timedelta(days=14)), "UID") == [uid]
    assert values(read(engine, secret, LATER + timedelta(days=15)), "UID") == []


@pytest.mark.parametrize(
    ("scope", "shown"),
    [
        (Scope(), ["R1", "R2"]),
        (Scope(themes=("T1",)), ["R1", "R2"]),
        (Scope(themes=("T2",)), ["R2"]),
        (Scope(levels=("senior_official",)), ["R1"]),
        (Scope(obligations=("R2",)), ["R2"]),
        (Scope(themes=("T1",), levels=("expert",)), ["R2"]),
        (Scope(themes=("T2",), obligations=("R1",)), []),
    ],
)
def test_a_scope_chooses_rounds_and_deadlines(engine: Engine, scope: Scope, shown: list[str]) -> None:
    uids = {key: put(engine, at(MARCH), key=key) for key in ("R1", "R2")}
    told = read(engine, subscribe(engine, terms=Terms(scope=scope)))
    assert sorted(values(told, "UID")) == sorted(uids[key] for key in shown)
    told = read(engine, subscribe(engine, terms=Terms(deadlines=Deadlines.TODOS, scope=scope)))
    titles = {str(OBLIGATIONS[key]["title"]["en"]) for key in shown}
    assert {summary.rpartition(": ")[2] for summary in values(told, "SUMMARY")} == titles


def test_a_meeting_merged_into_another_counts_for_both(engine: Engine) -> None:
    uid = put(engine, at(MARCH), "planned")
    with unit_of_work(engine, side("uk", "test"), NOW) as work:
        number = work.session.scalars(select(Meeting.id).where(Meeting.uid == uid)).one()
        second = obligation(work, "uk-nl", "R2")
        work.session.add(MeetingDuty(meeting_id=number, obligation_id=second.id, position=1))
    told = read(engine, subscribe(engine, terms=Terms(scope=Scope(obligations=("R2",)))))
    assert values(told, "SUMMARY") == ["Tentative: Organised Crime Dialogue"]
    assert values(told, "CATEGORIES") == ["Crime,Training"]


def test_a_dutch_feed_is_dutch(engine: Engine) -> None:
    put(engine, at(MARCH), "offered", by="nl")
    told = read(engine, subscribe(engine, "nl", Terms("nl", deadlines=Deadlines.EVENTS)))
    assert b"X-WR-CALNAME:VK\xe2\x80\x93NL\r\n" in told.body
    assert values(told, "SUMMARY")[:2] == [
        "concept: Misdaaddialoog",
        r"concept: Vooraankondiging\, met twee of drie opties: Misdaaddialoog",
    ]
    assert values(told, "DESCRIPTION")[0].startswith(
        r"Stand: voorgelegd\nNiveau: Hoogambtelijk\nGastland: NL (aangenomen)"
    )
    assert values(told, "LOCATION") == ["Den Haag"]


def test_deadlines_are_those_of_the_side_and_kept_for_it_alone(engine: Engine) -> None:
    uid = put(engine, at(MARCH))
    terms = Terms(deadlines=Deadlines.EVENTS)
    told = {party: values(read(engine, subscribe(engine, party, terms)), "UID") for party in OTHER}
    assert f"{uid}-invitation" in told["uk"]
    assert f"{uid}-invitation" not in told["nl"]
    numbers = [fragments(engine, party)[uid, "events"] for party in ("uk", "nl")]
    assert numbers[0] != numbers[1]


def test_deadlines_follow_their_round(engine: Engine) -> None:
    uid, secret = put(engine, at(MARCH)), subscribe(engine, terms=Terms(deadlines=Deadlines.TODOS))
    before = due_days(engine, secret)
    act(engine, "uk", "move", uid, at(date(2027, 3, 30)), now=LATER)
    act(engine, "nl", "agree", uid, now=LATER)
    after = due_days(engine, secret, LATER)
    weeks = {key: (after[key] - before[key]).days for key in before if key.startswith(uid)}
    assert set(weeks.values()) == {7}
    act(engine, "uk", "cancel", uid, now=LATER)
    assert not any(key.startswith(f"{uid}-") for key in due_days(engine, secret, LATER))


def due_days(engine: Engine, secret: str, now: datetime = NOW) -> dict[str, date]:
    told = read(engine, secret, now)
    tasks = [uid for uid in values(told, "UID") if uid not in events_of(told.body)]
    return dict(zip(tasks, map(date.fromisoformat, values(told, "DUE")), strict=True))


def events_of(body: bytes) -> set[str]:
    return {part.split("\r\n")[0] for part in body.decode().split("BEGIN:VEVENT\r\nUID:")[1:]}


def test_an_interval_that_somebody_sets_brings_deadlines(engine: Engine) -> None:
    with unit_of_work(engine, side("uk", "test"), NOW) as work:
        rule: dict[str, Any] = {"rule": "regular", "months": None}
        for row in work.session.scalars(select(Obligation)):
            row.cadence = {**row.cadence, **rule}
    secret, shelf = subscribe(engine, terms=Terms(deadlines=Deadlines.EVENTS)), Shelf(engine, PUBLIC_URL)
    assert values(shelf.read(secret, NOW), "UID") == []
    with unit_of_work(engine, side("uk", "test"), NOW) as work:
        set_interval(work, obligation(work, "uk-nl", "R2"), 12, "Home Office")
    assert values(shelf.read(secret, NOW), "SUMMARY") == [
        "Save-the-date due: Joint Training (assumed)",
        "Due: Joint Training (set by Home Office)",
    ]


def test_nobody_else_opens_a_feed(engine: Engine) -> None:
    with pytest.raises(NotFound) as refused:
        read(engine, "no such secret")
    assert not isinstance(refused.value, Revoked)


def test_a_feed_that_was_taken_back_ends_at_once_even_where_it_lies_ready(engine: Engine) -> None:
    secret, other, shelf = subscribe(engine), subscribe(engine), Shelf(engine, PUBLIC_URL)
    ready = shelf.read(secret, NOW)
    with unit_of_work(engine, side("uk", "desk"), NOW) as work:
        revoke(work, subscriptions(work, "uk-nl")[-1].key)
    with pytest.raises(Revoked):
        shelf.read(secret, NOW)
    with pytest.raises(Revoked):
        read(engine, secret)
    assert shelf.read(other, NOW) is ready


def test_when_a_feed_changed_comes_from_the_data(engine: Engine) -> None:
    secret, shelf = subscribe(engine), Shelf(engine, PUBLIC_URL)
    put(engine, at(MARCH))
    act(engine, "uk", "move", put(engine, at(MARCH)), at(MARCH, 14), now=LATER)
    assert shelf.read(secret, LATER + timedelta(hours=3)).changed_at == LATER


def test_a_stamp_of_the_next_second_is_not_in_the_future(engine: Engine) -> None:
    """DTSTAMP must rise even within one second, so it may run ahead; Last-Modified may not (RFC 9110, 8.8.2.1)."""
    put(engine, at(MARCH))
    assert read(engine, subscribe(engine)).changed_at == NOW


def test_where_nothing_can_be_kept_a_feed_is_read_all_the_same(engine: Engine) -> None:
    put(engine, at(MARCH))
    secret, shelf = subscribe(engine), Shelf(reading_engine(engine), PUBLIC_URL)
    told = shelf.read(secret, NOW)
    shelf.keep_written(NOW)
    assert fragments(engine) == {}
    assert read(engine, secret).body == told.body


def test_processes_that_read_at_once_agree(engine: Engine) -> None:
    for week in range(5):
        put(engine, at(MARCH + timedelta(days=7 * week)))
    secret = subscribe(engine)
    with ThreadPoolExecutor(8) as together:
        told = list(together.map(lambda _: read(engine, secret), range(8)))
    assert len({feed.body for feed in told}) == 1
    assert len(fragments(engine)) == 5


def test_five_hundred_meetings(engine: Engine) -> None:
    with unit_of_work(engine, side("uk", "test"), NOW) as work:
        own = obligation(work, "uk-nl", "R1")
        days = [NOW.date() + timedelta(days=number) for number in range(500)]
        uids = [plan_round(work, Round((own,), at(day), "uk", {"en": "London"}, {})) for day in days]
    secret = subscribe(engine)
    told = read(engine, secret)
    assert values(told, "UID") == uids
    assert read(engine, secret).body == told.body
    assert max(len(line) for line in told.body.split(b"\r\n")) <= 75
