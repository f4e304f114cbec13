import dataclasses
import re

import pytest
from flask import Flask
from sqlalchemy import Engine

from scheduler.accounts.actions import revoke
from scheduler.actor import operator
from scheduler.db.work import unit_of_work
from scheduler.errors import BadInput
from scheduler.web.application import build
from scheduler.web.kit.signing_in import is_public
from tests.web.site import TODAY, UK, Visitor, application, found, settings, sign_in_link, visitor

PUBLIC = {
    "agenda.styles",
    "bootstrap.static",
    "feed.serve",
    "health.alive",
    "health.ready",
    "invitation_answers.act",
    "invitation_answers.show",
    "reminder_answers.act",
    "reminder_answers.show",
    "sign_in.ask",
    "sign_in.show",
    "sign_in.sign_out",
    "sign_in.use",
    "feed.robots",
    "start.choose",
    "static",
}
VALUES = {
    "partnership": "uk-nl",
    "key": "R1",
    "uid": "0123",
    "partnership_key": "uk-nl",
    "round_key": "R1/2027-1",
    "party": "uk",
    "post": "director",
    "number": 1,
    "year": 2027,
    "form": "pdf",
    "proposal": "0123",
    "index": 0,
    "item": "opening",
    "reference": "own-1",
    "version": "own-1",
}
ONE_OF = re.compile(r"<any\(([^)]*)\):(\w+)>")
"""A part of an address that is one of some words."""


def test_these_pages_and_no_others_need_no_sign_in(app: Flask) -> None:
    with app.app_context():
        assert {rule.endpoint for rule in app.url_map.iter_rules() if is_public(rule.endpoint)} == PUBLIC


def test_every_other_page_sends_a_stranger_to_the_sign_in(app: Flask) -> None:
    answers = {}
    for rule in app.url_map.iter_rules():
        if rule.endpoint in PUBLIC:
            continue
        words = ONE_OF.search(rule.rule)
        chosen = {**VALUES, words[2]: words[1].split(",")[0]} if words else VALUES
        with app.test_request_context():
            path = rule.build({name: chosen[name] for name in rule.arguments})
        assert path is not None
        method = "GET" if "GET" in (rule.methods or ()) else "POST"
        answer = app.test_client().open(path[1], method=method)
        answers[rule.endpoint] = (method, answer.status_code, answer.headers.get("Location"))
    assert len(answers) > 5
    expected = {"GET": ("GET", 302, "/sign-in"), "POST": ("POST", 400, None)}  # no form of ours: no token
    assert answers == {endpoint: expected[answer[0]] for endpoint, answer in answers.items()}


def test_a_stranger_with_a_token_may_not_act(app: Flask) -> None:
    stranger = Visitor(app.test_client())
    assert stranger.post("/meetings/0123/offer", on_page="/sign-in").status == 403


def test_an_unknown_address_asks_a_stranger_to_sign_in_like_any_other(app: Flask, uk: Visitor) -> None:
    assert app.test_client().get("/nothing").headers["Location"] == "/sign-in"
    assert uk.get("/nothing").status == 404


def test_looking_at_a_link_does_not_use_it_up(app: Flask, engine: Engine) -> None:
    link = f"/sign-in/{sign_in_link(engine, UK)}"
    for _ in range(3):
        page = Visitor(app.test_client()).get(link)
        assert page.said("//main//button") == ["Sign in with this link"]
    assert Visitor(app.test_client()).post(link, on_page=link).said("//h1") == ["What is owed"]


def test_a_link_used_before_and_one_never_issued_are_refused_alike(app: Flask, engine: Engine) -> None:
    link = f"/sign-in/{sign_in_link(engine, UK)}"
    Visitor(app.test_client()).post(link, on_page=link)
    for refused in (link, "/sign-in/never-issued"):
        page = Visitor(app.test_client()).post(refused, on_page=refused)
        assert (page.status, page.said("//*[@role='alert']")) == (
            404,
            ["This link is unknown, has been used, or is too old. Ask for a new one."],
        )


