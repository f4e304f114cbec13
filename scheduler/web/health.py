"""Whether this process lives, and whether it can serve: for whatever watches over it. Says nothing else."""

from flask import Blueprint, Response
from sqlalchemy.exc import SQLAlchemyError

from scheduler.db.engine import reading_engine
from scheduler.db.schema import is_current
from scheduler.web.kit.door import door
from scheduler.web.kit.signing_in import public

pages = Blueprint("health", __name__)


@pages.get("/healthz")
@public
def alive() -> Response:
    """Answer as long as the process does."""
    return _plain("ok", 200)


@pages.get("/readyz")
@public
def ready() -> Response:
    """Answer 200 when the database answers and stands at the newest revision, else 503 and what is missing."""
    try:
        if is_current(reading_engine(door().engine)):
            return _plain("ok", 200)
    except SQLAlchemyError:
        return _plain("the database does not answer", 503)
    return _plain("the database is not at the newest revision", 503)


def _plain(text: str, status: int) -> Response:
    return Response(text + "\n", status, content_type="text/plain; charset=utf-8")
