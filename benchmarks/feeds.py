"""A feed after one change, against writing it with ``icalendar`` each time; and 304 against 200.

``python -m benchmarks.feeds`` prints one table. Ours goes the whole way through the web application (WSGI, guard of the
pages, headers) on SQLite; the contestant reads the same rows and writes the same values with the library, without any
web around it. All are measured in turns within one run, so read ratios; absolute times move with the machine.
"""

import argparse
import dataclasses
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time as time_of_day
from datetime import timedelta
from pathlib import Path

from flask.testing import FlaskClient
from icalendar import Calendar
from icalendar import Event as LibraryEvent
from sqlalchemy import Engine

from agendas.commitments.programme import sections
from scheduler import clock
from scheduler.actor import operator, side
from scheduler.app import create_app
from scheduler.dates.slots import Slot, timed_slot
from scheduler.db.engine import make_engine
from scheduler.db.schema import migrate
from scheduler.db.work import Work, reading, unit_of_work
from scheduler.feeds.actions import Wanted, new_subscription
from scheduler.feeds.queries import names, pieces, rounds, subscriptions
from scheduler.feeds.rules import EVERYTHING, MONTHS_AHEAD, event
from scheduler.ical.components import Event
from scheduler.meetings.actions import Round, move, offer, plan_round
from scheduler.obligations.queries import ObligationFacts, obligations
from scheduler.programmes.loading import SHIPPED, load, read_programme
from scheduler.settings import read_settings
from scheduler.tokens import new_secret

KEY = "uk-nl"
UK = side("uk", "benchmark")
PLAIN, GZIP = {"Accept-Encoding": "identity"}, {"Accept-Encoding": "gzip"}


@dataclass(frozen=True)
class Site:
    """An installation with a feed of many rounds."""

    engine: Engine
    client: FlaskClient
    path: str
    uids: list[str]


def build(folder: Path, meetings: int) -> Site:
    """Load the shipped programme and offer so many rounds within the window of a feed."""
    settings = dataclasses.replace(
        read_settings(), database_url=f"sqlite:///{folder / 'feeds.db'}", secret_key=new_secret()
    )
    migrate(settings.database_url)
    engine = make_engine(settings.database_url)
    with unit_of_work(engine, operator(), clock.now()) as work:
        load(work, read_programme(SHIPPED / "uk_nl.yaml", sections()), sections())
    with unit_of_work(engine, UK, clock.now()) as work:
        own = [entry for entry in obligations(work, KEY) if entry.duration]
        uids = [_offered(work, own[number % len(own)], number) for number in range(meetings)]
        secret = new_subscription(work, Wanted(KEY, "benchmark"))
    return Site(engine, create_app(settings, engine).test_client(), f"/feeds/{secret}.ics", uids)


def change(site: Site, number: int) -> None:
    """Move one round by half an hour, and the next time back."""
    turn, place = divmod(number, len(site.uids))
    with unit_of_work(site.engine, UK, clock.now()) as work:
        move(work, site.uids[place], _slot(place, 0 if turn % 2 else 30))


def library(site: Site) -> bytes:
    """Read every round and write the whole feed with ``icalendar``."""
    with reading(site.engine, UK, clock.now()) as work:
        (subscription,) = subscriptions(work, KEY)
        shown = pieces(work, subscription, "meeting", "")
        _, sides = names(work, KEY)
        whole = rounds(work, KEY, sides, shown, "http://127.0.0.1:8000")
    calendar = Calendar()
    calendar.add("prodid", "-//benchmark//EN")
    calendar.add("version", "2.0")
    for entry in shown:
        calendar.add_component(_library_event(event(whole[entry.meeting_id], EVERYTHING)))
    written: bytes = calendar.to_ical()
    return written


def fetch(site: Site, expected: int, **headers: str) -> bytes:
    """Fetch the feed, and finish what the server does after it has answered."""
    with site.client.get(site.path, headers=headers) as answer:
        if answer.status_code != expected:
            raise SystemExit(f"{answer.status_code} in the place of {expected}")
        body: bytes = answer.data
    return body


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--meetings", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=30)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        site = build(Path(folder), chosen.meetings)
        started = time.perf_counter()
        body = fetch(site, 200, **PLAIN)
        first = time.perf_counter() - started
        results = measure(site, chosen.rounds)
        site.engine.dispose()
    slowest = results["icalendar, after one change"]
    print(f"{chosen.meetings} meetings, {len(body) / 1024:.0f} KiB, median of {chosen.rounds} rounds\n")
    print(f"{'':38}{'ms':>9}{'x icalendar':>13}")
    print(f"{'ours, nothing written yet (once)':38}{first * 1000:9.2f}{slowest / first:13.1f}")
    for name, seconds in results.items():
        print(f"{name:38}{seconds * 1000:9.2f}{slowest / seconds:13.1f}")
    full, unchanged = results["ours, unchanged, 200"], results["ours, unchanged, 304"]
    print(f"\n304 against 200: {full / unchanged:.2f} times as quick, {len(body)} octets saved")


def measure(site: Site, times: int) -> dict[str, float]:
    """Return the median seconds of each contestant, in turns; a change counts with the first answer after it."""
    numbers = iter(range(10**9))
    tag = {"If-None-Match": ""}

    def changed(answer: Callable[[], object]) -> Callable[[], object]:
        def both() -> None:
            change(site, next(numbers))
            answer()

        return both

    contestants: dict[str, Callable[[], object]] = {
        "icalendar, after one change": changed(lambda: library(site)),
        "ours, after one change": changed(lambda: fetch(site, 200, **PLAIN)),
        "ours, after one change, gzip": changed(lambda: fetch(site, 200, **GZIP)),
        "the change alone": lambda: change(site, next(numbers)),
        "ours, unchanged, 200": lambda: fetch(site, 200, **PLAIN),
        "ours, unchanged, 200, gzip": lambda: fetch(site, 200, **GZIP),
        "ours, unchanged, 304": lambda: fetch(site, 304, **PLAIN, **tag),
    }
    seconds: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(times):
        for name, run in contestants.items():
            fetch(site, 200, **GZIP)  # nobody has to make good for the changes before
            tag["If-None-Match"] = site.client.head(site.path, headers=PLAIN).headers["ETag"]
            started = time.perf_counter()
            run()
            seconds[name].append(time.perf_counter() - started)
    return {name: statistics.median(found) for name, found in seconds.items()}


def _offered(work: Work, own: ObligationFacts, number: int) -> str:
    round_ = Round((own,), _slot(number), "uk", {"en": "London", "nl": "Londen"}, {"host": "assumed"})
    uid = plan_round(work, round_)
    offer(work, uid)
    return uid


def _slot(number: int, minutes: int = 0) -> Slot:
    """Return six hours of a day within the window of a feed."""
    day = clock.now().date() + timedelta(days=number % (MONTHS_AHEAD * 30))
    return timed_slot(day, time_of_day(10, minutes), time_of_day(16, minutes), "Europe/London")


def _library_event(told: Event) -> LibraryEvent:
    entry = LibraryEvent()
    for name, value in {
        "uid": told.uid,
        "dtstamp": told.stamp,
        "created": told.created,
        "last-modified": told.last_modified,
        "sequence": told.sequence,
        "dtstart": told.slot.local_start,
        "dtend": told.slot.local_end,
        "summary": told.summary,
        "description": told.description,
        "location": told.location,
        "url": told.url,
        "categories": list(told.categories),
        "class": told.classification.value,
        "status": told.status.value,
        "transp": "OPAQUE",
    }.items():
        entry.add(name, value)
    return entry


if __name__ == "__main__":
    main()
