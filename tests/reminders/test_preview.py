from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine

from scheduler.actor import Actor
from scheduler.db.work import reading
from scheduler.reminders.preview import LetterAhead, preview
from scheduler.reminders.queries import no_agendas
from tests.reminders.stage import NL, UK, agreed, found, give, letters_of, planned

NOW = datetime(2027, 2, 1, 12, tzinfo=UTC)
FIRST, LAST = date(2027, 2, 1), date(2027, 7, 31)


@pytest.fixture(autouse=True)
def programme(engine: Engine) -> None:
    found(engine)


def ahead(engine: Engine, actor: Actor, now: datetime = NOW) -> tuple[LetterAhead, ...]:
    with reading(engine, actor, now) as work:
        return preview(work, FIRST, LAST, no_agendas, "uk-nl")


def about_soc(found: tuple[LetterAhead, ...]) -> list[tuple[date, str, str, bool]]:
    return [
        (entry.day, entry.post, reminder.step["en"], entry.once_agreed)
        for entry in found
        for reminder in entry.reminders
        if reminder.about["en"] == "Organised Crime Dialogue" and not reminder.if_missed
    ]


def test_every_letter_to_come_stands_there_with_its_day(engine: Engine) -> None:
    agreed(engine)
    assert about_soc(ahead(engine, NL)) == [
        (date(2027, 4, 26), "nl/crime-desk", "First draft agenda to the other side", False),
        (date(2027, 5, 11), "nl/crime-desk", "Briefing commissioned", False),
        (date(2027, 5, 18), "nl/secretariat", "Agenda agreed", False),
        (date(2027, 5, 18), "nl/secretariat", "Delegation lists and joint papers", False),
        (date(2027, 5, 25), "nl/director", "Briefing pack to private office", False),
        (date(2027, 6, 1), "nl/secretariat", "Joint readout agreed", False),
        (date(2027, 6, 15), "nl/secretariat", "Actions and record agreed", False),
    ]


def test_what_goes_only_if_a_step_is_missed_stands_there_too_marked_so(engine: Engine) -> None:
    agreed(engine)
    if_missed = [
        (entry.day, entry.post, reminder.step["en"])
        for entry in ahead(engine, UK)
        for reminder in entry.reminders
        if reminder.about["en"] == "Organised Crime Dialogue" and reminder.if_missed
    ]
    # Five working days after the day of the step, then ten: 3 May and 31 May are holidays in England.
    assert if_missed == [
        (date(2027, 5, 5), "uk/secretariat", "First draft agenda to the other side"),
        (date(2027, 5, 12), "uk/director", "First draft agenda to the other side"),
        (date(2027, 5, 18), "uk/secretariat", "Briefing commissioned"),
        (date(2027, 5, 25), "uk/director", "Briefing commissioned"),
    ]


def test_a_letter_to_come_says_why(engine: Engine) -> None:
    agreed(engine)
    letter = next(entry for entry in ahead(engine, NL) if entry.post == "nl/crime-desk")
    assert letter.subject == (
        "Eerste conceptagenda naar de andere zijde, uiterlijk dinsdag 27 april 2027: Misdaaddialoog"
    )
    assert [words["en"] for words in letter.reminders[0].because] == [
        "This is due 5 weeks before a round of senior officials; no source says so: it is our default (assumed).",
        "You get this on the last working day before 27 April 2027 (King's Day).",
        "JenV leads on this for your side (assumed).",
    ]


def test_what_comes_is_what_was_announced(engine: Engine) -> None:
    agreed(engine)
    announced = [(entry.post, entry.subject) for entry in ahead(engine, UK)]
    for entry in ahead(engine, UK):
        give(engine, UK, entry.send_at)
    came = [(entry.post, entry.subject.removeprefix("OFFICIAL: ")) for entry in letters_of(engine, UK)]
    assert came == announced


def test_a_plan_announces_to_its_own_side_what_would_follow_from_it(engine: Engine) -> None:
    planned(engine)
    assert [entry for entry in about_soc(ahead(engine, UK)) if not entry[3]] == [
        (date(2027, 2, 2), "uk/secretariat", "Offer the date", False)
    ]
    assert about_soc(ahead(engine, UK))[1:3] == [
        (date(2027, 4, 6), "uk/secretariat", "Host, venue and invitation", True),
        (date(2027, 4, 27), "uk/crime-desk", "First draft agenda to the other side", True),
    ]
    assert about_soc(ahead(engine, NL)) == [(date(2027, 2, 2), "nl/secretariat", "Seek a date", False)]


def test_what_was_given_is_announced_no_more(engine: Engine) -> None:
    agreed(engine)
    spring = datetime(2027, 4, 27, 12, tzinfo=UTC)
    give(engine, UK, spring)
    assert about_soc(ahead(engine, UK, spring))[0][0] == date(2027, 5, 11)
