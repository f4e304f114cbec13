"""Nobody reads a page without having signed in, except the few that say ``@public``.

The browser keeps one signed cookie with the secret of a session; whether that session still lives is asked of the
database at every request, so that the server can end it.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from scheduler.accounts.actions import SEEN_EVERY, see
from scheduler.accounts.queries import signed_in
from scheduler.errors import NotAllowed
from scheduler.web.kit.door import changing_accounts, reading_accounts

SECRET = "session"  # noqa: S105 (the name under which the cookie keeps it)
WANTED = "wanted"
PUBLIC_STATIC = frozenset({"static", "bootstrap.static"})

View = TypeVar("View", bound=Callable[..., Any])


def public(view: View) -> View:
    """Mark a view that needs no sign-in."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def is_public(endpoint: str) -> bool:
    """Tell whether an endpoint of this application needs no sign-in."""
    return endpoint in PUBLIC_STATIC or getattr(current_app.view_functions[endpoint], "is_public", False)


def guard_pages(app: Flask) -> None:
    """Let nobody past who has not signed in."""
    app.before_request(_let_in)


def open_session(secret: str) -> str:
    """Give the browser a fresh cookie for a session; return the page that was asked for before, or the first one."""
    wanted = session.get(WANTED, url_for("start.start"))
    session.clear()
    session.permanent = True
    session[SECRET] = secret
    return str(wanted)


def on_this_host(address: str) -> str:
    """Return an address to send a browser to as one of this host.

    Two slashes at its start would name another host; so would a backslash in the place of one, and tabs and line breaks
    between them do not count (WHATWG URL Standard, section 4.4).
    """
    return "/" + "".join(address.split()).lstrip("/\\")


def close_session() -> str | None:
    """Take the cookie away and return the secret it held."""
    secret = session.get(SECRET)
    session.clear()
    return secret


def _let_in() -> Response | None:
    # An address that does not exist asks for a sign-in like any other: a stranger learns nothing of either.
    if request.endpoint is not None and is_public(request.endpoint):
        return None
    secret = session.get(SECRET, "")
    with reading_accounts() as work:
        found = signed_in(work, secret) if secret else None
    if found is None:
        return _ask_to_sign_in()
    g.person = found.user
    if work.now - found.seen_at > SEEN_EVERY:
        with changing_accounts() as change:
            see(change, secret)
    return None


def _ask_to_sign_in() -> Response:
    if request.method not in {"GET", "HEAD"}:
        raise NotAllowed(
            {"en": "you are not signed in any more", "nl": "u bent niet meer aangemeld"},
            remedy={
                "en": "open your sign-in link and try again",
                "nl": "open uw aanmeldlink en probeer het opnieuw",
            },
        )
    if request.endpoint is not None:
        session[WANTED] = on_this_host(request.full_path.rstrip("?"))
    return redirect(url_for("sign_in.ask"))
