"""Mails that come to the mailbox, and what becomes of them."""

import itertools
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlalchemy import Engine

from scheduler.db.work import unit_of_work
from scheduler.errors import Conflict, NotAllowed, NotFound
from scheduler.invitations.actions import remove_delegate
from scheduler.invitations.answers import actions
from scheduler.invitations.answers.mailbox import READ, Folder, Waiting
from scheduler.invitations.answers.mails import LARGEST
from scheduler.invitations.answers.queries import history, puzzle
from scheduler.invitations.answers.reading import Read, read_mailbox
from scheduler.invitations.answers.rules import Status
from scheduler.invitations.queries import invitation
from tests.builders import NL, OPERATOR, UK, refusal
from tests.invitations.answering import (
    PARTIES,
    STAMP,
    answered,
    arrives,
    attendee,
    came,
    mail,
    reply_calendar,
    report,
    stands,
    waiting,
)
from tests.invitations.stage import LATER, NOW, SECOND_DAY, got, meeting, move, press, seen, tick

DESK, HEAD = "uk/organised-crime-desk", "uk/director-organised-crime"


@pytest.fixture
def uid(engine: Engine) -> str:
    """Return a round that both sides were invited to."""
    uid = meeting(engine)
    press(engine, uid)
    return uid


def address(engine: Engine, uid: str, post: str = DESK) -> str:
    found = seen(engine, UK if post.startswith("uk/") else NL, uid).address_of(post)
    assert found
    return found


@pytest.mark.parametrize(
    ("status", "shown"),
    [("ACCEPTED", "yes"), ("DECLINED", "no"), ("TENTATIVE", "tentative"), ("DELEGATED", "delegate")],
)
def test_an_answer_counts_for_its_post_and_for_its_side_alone(
    engine: Engine, uid: str, status: str, shown: str
) -> None:
    theirs = stands(engine, NL, uid)
    assert arrives(engine, answered(uid, address(engine, uid), status)) == [True]
    assert stands(engine, UK, uid)[DESK] == shown
    assert sorted(stands(engine, UK, uid).values()) == sorted([shown, *["none"] * 4])
    assert stands(engine, NL, uid) == theirs
    assert came(engine, NL, uid) == []
    assert [waiting(engine, actor) for actor in (UK, NL, OPERATOR)] == [[], [], []]


def test_any_order_and_repetition_of_mails_ends_in_the_same_state(engine: Engine, uid: str) -> None:
    desk = address(engine, uid)
    mails = [
        answered(uid, desk, status, stamp=STAMP + timedelta(minutes=minute))
        for minute, status in enumerate(("ACCEPTED", "DECLINED", "TENTATIVE"))
    ]
    for number, order in enumerate(itertools.permutations(mails)):
        copies = [content.replace(b"Subject: Re", b"Subject: %d" % number) for content in order]
        assert arrives(engine, *copies, *copies) == [True] * 3 + [False] * 3
        assert stands(engine, UK, uid)[DESK] == "tentative"
    assert len(came(engine, UK, uid)) == 18
    assert [fate for *_, fate in came(engine, UK, uid)].count("repeated") == 15


def test_an_answer_to_the_day_before_is_kept_and_does_not_count(engine: Engine, uid: str) -> None:
    desk = address(engine, uid)
    arrives(engine, answered(uid, desk))
    move(engine, uid, SECOND_DAY)
    press(engine, uid, at=LATER)
    assert stands(engine, UK, uid)[DESK] == "none"
    arrives(engine, answered(uid, desk, "TENTATIVE", stamp=STAMP + timedelta(days=1)), at=LATER)
    assert stands(engine, UK, uid)[DESK] == "none"
    arrives(engine, answered(uid, desk, "DECLINED", sequence=1), at=LATER)
    assert stands(engine, UK, uid)[DESK] == "no"
    assert {(status, fate) for _, status, fate in came(engine, UK, uid)} == {
        ("yes", "old"),
        ("tentative", "old"),
        ("no", "counted"),
    }


