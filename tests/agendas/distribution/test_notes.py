"""A side is told once of an agenda that the other one offered, in joint words alone, when it has stood for a while."""

import email
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from agendas.distribution.notes import LOOKS_BACK, SETTLED, tell_offers, untold
from agendas.negotiation.actions import amend, freeze, sign
from agendas.versions.actions import edited
from agendas.versions.queries import the_draft, the_version
from agendas.versions.rules import edit
from scheduler.actor import Actor
from scheduler.db.work import reading, unit_of_work
from scheduler.invitations.telling.actions import Told
from scheduler.meetings.actions import cancel
from scheduler.outbox.mime import Letterhead
from scheduler.outbox.queries import letter, letters
from tests.agendas.distribution.test_actions import OWN_WORDS, with_brief, words_of
from tests.agendas.outcomes.rounds import soc_round
from tests.builders import NL, NOW, PARTNERSHIP, TODAY, UK

LETTERHEAD = Letterhead("dialogues@example.org", "OFFICIAL", "https://dialogues.example")
LATER = NOW + SETTLED


def tell(engine: Engine, actor: Actor = NL, at: datetime = LATER) -> int:
    with unit_of_work(engine, actor, at) as work:
        return tell_offers(work, LETTERHEAD).enqueued


def notes(engine: Engine, actor: Actor) -> list[email.message.Message]:
    with reading(engine, actor, LATER) as work:
        keys = [entry.key for entry in letters(work) if entry.key.startswith("note/")]
        return [email.message_from_bytes(letter(work, key)[1]) for key in sorted(keys)]


def test_the_secretariat_of_the_other_side_gets_the_note_and_the_agenda_once(engine: Engine) -> None:
    uid = with_brief(engine)
    assert (tell(engine, at=LATER - timedelta(minutes=1)), tell(engine), tell(engine), tell(engine, UK)) == (
        0,
        1,
        0,
        0,
    )
    [message] = notes(engine, NL)
    files = [part.get_filename() for part in message.walk() if part.get_filename()]
    assert files == [
        "JS-R05-2027-03-23-note-joint-1-nl.pdf",
        "JS-R05-2027-03-23-agenda-joint-1-nl.pdf",
        "JS-R05-2027-03-23-agenda-joint-1-nl.docx",
    ]
    words = words_of(message)
    assert "OFFICIAL: Agenda voorgesteld: Dialoog over zware en georganiseerde criminaliteit" in words
    assert "Aanbiedingsnota" in words
    assert OWN_WORDS not in words
    assert f"https://dialogues.example/meetings/{uid}/agenda" in words
    assert notes(engine, UK) == []


def test_what_a_side_goes_on_writing_by_itself_neither_delays_the_note_nor_sends_another(
    engine: Engine,
) -> None:
    uid = with_brief(engine)
    for at, told in ((LATER, 1), (LATER + SETTLED, 0)):
        with unit_of_work(engine, UK, at - timedelta(minutes=1)) as work:
            mine = the_draft(work, uid)
            edited(work, mine, PARTNERSHIP, edit(mine.content, "opening", minutes=told + 5))
        assert tell(engine, at=at) == told


def test_a_new_version_is_told_of_to_whoever_did_not_make_it(engine: Engine) -> None:
    uid = soc_round(engine)
    tell(engine)
    with unit_of_work(engine, NL, NOW) as work:
        joint = the_version(work, uid)
        amend(work, uid, joint.number, edit(joint.content, "opening", minutes=5), TODAY, "Shorter")
    assert (tell(engine), tell(engine, UK), tell(engine, UK)) == (0, 1, 0)
    assert "It is version 2." in words_of(notes(engine, UK)[0])


def test_nobody_is_told_of_what_is_agreed_called_off_or_old(engine: Engine) -> None:
    uid = soc_round(engine)
    assert tell(engine, at=NOW + LOOKS_BACK + timedelta(minutes=1)) == 0
    with unit_of_work(engine, NL, NOW) as work:
        sign(work, uid)
        freeze(work, uid)
    with reading(engine, NL, LATER) as work:
        assert untold(work) == ()


def test_a_round_that_is_called_off_is_told_of_by_its_own_letters(engine: Engine) -> None:
    uid = soc_round(engine)
    with unit_of_work(engine, UK, NOW) as work:
        cancel(work, uid)
    assert tell(engine) == 0


def test_a_note_that_cannot_be_written_leaves_no_trace_and_goes_once_it_can_be(
    engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with_brief(engine)
    (tmp_path / "agenda.docx").write_bytes(b"no Word file")
    with unit_of_work(engine, NL, LATER) as work:
        assert tell_offers(work, LETTERHEAD, tmp_path) == Told(failed=1)
    assert "agenda.docx: cannot be unpacked" in capsys.readouterr().out
    assert notes(engine, NL) == []
    assert tell(engine) == 1
