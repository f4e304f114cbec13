"""Letters that came back: marked, shown, and the secretariat told once."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select

from scheduler.actor import Actor, operator
from scheduler.db.work import reading, unit_of_work
from scheduler.errors import Conflict, NotFound
from scheduler.invitations.answers.actions import dismiss
from scheduler.invitations.answers.chasing import chase, unchased
from scheduler.invitations.answers.queries import puzzles
from scheduler.invitations.answers.reading import hand_over
from scheduler.invitations.answers.rules import Reason
from scheduler.outbox.actions import drop, resend
from scheduler.outbox.delivery import deliver
from scheduler.outbox.mailers import Memory
from scheduler.outbox.queries import LetterFacts, letter, letters
from scheduler.outbox.rules import LetterState
from scheduler.partnerships.tables import Post
from tests.builders import NL, OPERATOR, UK, refusal
from tests.invitations.answering import arrives, mail, report, waiting
from tests.invitations.stage import LETTERHEAD, NOW, meeting, parsed, press

DESK = "uk/organised-crime-desk"


@pytest.fixture
def uid(engine: Engine) -> str:
    """Return a round whose invitations went."""
    uid = meeting(engine)
    press(engine, uid)
    send(engine)
    return uid


def send(engine: Engine) -> list[str]:
    """Send what waits; return the names of the letters that went."""
    post = Memory()
    deliver(engine, post, lambda: NOW)
    return [envelope.key for envelope in post.sent]


def to(engine: Engine, post: str = DESK, side: Actor = UK) -> LetterFacts:
    """Return the latest letter to a post."""
    with reading(engine, side, NOW) as work:
        return letters(work, post=post)[0]


def chased(engine: Engine, side: Actor = UK) -> int:
    with unit_of_work(engine, side, NOW) as work:
        return chase(work, LETTERHEAD)


def told(engine: Engine, side: Actor = UK) -> Iterator[LetterFacts]:
    with reading(engine, side, NOW) as work:
        yield from (entry for entry in letters(work) if entry.key.startswith("returned/"))


@pytest.mark.parametrize(
    ("status", "state", "advice"),
    [
        ("5.1.1", LetterState.BOUNCED, "Correct the mailbox of uk/organised-crime-desk"),
        ("4.4.7", LetterState.GIVEN_UP, "send the letter again"),
    ],
)
@pytest.mark.usefixtures("uid")
def test_a_letter_that_came_back_is_marked_and_its_secretariat_told_once(
    engine: Engine, status: str, state: LetterState, advice: str
) -> None:
    theirs = to(engine, "nl/organised-crime-desk", NL)
    content = report(to(engine).message_id, "failed", status, "sorry")
    assert arrives(engine, content, content) == [True, False]
    returned = to(engine)
    assert (returned.state, returned.last_error) == (state, f"failed {status} smtp; sorry")
    assert [chased(engine), chased(engine), chased(engine, NL)] == [1, 0, 0]
    (letter_about,) = told(engine)
    assert letter_about.post == "uk/counter-secretariat" or letter_about.address != returned.address
    with reading(engine, UK, NOW) as work:
        message = parsed(letter(work, letter_about.key)[1])
    text = message.get_body(("plain",))
    assert text is not None
    words = " ".join(str(text.get_content()).split())
    assert returned.address in words
    assert "Organised" in words
    assert advice in words
    assert message["Auto-Submitted"] == "auto-generated"
    assert to(engine, "nl/organised-crime-desk", NL) == theirs
    assert list(told(engine, NL)) == []


@pytest.mark.usefixtures("uid")
def test_what_came_back_about_what_came_back_begins_no_loop(engine: Engine) -> None:
    arrives(engine, report(to(engine).message_id))
    assert chased(engine) == 1
    send(engine)
    (second,) = told(engine)
    arrives(engine, report(second.message_id))
    (second,) = told(engine)
    assert second.state is LetterState.BOUNCED
    assert chased(engine) == 0
    assert len(list(told(engine))) == 1


@pytest.mark.parametrize(("action", "reason"), [("delayed", Reason.DELAYED), ("delivered", Reason.ARRIVED)])
@pytest.mark.usefixtures("uid")
def test_a_letter_that_is_late_did_not_come_back(engine: Engine, action: str, reason: Reason) -> None:
    assert arrives(engine, report(to(engine).message_id, action, "4.4.1")) == [True]
    assert to(engine).state is LetterState.SENT
    assert (chased(engine), waiting(engine, UK)) == (0, [])
    with reading(engine, UK, NOW) as work:
        assert [(entry.reason, entry.outcome) for entry in puzzles(work, with_settled=True)] == [
            (reason, "noted")
        ]


@pytest.mark.usefixtures("uid")
def test_sent_again_it_may_come_back_again_and_dropped_it_is_at_rest(engine: Engine) -> None:
    returned = to(engine)
    arrives(engine, report(returned.message_id, "failed", "4.2.2"))
    assert chased(engine) == 1
    with unit_of_work(engine, UK, NOW + timedelta(hours=1)) as work:
        resend(work, returned.key, "they cleared it")
    deliver(engine, Memory(), lambda: NOW + timedelta(hours=1))
    assert to(engine).state is LetterState.SENT
    arrives(engine, report(returned.message_id, "failed", "5.1.1"))
    assert chased(engine) == 1
    with unit_of_work(engine, UK, NOW) as work:
        drop(work, returned.key, "the post is gone")
        assert unchased(work) == ()
    assert to(engine).state is LetterState.DROPPED


@pytest.mark.usefixtures("uid")
def test_of_an_address_that_was_corrected_nobody_need_hear(engine: Engine) -> None:
    with unit_of_work(engine, operator(), NOW) as work:
        row = work.session.scalars(
            select(Post).where(Post.party == "uk", Post.mailbox == to(engine).address)
        ).one()
        row.mailbox = "new@uk.example"
    arrives(engine, report(to(engine).message_id))
    assert (to(engine).state, chased(engine)) == (LetterState.BOUNCED, 0)


@pytest.mark.usefixtures("uid")
def test_a_report_of_what_never_went_changes_nothing(engine: Engine) -> None:
    key, message_id = to(engine).key, to(engine).message_id
    with unit_of_work(engine, UK, NOW) as work:
        resend(work, key, "again")
    arrives(engine, report(message_id))
    assert to(engine).state is LetterState.QUEUED
    assert [str(entry.reason) for entry in waiting(engine, UK)] == ["bounced"]


@pytest.mark.usefixtures("uid")
def test_the_operator_hands_a_mail_over_unread(engine: Engine) -> None:
    arrives(
        engine, mail("aide@home.example", text="canary", Subject_2="x"), report("<gone@elsewhere.example>")
    )
    strays = waiting(engine, OPERATOR)
    assert [(entry.sender, entry.subject, entry.problem) for entry in strays] == [
        ("mailer-daemon@relay.example", "", {}),
        ("aide@home.example", "", {}),
    ]
    hand_over(engine, strays[1].uid, "uk", "uk-nl", NOW)
    assert [entry.uid for entry in waiting(engine, OPERATOR)] == [strays[0].uid]
    assert waiting(engine, NL) == []
    (found,) = waiting(engine, UK)
    assert (found.sender, found.subject, str(found.reason)) == ("aide@home.example", "Re: SOC", "in_words")
    refusal(Conflict, hand_over, engine, strays[1].uid, "nl", "uk-nl", NOW)
    refusal(NotFound, hand_over, engine, strays[0].uid, "de", "uk-nl", NOW)
    with unit_of_work(engine, operator(), NOW) as work:
        refusal(NotFound, dismiss, work, "nothing")
