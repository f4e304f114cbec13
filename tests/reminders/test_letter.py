import re
from datetime import UTC, date, datetime, time
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from jinja2 import UndefinedError
from lxml import html  # type: ignore[import-untyped]
from sqlalchemy import Engine

from scheduler.actor import Actor
from scheduler.dates.slots import Slot, all_day_slot, timed_slot
from scheduler.dates.written import write_slot
from scheduler.db.work import reading, unit_of_work
from scheduler.outbox.queries import letter
from scheduler.outbox.templates import FOLDER, write
from scheduler.partnerships.holders.actions import Term, set_holder
from scheduler.reminders.preview import preview
from scheduler.reminders.queries import no_agendas
from tests.reminders.stage import LETTERHEAD, NL, START, UK, agreed, found, give, letters_of, planned

CLOCKS = (
    ("Europe/London", {"en": "London", "nl": "Londen"}),
    ("Europe/Amsterdam", {"en": "The Hague", "nl": "Den Haag"}),
)
NIGHT = timed_slot(date(2027, 6, 1), time(22), time(2), "Europe/London", last_day=date(2027, 6, 2))


@pytest.mark.parametrize(
    ("slot", "language", "expected"),
    [
        (
            timed_slot(date(2027, 6, 1), time(10), time(16), "Europe/London"),
            "en",
            "Tuesday 1 June 2027, 10:00 to 16:00 in London, 11:00 to 17:00 in The Hague",
        ),
        (
            timed_slot(date(2027, 6, 1), time(10), time(16), "Europe/London"),
            "nl",
            "dinsdag 1 juni 2027, 10.00 tot 16.00 uur in Londen, 11.00 tot 17.00 uur in Den Haag",
        ),
        (
            timed_slot(date(2027, 6, 1), time(23, 30), time(23, 45), "Europe/London"),
            "en",
            "Tuesday 1 June 2027, 23:30 to 23:45 in London, Wednesday 2 June 2027 00:30 to 00:45 in The Hague",
        ),
        (
            NIGHT,
            "en",
            (
                "Tuesday 1 June 2027, 22:00 to Wednesday 2 June 2027 02:00 in London, "
                "23:00 to Wednesday 2 June 2027 03:00 in The Hague"
            ),
        ),
        (all_day_slot(date(2027, 6, 1), date(2027, 6, 1), "Europe/London"), "nl", "dinsdag 1 juni 2027"),
        (
            all_day_slot(date(2027, 5, 31), date(2027, 6, 4), "Europe/London"),
            "nl",
            "maandag 31 mei 2027 tot en met vrijdag 4 juni 2027",
        ),
    ],
)
def test_a_round_is_said_on_every_clock(slot: Slot, language: str, expected: str) -> None:
    assert write_slot(slot, CLOCKS, language) == expected


def first_letter(engine: Engine, actor: Actor, post: str) -> EmailMessage:
    key = next(entry.key for entry in letters_of(engine, actor) if entry.post == post)
    with reading(engine, actor, START) as work:
        message = message_from_bytes(letter(work, key)[1], policy=default)
    assert isinstance(message, EmailMessage)
    return message


