"""A partnership with two obligations, rounds on its calendar, and subscribers. Owns no expectation."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import Engine

from scheduler.actor import operator, side
from scheduler.dates.slots import Slot, timed_slot
from scheduler.db.work import unit_of_work
from scheduler.feeds.actions import Wanted, new_subscription
from scheduler.feeds.composing import Feed
from scheduler.feeds.rules import Terms
from scheduler.feeds.shelf import Shelf
from scheduler.meetings import actions
from scheduler.obligations.queries import obligation
from scheduler.obligations.tables import Obligation, ObligationTheme
from scheduler.partnerships.tables import Member, Partnership, Party, Theme
from scheduler.sources.tables import Passage, Source

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
PUBLIC_URL = "https://dialogues.example"
OTHER = {"uk": "nl", "nl": "uk"}

PARTIES: Mapping[str, Mapping[str, Any]] = {
    "uk": {"short": {"en": "UK", "nl": "VK"}, "language": "en", "zone": "Europe/London", "country": "GB"},
    "nl": {"short": {"en": "NL", "nl": "NL"}, "language": "nl", "zone": "Europe/Amsterdam", "country": "NL"},
}
OBLIGATIONS: Mapping[str, Mapping[str, Any]] = {
    "R1": {
        "title": {"en": "Organised Crime Dialogue", "nl": "Misdaaddialoog"},
        "level": "senior_official",
        "themes": ("T1",),
        "basis": {},
    },
    "R2": {
        "title": {"en": "Joint Training", "nl": "Gezamenlijke training"},
        "level": "expert",
        "themes": ("T2", "T1"),
        "basis": {"level": "assumed"},
    },
}


def found_partnership(engine: Engine, first_title: Mapping[str, str] | None = None) -> None:
    """Store the partnership; ``first_title`` is what R1 is called instead."""
    with unit_of_work(engine, operator(), NOW) as work:
        add = work.session.add
        for key, facts in PARTIES.items():
            add(_party(key, facts))
        add(Partnership(key="uk-nl", title={"en": "UK–NL", "nl": "VK–NL"}, languages=["en", "nl"]))
        work.session.flush()
        for position, key in enumerate(PARTIES):
            add(Member(partnership="uk-nl", party=key, position=position))
        source = _source()
        add(source)
        work.session.flush()
        pointer = Passage(source_id=source.id, heading="Crime", first=10, last=20, also=[])
        themes = {key: _theme(key, position) for position, key in enumerate(("T1", "T2"))}
        work.session.add_all([pointer, *themes.values()])
        work.session.flush()
        for position, (key, facts) in enumerate(OBLIGATIONS.items()):
            title = first_title if first_title and key == "R1" else facts["title"]
            row = _obligation(key, position, {**facts, "title": title}, pointer.id)
            add(row)
            work.session.flush()
            for place, theme in enumerate(facts["themes"]):
                add(ObligationTheme(obligation_id=row.id, theme_id=themes[theme].id, position=place))


def put(
    engine: Engine, slot: Slot, state: str = "agreed", *, key: str = "R1", by: str = "uk", now: datetime = NOW
) -> str:
    """Put a round on the calendar of the side ``by``, ``planned``, ``offered`` or ``agreed``; return its UID."""
    with unit_of_work(engine, side(by, "desk"), now) as work:
        own = obligation(work, "uk-nl", key)
        uid = actions.plan_round(
            work, actions.Round((own,), slot, by, {"en": "The Hague", "nl": "Den Haag"}, {"host": "assumed"})
        )
        if state != "planned":
            actions.offer(work, uid)
    if state == "agreed":
        act(engine, OTHER[by], "agree", uid, now=now)
    return uid


def act(engine: Engine, party: str, name: str, *arguments: Any, now: datetime = NOW) -> None:
    """Do one of the acts of ``meetings.actions`` for a side."""
    with unit_of_work(engine, side(party, "desk"), now) as work:
        getattr(actions, name)(work, *arguments)


def at(day: date, hour: int = 10, zone: str = "Europe/London") -> Slot:
    """Return two hours of a day."""
    return timed_slot(day, time(hour), time(hour + 2), zone)


def subscribe(engine: Engine, party: str = "uk", terms: Terms | None = None, now: datetime = NOW) -> str:
    """Return the secret of a new feed of a side."""
    with unit_of_work(engine, side(party, "desk"), now) as work:
        return new_subscription(work, Wanted("uk-nl", f"{party} desk", terms or Terms()))


def read(engine: Engine, secret: str, now: datetime = NOW) -> Feed:
    """Return a feed as a process that has just started would, and keep what it wrote."""
    shelf = Shelf(engine, PUBLIC_URL)
    feed = shelf.read(secret, now)
    shelf.keep_written(now)
    return feed


def values(feed: Feed, name: str) -> list[str]:
    """Return the values of a property in all events and tasks, in the order of the feed."""
    content = feed.body.decode().replace("\r\n ", "")
    content = content[min(content.find(f"BEGIN:{kind}") % len(content) for kind in ("VEVENT", "VTODO")) :]
    return [
        line.partition(":")[2]
        for line in content.split("\r\n")
        if line.partition(":")[0].partition(";")[0] == name
    ]


def _party(key: str, facts: Mapping[str, Any]) -> Party:
    return Party(
        key=key,
        name=facts["short"],
        short=facts["short"],
        language=facts["language"],
        zone=facts["zone"],
        capital={"en": key},
        holiday_country=facts["country"],
        holiday_subdivision="ENG" if key == "uk" else None,
        office_from="09:00",
        office_until="17:00",
        basis={},
    )


def _source() -> Source:
    return Source(
        partnership="uk-nl",
        key="JS",
        position=0,
        title={"en": "Joint Statement"},
        kind="joint_statement",
        date="2025-12-03",
        date_basis="stated",
        language="en",
        parties=["uk", "nl"],
        signed_by=[],
    )


def _theme(key: str, position: int) -> Theme:
    titles = {"T1": {"en": "Crime", "nl": "Misdaad"}, "T2": {"en": "Training", "nl": "Opleiding"}}
    return Theme(
        partnership="uk-nl", key=key, position=position, title=titles[key], kind="policy", leads={}, basis={}
    )


def _obligation(key: str, position: int, facts: Mapping[str, Any], passage_id: int) -> Obligation:
    cadence = {"stated": "annual", "rule": "annual", "reading": {"en": "One a year."}, "times": 1, "years": 1}
    return Obligation(
        partnership="uk-nl",
        key=key,
        position=position,
        title=facts["title"],
        kind="dialogue",
        level=facts["level"],
        passage_id=passage_id,
        cadence={**cadence, "months": None, "set_by": None, "basis": "stated"},
        established=True,
        in_force_from=date(2025, 12, 3),
        host={"rule": "alternate", "next": "uk"},
        leads={},
        basis=facts["basis"],
    )
