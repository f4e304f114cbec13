"""Words for what the house knows as codes: states, hosts, acts; and the pages that the head of every page leads to."""

from collections.abc import Mapping
from typing import Any

from flask import Flask, current_app, request

from scheduler.accounts.rules import Act
from scheduler.dates.cadence import Cadence
from scheduler.dates.windows import write_window
from scheduler.meetings.rules import STATE_WORDS
from scheduler.outbox.rules import OWN_REASONS
from scheduler.partnerships.queries import PartnershipFacts
from scheduler.planning.rules import BY_NAME
from scheduler.planning.wording import PRACTICE
from scheduler.web.kit.door import allowed, person
from scheduler.web.kit.language import in_words, language, text
from scheduler.web.texts.joined import TEXTS

LEDGER, REPORT = "commitments.show_all", "report.show"
"""Pages of another wing that stand in the head of every page, where that wing is there."""


def add_wording(app: Flask) -> None:
    """Give every template the functions below."""
    app.jinja_env.globals.update(
        act_words=act_words,
        cadence_words=cadence_words,
        host_words=host_words,
        own_reasons=OWN_REASONS,
        asked_day=asked_day,
        assumed_rules={rule.name for rule in BY_NAME.values() if rule.source == PRACTICE},
        pages_of=pages_of,
        state_words={str(state): words for state, words in STATE_WORDS.items()},
        window_words=window_words,
        zone_of=zone_of,
    )


def pages_of(partnership: PartnershipFacts) -> tuple[tuple[str, str, dict[str, Any]], ...]:
    """Return the pages of a partnership: endpoint, key of its label, values of its address."""
    key = {"partnership": partnership.key}
    return (
        ("home.show", "nav.owed", key),
        ("year.current", "nav.year", key),
        *((("plan.show_all", "nav.plan", key),) if allowed(Act.PLAN) else ()),
        *((("diaries.show", "nav.diaries", key),) if allowed(Act.DIARIES_READ) else ()),
        *(((LEDGER, "nav.commitments", key),) if LEDGER in current_app.view_functions else ()),
        *(((REPORT, "nav.report", key),) if REPORT in current_app.view_functions else ()),
        ("letters.show", "nav.letters", key),
        ("subscriptions.show", "nav.feeds", key),
    )


def zone_of(partnership: PartnershipFacts) -> str:
    """Return the zone of the reader's side."""
    return partnership.party(person().party).zone


def asked_day() -> dict[str, Any]:
    """Return the day the page was asked for, to hand on to its neighbours; nothing for today."""
    return {"on": request.args["on"]} if request.args.get("on") else {}


def act_words(act: str) -> str:
    """Return an act of the audit trail in words; one that the pages do not know stands as it is recorded."""
    key = f"act.{act}"
    return text(key) if key in TEXTS else act


def window_words(window: Mapping[str, Any] | None, *, short: bool = False) -> str:
    """Return when in the year a round may be held."""
    return write_window(window, language(), short=short) or text("year.whole")


def cadence_words(cadence: Cadence) -> str:
    """Return the rule of a cadence, with the interval that somebody set."""
    rule = text(f"cadence.{cadence.rule}", times=cadence.times, years=cadence.years)
    return f"{rule} ({text('cadence.interval', months=cadence.months)})" if cadence.months else rule


def host_words(host: Mapping[str, Any], partnership: PartnershipFacts) -> str:
    """Return whose turn it is to host, or which rule decides it."""
    party = host.get("next") or host.get("party")
    return text(f"host.{host['rule']}", party=in_words(partnership.party(party).name) if party else "–")
