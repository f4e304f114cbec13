from datetime import UTC, date, datetime

from sqlalchemy import Engine

from scheduler.actor import side
from scheduler.db.work import unit_of_work
from scheduler.outbox.mime import Letterhead
from scheduler.reminders.actions import give_due
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
    assert len(why) == 2  # why on this day, and why to this post


def test_letters_written_are_listed_with_their_fate(uk: Visitor, engine: Engine) -> None:
    with unit_of_work(engine, side("uk", "UK secretariat"), MONDAY_MORNING) as work:
        assert give_due(work, LETTERHEAD).enqueued == 1
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
