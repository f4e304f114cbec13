"""The small programme on both databases, and one signed-in visitor of each side."""

import pytest
from flask import Flask
from sqlalchemy import Engine

from tests.web.site import NL, UK, Visitor, application, found, visitor


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
