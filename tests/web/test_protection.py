import pytest
from flask import Flask
from sqlalchemy import Engine

from scheduler.db.engine import make_engine
from tests.web.site import Visitor, application, found

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
EXPECTED = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Strict-Transport-Security": None,
    "Cache-Control": "no-store",
}


@pytest.mark.parametrize(
    "path", ["/", "/partnerships/uk-nl", "/year/uk-nl/2027", "/nothing", "/sign-in", "/healthz"]
)
def test_every_answer_carries_the_headers(uk: Visitor, path: str) -> None:
    answer = uk.client.get(path)
    assert {name: answer.headers.get(name) for name in EXPECTED} == EXPECTED


def test_our_own_files_may_be_kept_but_are_asked_for_again(uk: Visitor) -> None:
    with uk.client.get("/static/pages.css") as answer:
        assert answer.headers["Cache-Control"] == "no-cache"
        assert answer.headers["Content-Security-Policy"] == POLICY


def test_over_https_browsers_are_told_to_stay_there(engine: Engine) -> None:
    found(engine)
    client = application(engine, public_url="https://dialogues.example").test_client()
    assert client.get("/sign-in").headers["Strict-Transport-Security"] == "max-age=31536000"


def test_what_watches_over_the_process_gets_no_cookie(app: Flask) -> None:
    client = app.test_client()
    for path in ("/healthz", "/readyz"):
        answer = client.get(path)
        assert (answer.status_code, answer.get_data(as_text=True)) == (200, "ok\n")
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")


def test_a_database_without_tables_is_not_ready(empty_database_url: str) -> None:
    engine = make_engine(empty_database_url)
    answer = application(engine).test_client().get("/readyz")
    engine.dispose()
    assert (answer.status_code, answer.get_data(as_text=True)) == (
        503,
        "the database is not at the newest revision\n",
    )


def test_a_database_that_is_not_there_is_not_ready_either() -> None:
    engine = make_engine("sqlite:////no/such/folder/dialogues.db")
    answer = application(engine).test_client().get("/readyz")
    assert (answer.status_code, answer.get_data(as_text=True)) == (503, "the database does not answer\n")


def test_a_failure_of_ours_is_a_page_that_tells_nothing_of_it(app: Flask, uk: Visitor) -> None:
    def fail() -> str:
        raise RuntimeError("a secret of the house")

    app.view_functions["home.show"] = lambda **_: fail()
    page = uk.get("/partnerships/uk-nl")
    assert (page.status, page.said("//h1")) == (500, ["Something went wrong on our side"])
    assert "a secret of the house" not in page.text
