"""Another time that somebody invited proposes: kept, held against the books of one side, decided by a person."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from scheduler.actor import Actor
from scheduler.audit.tables import AuditEntry
from scheduler.dates.slots import Slot, all_day_slot, timed_slot
from scheduler.db.work import reading, unit_of_work
from scheduler.diaries.actions import keep_file, read_file
from scheduler.errors import BadInput, Conflict, NotFound
from scheduler.invitations.proposals import actions
from scheduler.invitations.proposals.queries import Proposed, open_meetings, proposals
from scheduler.invitations.proposals.rules import Decision, Proposal, Standing, proposed_slot, standings
from scheduler.invitations.queries import invitation
from scheduler.meetings import actions as meetings
from scheduler.meetings.queries import MeetingFacts
from scheduler.meetings.queries import meeting as find_meeting
from scheduler.meetings.rules import State
from scheduler.outbox.queries import letter
from scheduler.partnerships.actions import Closing, close_days
from tests.builders import NL, UK, refusal
from tests.ical.foreign_calendars import calendar, event
from tests.invitations.answering import STAMP, arrives, attendee, mail, reply_calendar, stands, waiting
from tests.invitations.stage import (
    FIRST_DAY,
    LATER,
    LETTERHEAD,
    NOW,
    SECOND_DAY,
    Got,
    meeting,
    move,
    parsed,
    press,
    seen,
    tick,
)
from tests.peers import ical_js, libical

LONDON = "Europe/London"
ASKED = timed_slot(FIRST_DAY, time(10), time(16), LONDON)
PROPOSED = timed_slot(SECOND_DAY, time(11), time(15), LONDON)
TIMES = ("DTSTART:20270323T110000Z", "DTEND:20270323T150000Z")
DIRECTOR = "director-organised-crime"


@pytest.fixture
def uid(engine: Engine) -> str:
    uid = meeting(engine)
    press(engine, uid)
    return uid


def address(engine: Engine, side: Actor, uid: str, post: str = DIRECTOR) -> str:
    return seen(engine, side, uid).address_of(f"{side.party}/{post}") or ""


def counter(uid: str, sender: str, *times: str, status: str = "TENTATIVE", **more: object) -> bytes:
    """Return the mail in which whoever reads ``sender`` proposes another time."""
    lines = (*(times or TIMES), "COMMENT:The minister travels.")
    content = reply_calendar(uid, attendee(sender, status), method="COUNTER", more=lines, **more)  # type: ignore[arg-type]
    return mail(sender, content)


def known(engine: Engine, side: Actor, uid: str, *, with_diaries: bool = True) -> tuple[Proposed, ...]:
    with reading(engine, side, NOW) as work:
        return proposals(work, invitation(work, uid), with_diaries=with_diaries)


def shown(engine: Engine, side: Actor, uid: str) -> MeetingFacts:
    with reading(engine, side, NOW) as work:
        return find_meeting(work, uid)


def test_a_proposal_waits_for_its_own_side_and_moves_nothing(engine: Engine, uid: str) -> None:
    before = shown(engine, UK, uid)
    content = counter(uid, address(engine, NL, uid))
    assert arrives(engine, content, content, counter(uid, address(engine, NL, uid)) + b"\r\n") == [
        True,
        False,
        True,
    ]
    (entry,) = known(engine, NL, uid)
    assert (entry.proposal.post, entry.proposal.slot, entry.standing) == (
        f"nl/{DIRECTOR}",
        PROPOSED,
        Standing.OPEN,
    )
    assert (entry.proposal.comment, entry.objections) == ("The minister travels.", ())
    assert known(engine, UK, uid) == ()
    assert shown(engine, UK, uid) == before
    assert waiting(engine, NL) == waiting(engine, UK) == []
    # What the calendar program says of the time that stands counts as any answer.
    assert stands(engine, NL, uid)[f"nl/{DIRECTOR}"] == "tentative"
    with reading(engine, NL, NOW) as work:
        assert open_meetings(work, "uk-nl") == {uid: 1}
    with reading(engine, UK, NOW) as work:
        assert open_meetings(work, "uk-nl") == {}


def test_what_speaks_against_it_comes_from_the_books_of_its_side_alone(engine: Engine, uid: str) -> None:
    for side, why in ((NL, "Dutch absence"), (UK, "British absence")):
        with unit_of_work(engine, side, NOW) as work:
            words = {"en": why, "nl": why}
            close_days(work, "uk-nl", Closing(first=SECOND_DAY, last=SECOND_DAY, title=words))
            zone = f"DTSTART;VALUE=DATE:{SECOND_DAY:%Y%m%d}"
            keep_file(
                work, "uk-nl", DIRECTOR, read_file(calendar(event(zone, f"SUMMARY:{why}")), LONDON, NOW)
            )
    arrives(engine, counter(uid, address(engine, NL, uid)))
    (entry,) = known(engine, NL, uid)
    said = [refusal.reason["en"] for refusal in entry.objections]
    assert len(said) == 2
    assert [("Dutch absence" in words, "British" in words) for words in said] == [
        (True, False),
        (False, False),
    ]
    (without,) = known(engine, NL, uid, with_diaries=False)
    assert without.objections == entry.objections[:1]


def test_declined_it_is_answered_in_the_language_of_whoever_proposed(engine: Engine, uid: str) -> None:
    sender = address(engine, NL, uid)
    arrives(engine, counter(uid, sender))
    (entry,) = known(engine, NL, uid)
    with unit_of_work(engine, UK, LATER) as work:
        refusal(NotFound, actions.decline, work, entry.proposal.uid, LETTERHEAD)
    with unit_of_work(engine, NL, LATER) as work:
        actions.decline(work, entry.proposal.uid, LETTERHEAD, "De zaal is\r\nBcc: x@y.example bezet.")
    (declined,) = known(engine, NL, uid)
    assert (declined.standing, declined.proposal.decided_by) == (Standing.DECLINED, NL.name)
    with reading(engine, NL, NOW) as work:
        facts, content = letter(work, declined.proposal.letter or "")
    got = Got(facts.post, parsed(content))
    assert got.message["To"].addresses[0].addr_spec == sender
    assert (got.message["Content-Language"], got.message["Bcc"]) == ("nl", None)
    assert "Tijdstip ongewijzigd" in str(got.message["Subject"])
    text = " ".join(got.text.split())
    assert "De zaal is Bcc: x@y.example bezet." in text
    assert "dinsdag 23 maart 2027, 11.00 tot 15.00 uur in Londen" in text
    assert (got.value("METHOD"), got.value("UID"), got.value("SEQUENCE")) == ("DECLINECOUNTER", uid, "0")
    assert got.value("COMMENT") == "De zaal is Bcc: x@y.example bezet."
    assert got.value("DTSTART") == "20270316T100000"
    assert [
        part.get_param("method") for part in got.message.walk() if part.get_content_type() == "text/calendar"
    ] == ["DECLINECOUNTER"]
    for read in (libical.read, ical_js.read):
        assert [(one.uid, one.start) for one in read(got.calendar)] == [
            (uid, datetime(2027, 3, 16, 10, tzinfo=UTC))
        ]
    with unit_of_work(engine, NL, LATER) as work:
        refusal(Conflict, actions.decline, work, entry.proposal.uid, LETTERHEAD)
        refusal(Conflict, actions.accept, work, entry.proposal.uid)


def test_accepted_it_is_offered_and_needs_both_sides(engine: Engine, uid: str) -> None:
    arrives(engine, counter(uid, address(engine, NL, uid)))
    (entry,) = known(engine, NL, uid)
    with unit_of_work(engine, NL, LATER) as work:
        actions.accept(work, entry.proposal.uid)
    found = shown(engine, UK, uid)
    assert (found.state, found.slot, found.consents) == (State.OFFERED, PROPOSED, ("nl",))
    (accepted,) = known(engine, NL, uid)
    assert accepted.standing is Standing.ACCEPTED
    assert tick(engine, at=LATER) == [0, 0]
    with unit_of_work(engine, UK, LATER) as work:
        meetings.agree(work, uid)
    press(engine, uid, at=LATER)
    assert {entry.told.sequence for entry in seen(engine, NL, uid).told} == {0, 1}
    with reading(engine, NL, LATER) as work:
        trail = select(AuditEntry).where(AuditEntry.act == "proposal accepted")
        assert [(row.layer, row.detail["proposal"]) for row in work.session.scalars(trail)] == [
            ("nl", entry.proposal.uid)
        ]
    with reading(engine, UK, LATER) as work:
        assert work.session.scalars(trail).all() == []


def test_to_an_earlier_version_or_replaced_it_cannot_be_decided(engine: Engine, uid: str) -> None:
    sender = address(engine, UK, uid)
    later = ("DTSTART:20270324T110000Z", "DTEND:20270324T150000Z")
    arrives(engine, counter(uid, sender), counter(uid, sender, *later, stamp=STAMP + timedelta(hours=1)))
    assert [entry.standing for entry in known(engine, UK, uid)] == [Standing.OPEN, Standing.REPLACED]
    move(engine, uid, SECOND_DAY)
    press(engine, uid, at=LATER)
    assert {entry.standing for entry in known(engine, UK, uid)} == {Standing.SUPERSEDED}
    # One that comes after the move, to what was asked before it, is kept too.
    arrives(engine, counter(uid, sender, *later, stamp=STAMP + timedelta(hours=2)), at=LATER)
    found = known(engine, UK, uid)
    assert [entry.standing for entry in found] == [Standing.SUPERSEDED] * 3
    with unit_of_work(engine, UK, LATER) as work:
        for entry in found:
            refusal(Conflict, actions.accept, work, entry.proposal.uid)
            refusal(Conflict, actions.decline, work, entry.proposal.uid, LETTERHEAD)


@pytest.mark.parametrize(
    ("times", "said"),
    [
        (
            ("DTSTART:20270316T100000Z", "DTEND:20270316T160000Z"),
            "DTSTART: de tijd die al staat is voorgesteld",
        ),
        (("DTEND:20270316T160000Z",), "DTSTART: er is geen tijd voorgesteld"),
        (
            ("DTSTART:20270323T160000Z", "DTEND:20270323T100000Z"),
            "end: eindigt op 2027-03-23 om 10.00 uur, niet na het begin op 2027-03-23 om 16.00 uur",
        ),
        (
            ("DTSTART;TZID=Mars/Olympus:20270323T160000", "DTEND:20270323T100000Z"),
            "event, DTSTART: staat in de onbekende tijdzone Mars/Olympus",
        ),
        (("DTSTART:20270323T100030Z", "DTEND:20270323T160030Z"), "DTSTART: is niet op de minuut bepaald"),
        (("DTSTART;VALUE=DATE:20270323", "DTEND:20270323T160000Z"), "DTEND: noemt een uur, het begin niet"),
    ],
)
def test_what_cannot_be_meant_is_for_a_person(
    engine: Engine, uid: str, times: tuple[str, ...], said: str
) -> None:
    sender = address(engine, UK, uid)
    assert arrives(engine, counter(uid, sender, *times)) == [True]
    assert known(engine, UK, uid) == ()
    (puzzle,) = waiting(engine, UK)
    assert puzzle.problem["nl"].partition(" (")[0] == said
    assert str(puzzle.reason) in {"proposal", "unreadable"}


def test_from_somebody_who_is_not_invited_it_is_for_a_person(engine: Engine, uid: str) -> None:
    stranger = counter(uid, "stranger@uk.example")
    desk = mail(
        "elsewhere@uk.example",
        reply_calendar(uid, attendee(address(engine, UK, uid)), method="COUNTER", more=TIMES),
    )
    arrives(engine, stranger, desk)
    assert known(engine, UK, uid) == known(engine, NL, uid) == ()


def test_whole_days_and_a_missing_end_are_understood() -> None:
    start = datetime(2027, 7, 6, 8, 0, tzinfo=UTC)
    assert proposed_slot(start, None, ASKED, LONDON) == timed_slot(
        date(2027, 7, 6), time(9), time(15), LONDON
    )
    days = all_day_slot(date(2027, 7, 6), date(2027, 7, 7), LONDON)
    assert proposed_slot(date(2027, 7, 6), date(2027, 7, 8), ASKED, LONDON) == days
    assert proposed_slot(date(2027, 7, 6), None, ASKED, LONDON) == all_day_slot(
        date(2027, 7, 6), date(2027, 7, 6), LONDON
    )
    night = datetime(2027, 10, 31, 1, 30, tzinfo=UTC)  # the clocks show it for the second time
    refusal(BadInput, proposed_slot, night, None, ASKED, LONDON)


def entry(uid: str, sequence: int, minute: int, decision: Decision | None, address: str) -> Proposal:
    slot: Slot = PROPOSED
    at = NOW + timedelta(minutes=minute)
    return Proposal(uid, "uk/desk", address, sequence, at, slot, "", NOW, decision)


@given(
    st.lists(
        st.tuples(
            st.integers(0, 2),
            st.integers(0, 3),
            st.sampled_from([None, Decision.DECLINED]),
            st.sampled_from(["a@b.example", "c@d.example"]),
        ),
        max_size=6,
    ),
    st.randoms(),
)
def test_at_most_one_of_an_address_waits_in_whatever_order_they_come(
    values: list[tuple[int, int, Decision | None, str]], chance: object
) -> None:
    made = [entry(str(number), *value) for number, value in enumerate(values)]
    asked = {"a@b.example": 1}
    found = standings(made, asked, is_past=False)
    shuffled = list(made)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert standings(shuffled, asked, is_past=False) == found
    waits = [one.address for one, stands in found if stands is Standing.OPEN]
    assert waits in ([], ["a@b.example"])
    assert Standing.OPEN not in {stands for _, stands in standings(made, asked, is_past=True)}
