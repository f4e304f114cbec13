"""What went wrong, as pages: each noun of ``scheduler/errors.py`` mapped once to a status and a page that helps."""

from typing import Any

from flask import Flask, Response, current_app, make_response, render_template
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from scheduler.errors import BadInput, Conflict, DialoguesError, NotAllowed, NotFound, Unavailable

STATUS: tuple[tuple[type[DialoguesError], int], ...] = (
    (NotFound, 404),
    (NotAllowed, 403),
    (Conflict, 409),
    (BadInput, 400),
    (Unavailable, 503),
)
UNEXPECTED = 500


def show_faults(app: Flask) -> None:
    """Answer every error with a page."""
    app.register_error_handler(DialoguesError, _dialogues_error)
    app.register_error_handler(CSRFError, _old_form)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _unexpected)


def _dialogues_error(error: DialoguesError) -> Response:
    status = next((code for noun, code in STATUS if isinstance(error, noun)), UNEXPECTED)
    if status == 404:
        return _page(status)  # what is not there and what must not be seen look the same
    return _page(status, error=error)


def _http_error(error: HTTPException) -> Response:
    answer = _page(error.code or UNEXPECTED)
    for name, value in error.get_headers():
        if name != "Content-Type":
            answer.headers[name] = value
    return answer


def _old_form(_error: CSRFError) -> Response:
    return _page(400, "old_form")


def _unexpected(error: Exception) -> Response:
    current_app.logger.error("a page failed", exc_info=error)
    return _page(UNEXPECTED)


def _page(status: int, kind: str = "", **said: Any) -> Response:
    return make_response(
        render_template("web/fault.html", status=status, kind=kind or str(status), **said), status
    )
