"""Giving reminders and taking back those whose reason is gone; what a side sets, and what people say to a reminder."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import structlog
from sqlalchemy import Table, bindparam, delete, insert, select, update

from scheduler.audit.actions import record
from scheduler.db.adding import add_new
from scheduler.db.work import Work
from scheduler.errors import BadInput, Conflict, DialoguesError, NotFound
from scheduler.obligations.queries import obligation
from scheduler.outbox.actions import drop, enqueue
from scheduler.outbox.mime import Letterhead
from scheduler.outbox.rules import GROUNDLESS
from scheduler.partnerships.queries import partnership, posts
from scheduler.reminders.answers import LINK_LASTS, Answer, latest_snooze
from scheduler.reminders.digests import DIGEST, RHYTHMS, marker
from scheduler.reminders.letter import draft, of_use_until
from scheduler.reminders.milestones import Setting, problem_of
from scheduler.reminders.queries import AgendaDeadlines, Outlook, groundless, outlook, outlooks
from scheduler.reminders.rules import Bundle
from scheduler.reminders.tables import (
    GivenReminder,
    ReminderAnswer,
    ReminderDigest,
    ReminderLink,
    ReminderSetting,
)
from scheduler.tokens import digest, new_secret
from scheduler.typed import not_known, one_of

WEEKDAYS = 5

# What every letter of a tick needs is put together once.
_GIVEN = cast(Table, GivenReminder.__table__)
_CARRIED = (
    update(_GIVEN)
    .where(_GIVEN.c.key.in_(bindparam("keys", expanding=True)))
    .values(letter=bindparam("carrier"))
)
_NEW_LINK = insert(cast(Table, ReminderLink.__table__))
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Given:
    """What one side's turn came to: letters enqueued, letters dropped, and letters that could not be written."""

    enqueued: int
    dropped: int
    failed: int


def give_due(work: Work, letterhead: Letterhead, agendas: AgendaDeadlines) -> Given:
    """Enqueue one letter to each post of the acting side for whatever it is to be reminded of by now.

    Doing it again enqueues nothing, also when several processes do it at once: each reminder is entered in
    the ledger before its letter is written, and only who enters it writes. A letter that cannot be written is
    logged, leaves no trace, and stops no other.
    """
    enqueued = dropped = failed = 0
    for view in outlooks(work, agendas):
        dropped += _drop_groundless(work, view)
        for bundle in view.bundles:
            if bundle.send_at > work.now:
                continue
            try:
                with work.session.begin_nested():
                    enqueued += _give(work, view, bundle, letterhead)
            except DialoguesError as error:
                log.warning("a reminder cannot be written", post=bundle.post, reason=str(error))
                failed += 1
            except Exception:
                log.exception("writing a reminder failed", post=bundle.post)
                failed += 1
    return Given(enqueued, dropped, failed)


def set_value(work: Work, partnership_key: str, setting: Setting) -> None:
    """Set one value for the acting side, in the place of what it had set for the same; who and when are the actor's.

    Raises ``BadInput`` for what cannot be meant, ``NotFound`` for an obligation that does not exist.
    """
    wrong = problem_of(setting)
    if wrong:
        raise wrong
    partnership(work, partnership_key)
    if setting.obligation:
        obligation(work, partnership_key, setting.obligation)
    for place, name in (("post", setting.post), ("audience", setting.audience or "")):
        if "/" in name or (place == "post" and name):
            _require_own_post(work, partnership_key, name, place)
    work.session.execute(delete(ReminderSetting).where(*_same(work, partnership_key, setting)))
    row = _scope(setting)
    work.session.add(
        ReminderSetting(
            partnership=partnership_key,
            layer=work.actor.side,
            **row,
            amount=setting.amount,
            is_off=setting.is_off,
            audience=setting.audience,
            set_by=work.actor.name,
            set_at=work.now,
        )
    )
    value = "off" if setting.is_off else setting.amount
    _record(work, partnership_key, "reminder set", **row, value=value, audience=setting.audience)


