"""Signing in with a one-time link, and out again.

Mail programs and their virus scanners open links: a GET shows a button, only the POST uses the link up. No answer tells
whether a link ever existed.
"""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from scheduler.accounts.actions import redeem
from scheduler.accounts.actions import sign_out as end
from scheduler.errors import NotFound
from scheduler.web.kit.door import changing_accounts
from scheduler.web.kit.signing_in import close_session, open_session, public

pages = Blueprint("sign_in", __name__)


@pages.get("/sign-in")
@public
def ask() -> str:
    """Say how one signs in."""
    return render_template("web/sign_in.html", secret=None, refused=False)


@pages.get("/sign-in/<secret>")
@public
def show(secret: str) -> str:
    """Show the button; look nothing up."""
    return render_template("web/sign_in.html", secret=secret, refused=False)


@pages.post("/sign-in/<secret>")
@public
def use(secret: str) -> Response | tuple[str, int]:
    """Use the link up and open a session."""
    try:
        with changing_accounts() as work:
            key = redeem(work, secret)
    except NotFound:
        return render_template("web/sign_in.html", secret=None, refused=True), 404
    return redirect(open_session(key))


@pages.post("/sign-out")
@public
def sign_out() -> Response:
    """End the session, here and in the database."""
    secret = close_session()
    if secret:
        with changing_accounts() as work:
            end(work, secret)
    return redirect(url_for("sign_in.ask"))
