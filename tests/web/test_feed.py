"""A feed as calendar programs fetch it: what is answered to which request, and what no answer tells."""

import dataclasses
import gzip
import logging
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from urllib.robotparser import RobotFileParser

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from scheduler import clock
from scheduler.actor import side
from scheduler.db.engine import make_engine
from scheduler.db.work import reading, unit_of_work
from scheduler.feeds.actions import revoke
from scheduler.feeds.queries import subscriptions
from scheduler.feeds.tables import Fragment
from scheduler.web.application import build
from tests.feeds.house import act, at, found_partnership, put, subscribe
from tests.web.site import application, settings

GZIP = {"Accept-Encoding": "gzip, deflate"}


@pytest.fixture(autouse=True)
def partnership(engine: Engine) -> None:
    found_partnership(engine)
    put(engine, at(clock.now().date() + timedelta(days=100)), now=clock.now() - timedelta(hours=1))


@pytest.fixture
def app(engine: Engine) -> Flask:
    return application(engine)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def secret(engine: Engine) -> str:
    return subscribe(engine, now=clock.now())


@pytest.fixture
def path(secret: str) -> str:
    return f"/feeds/{secret}.ics"


def test_a_calendar_and_its_headers(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == HTTPStatus.OK
    assert answer.data.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    told = {name: answer.headers.get(name) for name in (
        "Content-Type", "Content-Length", "Content-Encoding", "Content-Disposition", "Vary", "Cache-Control",
        "X-Content-Type-Options", "X-Robots-Tag", "Referrer-Policy", "Set-Cookie", "Location",
    )}  # fmt: skip
    assert told == {
        "Content-Type": "text/calendar; charset=utf-8",
        "Content-Length": str(len(answer.data)),
        "Content-Encoding": None,
        "Content-Disposition": 'inline; filename="dialogues.ics"',
        "Vary": "Accept-Encoding",
        "Cache-Control": "private, max-age=300",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex",
        "Referrer-Policy": "no-referrer",
        "Set-Cookie": None,
        "Location": None,
    }
    assert answer.get_etag()[1] is False
    assert answer.last_modified is not None
    assert answer.last_modified <= clock.now()


def test_no_method_and_nothing_that_would_make_it_one_item(
    client: FlaskClient, path: str, secret: str
) -> None:
    body = client.get(path).data
    head = body.partition(b"BEGIN:V")[2].partition(b"BEGIN:V")[0]
    assert b"METHOD" not in body
    assert b"UID" not in head
    assert secret.encode() not in body


def test_the_address_alone_opens_it_and_further_words_are_ignored(client: FlaskClient, path: str) -> None:
    plain = client.get(path)
    asked = client.get(
        f"{path}?nocache=1&language=nl", headers={"Accept": "text/html", "Cookie": "dialogues=x"}
    )
    assert (asked.status_code, asked.data, asked.headers["ETag"]) == (200, plain.data, plain.headers["ETag"])


def test_head_is_get_without_a_body(client: FlaskClient, path: str) -> None:
    get, head = client.get(path, headers=GZIP), client.head(path, headers=GZIP)
    assert (head.status_code, head.data) == (200, b"")
    ours = [(name, value) for name, value in get.headers if name != "Date"]
    assert [(name, value) for name, value in head.headers if name != "Date"] == ours


def test_compressed_for_those_who_read_it(client: FlaskClient, path: str) -> None:
    plain, packed = client.get(path), client.get(path, headers=GZIP)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data)
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert packed.headers["Vary"] == "Accept-Encoding"
    for refused in ("identity", "gzip;q=0", "br"):
        answer = client.get(path, headers={"Accept-Encoding": refused})
        assert (answer.headers.get("Content-Encoding"), answer.data) == (None, plain.data)


def test_compression_can_be_switched_off(engine: Engine, app: Flask, path: str) -> None:
    without = build(engine=engine, settings=dataclasses.replace(settings(), feed_gzip=False)).test_client()
    answer = without.get(path, headers=GZIP)
    assert answer.headers.get("Content-Encoding") is None
    assert answer.data == app.test_client().get(path).data


@pytest.mark.parametrize("coding", [{}, GZIP], ids=["plain", "gzip"])
def test_if_none_match(client: FlaskClient, path: str, coding: dict[str, str]) -> None:
    tag = client.get(path, headers=coding).headers["ETag"]
    matches = (tag, f"W/{tag}", f'"another", {tag}', f'"another",W/{tag}', "*")
    for match in matches:
        for ask in (client.get, client.head):
            answer = ask(path, headers={**coding, "If-None-Match": match})
            assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", tag)
            assert {"Content-Type", "Content-Length", "Content-Encoding"} & set(
                answer.headers.keys()
            ) == set()
            assert answer.headers["Vary"] == "Accept-Encoding"
    for other in ('"another"', f'W/"another", "{tag[1:-2]}"', tag.replace('"', "'")):
        answer = client.get(path, headers={**coding, "If-None-Match": other})
        assert (answer.status_code, answer.headers["ETag"]) == (200, tag)


def test_a_tag_belongs_to_its_coding(client: FlaskClient, path: str) -> None:
    tag = client.get(path).headers["ETag"]
    assert client.get(path, headers={**GZIP, "If-None-Match": tag}).status_code == HTTPStatus.OK


def test_a_date_counts_only_where_no_tag_is_given(client: FlaskClient, path: str) -> None:
    since = client.get(path).headers["Last-Modified"]
    assert client.get(path, headers={"If-Modified-Since": since}).status_code == HTTPStatus.NOT_MODIFIED
    both = {"If-Modified-Since": since, "If-None-Match": '"another"'}
    assert client.get(path, headers=both).status_code == HTTPStatus.OK
    earlier = {"If-Modified-Since": "Sat, 21 Nov 2020 09:00:00 GMT"}
    assert client.get(path, headers=earlier).status_code == HTTPStatus.OK
    assert client.get(path, headers={"If-Modified-Since": "yesterday"}).status_code == HTTPStatus.OK


