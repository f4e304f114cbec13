from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, select, update

from scheduler.actor import Actor, operator
from scheduler.db.layers import ACROSS_SIDES
from scheduler.db.work import unit_of_work
from scheduler.errors import BadInput, Conflict, DialoguesError, NotAllowed, NotFound
from scheduler.invitations import actions
from scheduler.invitations.rules import Arrangement, Delegate, Role
from scheduler.invitations.tables import DelegateRow, DelegationRow, SharedDelegation, ToldRow
from scheduler.invitations.telling.actions import Told, tell
from scheduler.meetings import actions as meetings
from scheduler.meetings.hosting import swap_host
from scheduler.meetings.rules import State
from scheduler.partnerships.tables import Post
from tests.builders import NL, UK, agreed, offered, planned, refusal
from tests.invitations.stage import (
    FIRST_DAY,
    LATER,
    LETTERHEAD,
    NOW,
    SECOND_DAY,
    got,
    meeting,
    move,
    press,
    programme,
    seen,
    tick,
)


def change(engine: Engine, side: Actor, name: str, *words: object) -> None:
    with unit_of_work(engine, side, NOW) as work:
        getattr(actions, name)(work, *words)


def posts(engine: Engine, side: Actor, uid: str) -> dict[str, str]:
    return {entry.post: str(entry.role) for entry in seen(engine, side, uid).delegates}


def heard(engine: Engine, side: Actor) -> list[tuple[str, str, str]]:
    """Return post, METHOD and SEQUENCE of every invitation of a side, in order."""
    return [(entry.post, entry.value("METHOD"), entry.value("SEQUENCE")) for entry in got(engine, side)]


def test_until_a_side_changes_its_list_the_posts_of_the_programme_come(engine: Engine) -> None:
    uid = meeting(engine)
    assert seen(engine, UK, uid).is_own_list is False
    assert posts(engine, UK, uid) == {
        "uk/director-organised-crime": "chair",
        "uk/organised-crime-desk": "required",
        "uk/embassy-desk": "optional",
        "uk/home-secretary": "informed",
        "uk/secretariat": "informed",
    }
    change(engine, UK, "remove_delegate", uid, "embassy-desk")
    change(engine, UK, "set_delegate", uid, "uk/organised-crime-desk", Role.OPTIONAL)
    assert seen(engine, UK, uid).is_own_list is True
    assert posts(engine, UK, uid)["uk/organised-crime-desk"] == "optional"
    assert len(posts(engine, UK, uid)) == 4
    assert seen(engine, NL, uid).is_own_list is False


def test_a_stand_in_comes_in_the_role_of_whom_it_stands_in_for(engine: Engine) -> None:
    uid = meeting(engine)
    change(engine, UK, "send_stand_in", uid, "director-organised-crime", "political-director")
    assert seen(engine, UK, uid).delegates[0] == Delegate(
        "uk/political-director", Role.CHAIR, stands_in_for="uk/director-organised-crime"
    )
    press(engine, uid)
    letter = next(entry for entry in got(engine, UK) if entry.post == "uk/political-director")
    assert "In place of        Director, " in letter.text
    assert "uk/director-organised-crime" not in [post for post, *_ in heard(engine, UK)]