def reset(work: Work, partnership_key: str, setting: Setting) -> None:
    """Take back what the acting side had set for exactly this; raise ``NotFound`` where it has set nothing."""
    found = work.session.scalars(
        select(ReminderSetting).where(*_same(work, partnership_key, setting))
    ).one_or_none()
    if found is None:
        raise NotFound(
            {
                "en": "your side has set nothing for exactly this",
                "nl": "hiervoor heeft uw zijde niets ingesteld",
            },
            remedy={
                "en": "only what your side has set can be taken back",
                "nl": "alleen wat uw zijde heeft ingesteld, kan worden teruggenomen",
            },
        )
    work.session.delete(found)
    _record(work, partnership_key, "reminder reset", **_scope(setting))


def set_digest(work: Work, partnership_key: str, post: str, rhythm: str, weekday: int = 0) -> None:
    """Give a post of the acting side its reminders gathered: ``daily``, or ``weekly`` on a weekday (0 is Monday)."""
    if rhythm not in RHYTHMS:
        raise BadInput(not_known(rhythm), place="digest", remedy=one_of(RHYTHMS))
    if not 0 <= weekday < WEEKDAYS:
        message = {
            "en": "a digest comes on a day from Monday to Friday",
            "nl": "een overzicht komt op een dag van maandag tot en met vrijdag",
        }
        raise BadInput(message, place="weekday")
    _require_own_post(work, partnership_key, post, "post")
    work.session.execute(delete(ReminderDigest).where(*_digest_of(partnership_key, post)))
    work.session.add(
        ReminderDigest(
            partnership=partnership_key,
            layer=work.actor.side,
            post=post,
            rhythm=rhythm,
            weekday=weekday,
            set_by=work.actor.name,
            set_at=work.now,
        )
    )
    _record(work, partnership_key, "digest set", post=post, rhythm=rhythm, weekday=weekday)


def end_digest(work: Work, partnership_key: str, post: str) -> None:
    """Give a post each reminder by itself again; where it had no digest nothing changes."""
    _require_own_post(work, partnership_key, post, "post")
    work.session.execute(delete(ReminderDigest).where(*_digest_of(partnership_key, post)))
    _record(work, partnership_key, "digest ended", post=post)


def answer(
    work: Work,
    partnership_key: str,
    key: str,
    agendas: AgendaDeadlines,
    until: date | None = None,
    who: str = "",
) -> None:
    """Record that a step is in hand, or (``until``) that its post wants to be reminded again on a day.

    ``key`` is that of the reminder, or of one that repeats or escalates it. Saying it again changes nothing. Raises
    ``NotFound`` for a reminder that the side was not given, ``Conflict`` for one that nobody waits for any more,
    ``BadInput`` for a day that is over, too far or too late for the step.
    """
    about = work.session.scalars(
        select(GivenReminder.about).where(
            GivenReminder.partnership == partnership_key,
            GivenReminder.key == key,
            GivenReminder.step != DIGEST,
        )
    ).one_or_none()
    if about is None:
        raise NotFound(f"no reminder {key!r} was given", remedy="`dialogues reminders list` shows them")
    if until:
        _require_day(work, outlook(work, partnership_key, agendas), about, until)
    row = {
        "partnership": partnership_key,
        "layer": work.actor.side,
        "about": about,
        "name": Answer(about, until).name,
        "until": until,
        "answered_by": who or work.actor.name,
        "answered_at": work.now,
    }
    if add_new(work, ReminderAnswer, [row], unique=("about", "name"), told="id"):
        act = "reminder put off" if until else "reminder in hand"
        _record(work, partnership_key, act, reminder=about, until=str(until) if until else None, who=who)


def letter_key(post: str, reminders: list[str]) -> str:
    """Return the key of the letter that carries some reminders: that of the only one, or one made of them all."""
    if len(reminders) == 1:
        return reminders[0]
    return f"reminders/{post}/{digest(' '.join(reminders))[:16]}"