def test_a_change_ends_the_304(engine: Engine, client: FlaskClient, path: str) -> None:
    first = client.get(path)
    known = {"If-None-Match": first.headers["ETag"], "If-Modified-Since": first.headers["Last-Modified"]}
    assert client.get(path, headers=known).status_code == HTTPStatus.NOT_MODIFIED
    put(engine, at(clock.now().date() + timedelta(days=200)), now=clock.now())
    second = client.get(path, headers=known)
    assert second.status_code == HTTPStatus.OK
    assert second.headers["ETag"] != first.headers["ETag"]
    assert second.data.count(b"BEGIN:VEVENT") == first.data.count(b"BEGIN:VEVENT") + 1


def test_what_was_written_is_kept_once_the_program_has_its_answer(
    engine: Engine, client: FlaskClient, path: str
) -> None:
    answer = client.get(path)
    assert kept(engine) == 0
    answer.close()
    assert kept(engine) == 1


def kept(engine: Engine) -> int:
    with reading(engine, side("uk", "test"), clock.now()) as work:
        return len(work.session.scalars(select(Fragment.id)).all())


@pytest.mark.parametrize("by", ["uk", "nl"])
def test_what_one_side_keeps_to_itself_changes_no_answer_to_the_other(
    engine: Engine, client: FlaskClient, by: str
) -> None:
    other = {"uk": "nl", "nl": "uk"}[by]
    theirs = f"/feeds/{subscribe(engine, other, now=clock.now())}.ics"
    first = client.get(theirs)
    hidden = put(engine, at(clock.now().date() + timedelta(days=50)), "planned", by=by, now=clock.now())
    act(engine, by, "write_note", hidden, "CANARY", now=clock.now())
    second = client.get(theirs)
    assert second.data == first.data
    assert [second.headers[name] for name in ("ETag", "Last-Modified")] == [
        first.headers[name] for name in ("ETag", "Last-Modified")
    ]
    known = {"If-None-Match": first.headers["ETag"]}
    assert client.get(theirs, headers=known).status_code == HTTPStatus.NOT_MODIFIED


def test_an_address_that_never_was(client: FlaskClient) -> None:
    for unknown in ("x", "A" * 43, "é", "..", "a" * 5000, "%00", "%ff"):
        answer = client.get(f"/feeds/{unknown}.ics")
        assert (answer.status_code, answer.headers.get("Set-Cookie")) == (404, None)
        assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"


def test_a_feed_that_was_taken_back(engine: Engine, client: FlaskClient, path: str) -> None:
    tag = client.get(path).headers["ETag"]
    with unit_of_work(engine, side("uk", "desk"), clock.now()) as work:
        revoke(work, subscriptions(work, "uk-nl")[0].key)
    for headers in ({}, {"If-None-Match": tag}, {"If-None-Match": "*"}):
        answer = client.get(path, headers=headers)
        assert (answer.status_code, answer.headers.get("Set-Cookie")) == (410, None)
    assert client.head(path).status_code == HTTPStatus.GONE


def test_nothing_can_be_written_or_browsed(client: FlaskClient, path: str) -> None:
    methods = (
        "POST",
        "PUT",
        "PATCH",
        "DELETE",
        "PROPFIND",
        "PROPPATCH",
        "REPORT",
        "MKCALENDAR",
        "LOCK",
        "WHAT",
    )
    for address in (path, "/feeds/x.ics"):
        for method in methods:
            answer = client.open(address, method=method, data=b"BEGIN:VCALENDAR")
            assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
            assert answer.headers.get("Set-Cookie") is None


def test_options_says_what_can_be_asked(client: FlaskClient, path: str) -> None:
    answer = client.options(path)
    assert (answer.status_code, answer.headers["Allow"], answer.headers.get("DAV")) == (
        204,
        "GET, HEAD, OPTIONS",
        None,
    )


@pytest.fixture
def broken(tmp_path: Path) -> FlaskClient:
    """Give a client of an installation whose database has lost its tables."""
    return application(make_engine(f"sqlite:///{tmp_path / 'without-tables.db'}")).test_client()


def test_while_we_cannot_look_a_program_keeps_what_it_has(broken: FlaskClient) -> None:
    for known in ({"If-None-Match": '"tag"'}, {"If-Modified-Since": "Sat, 21 Nov 2026 09:00:00 GMT"}):
        answer = broken.get("/feeds/secret.ics", headers=known)
        assert (answer.status_code, answer.data) == (304, b"")
        assert answer.headers["Cache-Control"] == "private, max-age=300"
        assert answer.headers["Vary"] == "Accept-Encoding"
    empty_handed = broken.get("/feeds/secret.ics")
    assert (empty_handed.status_code, empty_handed.headers["Retry-After"]) == (503, "600")
    assert empty_handed.headers.get("Set-Cookie") is None


def test_no_log_tells_the_address(
    client: FlaskClient, broken: FlaskClient, path: str, secret: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client.get(path)
    broken.get(path)
    assert "a feed could not be read" in caplog.text
    assert secret not in caplog.text


def test_programs_that_obey_robots_txt_may_fetch_feeds_and_nothing_else(app: Flask) -> None:
    rules = RobotFileParser()
    rules.parse(app.test_client().get("/robots.txt").get_data(as_text=True).splitlines())
    asked = ("/feeds/secret.ics", "/", "/partnerships/uk-nl", "/sign-in/secret")
    assert [rules.can_fetch("Google-Calendar", path) for path in asked] == [True, False, False, False]
