"""Commitments behind an obligation, as a panel on its page: what is open under its themes, and what was said last."""

from flask import render_template
from markupsafe import Markup

from agendas.commitments.queries import commitments, progress
from scheduler.db.work import Work
from scheduler.obligations.queries import obligation
from scheduler.partnerships.queries import themes
from scheduler.sources.queries import passages


def panel(work: Work, key: str, spoken: str) -> Markup:
    """Return the open commitments under the themes of the obligation ``partnership/key``, by theme."""
    partnership, _, name = key.partition("/")
    facts = obligation(work, partnership, name)
    known = commitments(work, partnership, themes=facts.themes, only_open=True)
    said = {
        each: entry for entry in progress(work, partnership, only_joint=True) for each in entry.commitments
    }
    rendered = render_template(
        "web/commitments_panel.html",
        themes=[theme for theme in themes(work, partnership) if theme.key in facts.themes],
        commitments=known,
        said=said,
        passages=passages(work, (entry.passage_id for entry in known)),
        spoken=spoken,
    )
    return Markup(rendered)  # noqa: S704  # escaped by the template that made it
