"""Telling a side's secretariat that the other side has offered an agenda: its covering note, and the agenda itself.

Each side writes to its own posts, so this is what the side that is offered something does for itself, at a tick: the
newest joint version of a round goes once, when nothing of it has changed for a while, and several become one letter.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any

import structlog

from agendas.negotiation.documents import document, joint_edition
from agendas.negotiation.papers import Kind
from agendas.rendering.dates import weekday_in_words
from agendas.rendering.formats import MEDIA_TYPES, Format, render
from agendas.versions.queries import NewestVersion, newest_versions
from scheduler.db.work import Work
from scheduler.errors import DialoguesError
from scheduler.invitations.telling.actions import Told
from scheduler.meetings.queries import MeetingFacts, meeting
from scheduler.meetings.rules import COMING
from scheduler.outbox.actions import enqueue
from scheduler.outbox.mime import Attachment, Draft, Letterhead
from scheduler.outbox.queries import known
from scheduler.outbox.templates import write
from scheduler.partnerships.queries import OfficeFacts, PostFacts, offices, partnership, posts
from scheduler.words import say

TEMPLATE = "note"
SETTLED = timedelta(minutes=30)
"""How long a version stands before it is told of: whoever changes several items in a row writes one letter."""

LOOKS_BACK = timedelta(days=14)
"""How old a version may be that is still told of; practice of ours."""

FILES: tuple[tuple[Kind, Format], ...] = (("covering", "pdf"), ("joint", "pdf"), ("joint", "docx"))
LEVELS = ("expert", "senior_official", "ministerial")
"""Who in a secretariat reads it first: those who do the work."""

log = structlog.get_logger()


def untold(work: Work) -> tuple[NewestVersion, ...]:
    """Return the versions that the other side offered, and of which the acting side's secretariat is to be told."""
    found = [
        entry
        for entry in newest_versions(work, since=work.now - LOOKS_BACK)
        if entry.side != work.actor.side and not entry.is_frozen and entry.made_at <= work.now - SETTLED
    ]
    told = known(work, [_key(work, entry) for entry in found])
    open_ = [entry for entry in found if _key(work, entry) not in told]
    rounds = {entry.meeting: meeting(work, entry.meeting) for entry in open_}
    return tuple(
        entry
        for entry in open_
        if rounds[entry.meeting].state in COMING and _reader(work, rounds[entry.meeting].partnership)
    )


def tell_offers(work: Work, letterhead: Letterhead, templates: Path | None = None) -> Told:
    """Write to the acting side's secretariat of every version it was not told of.

    A letter that cannot be written is logged, leaves no trace, and stops no other; the next tick tries it again.
    """
    told = Told()
    for entry in untold(work):
        try:
            with work.session.begin_nested():
                told += Told(enqueued=_tell(work, entry, letterhead, templates))
        except DialoguesError as error:
            log.warning("a covering note cannot be written", meeting=entry.meeting, reason=str(error))
            told += Told(failed=1)
        except Exception:
            log.exception("writing a covering note failed", meeting=entry.meeting)
            told += Told(failed=1)
    return told


def _tell(work: Work, version: NewestVersion, letterhead: Letterhead, templates: Path | None) -> bool:
    found = meeting(work, version.meeting)
    reader = _reader(work, found.partnership)
    if reader is None:
        return False
    post, office = reader
    facts = partnership(work, found.partnership)
    language = post.language or facts.party(post.party).language
    files = tuple(_files(work, found, version.number, language, letterhead.marking, templates))
    told: dict[str, Any] = {
        "marking": letterhead.marking,
        "post": say(post.title, language),
        "office": say(office.name, language),
        "title": say(found.title, language),
        "day": weekday_in_words(found.day, language) if found.day else "",
        "number": version.number,
        "sender": say(facts.party(version.side).name, language),
        "files": [file.name for file in files],
        "address": f"{letterhead.public_url}/meetings/{found.uid}/agenda",
    }
    written = write(TEMPLATE, language, told)
    draft = Draft(
        key=_key(work, version),
        partnership=found.partnership,
        post=post.reference,
        post_title=told["post"],
        address=post.mailbox or "",
        language=language,
        subject=written.subject,
        text=written.text,
        html=written.html,
        attachments=files,
    )
    return enqueue(work, draft, letterhead)


def _files(
    work: Work, found: MeetingFacts, number: int, language: str, marking: str, templates: Path | None
) -> list[Attachment]:
    edition = joint_edition(work, found.uid, number)
    files = []
    for kind, form in FILES:
        made = document(work, found.uid, kind, edition, language, marking or None)
        named = "agenda" if kind == "joint" else "note"
        name = f"{found.obligation}-{found.day}-{named}-joint-{number}-{language}.{form}"
        files.append(Attachment(name, MEDIA_TYPES[form], render(made, form, templates)))
    return files


def _reader(work: Work, key: str) -> tuple[PostFacts, OfficeFacts] | None:
    """Return the post of the side's secretariat that does the work and has a mailbox, with its office."""
    side = work.actor.side
    keepers = {
        entry.key: entry for entry in offices(work, key) if entry.party == side and entry.is_secretariat
    }
    able = [
        post for post in posts(work, key) if post.party == side and post.office in keepers and post.mailbox
    ]
    first = min(able, key=lambda post: (post.is_private_office, LEVELS.index(post.level)), default=None)
    return (first, keepers[first.office]) if first else None


def _key(work: Work, version: NewestVersion) -> str:
    return f"note/{version.meeting}/{version.number}/{work.actor.side}"
