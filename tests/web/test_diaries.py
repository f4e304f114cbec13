"""The page of diaries: what stands there, giving and taking away, and that the other side finds no trace."""

import dataclasses
import io
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import Engine

from scheduler.app import create_app
from tests.diaries.conftest import running
from tests.ical.foreign_calendars import APPLE, CANARY, calendar, event
from tests.web.site import NL, UK, UK_DESK, UK_READER, Page, Visitor, found, settings, visitor

DIARIES = "/diaries/uk-nl"
POST = f"{DIARIES}/director"
STANDS = "The busy times of the last good reading stand; nothing waits for this diary."
DECEMBER = calendar(
    event("DTSTART:20261208T090000Z", "DTEND:20261208T100000Z"),
    event("DTSTART:20261209T090000Z", "RRULE:FREQ=MINUTELY", uid="bomb"),
)


@pytest.fixture
def origin() -> Iterator[str]:
    with running() as port:
        yield f"http://127.0.0.1:{port}"


def upload(walking: Visitor, data: bytes, post: str = POST) -> Page:
    token = walking.get(DIARIES).token
    sent = {"csrf_token": token, "file": (io.BytesIO(data), "diary.ics")}
    with walking.client.post(f"{post}/file", data=sent, follow_redirects=True, buffered=True) as answer:
        return Page(answer.status_code, answer.get_data(as_text=True))


def facts(page: Page) -> dict[str, str]:
    return page.facts("//section[@id='director']")


def test_a_post_without_a_diary(uk: Visitor) -> None:
    page = uk.get(DIARIES)
    assert page.said("//section//h2") == ["Director, Organised Crime"]
    assert "No diary" in page.main
    assert page.values("//section//form/@action") == [f"{POST}/file", f"{POST}/address"]


def test_a_file_is_read_and_told(uk: Visitor) -> None:
    page = upload(uk, DECEMBER)
    assert page.status == 200
    assert page.said("//p[@role='status']") == ["The diary of Director, Organised Crime was read."]
    assert facts(page) == {
        "Last read": "21 Nov 2026, 14:02, less than an hour old 1 entry, busy times until 25 November 2031",
        "Busy, next 90 days": "1 working day within office hours",
        "Diary": "From a file set 21 Nov 2026, 14:02 by UK secretariat",
    }
    assert page.said("//section[@id='director']//li") == ["1: repeats by the hour, minute or second"]
    assert (
        uk.get("/")
        .said("//section[@aria-labelledby='changes']//li")[0]
        .startswith("United Kingdom–Netherlands: a diary added UK only")
    )
    assert CANARY not in page.text


def test_what_was_assumed_is_marked_in_dutch_too(nl: Visitor) -> None:
    page = upload(nl, APPLE)
    assert page.said("//section[@id='director']//li") == [
        "1: noemen geen tijdzone; gelezen in die van uw eigen zijde aangenomen",
        "1: noemen een onbekende tijdzone; gelezen in die van uw eigen zijde aangenomen",
    ]
    assert list(facts(page)) == ["Laatst gelezen", "Bezet, komende 90 dagen", "Agenda"]


def test_a_file_that_cannot_be_used_is_refused_beside_its_form(uk: Visitor) -> None:
    upload(uk, DECEMBER)
    page = upload(uk, b"<html>")
    assert (page.status, page.said("//p[@role='alert']")) == (
        400,
        ["This is no calendar. Give a whole .ics file."],
    )
    assert facts(page)["Last read"].startswith("21 Nov 2026, 14:02")
    nothing = uk.post(f"{POST}/file", on_page=DIARIES)
    assert (nothing.status, nothing.said("//p[@role='alert']")) == (400, ["No file was chosen."])


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"<html>", "Dit is geen agendabestand. Kies een volledig .ics-bestand."),
        (DECEMBER[:-40], "De agenda is afgebroken. Kies een volledig .ics-bestand."),
        (
            calendar(event("DTSTART:20261209T090000Z", "RRULE:FREQ=MINUTELY")),
            "Geen van de afspraken erin is bruikbaar: herhaalt zich per uur, minuut of seconde.",
        ),
    ],
)
def test_a_file_is_refused_in_dutch_too(nl: Visitor, data: bytes, complaint: str) -> None:
    assert upload(nl, data).said("//p[@role='alert']") == [complaint]