@pytest.mark.parametrize(
    ("error", "name", "words", "said"),
    [
        (BadInput, "set_delegate", ("nl/director-organised-crime", Role.CHAIR), "is no post of your side"),
        (NotFound, "remove_delegate", ("political-director",), "is not on your delegation"),
        (BadInput, "send_stand_in", ("embassy-desk", "embassy-desk"), "cannot stand in for itself"),
        (Conflict, "release", (), "your own side hosts"),
        (Conflict, "take_back", (), "the list is not released"),
        (BadInput, "arrange", (Arrangement(seats=0),), "0 is no number of seats"),
        (BadInput, "send", (LETTERHEAD, "x" * 1001), "1001 characters are too many"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_a_reason(
    engine: Engine, error: type[DialoguesError], name: str, words: tuple[object, ...], said: str
) -> None:
    uid = meeting(engine)
    assert said in refusal(error, change, engine, UK, name, uid, *words)


def test_nobody_waits_for_a_seat(engine: Engine) -> None:
    uid = meeting(engine)
    change(engine, UK, "arrange", uid, Arrangement(seats=3))
    said = refusal(Conflict, change, engine, NL, "set_delegate", uid, "political-director", Role.REQUIRED)
    assert said == (
        "delegation: the host has 3 seats for each side, and 4 would come"
        " (remove somebody first, or add the post for information)"
    )
    change(engine, NL, "set_delegate", uid, "political-director", Role.INFORMED)
    change(engine, UK, "arrange", uid, Arrangement(seats=1))
    change(engine, NL, "remove_delegate", uid, "embassy-desk")  # still two, and on the way
    assert len(posts(engine, NL, uid)) == 5


def test_only_the_side_that_hosts_arranges_and_sends(engine: Engine) -> None:
    uid = meeting(engine)
    said = refusal(NotAllowed, change, engine, NL, "send", uid, LETTERHEAD)
    assert said == "send: the host sends the invitations (ask its secretariat)"
    refusal(NotAllowed, change, engine, NL, "arrange", uid, Arrangement(seats=3))


def test_nothing_goes_before_the_date_is_agreed_and_somebody_presses(engine: Engine) -> None:
    programme(engine)
    uid = offered(engine, FIRST_DAY, key="JS-R05")
    assert "the meeting is offered" in refusal(Conflict, change, engine, UK, "send", uid, LETTERHEAD)
    with unit_of_work(engine, NL, NOW) as work:
        meetings.agree(work, uid)
    assert tick(engine) == [0, 0]
    press(engine, uid)
    assert len(heard(engine, UK)) == len(heard(engine, NL)) == 5
    assert tick(engine) == [0, 0]
    assert "what stands was sent" in refusal(Conflict, change, engine, UK, "send", uid, LETTERHEAD)


def test_several_changes_become_one_update_which_asks_anew(engine: Engine) -> None:
    uid = meeting(engine)
    press(engine, uid)
    for day in (date(2027, 3, 17), date(2027, 3, 18), SECOND_DAY):
        move(engine, uid, day)
        assert tick(engine, at=LATER) == [0, 0]
    assert seen(engine, UK, uid).is_current is False
    press(engine, uid, at=LATER)
    assert {entry[1:] for entry in heard(engine, NL)[5:]} == {("REQUEST", "1")}
    update_ = got(engine, NL)[5]
    assert update_.value("DTSTART") == "20270323T100000"
    assert update_.value("DTSTAMP") > got(engine, NL)[0].value("DTSTAMP")


def test_a_date_that_comes_back_before_the_next_press_raises_nothing(engine: Engine) -> None:
    uid = meeting(engine)
    press(engine, uid)
    move(engine, uid, SECOND_DAY)
    move(engine, uid, FIRST_DAY)
    press(engine, uid, at=LATER)
    assert {entry[1:] for entry in heard(engine, NL)} == {("REQUEST", "0")}


def test_who_is_added_is_invited_and_who_is_removed_hears_of_it_alone(engine: Engine) -> None:
    uid = meeting(engine)
    press(engine, uid)
    change(engine, NL, "remove_delegate", uid, "embassy-desk")
    change(engine, NL, "set_delegate", uid, "political-director", Role.REQUIRED)
    assert tick(engine) == [0, 2]
    assert heard(engine, NL)[5:] == [
        ("nl/embassy-desk", "CANCEL", "1"),
        ("nl/political-director", "REQUEST", "0"),
    ]
    change(engine, NL, "set_delegate", uid, "embassy-desk", Role.OPTIONAL)
    assert tick(engine) == [0, 1]
    assert heard(engine, NL)[7:] == [("nl/embassy-desk", "REQUEST", "2")]


def test_another_role_is_told_as_a_detail(engine: Engine) -> None:
    uid = meeting(engine)
    press(engine, uid)
    change(engine, NL, "set_delegate", uid, "embassy-desk", Role.REQUIRED)
    assert tick(engine) == [0, 1]
    assert heard(engine, NL)[5:] == [("nl/embassy-desk", "REQUEST", "0")]
    assert "vereist" in got(engine, NL)[-1].text


def test_another_mailbox_gets_the_invitation_and_the_old_one_a_cancellation(engine: Engine) -> None:
    uid = meeting(engine)
    press(engine, uid)
    before = got(engine, NL)[:5]
    with unit_of_work(engine, operator(), NOW) as work:
        moved = update(Post).where(Post.party == "nl", Post.key == "embassy-desk")
        work.session.execute(moved.values(mailbox="new@embassy.example"))
    assert tick(engine) == [0, 2]
    old, new = got(engine, NL)[5:]
    assert (old.value("METHOD"), new.value("METHOD")) == ("CANCEL", "REQUEST")
    assert "new@embassy.example" not in old.text
    assert new.value("ATTENDEE") == "mailto:new@embassy.example"
    assert [entry.message.as_bytes() for entry in got(engine, NL)[:5]] == [
        entry.message.as_bytes() for entry in before
    ]


@pytest.mark.parametrize(
    ("state", "subject", "reason"),
    [(State.CANCELLED, "Cancelled: ", "A vote"), (State.POSTPONED, "Postponed: ", "")],
)
def test_calling_off_reaches_whoever_was_told_without_another_press(
    engine: Engine, state: State, subject: str, reason: str
) -> None:
    uid = meeting(engine)
    press(engine, uid)
    with unit_of_work(engine, NL, LATER) as work:
        actions.call_off(work, uid, state, reason)
        meetings.write_note(work, uid, "our own reason")
    assert tick(engine, at=LATER) == [5, 5]
    assert tick(engine, at=LATER) == [0, 0]
    last = got(engine, UK)[5:]
    assert {(entry.value("METHOD"), entry.value("SEQUENCE"), entry.value("STATUS")) for entry in last} == {
        ("CANCEL", "1", "CANCELLED")
    }
    assert str(last[0].message["Subject"]).startswith(f"OFFICIAL: {subject}")
    assert ("For all who are invited\n  A vote" in last[0].text) == bool(reason)
    assert "our own reason" not in last[0].text


def test_a_postponed_meeting_is_invited_to_again_with_a_higher_sequence(engine: Engine) -> None:
    uid = meeting(engine)
    press(engine, uid)
    with unit_of_work(engine, UK, LATER) as work:
        actions.call_off(work, uid, State.POSTPONED)
    tick(engine, at=LATER)
    move(engine, uid, SECOND_DAY)
    assert tick(engine, at=LATER) == [0, 0]
    press(engine, uid, at=LATER)
    assert [entry.value("SEQUENCE") for entry in got(engine, NL)[5:]] == ["1"] * 5 + ["2"] * 5
    first = {entry.value("ATTENDEE"): entry.message["Message-ID"] for entry in got(engine, NL)[:5]}
    assert all(entry.message["References"] == first[entry.value("ATTENDEE")] for entry in got(engine, NL)[5:])


def test_a_meeting_that_was_never_sent_is_cancelled_in_silence(engine: Engine) -> None:
    uid = meeting(engine)
    with unit_of_work(engine, UK, NOW) as work:
        actions.call_off(work, uid, State.CANCELLED, "why")
    assert tick(engine) == [0, 0]


def test_nothing_is_said_of_what_is_over(engine: Engine) -> None:
    uid = meeting(engine)
    press(engine, uid)
    change(engine, NL, "remove_delegate", uid, "embassy-desk")
    after = NOW + (FIRST_DAY - NOW.date()) + timedelta(hours=8)
    assert tick(engine, at=after) == [0, 0]
    with unit_of_work(engine, NL, after) as work:
        assert "the meeting is over" in refusal(Conflict, actions.remove_delegate, work, uid, "secretariat")


def test_a_letter_that_cannot_be_written_stops_no_other(engine: Engine) -> None:
    uid = meeting(engine)
    with unit_of_work(engine, operator(), NOW) as work:
        broken = update(Post).where(Post.party == "uk", Post.key == "embassy-desk")
        work.session.execute(broken.values(mailbox="no address"))
    with unit_of_work(engine, UK, NOW) as work:
        assert actions.send(work, uid, LETTERHEAD) == Told(enqueued=4, failed=1)


def test_the_other_side_sees_the_heads_that_were_confirmed_then_the_list_that_was_released(
    engine: Engine,
) -> None:
    uid = meeting(engine)
    assert seen(engine, UK, uid).shared == {}
    change(engine, NL, "confirm", uid, "director-organised-crime")
    change(engine, NL, "confirm", uid, "embassy-desk")  # no head: nobody else's business
    assert [entry.post for entry in seen(engine, UK, uid).shared["nl"].delegates] == [
        "nl/director-organised-crime"
    ]
    change(engine, NL, "release", uid)
    shown = seen(engine, UK, uid).shared["nl"]
    assert (shown.released_by, shown.released_at) == ("nl secretariat", NOW)
    assert [entry.post for entry in shown.delegates] == [
        "nl/director-organised-crime",
        "nl/organised-crime-desk",
        "nl/embassy-desk",
    ]
    change(engine, NL, "remove_delegate", uid, "embassy-desk")
    assert len(seen(engine, UK, uid).shared["nl"].delegates) == 2
    change(engine, NL, "take_back", uid)
    assert [entry.post for entry in seen(engine, UK, uid).shared["nl"].delegates] == [
        "nl/director-organised-crime"
    ]


def test_heads_confirmed_for_one_day_are_not_shown_for_another(engine: Engine) -> None:
    uid = meeting(engine)
    change(engine, NL, "confirm", uid, "director-organised-crime")
    move(engine, uid, SECOND_DAY)
    assert seen(engine, UK, uid).shared["nl"].delegates == ()


def test_what_one_side_only_planned_is_neither_confirmed_nor_released(engine: Engine) -> None:
    programme(engine)
    uid = planned(engine, FIRST_DAY, key="JS-R05")
    change(engine, UK, "set_delegate", uid, "political-director", Role.REQUIRED)
    for name, words in (("confirm", ("political-director",)), ("release", ()), ("arrange", (Arrangement(),))):
        said = refusal(Conflict, change, engine, UK, name, uid, *words)
        assert "the other side does not know of this meeting" in said
    refusal(NotFound, seen, engine, NL, uid)


def test_rows_of_a_side_exist_for_nobody_else(engine: Engine) -> None:
    uid = meeting(engine)
    press(engine, uid)
    change(engine, NL, "set_delegate", uid, "political-director", Role.REQUIRED)
    with unit_of_work(engine, UK, NOW) as work:
        for table in (DelegationRow, DelegateRow, SharedDelegation):
            assert work.session.scalars(select(table)).all() == []
        assert {row.layer for row in work.session.scalars(select(ToldRow))} == {"uk"}
        everything = work.session.scalars(select(DelegateRow), execution_options=ACROSS_SIDES).all()
        assert {row.layer for row in everything} == {"nl"}  # the rows are there, and were hidden


def test_many_meetings_of_which_one_was_sent(engine: Engine) -> None:
    uid = meeting(engine)
    agreed(engine, SECOND_DAY, key="JS-R06")
    press(engine, uid)
    assert {entry.value("UID") for entry in got(engine, NL)} == {uid}


def test_two_ticks_at_once_write_each_letter_once(engine: Engine) -> None:
    uid = meeting(engine)
    with unit_of_work(engine, UK, NOW) as work:
        actions.send(work, uid, LETTERHEAD)
    as_another_process_saw_it = seen(engine, NL, uid)
    assert tick(engine) == [0, 5]
    with unit_of_work(engine, NL, NOW) as work:
        assert tell(work, as_another_process_saw_it, LETTERHEAD) == Told()
    assert len(heard(engine, NL)) == 5


def test_a_round_handed_over_is_sent_by_its_new_host_with_the_new_place(engine: Engine) -> None:
    uid = meeting(engine)
    press(engine, uid)
    change(engine, NL, "release", uid)
    with unit_of_work(engine, UK, LATER) as work:
        swap_host(work, uid, "nl")
    with unit_of_work(engine, NL, LATER) as work:
        meetings.agree(work, uid)
    refusal(NotAllowed, change, engine, UK, "send", uid, LETTERHEAD)
    with unit_of_work(engine, NL, LATER) as work:
        actions.send(work, uid, LETTERHEAD)
    assert tick(engine, at=LATER) == [5, 0]
    letter = got(engine, UK)[-1]
    assert (letter.value("SEQUENCE"), letter.value("LOCATION")) == ("1", "The Hague")
    assert "  Host               Netherlands\n                     until now: United Kingdom" in letter.text
    assert b"DTSTART;TZID=Europe/Amsterdam:20270316T100000" in letter.calendar
    assert seen(engine, UK, uid).shared["nl"].delegates == ()  # a host has nobody to release its list to