def test_the_habits_of_programs(engine: Engine, uid: str) -> None:
    desk, head = address(engine, uid), address(engine, uid, HEAD)
    calendar = reply_calendar(uid, attendee(desk, more=";CN=Desk"), more=("COMMENT:Late\\, by train",))
    arrives(engine, mail(f"Desk <{desk.upper()}>", calendar, kind="application/ics"))
    assert stands(engine, UK, uid)[DESK] == "yes"
    delegating = reply_calendar(
        uid,
        attendee("deputy@example.example", "NEEDS-ACTION", f';DELEGATED-FROM="mailto:{head}"'),
        attendee(head, "DELEGATED", ';DELEGATED-TO="mailto:deputy@example.example"'),
        more=("DTSTART;TZID=Customized Time Zone:20270316T100000", "ORGANIZER:mailto:other@example.example"),
    )
    arrives(engine, mail(head, delegating))
    assert stands(engine, UK, uid)[HEAD] == "delegate"
    with unit_of_work(engine, UK, NOW) as work:
        entries = history(work, invitation(work, uid))
    assert {(entry.comment, entry.delegated_to) for entry, _ in entries} == {
        ("Late, by train", ""),
        ("", "deputy@example.example"),
    }


def puzzling(engine: Engine, uid: str) -> dict[str, bytes]:
    """Return one mail for each reason, of which every one concerns the UK."""
    desk, thread = address(engine, uid), str(got(engine, UK)[0].message["Message-ID"])
    stranger = "somebody@elsewhere.example"
    return {
        "not_invited": mail(stranger, reply_calendar(uid, attendee(stranger)), In_Reply_To=thread),
        "other_address": mail(stranger, reply_calendar(uid, attendee(desk))),
        "never_sent": answered(uid, desk, sequence=1),
        "ahead": answered(uid, desk, stamp=NOW + timedelta(days=3)),
        "no_status": answered(uid, desk, "X-PERHAPS"),
        "proposal": mail(desk, reply_calendar(uid, attendee(desk, "TENTATIVE"), method="COUNTER")),
        "in_words": mail(desk, text="Of course.", In_Reply_To=thread),
        "out_of_office": mail(desk, text="Away.", Auto_Submitted="auto-replied"),
        "bounced": report(thread),
        "too_large": mail(desk, text="x" * 70 + "\n", In_Reply_To=thread) + b"y" * LARGEST,
        "unreadable": mail(desk, b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"),
    }


def test_what_does_not_fit_needs_a_person_and_is_never_lost_nor_applied(engine: Engine, uid: str) -> None:
    mails = puzzling(engine, uid)
    assert arrives(engine, *mails.values()) == [True] * len(mails)
    assert arrives(engine, *mails.values()) == [False] * len(mails)
    found = {str(entry.reason): entry for entry in waiting(engine, UK)}
    assert set(found) == set(mails)
    assert set(stands(engine, UK, uid).values()) == {"none"}
    assert waiting(engine, NL) == waiting(engine, OPERATOR) == []
    for reason, entry in found.items():
        with unit_of_work(engine, UK, NOW) as work:
            assert puzzle(work, entry.uid)[1] == mails[reason]
        with unit_of_work(engine, NL, NOW) as work:
            refusal(NotFound, actions.dismiss, work, entry.uid)
    assert found["bounced"].letter == got_key(engine, found["bounced"].post)
    assert found["bounced"].problem == {"en": "failed 5.1.1"}


def got_key(engine: Engine, post: str | None) -> str:
    return f"invitation/{seen(engine, UK, got(engine, UK)[0].value('UID')).meeting.uid}/request/{post}/1"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 1000,
        b"From: a@b.example, c@d.example\r\n\r\nhello",
        b"Content-Type: multipart/mixed; boundary=a\r\n\r\n"
        + b"--a\r\nContent-Type: message/rfc822\r\n\r\n" * 900,
        b"From: =?nowhere?q?=00?= <a@b.example>\r\nSubject: =?utf-8?b?%%%?=\r\n\r\n",
        b"Content-Type: text/calendar; charset=nowhere\r\n\r\nBEGIN:VCALENDAR",
    ],
)
@pytest.mark.usefixtures("uid")
def test_what_nobody_can_read_and_nobody_owns_is_the_operators(engine: Engine, content: bytes) -> None:
    assert arrives(engine, content, content) == [True, False]
    (entry,) = waiting(engine, OPERATOR)
    assert waiting(engine, UK) == waiting(engine, NL) == []
    with unit_of_work(engine, OPERATOR, NOW) as work:
        refusal(NotAllowed, puzzle, work, entry.uid)
        actions.dismiss(work, entry.uid)
    assert waiting(engine, OPERATOR) == []


