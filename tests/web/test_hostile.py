"""What somebody hostile types into addresses and forms: answered with a page that helps, and never obeyed."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import Engine
from werkzeug.routing import AnyConverter, IntegerConverter, Rule

from tests.web.agendas import negotiate
from tests.web.site import Visitor, put_round

DAY = date(2027, 3, 23)
HUGE = "9" * 30
ADDRESSES = {
    "/meetings/{uid}/record.html?version={huge}": 400,
    "/meetings/{uid}/record.html?version=-1": 400,
    "/meetings/{uid}/agenda/papers/joint.html?version=joint-{huge}": 404,
    "/meetings/{uid}/agenda/papers/joint?version=own-0": 404,
    "/meetings/{uid}/agenda/papers/joint?version=joint-٣": 400,
    "/meetings/{uid}/agenda/papers/pack.exe": 404,
    "/meetings/{uid}/agenda/own/items/..%2f..%2fetc%2fpasswd": 404,
    "/commitments/uk-nl?from={huge}": 404,
    "/commitments/uk-nl?search=%ff": 200,
    "/commitments/..%2f..%2fetc/table.csv": 404,
    "/commitments/a%0d%0aX-Y:1/table.csv": 404,
    "/report/a%0d%0aX-Y:1.md": 404,
    "/report/uk-nl?year={huge}": 400,
    "/report/uk-nl?on=0001-01-01": 400,
}

FORMS: dict[str, tuple[dict[str, str], int]] = {
    "/meetings/{uid}/record/keep": ({"number": HUGE}, 400),
    "/meetings/{uid}/agenda/sign": ({"shown": "opening " + "0" * 64, "which": "all"}, 409),
    "/meetings/{uid}/agenda/settle": ({"number": HUGE, "index": "0"}, 400),
    "/meetings/{uid}/agenda/comments": ({"subject": "z" * 3000, "text": "x", "to": "both"}, 409),
    "/meetings/{uid}/proposals/{huge}/accept": ({}, 404),
    "/commitments/uk-nl/proposals/{huge}/agree": ({}, 404),
    "/posts/uk-nl/x/holder": ({"from": "99999-01-01"}, 400),
}


@pytest.fixture
def uid(app: Flask, engine: Engine) -> str:  # noqa: ARG001 (the application loads the programme)
    found = put_round(engine, "R1", DAY, "agreed")
    negotiate(engine, found)
    return found


def test_addresses_that_mean_nothing_are_answered_with_a_page(uk: Visitor, uid: str) -> None:
    given = {path: uk.get(path.format(uid=uid, huge=HUGE)).status for path in ADDRESSES}
    assert given == ADDRESSES


def test_forms_that_mean_nothing_are_answered_with_a_page(uk: Visitor, uid: str) -> None:
    page = f"/meetings/{uid}/agenda"
    given = {
        path: uk.post(path.format(uid=uid, huge=HUGE), page, **fields).status
        for path, (fields, _) in FORMS.items()
    }
    assert given == {path: status for path, (_, status) in FORMS.items()}


def test_no_form_of_any_page_is_taken_without_its_token(app: Flask, uk: Visitor, uid: str) -> None:
    addresses = {
        rule.endpoint: _address(app, rule, uid, "POST")
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or ())
    }
    refused = {
        endpoint: b"The form was too old" in uk.client.post(address, data={"subject": "opening"}).data
        for endpoint, address in addresses.items()
    }
    assert len(refused) > 50
    assert {endpoint for endpoint, was_refused in refused.items() if not was_refused} == set()


def test_a_stranger_gets_to_no_page_of_agendas_records_or_commitments(app: Flask, uid: str) -> None:
    stranger = app.test_client()
    wings = ("agenda", "outcomes", "commitments", "report", "pack", "posts", "answers", "proposals")
    answers = {
        rule.endpoint: stranger.get(_address(app, rule, uid, "GET")).location
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith(wings) and "GET" in (rule.methods or ())
    }
    assert len(answers) > 15
    assert {endpoint for endpoint, leads_to in answers.items() if leads_to != "/sign-in"} == {"agenda.styles"}


def _address(app: Flask, rule: Rule, uid: str, method: str) -> str:
    """Return an address at which a rule answers, with every part filled in."""
    known = {"uid": uid, "party": "uk", "form": "html"}
    values: dict[str, str | int] = {}
    for name, converter in rule._converters.items():  # noqa: SLF001 (the map tells it nowhere else)
        match converter:
            case AnyConverter():
                values[name] = min(converter.items)
            case IntegerConverter():
                values[name] = 1
            case _:
                values[name] = known.get(name, "uk-nl")
    return app.url_map.bind("localhost").build(rule.endpoint, values, method)