def plain(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part
    return str(part.get_content()).replace("\r\n", "\n")


def spoken(message: EmailMessage) -> list[str]:
    """Return the HTML of a letter as lines of text."""
    part = message.get_body(("html",))
    assert part
    text: str = html.fromstring(part.get_content()).find("body").text_content()
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


ENGLISH = """\
OFFICIAL

To: Organised Crime Desk, Home Office

First draft agenda to the other side, by Tuesday 27 April 2027

  Round      Organised Crime Dialogue (SOC)
  When       Tuesday 1 June 2027, 10:00 to 16:00 in London, 11:00 to 17:00
             in The Hague (assumed)
  Place      London (assumed)
  Host       United Kingdom (assumed)
  Date       agreed by both sides
  Page       https://dialogues.example/meetings/{uid}

This is due 5 weeks before a round of senior officials; no source says so:
it is our default (assumed).

Your next steps:
  - Tuesday 11 May 2027: Briefing commissioned


Done, or in hand?
Say so, or be reminded again on a day of your choice, without signing in:
{answer}
The link answers this letter alone, and works for 60 days. Where nobody
answers by the day, your secretariat is told, and after it the head of
department.

Why you get this
HO leads on this for your side (assumed).

How to change it
Who leads, who is on a delegation, the mailbox of a post and who reads its
letters stand in the programme “uk-nl”, where you are uk/crime-desk. For
your side it is kept by: UK Secretariat (secretariat@fcdo.example). When
each step is asked for, whether you want a digest, and who is told of a
missed step is set on https://dialogues.example/reminders/uk-nl/settings.
Reminders stop when their reason is gone.

“Assumed” stands where no source states a value.

OFFICIAL
"""

DUTCH = """\
OFFICIAL

Aan: desk criminaliteit, Ministerie van Justitie en Veiligheid

Eerste conceptagenda naar de andere zijde, uiterlijk dinsdag 27 april 2027

  Ronde      Misdaaddialoog (SOC)
  Wanneer    dinsdag 1 juni 2027, 10.00 tot 16.00 uur in Londen, 11.00 tot
             17.00 uur in Den Haag (aangenomen)
  Plaats     Londen (aangenomen)
  Gastland   Verenigd Koninkrijk (aangenomen)
  Datum      door beide zijden overeengekomen
  Pagina     https://dialogues.example/meetings/{uid}

Dit hoort 5 weken vóór een hoogambtelijke ronde gereed te zijn; geen bron
zegt dat: het is onze standaard (aangenomen). U ontvangt dit op de laatste
werkdag vóór 27 april 2027 (Koningsdag).

Uw volgende stappen:
  - dinsdag 11 mei 2027: Opdracht voor het dossier


Gedaan, of in behandeling?
Meld dat, of kies een dag voor een nieuwe herinnering, zonder in te loggen:
{answer}
De link geldt alleen voor deze brief en werkt 60 dagen. Antwoordt niemand
vóór het einde van de dag, dan hoort uw secretariaat het, en daarna het
afdelingshoofd.

Waarom u dit ontvangt
JenV is hiervoor namens uw zijde eerstverantwoordelijk (aangenomen).

Hoe u dit wijzigt
Wie eerstverantwoordelijk is, wie in een delegatie zit, de postbus van een
functie en wie haar brieven leest, staan in het programma “uk-nl”; daarin
bent u nl/crime-desk. Voor uw zijde wordt het bijgehouden door: Nederlands
secretariaat (secretariaat@bz.example). Wanneer elke stap wordt gevraagd, of
u een overzicht wilt en wie van een gemiste stap hoort, staat op
https://dialogues.example/reminders/uk-nl/settings. Herinneringen houden op
zodra hun reden vervalt.

“Aangenomen” staat waar geen bron een waarde noemt.

OFFICIAL
"""


@pytest.mark.parametrize(
    ("actor", "post", "now", "expected"),
    [
        (UK, "uk/crime-desk", datetime(2027, 4, 27, 8, 30, tzinfo=UTC), ENGLISH),
        (NL, "nl/crime-desk", datetime(2027, 4, 26, 8, 30, tzinfo=UTC), DUTCH),
    ],
)
def test_a_letter_says_what_when_why_and_how_to_change_it(
    engine: Engine, actor: Actor, post: str, now: datetime, expected: str
) -> None:
    found(engine)
    uid = agreed(engine)
    give(engine, actor, now)
    text = plain(first_letter(engine, actor, post))
    (answer,) = re.findall(
        rf"^https://dialogues.example/reminders/answer/{actor.side}\.[\w-]{{43}}$", text, re.MULTILINE
    )
    assert text == expected.format(uid=uid, answer=answer)


@pytest.mark.parametrize("actor", [UK, NL])
def test_both_bodies_of_a_letter_say_the_same(engine: Engine, actor: Actor) -> None:
    found(engine)
    planned(engine, UK)
    give(engine, actor, datetime(2027, 2, 2, 12, tzinfo=UTC))
    message = first_letter(engine, actor, f"{actor.side}/secretariat")
    lines = spoken(message)
    assert (lines[0], lines[-1]) == ("OFFICIAL", "OFFICIAL")
    assert message["Subject"].startswith("OFFICIAL: ")
    assert message["Content-Language"] == {"uk": "en", "nl": "nl"}[actor.side]
    written = " ".join(plain(message).split())
    missing = [
        line
        for line in lines
        if not line.startswith(("Open ", "Answer ", "Antwoord op ", "Why ", "How ", "Waarom ", "Hoe "))
    ]
    labels = ("Round", "When", "Place", "Host", "Date")
    assert [line for line in missing if line not in written and not line.startswith(labels)] == []


def test_a_letter_is_in_the_language_that_the_holder_of_its_post_reads(engine: Engine) -> None:
    found(engine)
    agreed(engine)
    with unit_of_work(engine, NL, START) as work:
        term = Term(first=date(2027, 1, 1), mailbox="new@bz.example", language="en")
        set_holder(work, "uk-nl", "nl/secretariat", term)
    now = datetime(2027, 4, 7, 12, tzinfo=UTC)
    give(engine, NL, now)
    message = first_letter(engine, NL, "nl/secretariat")
    assert (message["Content-Language"], message["To"]) == ("en", "Dutch Secretariat <new@bz.example>")
    assert "Why you get this" in plain(message)
    with reading(engine, NL, datetime(2027, 3, 1, 12, tzinfo=UTC)) as work:
        ahead = preview(work, date(2027, 3, 1), date(2027, 5, 31), no_agendas)
    subjects = {entry.post: entry.subject for entry in ahead}
    assert subjects["nl/secretariat"].startswith("Missed: ")
    assert subjects["nl/crime-desk"].startswith("Opdracht ")


def test_every_letter_is_there_in_every_language_and_form() -> None:
    kinds = sorted(folder.name for folder in FOLDER.iterdir() if folder.is_dir())
    there = {
        (kind, language, file.name)
        for kind in kinds
        for language in ("en", "nl")
        for file in (FOLDER / kind / language).iterdir()
    }
    required = {"subject.txt", "letter.txt", "letter.html"}
    for kind in kinds:
        english, dutch = (
            {name for entry, language, name in there if (entry, language) == (kind, spoken)}
            for spoken in ("en", "nl")
        )
        assert english == dutch >= required, kind


def test_what_others_missed_stands_apart_from_what_the_reader_is_asked(engine: Engine) -> None:
    found(engine)
    agreed(engine)
    for day in range(1, 32):
        give(engine, UK, datetime(2027, 5, day, 9, 30, tzinfo=UTC))
    mixed = [
        entry
        for entry in letters_of(engine, UK)
        if entry.subject.endswith("Organised Crime Dialogue; and a step that others missed")
    ]
    assert [(entry.post, entry.subject.split(",")[0]) for entry in mixed] == [
        ("uk/secretariat", "OFFICIAL: Agenda agreed; Delegation lists and joint papers"),
        ("uk/director", "OFFICIAL: Briefing pack to private office"),
    ]
    with reading(engine, UK, START) as work:
        message = message_from_bytes(letter(work, mixed[0].key)[1], policy=default)
    body = message.get_body(("plain",))
    assert body is not None
    text = body.get_content()
    heads = [
        "Agenda agreed, by",
        "This is due 2 weeks before",
        "Missed: Briefing commissioned",
        "was reminded; the last day",
    ]
    assert [text.index(head) for head in heads] == sorted(text.index(head) for head in heads)


def test_a_name_that_nobody_gave_is_an_error_and_no_blank() -> None:
    with pytest.raises(UndefinedError):
        write("reminder", "en", {"marking": LETTERHEAD.marking})
