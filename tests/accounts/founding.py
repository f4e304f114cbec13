"""Partnerships of three governments, as far as accounts and layers need them."""

from datetime import UTC, datetime

from sqlalchemy import Engine

from scheduler.actor import operator
from scheduler.db.work import Work, unit_of_work
from scheduler.partnerships.tables import Member, Partnership, Party

NOW = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)
MEMBERS = {"uk-nl": ("uk", "nl"), "nl-us": ("nl", "us")}


def found(engine: Engine) -> None:
    """Store three parties and the two partnerships between them."""
    with unit_of_work(engine, operator(), NOW) as work:
        for key in ("uk", "nl", "us"):
            _party(work, key)
        work.session.flush()
        for key, members in MEMBERS.items():
            work.session.add(Partnership(key=key, title={"en": key}, languages=["en"]))
            work.session.flush()
            for position, party in enumerate(members):
                work.session.add(Member(partnership=key, party=party, position=position))


def _party(work: Work, key: str) -> None:
    words = {"en": key}
    work.session.add(
        Party(
            key=key,
            name=words,
            short=words,
            language="en",
            zone="Europe/London",
            capital=words,
            holiday_country="GB",
            holiday_subdivision="ENG",
            office_from="09:00",
            office_until="17:00",
            basis={},
        )
    )
