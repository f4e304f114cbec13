"""Letters of the reader's side: what will be said to whom and why, and what became of what was sent."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from scheduler.accounts.rules import Act
from scheduler.db.work import Work
from scheduler.errors import BadInput, Conflict
from scheduler.outbox import actions
from scheduler.outbox.queries import letters
from scheduler.outbox.rules import ADVICE, ATTENTION, STATE_WORDS, TWICE
from scheduler.partnerships.queries import PostFacts
from scheduler.reminders.following import is_escalation
from scheduler.reminders.matters import Matter
from scheduler.reminders.queries import Outlook, outlook
from scheduler.reminders.rules import Reminder
from scheduler.web.kit.door import acting, door, reading_page
from scheduler.web.kit.language import text

LETTERS_SHOWN = 100

pages = Blueprint("letters", __name__)


@dataclass(frozen=True, slots=True)
class ToCome:
    """A letter that will go if nothing changes: when, to which post, and its reminders with what each is about."""

    send_at: datetime
    post: PostFacts
    reminders: tuple[tuple[Reminder, Matter], ...]


@pages.get("/letters/<partnership>")
def show(partnership: str) -> str:
    """Show the letters of the reader's side in a partnership, those to come by month."""
    with reading_page(Act.LETTERS_READ) as work:
        return _page(work, partnership)


@pages.post("/letters/<partnership>/<any(resend, drop):decision>")
def decide(partnership: str, decision: str) -> Response | tuple[str, int]:
    """Send a letter again or drop it; one that cannot be comes back with what is wrong."""
    change = actions.resend if decision == "resend" else actions.drop
    try:
        with acting(Act.LETTERS_CHANGE) as work:
            change(work, request.form.get("letter", ""), request.form.get("why", ""))
    except (BadInput, Conflict) as problem:
        with reading_page(Act.LETTERS_READ) as work:
            return _page(work, partnership, problem), 400 if isinstance(problem, BadInput) else 409
    flash(text(f"decided.letters.{decision}"))
    return redirect(url_for("letters.show", partnership=partnership))


def _page(work: Work, partnership: str, problem: BadInput | Conflict | None = None) -> str:
    ahead = outlook(work, partnership, door().agenda_deadlines)
    written = letters(work, partnership)
    urgent = [entry for entry in written if entry.state in ATTENTION]
    past = [entry for entry in written if entry.state not in ATTENTION]
    zone = ZoneInfo(ahead.partnership.party(work.actor.side).zone)
    return render_template(
        "web/letters.html",
        partnership=ahead.partnership,
        months=by_month(to_come(ahead), zone),
        letters=past[:LETTERS_SHOWN],
        hidden=len(past) - LETTERS_SHOWN,
        urgent=urgent,
        advice=ADVICE,
        twice=TWICE,
        now=work.now,
        problem=problem,
        typed=request.form,
        letter_words=STATE_WORDS,
        posts={post.reference: post for post in ahead.side.posts},
    )


def to_come(ahead: Outlook) -> tuple[ToCome, ...]:
    """Return the letters to come, the next one first; not those that only go if a step is missed."""
    posts = {post.reference: post for post in ahead.side.posts}
    return tuple(
        ToCome(
            bundle.send_at,
            posts[bundle.post],
            tuple((entry, ahead.matters[entry.deadline.subject]) for entry in bundle.reminders),
        )
        for bundle in ahead.bundles
        if not all(is_escalation(entry.deadline) for entry in bundle.reminders)
    )


def by_month(letters_to_come: tuple[ToCome, ...], zone: ZoneInfo) -> list[tuple[date, list[ToCome]]]:
    """Return letters by the month in which they go, on the clocks of the reader's side."""

    def month(letter: ToCome) -> date:
        return letter.send_at.astimezone(zone).date().replace(day=1)

    return [(first, list(found)) for first, found in groupby(letters_to_come, key=month)]
