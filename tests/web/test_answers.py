"""Answers on the page of a meeting, and the page of mails that need a person."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import Engine

from scheduler.actor import side
from scheduler.db.work import reading, unit_of_work
from scheduler.invitations import actions
from scheduler.invitations.queries import invitation
from scheduler.outbox.mime import Letterhead
from tests.invitations.answering import answered, arrives, attendee, mail, reply_calendar
from tests.web.site import TODAY, UK_READER, Visitor, put_round, visitor

DAY = date(2027, 3, 16)
LETTERHEAD = Letterhead("dialogues@secretariat.example", "OFFICIAL", "https://dialogues.example")
STAMP = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


@pytest.fixture
def uid(engine: Engine) -> str:
    """Return a round in London to which the British posts were invited."""
    uid = put_round(engine, "R1", DAY, "agreed", host="uk")
    with unit_of_work(engine, side("uk", "secretariat"), TODAY) as work:
        assert actions.send(work, uid, LETTERHEAD).failed == 0
    return uid


def first_invited(engine: Engine, uid: str) -> str:
    with reading(engine, side("uk", "secretariat"), TODAY) as work:
        return invitation(work, uid).told[0].told.address


def test_an_answer_by_mail_and_one_by_hand_stand_beside_their_post(
    uk: Visitor, nl: Visitor, engine: Engine, uid: str
) -> None:
    at = f"/meetings/{uid}/invitations"
    before = nl.get(at).main
    arrives(engine, answered(uid, first_invited(engine, uid), "TENTATIVE", stamp=STAMP), at=TODAY)
    assert [row[3] for row in uk.get(at).rows("//section[@id='delegation']")].count("tentative") == 1
    post = uk.get(at).values("//select[@id='answer-post']/option/@value")[0]
    uk.post(f"/meetings/{uid}/answers", on_page=at, post=post, status="no", comment="by telephone")
    shown = uk.get(at).rows("//section[@id='answers']")
    assert {row[1]: row[3] for row in shown} == {
        "no by telephone": "counts",
        "tentative": "a later answer counts",
    }
    assert nl.get(at).main == before


def test_a_mail_that_needs_a_person_is_downloaded_applied_and_gone(
    uk: Visitor, nl: Visitor, engine: Engine, uid: str
) -> None:
    address = first_invited(engine, uid)
    assert uk.get("/mails/uk-nl").said("//p[@class='empty']") == ["No mail needs a person."]
    words = mail(address, text="<script>alert(1)</script> of course")
    arrives(engine, words, at=TODAY)
    page = uk.get("/mails/uk-nl")
    assert page.said("//main//section//h2") == ["An answer in words."]
    (link,) = page.values("//main//section//a/@href")
    assert uk.get(link).text.encode() == words
    assert nl.get(link).status == 404
    assert nl.get("/mails/uk-nl").said("//main//section") == []
    form = f"{link}/dismiss"
    assert uk.post(form, on_page="/mails/uk-nl").said("//main//section") == []
    assert uk.post(form, on_page=f"/meetings/{uid}/invitations").status == 409


def test_what_is_wrong_with_a_mail_is_said_in_the_language_of_whoever_reads_it(
    uk: Visitor, engine: Engine, uid: str
) -> None:
    address = first_invited(engine, uid)
    times = ("DTSTART;VALUE=DATE:20270323", "DTEND:20270323T160000Z")
    lines = reply_calendar(uid, attendee(address, "TENTATIVE"), method="COUNTER", stamp=STAMP, more=times)
    arrives(engine, mail(address, lines), at=TODAY)
    said = []
    for language in ("en", "nl"):
        uk.post("/language", on_page="/mails/uk-nl", language=language)
        (quiet,) = uk.get("/mails/uk-nl").said("//main//section//span[@class='quiet']")
        said.append(quiet.partition("DTEND: ")[2])
    assert said == ["says an hour, while the start does not", "noemt een uur, het begin niet"]


def test_readers_read_no_mails(app: Flask, engine: Engine) -> None:
    assert visitor(app, engine, UK_READER).get("/mails/uk-nl").status == 403


def test_who_answers_unverified_is_named_as_such_and_who_fails_waits_for_a_person(
    uk: Visitor, nl: Visitor, engine: Engine, uid: str
) -> None:
    at, theirs = f"/meetings/{uid}/invitations", "//section[@id='answers']"
    before = nl.get(at).main
    address = first_invited(engine, uid)
    results = (
        b"Authentication-Results: mx.example; dmarc=%s header.from=" + address.partition("@")[2].encode()
    )
    plain, passed, failed = (
        answered(uid, address, status, stamp=STAMP.replace(minute=minute))
        for minute, status in enumerate(("TENTATIVE", "ACCEPTED", "DECLINED"))
    )
    arrives(engine, plain, relay="mx.example", at=TODAY)
    assert ["sender not verified" in row[2] for row in uk.get(at).rows(theirs)] == [True]
    arrives(engine, results % b"pass" + b"\r\n" + passed, relay="mx.example", at=TODAY)
    arrives(engine, results % b"fail" + b"\r\n" + failed, relay="mx.example", at=TODAY)
    assert {row[1]: "sender not verified" in row[2] for row in uk.get(at).rows(theirs)} == {
        "yes": False,
        "tentative": True,
    }
    assert uk.get("/mails/uk-nl").said("//main//h2") == [
        "Our mail server says that it does not come from whom it names (DMARC)."
    ]
    assert nl.get(at).main == before