def _give(work: Work, view: Outlook, bundle: Bundle, letterhead: Letterhead) -> bool:
    new = _entered(work, view.partnership.key, bundle)
    told = tuple(entry for entry in bundle.reminders if entry.key in new)
    if not told:
        return False
    own = Bundle(bundle.post, bundle.send_at, told)
    key = letter_key(bundle.post, sorted(entry.key for entry in told))
    secret = new_secret()
    address = f"{letterhead.public_url}/reminders/answer/{work.actor.side}.{secret}"
    letter = draft(view, own, letterhead, key, address)
    connection = work.session.connection()
    if enqueue(work, letter, letterhead, expires_at=of_use_until(view, own)):
        link = {
            "partnership": view.partnership.key,
            "layer": work.actor.side,
            "digest": digest(secret),
            "letter": key,
            "post": bundle.post,
            "expires_at": work.now + LINK_LASTS,
        }
        connection.execute(_NEW_LINK, link)
    connection.execute(_CARRIED, {"keys": sorted(new), "carrier": key})
    return True


def _entered(work: Work, partnership_key: str, bundle: Bundle) -> frozenset[str]:
    """Enter reminders in the ledger; return those that were not there, and that are therefore ours to give."""
    shared = {
        "partnership": partnership_key,
        "layer": work.actor.side,
        "given_at": work.now,
        "post": bundle.post,
    }
    rows = [
        {
            "key": entry.key,
            "about": entry.deadline.about,
            "subject": entry.deadline.subject,
            "step": entry.deadline.step,
            "day": entry.deadline.day,
            **shared,
        }
        for entry in sorted(bundle.reminders, key=lambda entry: entry.key)
    ]
    if bundle.digest:
        key = marker(partnership_key, bundle.post, bundle.digest)
        rows.append({"key": key, "about": key, "subject": "", "step": DIGEST, "day": bundle.digest, **shared})
    return add_new(work, GivenReminder, rows, unique=("key",), told="key")


def _drop_groundless(work: Work, view: Outlook) -> int:
    dropped = 0
    for key in groundless(work, view):
        try:
            drop(work, key, GROUNDLESS)
        except Conflict:  # a sender took it in the meantime
            continue
        dropped += 1
    return dropped


def _require_own_post(work: Work, partnership_key: str, reference: str, place: str) -> None:
    own = [post.reference for post in posts(work, partnership_key) if post.party == work.actor.side]
    if reference not in own:
        message = {
            "en": f"{reference!r} is no post of your side",
            "nl": f"{reference!r} is geen functie van uw zijde",
        }
        raise BadInput(message, place=place, remedy=one_of(own))


def _require_day(work: Work, view: Outlook, about: str, until: date) -> None:
    standing = view.asked.get(about)
    if standing is None:
        raise Conflict({"en": "nobody waits for this any more", "nl": "hierop wacht niemand meer"})
    today = view.today(work.now)
    latest = latest_snooze(today, standing.until)
    if not today < until <= latest:
        message = {
            "en": f"{until} is not a day after today and up to {latest}",
            "nl": f"{until} is geen dag na vandaag en tot en met {latest}",
        }
        raise BadInput(message, place="until")


def _same(work: Work, partnership_key: str, setting: Setting) -> Collection[Any]:
    scope = _scope(setting)
    own = (ReminderSetting.partnership == partnership_key, ReminderSetting.layer == work.actor.side)
    return (*own, *(getattr(ReminderSetting, name) == value for name, value in scope.items()))


def _scope(setting: Setting) -> dict[str, str]:
    return {
        "step": setting.step,
        "obligation": setting.obligation,
        "post": setting.post,
        "level": setting.level,
    }


def _digest_of(partnership_key: str, post: str) -> Collection[Any]:
    return (ReminderDigest.partnership == partnership_key, ReminderDigest.post == post)


def _record(work: Work, partnership_key: str, act: str, **detail: Any) -> None:
    record(work, partnership_key, act, f"reminders/{partnership_key}", layer=work.actor.side, **detail)
