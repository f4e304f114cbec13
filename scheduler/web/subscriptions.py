"""The feed addresses of the reader's side: which there are, a new one, shown once, and taking one back."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from scheduler.accounts.rules import Act
from scheduler.db.work import Work
from scheduler.errors import BadInput
from scheduler.feeds.actions import Wanted, new_subscription, revoke
from scheduler.feeds.queries import subscriptions
from scheduler.feeds.rules import Deadlines, Scope, Terms, Tier, feed_address
from scheduler.obligations.lead_times import LEVEL_COLUMNS
from scheduler.obligations.queries import obligations
from scheduler.partnerships.queries import partnership as find_partnership
from scheduler.partnerships.queries import themes
from scheduler.typed import not_known
from scheduler.web.kit.door import acting, door, reading_page
from scheduler.web.kit.language import in_languages, language, text
from scheduler.words import LANGUAGES

pages = Blueprint("subscriptions", __name__)


@pages.get("/subscriptions/<partnership>")
def show(partnership: str) -> str:
    """Show the feeds of the reader's side."""
    with reading_page(Act.FEEDS_READ) as work:
        return _page(work, partnership)


@pages.post("/subscriptions/<partnership>")
def make(partnership: str) -> tuple[str, int]:
    """Make a feed and show its address, now and never again; a form that cannot be meant comes back as it was."""
    try:
        with acting(Act.FEEDS_NEW) as work:
            secret = new_subscription(work, Wanted(partnership, request.form.get("label", ""), _terms()))
    except BadInput as error:
        with reading_page(Act.FEEDS_READ) as work:
            return _page(work, partnership, problem=error), 400
    with reading_page(Act.FEEDS_READ) as work:
        return _page(work, partnership, address=feed_address(door().settings.public_url, secret)), 200


@pages.post("/subscriptions/<partnership>/<key>/revoke")
def take_back(partnership: str, key: str) -> Response:
    """Take a feed back for good."""
    with acting(Act.FEEDS_REVOKE) as work:
        revoke(work, key)
    flash(text("feeds.done.revoke"))
    return redirect(url_for("subscriptions.show", partnership=partnership))


def _terms() -> Terms:
    form = request.form
    tier, deadlines = form.get("tier", Tier.FULL), form.get("deadlines", Deadlines.NONE)
    for field, given, known in (("tier", tier, set(Tier)), ("deadlines", deadlines, set(Deadlines))):
        if given not in known:
            raise BadInput(not_known(given), place=field, remedy=in_languages("feeds.choose"))
    scope = Scope(
        tuple(form.getlist("themes")), tuple(form.getlist("levels")), tuple(form.getlist("obligations"))
    )
    return Terms(form.get("language", ""), Tier(tier), Deadlines(deadlines), scope)


def _page(
    work: Work, partnership: str, *, address: str | None = None, problem: BadInput | None = None
) -> str:
    facts = find_partnership(work, partnership)
    kept = request.form if problem else None
    return render_template(
        "web/subscriptions.html",
        partnership=facts,
        feeds=subscriptions(work, partnership),
        themes={theme.key: theme.title for theme in themes(work, partnership)},
        levels=dict.fromkeys(LEVEL_COLUMNS),
        obligations={entry.key: entry.title for entry in obligations(work, partnership)},
        tiers=tuple(Tier),
        forms_of_deadlines=tuple(Deadlines),
        languages=LANGUAGES,
        chosen={
            "label": kept.get("label", "") if kept else "",
            "language": kept.get("language", "") if kept else language(),
            "tier": kept.get("tier", "") if kept else Tier.FULL,
            "deadlines": kept.get("deadlines", "") if kept else Deadlines.NONE,
            **{name: kept.getlist(name) if kept else [] for name in ("themes", "levels", "obligations")},
        },
        address=address,
        problem=problem,
    )
