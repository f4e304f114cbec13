from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import Engine

from scheduler.actor import side
from scheduler.db.work import reading, unit_of_work
from scheduler.outbox.mime import Letterhead
from scheduler.outbox.queries import letter, letters
from scheduler.partnerships.holders.actions import Term, set_holder
from scheduler.partnerships.queries import partnerships, posts
from scheduler.reminders.actions import give_due
from scheduler.reminders.queries import no_agendas
from tests.web.site import TODAY, UK_READER, Page, Visitor, put_round, visitor

REMINDERS = "/reminders/uk-nl"
SETTINGS = f"{REMINDERS}/settings"
MONDAY_MORNING = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
LETTERHEAD = Letterhead("dialogues@secretariat.example", "OFFICIAL", "https://dialogues.example")


def give(engine: Engine, party: str, now: datetime = MONDAY_MORNING) -> None:
    with unit_of_work(engine, side(party, "reminders"), now) as work:
        assert give_due(work, LETTERHEAD, no_agendas).failed == 0


def links(engine: Engine, party: str) -> list[str]:
    """Return the addresses at which the letters of a side are answered, without the host."""
    with reading(engine, side(party, "reader"), TODAY) as work:
        texts = [letter(work, entry.key)[1].decode().replace("=\r\n", "") for entry in letters(work)]
    start = "https://dialogues.example/reminders/answer/"
    return [text.partition(start)[2].split()[0].join(("/reminders/answer/", "")) for text in texts]


def row(page: Page, step: str) -> list[str]:
    return next(cells for cells in page.rows("//section[@aria-labelledby='steps']") if cells[0] == step)


def test_the_timeline_shows_what_was_given_with_its_fate_and_what_comes_with_its_reason(
    uk: Visitor, engine: Engine
) -> None:
    put_round(engine, "R1", date(2027, 3, 16), "agreed")
    give(engine, "uk")
    page = uk.get(REMINDERS)
    past = page.said("//li[@class='past']")
    assert [text.split("Why ")[0] for text in past] == [
        "23 Nov 2026, 10:00 Seek a date Director, Organised Crime waiting to be sent"
    ]
    (draft,) = page.said("//li[contains(., '9 Feb 2027')][contains(., 'First draft')]")
    assert "our default (assumed)" in draft


def test_why_a_letter_was_dropped_is_said_in_dutch_too(nl: Visitor, engine: Engine) -> None:
    give(engine, "nl")
    put_round(engine, "R1", date(2027, 3, 16), "agreed")
    put_round(engine, "R2", date(2027, 3, 17), "agreed")
    give(engine, "nl")
    reasons = nl.get(REMINDERS).said("//li[@class='past']//span[@class='quiet']")
    assert reasons == ["wat erin staat, geldt niet meer"]


def test_the_timeline_of_one_post(uk: Visitor, engine: Engine) -> None:
    put_round(engine, "R1", date(2027, 3, 16), "agreed")
    (reference,) = uk.get(SETTINGS).values("//select[@id='digest-post']/option/@value")
    everything = uk.get(REMINDERS).said("//span[@class='track-post']")
    assert set(everything) == {"Director, Organised Crime"}
    assert uk.get(f"{REMINDERS}?post={reference}").said("//span[@class='track-post']") == everything
    assert uk.get(f"{REMINDERS}?post=uk/nobody").said("//p[@class='empty']") == [
        "Nobody was reminded, and nobody will be."
    ]


def test_a_step_is_set_shown_with_its_origin_and_reset(uk: Visitor, nl: Visitor) -> None:
    step = "First draft agenda to the other side"
    assert row(uk.get(SETTINGS), step)[1] == "6 weeks before"
    done = uk.post(SETTINGS, on_page=SETTINGS, step="first_draft", amount="8", level="ministerial")
    assert row(done, step)[1:3] == [
        "8 weeks before set by UK secretariat on 21 November 2026",
        "5 weeks before",
    ]
    assert row(nl.get(SETTINGS), "Eerste conceptagenda naar de andere zijde")[1] == "6 weken ervoor"
    again = uk.post(f"{SETTINGS}/reset", on_page=SETTINGS, step="first_draft", level="ministerial")
    assert row(again, step)[1] == "6 weeks before"


def test_what_cannot_be_meant_is_refused_with_a_word(uk: Visitor) -> None:
    refused = uk.post(SETTINGS, on_page=SETTINGS, step="first_draft", amount="500")
    assert (refused.status, refused.said("//p[@role='alert']")) == (
        400,
        ["500 is not between -104 and 104."],
    )
    assert uk.post(SETTINGS, on_page=SETTINGS, step="first_draft", amount="soon").status == 400
    assert uk.post(f"{SETTINGS}/reset", on_page=SETTINGS, step="first_draft").status == 400


