"""A site to walk: the small programme, an account of each side, rounds on the calendar; and a visitor who signs in.

Owns no expectation: what a page must show stands in the tests.
"""

import copy
import dataclasses
import re
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import ClassVar

from flask import Flask
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache
from lxml import html  # type: ignore[import-untyped]
from sqlalchemy import Engine

from agendas.commitments.programme import sections
from scheduler import clock
from scheduler.accounts.actions import add_user, issue_link
from scheduler.accounts.queries import UserFacts
from scheduler.accounts.rules import Role
from scheduler.actor import operator, side
from scheduler.app import create_app
from scheduler.dates.slots import all_day_slot, timed_slot
from scheduler.db.work import reading, unit_of_work
from scheduler.meetings.actions import Round, agree, offer, plan_round
from scheduler.obligations.queries import obligation
from scheduler.planning.actions import store_plan
from scheduler.planning.queries import problem
from scheduler.planning.solver import solve
from scheduler.programmes.loading import load, read_programme
from scheduler.programmes.sections import Entry
from scheduler.settings import Settings, read_settings
from scheduler.web.application import build
from scheduler.web.kit.door import Panels

PROGRAMME = Path(__file__).with_name("programme.yaml")
UK = UserFacts("secretariat@uk.example", "UK secretariat", "uk", Role.SECRETARIAT, "en")
UK_DESK = UserFacts("desk@uk.example", "UK desk", "uk", Role.DESK, "en")
UK_READER = UserFacts("reader@uk.example", "UK reader", "uk", Role.READER, "en")
NL = UserFacts("secretariat@nl.example", "Secretariaat NL", "nl", Role.SECRETARIAT, "nl")
TODAY = datetime(2026, 11, 21, 14, 2, tzinfo=UTC)
KEY = "signs the sessions of the tests"
ZONES = {"uk": "Europe/London", "nl": "Europe/Amsterdam"}


class Compiled(BytecodeCache):
    """Templates compiled once for all the applications of a run."""

    kept: ClassVar[dict[str, bytes]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


@cache
def programme() -> Entry:
    return read_programme(PROGRAMME, sections())


def settings(public_url: str = "http://127.0.0.1:8000") -> Settings:
    return dataclasses.replace(read_settings(Path("no-such-file")), secret_key=KEY, public_url=public_url)


def found(engine: Engine) -> None:
    """Load the programme and add the accounts."""
    with unit_of_work(engine, operator(), clock.now()) as work:
        load(work, copy.deepcopy(programme()), sections())
        for account in (UK, UK_DESK, UK_READER, NL):
            add_user(work, account)


def application(
    engine: Engine, *, public_url: str = "http://127.0.0.1:8000", panels: Panels | None = None
) -> Flask:
    """Return the whole application as it is served, or with ``panels`` the pages alone."""
    chosen = settings(public_url)
    app = build(engine=engine, settings=chosen, panels=panels) if panels else create_app(chosen, engine)
    app.testing = True
    app.jinja_env.bytecode_cache = Compiled()
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app


def put_round(engine: Engine, key: str, day: date, state: str, *, party: str = "uk", host: str = "nl") -> str:
    """Put a round of six hours, or of the obligation's days, on the calendar of ``party`` as far as ``state``."""
    actor = side(party, f"{party} desk")
    with unit_of_work(engine, actor, clock.now()) as work:
        facts = obligation(work, "uk-nl", key)
        days = (facts.duration or {}).get("days")
        slot = (
            all_day_slot(day, day + timedelta(days=days - 1), ZONES[host])
            if days
            else timed_slot(day, time(10), time(16), ZONES[host])
        )
        basis = {"host": "assumed", "start_time": "assumed", "duration": "assumed"}
        uid = plan_round(work, Round((facts,), slot, host, {"en": "The Hague", "nl": "Den Haag"}, basis))
        if state != "planned":
            offer(work, uid)
    if state == "agreed":
        with unit_of_work(engine, side("nl" if party == "uk" else "uk", "desk"), clock.now()) as work:
            agree(work, uid)
    return uid


def store_proved_plan(engine: Engine, party: str, first: date, last: date) -> str:
    """Store the cheapest plan of a side, made on its first day; return its key."""
    actor = side(party, f"{party} secretariat")
    with reading(engine, actor, clock.now()) as work:
        asked = problem(work, "uk-nl", first, last, first)
    with unit_of_work(engine, actor, clock.now()) as work:
        return store_plan(work, "uk-nl", asked, solve(asked))


def sign_in_link(engine: Engine, account: UserFacts) -> str:
    with unit_of_work(engine, operator(), clock.now()) as work:
        return issue_link(work, account.email)


class Page:
    """An answer, read as a person or a screen reader would."""

    def __init__(self, status: int, text: str) -> None:
        self.status = status
        self.text = text
        # What begins on a line or in a box of its own is read apart, though no space stands before it.
        self.tree = html.fromstring(re.sub(r"<(br|div|li|p|span)\b", r" <\1", text))

    def said(self, path: str) -> list[str]:
        """Return the words of every element at an XPath, with single spaces."""
        return [" ".join(element.text_content().split()) for element in self.tree.xpath(path)]

    def values(self, path: str) -> list[str]:
        """Return attributes at an XPath such as ``//a/@href``."""
        return [str(value) for value in self.tree.xpath(path)]

    def rows(self, path: str) -> list[list[str]]:
        """Return the cells of every row of the tables at an XPath, without the heads."""
        return [
            [" ".join(cell.text_content().split()) for cell in row.xpath("./th|./td")]
            for row in self.tree.xpath(f"{path}//tbody/tr")
        ]

    def facts(self, path: str) -> dict[str, str]:
        """Return the terms and values of the lists at an XPath."""
        return dict(zip(self.said(f"{path}//dt"), self.said(f"{path}//dd"), strict=True))

    @property
    def main(self) -> str:
        return self.said("//main")[0]

    @property
    def token(self) -> str:
        return self.values("//input[@name='csrf_token']/@value")[0]


class Visitor:
    """Somebody with a browser, who follows redirects and sends forms with the token of the page they stand on."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, path: str) -> Page:
        answer = self.client.get(path, follow_redirects=True)
        return Page(answer.status_code, answer.get_data(as_text=True))

    def post(self, path: str, on_page: str, **fields: str | list[str]) -> Page:
        token = self.get(on_page).token
        answer = self.client.post(path, data={"csrf_token": token, **fields}, follow_redirects=True)
        return Page(answer.status_code, answer.get_data(as_text=True))


def visitor(app: Flask, engine: Engine, account: UserFacts) -> Visitor:
    """Return somebody who has signed in."""
    walking = Visitor(app.test_client())
    link = f"/sign-in/{sign_in_link(engine, account)}"
    assert walking.post(link, on_page=link).status == 200
    return walking