def test_a_diary_may_be_larger_than_other_forms_and_not_of_any_size(uk: Visitor) -> None:
    padded = DECEMBER.replace(b"BEGIN:VEVENT", b"X-PADDING:" + b"x" * 3_000_000 + b"\r\nBEGIN:VEVENT", 1)
    assert upload(uk, padded).status == 200
    assert upload(uk, b"x" * 22_000_000).status == 413
    large = uk.client.post("/language", data={"language": "en", "back": "x" * 1_500_000})
    assert large.status_code == 413


def test_an_address_is_read_told_by_its_host_and_read_again(engine: Engine, origin: str) -> None:
    found(engine)
    chosen = dataclasses.replace(settings(), diary_origins=origin)
    uk = visitor(create_app(chosen, engine), engine, UK)
    secret = origin.replace("//", "//anna:s3cret@")
    page = uk.post(f"{POST}/address", on_page=DIARIES, address=f"{secret}/guarded?key=hush")
    assert facts(page)["Diary"].startswith("From 127.0.0.1 set")
    page = uk.post(f"{POST}/refresh", on_page=DIARIES)
    assert page.said("//p[@role='status']") == ["The diary of Director, Organised Crime was read."]
    failed = uk.post(f"{POST}/address", on_page=DIARIES, address=f"{secret}/500?key=hush")
    assert failed.said("//p[@class='notice warn']") == [
        f"Not read on 21 Nov 2026, 14:02: the host answered with an error. {STANDS}"
    ]
    assert failed.status == 200
    refused = uk.post(f"{POST}/address", on_page=DIARIES, address="https://anna:s3cret@127.0.0.1/hush")
    assert refused.status == 400
    everything = page.text + failed.text + refused.text
    assert [word for word in ("anna", "s3cret", "hush") if word in everything] == []


def test_a_diary_is_taken_away(uk: Visitor) -> None:
    upload(uk, DECEMBER)
    page = uk.post(f"{POST}/remove", on_page=DIARIES)
    assert page.said("//p[@role='status']") == ["The diary was removed."]
    assert "No diary" in page.main
    assert uk.post(f"{POST}/remove", on_page=DIARIES).status == 404


def test_who_may_see_and_who_may_change(app: Flask, engine: Engine) -> None:
    desk, reader = (visitor(app, engine, account) for account in (UK_DESK, UK_READER))
    page = desk.get(DIARIES)
    assert (page.status, page.values("//main//form/@action")) == (200, [])
    assert desk.post(f"{POST}/remove", on_page=DIARIES).status == 403
    assert reader.get(DIARIES).status == 403
    assert "/diaries/uk-nl" not in reader.get("/partnerships/uk-nl").values("//nav//a/@href")
    assert "/diaries/uk-nl" in page.values("//nav//a/@href")


def test_the_other_side_finds_no_trace(uk: Visitor, app: Flask, engine: Engine) -> None:
    other = visitor(app, engine, NL)
    paths = ("/partnerships/uk-nl", "/year/uk-nl/2026", "/letters/uk-nl", "/subscriptions/uk-nl", DIARIES)

    def seen() -> list[tuple[int, str]]:
        pages = [other.get(path) for path in paths]
        return [(page.status, page.text.replace(page.token, "")) for page in pages]

    before = seen()
    upload(uk, DECEMBER)
    assert seen() == before
    for act in ("file", "address", "refresh", "remove"):
        # Posts of both sides may have one key: what is named here is the other side's own.
        assert (
            other.post(f"{DIARIES}/nobody/{act}", on_page=DIARIES, address="https://calendar.example").status
            == 404
        )
    assert other.post(f"{POST}/remove", on_page=DIARIES).status == 404
    assert "1 working day" in uk.get(DIARIES).main
