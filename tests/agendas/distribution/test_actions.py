"""A pack goes to its own side's posts, in their language, with its files; each version once."""

import email
import io
import zipfile
from email.message import Message

from pypdf import PdfReader
from sqlalchemy import Engine

from agendas.distribution.actions import send_pack
from agendas.distribution.queries import pack_of, rounds_with_pack, sent_packs
from agendas.versions.actions import edited
from agendas.versions.queries import the_draft
from scheduler.actor import Actor
from scheduler.db.work import reading, unit_of_work
from scheduler.errors import Conflict, NotFound
from scheduler.meetings.actions import cancel
from scheduler.outbox.mime import Letterhead
from scheduler.outbox.queries import letter, letters
from tests.agendas.outcomes.rounds import soc_round
from tests.builders import NL, NOW, PARTNERSHIP, UK, refusal

LETTERHEAD = Letterhead("dialogues@example.org", "OFFICIAL", "https://dialogues.example")
OWN_WORDS = "what the UK alone will say of ports"
READERS = {
    "uk": ["uk/director-organised-crime", "uk/organised-crime-desk", "uk/home-secretary-private-office"],
    "nl": [
        "nl/director-organised-crime",
        "nl/organised-crime-desk",
        "nl/minister-of-justice-and-security-private-office",
    ],
}


def with_brief(engine: Engine, words: str = OWN_WORDS) -> str:
    """Return a round whose agenda both sides know, and for which the UK has written a brief."""
    uid = soc_round(engine)
    write_brief(engine, uid, words)
    return uid


def write_brief(engine: Engine, uid: str, words: str) -> None:
    with unit_of_work(engine, UK, NOW) as work:
        mine = the_draft(work, uid)
        edited(work, mine, PARTNERSHIP, mine.content, {"theme/JS-T3": {"points": words}})


def send(engine: Engine, uid: str, actor: Actor = UK) -> tuple[str, ...]:
    with unit_of_work(engine, actor, NOW) as work:
        return send_pack(work, uid, LETTERHEAD)


def messages(engine: Engine, actor: Actor) -> list[Message]:
    with reading(engine, actor, NOW) as work:
        keys = sorted(entry.key for entry in letters(work) if entry.key.startswith("pack/"))
        return [email.message_from_bytes(letter(work, key)[1]) for key in keys]


def words_of(message: Message) -> str:
    """Return the words of a letter and of the files in it, unpacked."""
    found = [str(message["Subject"])]
    for part in message.walk():
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes):
            continue
        if part.get_content_subtype() == "pdf":
            found += [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
        elif part.get_content_maintype() == "text":
            found.append(content.decode())
        else:
            packed = zipfile.ZipFile(io.BytesIO(content))
            found += [packed.read(name).decode(errors="replace") for name in packed.namelist()]
    return " ".join(" ".join(found).split())


def test_the_pack_goes_to_who_sits_at_the_table_and_to_private_offices(engine: Engine) -> None:
    uid = with_brief(engine)
    assert sorted(send(engine, uid)) == sorted(READERS["uk"])
    first = messages(engine, UK)[0]
    assert " ".join(str(first["Subject"]).split()) == (
        "OFFICIAL: Briefing pack: Serious and Organised Crime (SOC) Dialogue, Tuesday 23 March 2027"
    )
    assert [part.get_filename() for part in first.walk() if part.get_filename()] == [
        "JS-R05-2027-03-23-pack-joint-1.own-3-en.pdf",
        "JS-R05-2027-03-23-pack-joint-1.own-3-en.docx",
    ]
    plain = next(part for part in first.walk() if part.get_content_type() == "text/plain")
    body = plain.get_payload(decode=True)
    assert isinstance(body, bytes)
    lines = body.decode().splitlines()
    assert (lines[0], lines[-1]) == ("OFFICIAL", "OFFICIAL")
    assert "https://dialogues.example/meetings/" + uid + "/pack" in body.decode()


def test_each_version_goes_once_and_a_new_one_says_so(engine: Engine) -> None:
    uid = with_brief(engine)
    send(engine, uid)
    assert refusal(Conflict, send, engine, uid) == (
        "everybody has this version of the pack (it goes again once it says more)"
    )
    write_brief(engine, uid, "other words")
    assert sorted(send(engine, uid)) == sorted(READERS["uk"])
    subjects = [str(message["Subject"]) for message in messages(engine, UK)]
    assert sum("New version of the briefing pack" in subject for subject in subjects) == 3
    with reading(engine, UK, NOW) as work:
        assert {entry.edition for entry in sent_packs(work, uid)} == {"joint-1.own-3", "joint-1.own-4"}
        assert pack_of(work, uid).outstanding == ()


def test_nothing_of_one_sides_pack_is_in_anything_of_the_other(engine: Engine) -> None:
    uid = with_brief(engine)
    send(engine, uid)
    with reading(engine, NL, NOW) as work:
        assert (sent_packs(work, uid), rounds_with_pack(work, PARTNERSHIP)) == ((), frozenset())
        assert pack_of(work, uid).edition == "joint-1"
    assert sorted(send(engine, uid, NL)) == sorted(READERS["nl"])
    own, other = ([words_of(message) for message in messages(engine, side)] for side in (UK, NL))
    assert [OWN_WORDS in words for words in own] == [True] * 3
    assert [OWN_WORDS in words for words in other] == [False] * 3
    assert ["Dossier: " in words and "Alleen Nederland" in words for words in other] == [True] * 3


def test_no_pack_goes_where_there_is_nothing_to_make_it_from_or_nobody_meets(engine: Engine) -> None:
    uid = soc_round(engine, with_agenda=False)
    assert "there is no agenda" in refusal(NotFound, send, engine, uid)
    with unit_of_work(engine, NL, NOW) as work:
        cancel(work, uid)
    assert "the meeting is cancelled" in refusal(Conflict, send, engine, uid)
