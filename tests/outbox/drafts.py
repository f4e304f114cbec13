"""A small partnership, letters to its posts, and the instant at which the tests of the outbox take place."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine

from scheduler.actor import operator, side
from scheduler.db.work import reading, unit_of_work
from scheduler.outbox.actions import enqueue
from scheduler.outbox.mime import Draft, Letterhead
from scheduler.outbox.queries import letters
from scheduler.partnerships.tables import Member, Partnership, Party

NOW = datetime(2027, 4, 26, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
UK, NL = side("uk", "UK secretariat"), side("nl", "Dutch secretariat")
LETTERHEAD = Letterhead("dialogues@secretariat.example", "OFFICIAL", "https://dialogues.example")


def found_partnership(engine: Engine) -> None:
    """Store a partnership of two sides."""
    with unit_of_work(engine, operator(), NOW) as work:
        for key in ("uk", "nl"):
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
        work.session.add(Partnership(key="uk-nl", title={"en": "UK–NL"}, languages=["en", "nl"]))
        work.session.flush()
        for position, key in enumerate(("uk", "nl")):
            work.session.add(Member(partnership="uk-nl", party=key, position=position))


def draft(key: str = "note/1", post: str = "uk/desk", **changes: str) -> Draft:
    """Return a letter to a post."""
    values: dict[str, Any] = {
        "key": key,
        "partnership": "uk-nl",
        "post": post,
        "post_title": "Netherlands Desk",
        "address": f"{post.replace('/', '.')}@office.example",
        "language": "en",
        "subject": f"About {key}",
        "text": f"OFFICIAL\n\nAbout {key}.\n",
        "html": f"<p>OFFICIAL</p><p>About {key}.</p>",
    }
    return Draft(**{**values, **changes})


def enqueue_to(engine: Engine, *names: str, text: str = "OFFICIAL\n") -> None:
    """Put a letter to each mailbox name into the outbox of the UK, under that name."""
    with unit_of_work(engine, UK, NOW) as work:
        for name in names:
            enqueue(work, draft(name, address=f"{name}@office.example", text=text), LETTERHEAD)


def enqueue_for_uk(engine: Engine, *keys: str) -> None:
    """Put a letter for each key into the outbox of the UK."""
    with unit_of_work(engine, UK, NOW) as work:
        for key in keys:
            enqueue(work, draft(key), LETTERHEAD)


def states(engine: Engine) -> dict[str, str]:
    """Return the state of every letter of the UK by key."""
    with reading(engine, UK, NOW) as work:
        return {letter.key: str(letter.state) for letter in letters(work)}
