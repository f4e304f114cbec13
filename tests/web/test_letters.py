from datetime import UTC, date, datetime

from sqlalchemy import Engine

from scheduler.actor import operator, side
from scheduler.db.work import reading, unit_of_work
from scheduler.outbox.actions import enqueue
from scheduler.outbox.mime import Letterhead
from scheduler.outbox.queries import letters
from scheduler.outbox.rules import LOST, Fate, Verdict
from scheduler.outbox.sending.actions import begin, claim, settle
from scheduler.reminders.actions import give_due
from scheduler.reminders.queries import no_agendas
from tests.invitations.answering import arrives, report
from tests.outbox.drafts import draft
from tests.web.site import Visitor, put_round

LETTERS = "/letters/uk-nl"
PAST = "//section[@aria-labelledby='past']//table"
MONDAY_MORNING = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
LETTERHEAD = Letterhead("dialogues@secretariat.example", "OFFICIAL", "https://dialogues.example")


def test_letters_to_come_say_to_whom_about_what_and_why(uk: Visitor, engine: Engine) -> None:
    put_round(engine, "R1", date(2027, 3, 16), "agreed")
    page = uk.get(LETTERS)
    (letter,) = page.said("//section[@aria-labelledby='ahead']//li[contains(., '9 Feb 2027')]")
    to_whom, _, about = letter.partition(" First draft agenda to the other side: ")
    what, *why = about.split(". ")
    assert to_whom == "9 Feb 2027, 09:00 Director, Organised Crime"
    assert what == "Organised Crime Dialogue, 16 Mar 2027 agreed By 9 February 2027"
    assert len(why) == 3  # what is not done yet, why on this day, and why to this post


def test_letters_written_are_listed_with_their_fate(uk: Visitor, engine: Engine) -> None:
    with unit_of_work(engine, side("uk", "UK secretariat"), MONDAY_MORNING) as work:
        assert give_due(work, LETTERHEAD, no_agendas).enqueued == 1
    (row,) = uk.get(LETTERS).rows(PAST)
    assert row[1:] == [
        "Director, Organised Crime crime@uk.example",
        "waiting to be sent",
        "23 Nov 2026, 10:00",
    ]


def test_a_side_sees_its_own_letters_only(uk: Visitor, nl: Visitor, engine: Engine) -> None:
    put_round(engine, "R1", date(2027, 3, 16), "agreed")
    for walking, stranger in ((uk, "Director, Crime"), (nl, "Director, Organised Crime")):
        assert stranger not in walking.get(LETTERS).said(
            "//ol[contains(@class, 'letters')]//span[@class='strong']"
        )


URGENT = "//section[@aria-labelledby='urgent']//article"


def stop(engine: Engine, verdict: Verdict, **changes: str) -> str:
    """Leave a letter of the UK with what a relay said; return its key."""
    expires_at = datetime(2099, 1, 1, tzinfo=UTC)
    with unit_of_work(engine, side("uk", "UK secretariat"), MONDAY_MORNING) as work:
        enqueue(work, draft(**changes), LETTERHEAD, expires_at=expires_at)
    with unit_of_work(engine, operator("outbox"), MONDAY_MORNING) as work:
        for letter in claim(work, 9):
            begin(work, letter)
            settle(work, letter, verdict)
    return changes.get("key", "note/1")


def test_letters_that_need_a_person_come_first_with_the_words_of_the_relay(
    uk: Visitor, nl: Visitor, engine: Engine
) -> None:
    stop(engine, Verdict(Fate.REFUSED, "550 no <such> mailbox"))
    (said,) = uk.get(LETTERS).said(URGENT)
    assert said.startswith("OFFICIAL: About note/1 refused or given up uk/desk uk.desk@office.example, ")
    assert "tried once; of use until 1 Jan 2099, 00:00 Last report: 550 no <such> mailbox" in said
    assert nl.get(LETTERS).said(URGENT) == []


def test_a_letter_that_came_back_comes_first_with_what_can_be_done(
    uk: Visitor, nl: Visitor, engine: Engine
) -> None:
    stop(engine, Verdict(Fate.ACCEPTED))
    assert uk.get(LETTERS).said(URGENT) == []
    with reading(engine, side("uk", "UK secretariat"), MONDAY_MORNING) as work:
        (sent,) = letters(work)
    arrives(engine, report(sent.message_id, words="550 no <such> mailbox"), at=MONDAY_MORNING)
    (said,) = uk.get(LETTERS).said(URGENT)
    assert said.startswith("OFFICIAL: About note/1 came back uk/desk uk.desk@office.example, ")
    assert "Last report: failed 5.1.1 smtp; 550 no <such> mailbox" in said
    assert "Correct the mailbox of the post in the programme" in said
    assert nl.get(LETTERS).said(URGENT) == []
    assert uk.post(f"{LETTERS}/drop", LETTERS, letter=sent.key, why="told by telephone").said(URGENT) == []


def test_what_we_record_ourselves_is_said_in_the_language_of_the_reader(nl: Visitor, engine: Engine) -> None:
    with unit_of_work(engine, side("nl", "Dutch secretariat"), MONDAY_MORNING) as work:
        enqueue(work, draft(post="nl/desk"), LETTERHEAD)
    with unit_of_work(engine, operator("outbox"), MONDAY_MORNING) as work:
        for letter in claim(work, 9):
            begin(work, letter)
            settle(work, letter, Verdict(Fate.UNKNOWN, LOST))
    (said,) = nl.get(LETTERS).said(URGENT)
    assert "Laatste melding: het verzenden brak af" in said


def test_a_letter_is_sent_again_for_a_reason_and_marked(uk: Visitor, engine: Engine) -> None:
    key = stop(engine, Verdict(Fate.UNKNOWN, "the line broke"))
    refused = uk.post(f"{LETTERS}/resend", LETTERS, letter=key, why=" ")
    assert (refused.status, len(refused.said(URGENT))) == (400, 1)
    assert uk.post(f"{LETTERS}/resend", LETTERS, letter=key, why="not there").said(URGENT) == []
    (row,) = uk.get(LETTERS).rows(PAST)
    assert row[2] == "waiting to be sent perhaps twice"
    assert uk.post(f"{LETTERS}/drop", LETTERS, letter=key, why="told by telephone").status == 200
    assert uk.get(LETTERS).rows(PAST)[0][2] == "dropped perhaps twice told by telephone"
    again = uk.post(f"{LETTERS}/drop", LETTERS, letter=key, why="once more")
    assert again.status == 409


def test_nobody_decides_about_letters_of_the_other_side(uk: Visitor, nl: Visitor, engine: Engine) -> None:
    key = stop(engine, Verdict(Fate.REFUSED, "550 no such mailbox"))
    for decision in ("resend", "drop"):
        known = nl.post(f"{LETTERS}/{decision}", LETTERS, letter=key, why="curious")
        unknown = nl.post(f"{LETTERS}/{decision}", LETTERS, letter="note/2", why="curious")
        assert (known.status, unknown.status) == (404, 404)
        assert known.main.replace(key, "") == unknown.main.replace("note/2", "")
    assert len(uk.get(LETTERS).said(URGENT)) == 1