def test_a_mail_belongs_to_whoever_wrote_it_also_when_it_answers_a_letter_of_the_other_side(
    engine: Engine, uid: str
) -> None:
    """The British invitation was forwarded to a Dutch post, which answers."""
    dutch = address(engine, uid, "nl/organised-crime-desk")
    thread = str(got(engine, UK)[0].message["Message-ID"])
    arrives(engine, mail(dutch, text="canary of the Dutch desk", In_Reply_To=thread))
    arrives(engine, mail(dutch, reply_calendar(uid, attendee(address(engine, uid))), In_Reply_To=thread))
    assert waiting(engine, UK) == waiting(engine, OPERATOR) == []
    assert {str(entry.reason) for entry in waiting(engine, NL)} == {"in_words", "other_address"}


def test_whoever_was_removed_is_not_invited(engine: Engine, uid: str) -> None:
    desk = address(engine, uid)
    with unit_of_work(engine, UK, NOW) as work:
        remove_delegate(work, uid, DESK)
    assert tick(engine) == [1, 0]
    arrives(engine, answered(uid, desk))
    assert [str(entry.reason) for entry in waiting(engine, UK)] == ["not_invited"]


def test_a_person_applies_or_dismisses_once(engine: Engine, uid: str) -> None:
    mails = puzzling(engine, uid)
    arrives(engine, mails["in_words"], mails["out_of_office"])
    away, words = waiting(engine, UK)
    with unit_of_work(engine, UK, NOW) as work:
        actions.apply(work, words.uid, Status.NO, DESK)
        actions.dismiss(work, away.uid)
    assert stands(engine, UK, uid)[DESK] == "no"
    assert waiting(engine, UK) == []
    with unit_of_work(engine, UK, NOW) as work:
        said = refusal(Conflict, actions.dismiss, work, words.uid)
    assert said == "mail: uk secretariat was done with it already"


def test_an_answer_by_telephone_and_a_later_one_by_mail(engine: Engine, uid: str) -> None:
    with unit_of_work(engine, UK, NOW) as work:
        actions.record_answer(work, uid, DESK, Status.NO, "by telephone")
    assert stands(engine, UK, uid)[DESK] == "no"
    arrives(engine, answered(uid, address(engine, uid), stamp=NOW + timedelta(hours=1)))
    assert stands(engine, UK, uid)[DESK] == "yes"
    with unit_of_work(engine, UK, NOW) as work:
        said = refusal(Conflict, actions.record_answer, work, uid, "uk/political-director", Status.YES)
    assert said == "post: uk/political-director was not invited (an answer needs an invitation)"


def test_the_folder_is_read_once_also_when_the_reader_dies_before_it_tidies(
    engine: Engine, uid: str, tmp_path: Path
) -> None:
    desk, folder = address(engine, uid), Folder(tmp_path)
    (tmp_path / "1.eml").write_bytes(answered(uid, desk))
    (tmp_path / "unfinished.part").write_bytes(b"half")
    (waits,) = folder.waiting()
    arrives(engine, waits.content)  # stored, and then the process died
    assert read_mailbox(engine, folder, PARTIES, lambda: NOW) == Read(taken=0, failed=0)
    assert len(came(engine, UK, uid)) == 1
    (tmp_path / "1.eml").write_bytes(answered(uid, desk, "DECLINED", sequence=0, stamp=NOW))
    assert read_mailbox(engine, folder, PARTIES, lambda: NOW) == Read(taken=1, failed=0)
    assert sorted(path.name for path in (tmp_path / READ).iterdir()) == ["1.1.eml", "1.eml"]
    assert list(folder.waiting()) == []
    folder.put_away(Waiting("1.eml", b""))  # another process was quicker


def test_no_folder_is_an_empty_mailbox(engine: Engine, tmp_path: Path) -> None:
    assert read_mailbox(engine, Folder(tmp_path / "none"), PARTIES, lambda: NOW) == Read()


@pytest.mark.usefixtures("uid")
def test_a_mail_from_elsewhere_that_names_no_letter_is_the_operators(engine: Engine) -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "Desk <nobody@elsewhere.example>", "hello\u202e"
    message.set_content("Hello")
    arrives(engine, message.as_bytes())
    assert [(entry.sender, str(entry.reason)) for entry in waiting(engine, OPERATOR)] == [
        ("nobody@elsewhere.example", "in_words")
    ]
