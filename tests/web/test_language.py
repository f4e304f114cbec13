import pytest
from flask import Flask, session
from sqlalchemy import Engine

from scheduler.web.kit.language import CHOSEN, language
from tests.web.site import application


@pytest.fixture
def app(engine: Engine) -> Flask:
    return application(engine)


@pytest.mark.parametrize(
    ("browser", "chosen", "spoken"),
    [
        ("nl-NL,nl;q=0.9,en;q=0.8", None, "nl"),
        ("en-GB", None, "en"),
        ("fr", None, "en"),
        ("", None, "en"),
        ("nl", "en", "en"),
        ("en", "fr", "en"),
    ],
)
def test_a_stranger_is_spoken_to_as_the_browser_asks_until_a_language_is_chosen(
    app: Flask, browser: str, chosen: str | None, spoken: str
) -> None:
    with app.test_request_context(headers={"Accept-Language": browser}):
        session[CHOSEN] = chosen
        assert language() == spoken


def test_a_template_speaks_to_each_reader_in_their_language_even_its_own_constants(app: Flask) -> None:
    with app.test_request_context(headers={"Accept-Language": "nl"}):
        template = app.jinja_env.from_string("{{ {'en': 'agreed', 'nl': 'overeengekomen'} | said }}")
    said = []
    for code in ("nl", "en"):
        with app.test_request_context(headers={"Accept-Language": code}):
            said.append(template.render())
    assert said == ["overeengekomen", "agreed"]
