from datetime import timedelta

import pytest
from jinja2 import UndefinedError
from sqlalchemy import Engine

from scheduler.db.work import unit_of_work
from scheduler.invitations import actions
from scheduler.invitations.rules import Arrangement
from scheduler.outbox.templates import FOLDER, write
from tests.builders import NL, UK
from tests.invitations.stage import LATER, NOW, SECOND_DAY, got, meeting, move, press, seen

INVITATION = """\
OFFICIAL

To: Organised Crime Desk, Europe, Home Office

You are invited to the following meeting. Please answer with the buttons of
your calendar program, or by replying to this letter.

For all who are invited
  Bring identification.

  Meeting            Serious and Organised Crime (SOC) Dialogue (JS-R05)
  When               Tuesday 16 March 2027, 10:00 to 16:00 in London, 11:00
                     to 17:00 in The Hague
  Place              not settled
  Host               United Kingdom
  Your role          required
  Languages          English, Dutch
  Interpretation     provided
"""
MOVED = """\
De volgende bijeenkomst is gewijzigd. Een eerder antwoord telt niet meer:
antwoord graag opnieuw.

Wat er verandert
  Wanneer            dinsdag 23 maart 2027, 10.00 tot 16.00 uur in Londen,
                     11.00 tot 17.00 uur in Den Haag
                     tot nu toe: dinsdag 16 maart 2027, 10.00 tot 16.00 uur
                     in Londen, 11.00 tot 17.00 uur in Den Haag
"""


def test_a_letter_says_everything_in_the_language_and_on_the_clocks_of_its_reader(engine: Engine) -> None:
    uid = meeting(engine)
    with unit_of_work(engine, UK, NOW) as work:
        actions.arrange(work, uid, Arrangement(None, ("en", "nl"), interpretation=True))
    press(engine, uid, "Bring identification.")
    english = next(entry for entry in got(engine, UK) if entry.post == "uk/organised-crime-desk")
    assert english.text.startswith(INVITATION)
    assert english.text.rstrip().endswith("\n\nOFFICIAL")
    assert english.value("DESCRIPTION").startswith(r"OFFICIAL\nMeeting: Serious and Organised Crime")
    move(engine, uid, SECOND_DAY)
    press(engine, uid, at=LATER)
    dutch = next(entry for entry in got(engine, NL)[5:] if entry.post == "nl/organised-crime-desk")
    assert MOVED in dutch.text
    title = "Dialoog over zware en georganiseerde criminaliteit (SOC-dialoog)"
    assert dutch.message["Subject"] == f"OFFICIAL: Gewijzigd: {title}, nu dinsdag 23 maart 2027"


def test_who_is_informed_is_asked_nothing_and_stays_free(engine: Engine) -> None:
    uid = meeting(engine)
    press(engine, uid)
    letter = next(entry for entry in got(engine, UK) if entry.post == "uk/home-secretary")
    assert "No answer is needed." in letter.text
    assert letter.value("TRANSP") == "TRANSPARENT"
    assert b"RSVP=FALSE" in letter.calendar.replace(b"\r\n ", b"")
    assert letter.value("ATTENDEE") == "mailto:home-secretary.office@home-office.example"


def test_new_languages_are_told_without_asking_anew(engine: Engine) -> None:
    uid = meeting(engine)
    press(engine, uid)
    with unit_of_work(engine, UK, LATER) as work:
        actions.arrange(work, uid, Arrangement(languages=("nl",)))
    assert seen(engine, UK, uid, at=LATER).is_current is False
    press(engine, uid, at=LATER + timedelta(hours=1))
    update = got(engine, UK)[-1]
    assert update.value("SEQUENCE") == "0"
    assert "Its time and place stay as they were." in " ".join(update.text.split())
    assert "Languages          Dutch\n                     until now: not settled" in update.text


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("part", ["subject.txt", "letter.txt", "letter.html"])
def test_a_fact_that_nobody_gave_is_an_error(language: str, part: str) -> None:
    assert (FOLDER / "invitation" / language / part).is_file()
    with pytest.raises(UndefinedError):
        write("invitation", language, {"marking": "OFFICIAL", "cause": "invited"})
