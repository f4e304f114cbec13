"""The small programme on both databases, one signed-in visitor of each side, and a clock that stands still."""

import pytest
from flask import Flask
from sqlalchemy import Engine

from scheduler import clock
from tests.web.site import NL, TODAY, UK, Visitor, application, found, visitor


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the doors, which alone read the clock, read one that stands still."""
    monkeypatch.setattr(clock, "now", lambda: TODAY)


@pytest.fixture
def app(engine: Engine) -> Flask:
    found(engine)
    return application(engine)


@pytest.fixture
def uk(app: Flask, engine: Engine) -> Visitor:
    return visitor(app, engine, UK)


@pytest.fixture
def nl(app: Flask, engine: Engine) -> Visitor:
    return visitor(app, engine, NL)
