"""Reminders of the reader's side: who is told what, when and why; and when each step is asked for, set or reset."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from scheduler.accounts.rules import Act
from scheduler.db.work import Work
from scheduler.errors import BadInput, NotFound
from scheduler.obligations.lead_times import LEVEL_COLUMNS
from scheduler.obligations.queries import obligations
from scheduler.outbox.rules import STATE_WORDS
from scheduler.partnerships.queries import partnership as find_partnership
from scheduler.partnerships.queries import posts
from scheduler.reminders import actions
from scheduler.reminders.digests import DAILY, WEEKLY
from scheduler.reminders.milestones import (
    AUDIENCES,
    STEP_WORDS,
    STEPS,
    WORKING_DAYS,
    Setting,
    Settings,
    origin_words,
)
from scheduler.reminders.queries import digests_of, outlook, settings_of
from scheduler.reminders.timeline import tracks
from scheduler.web.kit.door import acting, door, reading_page
from scheduler.web.kit.language import in_languages, text

WEEKDAYS = 5

pages = Blueprint("reminders", __name__)
Answer = Response | tuple[str, int]


@pages.get("/reminders/<partnership>")
def show(partnership: str) -> str:
    """Show the timeline, of one post alone with ``?post=``."""
    post = request.args.get("post", "")
    with reading_page(Act.LETTERS_READ) as work:
        view = outlook(work, partnership, door().agenda_deadlines)
        found = tracks(work, view, post)
    return render_template(
        "web/reminders.html",
        partnership=view.partnership,
        tracks=found,
        posts={entry.reference: entry for entry in view.side.posts},
        post=post,
        letter_words=STATE_WORDS,
    )


@pages.get("/reminders/<partnership>/settings")
def settings(partnership: str) -> str:
    """Show when each step is asked for, as it holds for ``?obligation=`` and ``?post=``."""
    with reading_page(Act.LETTERS_READ) as work:
        return _settings_page(work, partnership)


@pages.post("/reminders/<partnership>/settings")
def change(partnership: str) -> Answer:
    """Set a value."""

    def act(work: Work) -> None:
        actions.set_value(work, partnership, _setting(work, with_values=True))

    return _do(partnership, act, "reminders.done.set")


@pages.post("/reminders/<partnership>/settings/reset")
def reset(partnership: str) -> Answer:
    """Take a value back."""

    def act(work: Work) -> None:
        actions.reset(work, partnership, _setting(work, with_values=False))

    return _do(partnership, act, "reminders.done.reset")


@pages.post("/reminders/<partnership>/digests")
def digest(partnership: str) -> Answer:
    """Give a post a digest, or end it."""

    def act(work: Work) -> None:
        post, rhythm = _typed("post"), _typed("rhythm")
        if rhythm in {DAILY, WEEKLY}:
            actions.set_digest(work, partnership, post, rhythm, _number("weekday") or 0)
        else:
            actions.end_digest(work, partnership, post)

    return _do(partnership, act, "reminders.done.digest")


def _do(partnership: str, act: Callable[[Work], None], done: str) -> Answer:
    try:
        with acting(Act.REMINDERS_CHANGE) as work:
            act(work)
    except (BadInput, NotFound) as problem:
        with reading_page(Act.LETTERS_READ) as work:
            return _settings_page(work, partnership, problem), 400
    flash(text(done))
    return redirect(url_for("reminders.settings", partnership=partnership))


def _setting(work: Work, *, with_values: bool) -> Setting:
    amount = _number("amount") if with_values else None
    return Setting(
        step=_typed("step"),
        obligation=_typed("obligation"),
        post=_typed("post"),
        level=_typed("level"),
        amount=amount,
        is_off=with_values and bool(request.form.get("off")),
        audience=(_typed("audience") or None) if with_values else None,
        set_by=work.actor.name,
        set_at=work.now,
    )


def _settings_page(work: Work, key: str, problem: BadInput | NotFound | None = None) -> str:
    partnership = find_partnership(work, key)
    own = [post for post in posts(work, key) if post.party == work.actor.side]
    found = settings_of(work, key)
    obligation, post = request.args.get("obligation", ""), request.args.get("post", "")
    return render_template(
        "web/reminder_settings.html",
        partnership=partnership,
        steps=[(step, _cells(found, step, obligation, post)) for step in STEPS],
        told={step: found.audience(step, LEVEL_COLUMNS[0], _those(obligation)) for step in STEPS},
        counted_in_days=frozenset(WORKING_DAYS),
        step_words=STEP_WORDS,
        origin_words=origin_words,
        levels=LEVEL_COLUMNS,
        audiences=AUDIENCES,
        obligations=obligations(work, key),
        posts={entry.reference: entry for entry in own},
        entries=found.entries,
        digests={entry.post: entry for entry in digests_of(work, key)},
        weekdays=range(WEEKDAYS),
        chosen={"obligation": obligation, "post": post},
        problem=problem,
        typed={field: _typed(field) for field in ("step", "amount", "obligation", "post", "level")},
    )


def _cells(found: Settings, step: str, obligation: str, post: str) -> list[object]:
    return [found.amount(step, level, _those(obligation), post) for level in LEVEL_COLUMNS]


def _those(obligation: str) -> tuple[str, ...]:
    return (obligation,) if obligation else ()


def _typed(field: str) -> str:
    return request.form.get(field, "").strip()


def _number(field: str) -> int | None:
    typed = _typed(field)
    try:
        return int(typed) if typed else None
    except ValueError:
        raise BadInput(in_languages("typed.no_number", typed=typed), place=field) from None