def test_the_page_asked_for_comes_after_the_sign_in(app: Flask, engine: Engine) -> None:
    walking = Visitor(app.test_client())
    walking.get("/year/uk-nl/2027?on=2027-02-01")
    link = f"/sign-in/{sign_in_link(engine, UK)}"
    page = walking.post(link, on_page=link)
    assert page.said("//h1") == ["Year plan 2027"]
    assert page.said("//p[@class='as-on']") == ["As it stands on Monday 1 February 2027"]


@pytest.mark.parametrize("address", ["//evil.example/meetings/1", "/\\evil.example"])
def test_nobody_is_sent_to_another_host(app: Flask, engine: Engine, address: str) -> None:
    client = app.test_client()
    client.get(address)
    page = Visitor(client).get("/sign-in")
    answer = client.post(f"/sign-in/{sign_in_link(engine, UK)}", data={"csrf_token": page.token})
    assert answer.headers["Location"].startswith("/")
    assert not answer.headers["Location"].startswith(("//", "/\\"))
    answer = client.post(
        "/language", data={"csrf_token": Visitor(client).get("/").token, "language": "nl", "back": address}
    )
    assert answer.headers["Location"] == "/" + address.lstrip("/\\")


@pytest.mark.parametrize("between", ["", "\t", "\r\n", "\\", "\t\\\n"])
def test_nor_by_what_browsers_pass_over(app: Flask, between: str) -> None:
    walking = Visitor(app.test_client())
    choice = {"csrf_token": walking.get("/sign-in").token, "language": "nl"}
    answer = walking.client.post("/language", data=choice | {"back": f"/{between}/evil.example"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/evil.example")


def test_signing_out_ends_the_session_in_the_database_too(app: Flask, uk: Visitor) -> None:
    kept = uk.client.get_cookie("dialogues")
    assert kept is not None
    assert uk.post("/sign-out", on_page="/").said("//h1") == ["Sign in"]
    thief = app.test_client()
    thief.set_cookie("dialogues", kept.value)
    assert thief.get("/").headers["Location"] == "/sign-in"


def test_a_revoked_session_is_over_at_the_next_page(uk: Visitor, engine: Engine) -> None:
    assert uk.get("/").said("//h1") == ["What is owed"]
    with unit_of_work(engine, operator(), TODAY) as work:
        revoke(work, UK.email)
    assert uk.get("/").said("//h1") == ["Sign in"]


@pytest.mark.parametrize(
    ("address", "cookie"),
    [
        ("http://127.0.0.1:8000", "dialogues=…; HttpOnly; Path=/; SameSite=Lax"),
        ("https://dialogues.example", "__Host-dialogues=…; Secure; HttpOnly; Path=/; SameSite=Lax"),
    ],
)
def test_the_cookie_stays_with_this_host_and_out_of_reach_of_scripts(
    engine: Engine, address: str, cookie: str
) -> None:
    found(engine)
    answer = application(engine, public_url=address).test_client().get("/sign-in")
    name, _, rest = answer.headers["Set-Cookie"].partition("=")
    assert f"{name}=…;{rest.partition(';')[2]}" == cookie


def test_a_form_without_its_token_is_refused_and_nothing_happens(uk: Visitor) -> None:
    answer = uk.client.post("/language", data={"language": "nl"})
    assert answer.status_code == 400
    page = uk.get("/")
    assert page.values("/html/@lang") == ["en"]


def test_the_server_will_not_start_without_a_secret_key(engine: Engine) -> None:
    with pytest.raises(BadInput) as caught:
        build(engine=engine, settings=dataclasses.replace(settings(), secret_key=""))
    assert caught.value.place == "SECRET_KEY"


def test_another_account_signs_in_for_its_own_side(app: Flask, engine: Engine, nl: Visitor) -> None:
    assert nl.get("/").said("//span[@class='who']") == ["Secretariaat NL"]
    assert visitor(app, engine, UK).get("/").said("//span[@class='who']") == ["UK secretariat"]
