"""The pages as one Flask application, built from what the composition root hands in."""

from collections.abc import Iterable
from pathlib import Path

from flask import Blueprint, Flask, request
from flask_bootstrap import Bootstrap5
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined
from sqlalchemy import Engine

from scheduler.accounts.rules import SESSION_LASTS, Act
from scheduler.errors import BadInput
from scheduler.ical.scanning import LARGEST
from scheduler.invitations.queries import HasJointAgenda, no_joint_agenda
from scheduler.reminders.queries import AgendaDeadlines, no_agendas
from scheduler.settings import Settings
from scheduler.web import (
    answers,
    closed_days,
    decisions,
    diaries,
    feed,
    health,
    home,
    invitation_answers,
    invitations,
    letters,
    meeting,
    obligation,
    offers,
    plan,
    posts,
    proposals,
    reminder_answers,
    reminders,
    sign_in,
    start,
    subscriptions,
    year,
)
from scheduler.web.kit.door import EXTENSION, Door, Panels, allowed, door
from scheduler.web.kit.faults import show_faults
from scheduler.web.kit.language import speak
from scheduler.web.kit.protection import protect
from scheduler.web.kit.signing_in import guard_pages
from scheduler.web.kit.written import add_filters
from scheduler.web.wording import add_wording

TEMPLATES = Path(__file__).parents[2] / "templates"
LARGEST_FORM = 1_000_000
LARGEST_PASTE = 8_000_000
LARGEST_TABLE = 16_000_000
LARGEST_UPLOADS = {
    "diaries.upload": LARGEST + LARGEST_FORM,
    "commitments_table.take_in": LARGEST_TABLE + LARGEST_FORM,
}
"""Octets that the forms with files may have; all others stay at ``LARGEST_FORM``."""

EDITORS = ("agenda_order", "agenda_item", "agenda_talks", "outcomes", "commitments")
"""Where people paste whole papers: up to ``LARGEST_PASTE`` is read, to name the field that holds too much."""

OURS = (
    answers,
    closed_days,
    decisions,
    diaries,
    feed,
    health,
    home,
    invitation_answers,
    invitations,
    letters,
    meeting,
    obligation,
    offers,
    plan,
    posts,
    proposals,
    reminder_answers,
    reminders,
    sign_in,
    start,
    subscriptions,
    year,
)


def build(
    *,
    engine: Engine,
    settings: Settings,
    blueprints: Iterable[Blueprint] = (),
    panels: Panels | None = None,
    agenda_deadlines: AgendaDeadlines = no_agendas,
    has_joint_agenda: HasJointAgenda = no_joint_agenda,
) -> Flask:
    """Return the application.

    ``blueprints`` are those of other doors and wings; a view of theirs that needs no sign-in says so with ``@public``.
    ``panels`` show other wings' content on our pages, ``agenda_deadlines`` are what their agendas ask of reminders,
    ``has_joint_agenda`` tells letters whether there is one to lead to. Raises ``BadInput`` without a SECRET_KEY.
    """
    if not settings.secret_key:
        raise BadInput("is empty", place="SECRET_KEY", remedy="set it to a long random text and keep it")
    app = Flask("scheduler.web", template_folder=TEMPLATES)
    _configure(app, settings)
    app.extensions[EXTENSION] = Door(engine, settings, panels or Panels(), agenda_deadlines, has_joint_agenda)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(may=allowed, Act=Act, door=door)
    Bootstrap5(app)
    app.before_request(_allow_uploads)  # before anything reads the form
    CSRFProtect(app)
    guard_pages(app)
    protect(app, over_https=_over_https(settings))
    speak(app)
    add_filters(app)
    add_wording(app)
    show_faults(app)
    for blueprint in (*(module.pages for module in OURS), *blueprints):
        app.register_blueprint(blueprint)
    return app


def _allow_uploads() -> None:
    otherwise = LARGEST_PASTE if request.blueprint in EDITORS else LARGEST_FORM
    largest = LARGEST_UPLOADS.get(request.endpoint or "", otherwise)
    request.max_content_length = largest
    request.max_form_memory_size = largest  # a table may be pasted too


def _configure(app: Flask, settings: Settings) -> None:
    secure = _over_https(settings)
    app.config.update(
        SECRET_KEY=settings.secret_key,
        # With this prefix a browser accepts the cookie from this very host only (RFC 6265bis, section 4.1.3.2).
        SESSION_COOKIE_NAME="__Host-dialogues" if secure else "dialogues",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=SESSION_LASTS,
        SESSION_REFRESH_EACH_REQUEST=False,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session
        MAX_CONTENT_LENGTH=LARGEST_FORM,
        BOOTSTRAP_SERVE_LOCAL=True,
    )


def _over_https(settings: Settings) -> bool:
    return settings.public_url.startswith("https://")