def test_a_post_is_given_a_digest_and_loses_it(nl: Visitor) -> None:
    posts = nl.get(SETTINGS).values("//select[@id='digest-post']/option/@value")
    assert all(post.startswith("nl/") for post in posts)
    page = nl.post(f"{REMINDERS}/digests", on_page=SETTINGS, post=posts[0], rhythm="weekly", weekday="1")
    assert [
        "eens per week, op dinsdag" in text
        for text in page.said("//section[@aria-labelledby='digests']/ul/li")
    ] == [True]
    ended = nl.post(f"{REMINDERS}/digests", on_page=SETTINGS, post=posts[0], rhythm="off")
    assert ended.said("//section[@aria-labelledby='digests']/ul/li") == ["Elke functie krijgt alles apart."]


def test_a_reader_looks_and_changes_nothing(app: Flask, engine: Engine) -> None:
    reader = visitor(app, engine, UK_READER)
    page = reader.get(SETTINGS)
    assert page.status == 200
    assert page.said("//h2[@id='change']") == []
    refused = reader.post(SETTINGS, on_page=SETTINGS, step="first_draft", amount="8")
    assert refused.status == 403


def test_a_letter_is_answered_without_signing_in_and_opening_the_link_changes_nothing(
    app: Flask, engine: Engine, uk: Visitor
) -> None:
    give(engine, "uk")
    (link,) = links(engine, "uk")
    stranger = Visitor(app.test_client())
    for _ in range(3):
        opened = stranger.get(link)
    assert stranger.client.head(link).status_code == 200
    assert opened.said("//h1") == ["Answer to a reminder"]
    assert "in hand" not in uk.get(REMINDERS).said("//li[@class='past']")[0]
    answered = stranger.post(link, on_page=link, number="1", answer="in_hand")
    assert answered.said("//p[@role='status']") == ["Thank you. Your answer was kept."]
    assert "✓ in hand" in uk.get(REMINDERS).said("//li[@class='past']")[0]
    assert stranger.get(REMINDERS).said("//h1") == ["Sign in"]


def test_the_page_speaks_the_language_of_the_letter_and_puts_off(app: Flask, engine: Engine) -> None:
    give(engine, "nl")
    (link,) = links(engine, "nl")
    stranger = Visitor(app.test_client())
    assert stranger.get(link).said("//h1") == ["Antwoord op een herinnering"]
    for day in ("", "2026-11-21", "2027-11-21", "tomorrow"):
        assert stranger.post(link, on_page=link, number="1", answer="later", until=day).status == 400
    later = stranger.post(link, on_page=link, number="1", answer="later", until="2026-12-07")
    assert later.said("//section/p[2]") == ["Opnieuw op maandag 7 december 2026."]
    assert stranger.post(link, on_page=link, number="9", answer="in_hand").status == 400


def test_the_page_speaks_the_language_of_whoever_holds_the_post(app: Flask, engine: Engine) -> None:
    with unit_of_work(engine, side("uk", "secretariat"), TODAY) as work:
        key = partnerships(work)[0].key
        for entry in posts(work, key):
            if entry.party == "uk":
                set_holder(work, key, entry.reference, Term(first=TODAY.date(), language="nl"))
    give(engine, "uk")
    (link,) = links(engine, "uk")
    stranger = Visitor(app.test_client())
    assert stranger.get(link).said("//h1") == ["Antwoord op een herinnering"]


@pytest.mark.parametrize(
    "change", ["nl.{secret}", "uk.{secret}x", "fr.{secret}", "uk%00.{secret}", "UK.{secret}"]
)
def test_a_link_of_another_side_or_of_nobody_is_like_one_that_never_was(
    app: Flask, engine: Engine, change: str
) -> None:
    give(engine, "uk")
    (link,) = links(engine, "uk")
    stranger = Visitor(app.test_client())
    never = stranger.get("/reminders/answer/uk.no-such-secret")
    secret = link.partition(".")[2]
    page = stranger.get(f"/reminders/answer/{change.format(secret=secret)}")
    assert (page.status, page.main) == (404, never.main)


def test_a_link_expires(app: Flask, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    give(engine, "uk")
    (link,) = links(engine, "uk")
    stranger = Visitor(app.test_client())
    token = stranger.get(link).token
    monkeypatch.setattr("scheduler.clock.now", lambda: datetime(2027, 1, 22, 10, 0, tzinfo=UTC))
    assert stranger.get(link).status == 404
    late = stranger.client.post(link, data={"csrf_token": token, "number": "1", "answer": "in_hand"})
    assert late.status_code == 404


def test_without_the_token_of_the_page_nothing_is_answered(app: Flask, engine: Engine) -> None:
    give(engine, "uk")
    (link,) = links(engine, "uk")
    assert app.test_client().post(link, data={"number": "1", "answer": "in_hand"}).status_code == 400


def test_one_side_sees_nothing_of_what_the_other_has_set(uk: Visitor, nl: Visitor) -> None:
    before = nl.get(SETTINGS).main
    uk.post(SETTINGS, on_page=SETTINGS, step="record", amount="-4", audience="uk/crime")
    assert nl.get(SETTINGS).main == before
