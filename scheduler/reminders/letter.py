"""A letter of reminders: what stands in it, in the language of whoever gets it.

Owns how a reminder and its matter become values that a template prints; the words around them are the
template's. Whose a value is (assumed, or set by somebody) is said beside the value.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from scheduler.dates.written import write_date, write_day, write_slot
from scheduler.meetings.queries import MeetingFacts
from scheduler.meetings.rules import STATE_WORDS, State
from scheduler.outbox.mime import Draft, Letterhead
from scheduler.outbox.templates import write, write_subject
from scheduler.partnerships.queries import PartnershipFacts
from scheduler.reminders.answers import LINK_LASTS
from scheduler.reminders.digests import DAILY
from scheduler.reminders.following import is_escalation
from scheduler.reminders.matters import Matter
from scheduler.reminders.queries import Outlook
from scheduler.reminders.reasons import marked
from scheduler.reminders.rules import DATE_WANTED, Bundle, Deadline, Reminder
from scheduler.words import Words, say

TEMPLATE = "reminder"
DAILY_WORDS: Words = {"en": "every working day", "nl": "elke werkdag"}
WEEKLY_WORDS: Words = {"en": "once a week", "nl": "eens per week"}
AGREED: Words = {"en": "agreed by both sides", "nl": "door beide zijden overeengekomen"}


@dataclass(frozen=True, slots=True)
class Step:
    """One reminder of a letter; ``by`` is empty when its day is over, which ``because`` then says.

    ``missed`` marks one that somebody else did not answer, and of which the reader now hears.
    """

    title: str
    by: str
    wants_date: bool
    missed: bool


@dataclass(frozen=True, slots=True)
class Block:
    """What a letter prints of one matter, every text in the letter's language; ``due`` only where a date is wanted.

    What the reader is asked stands apart from what others missed of the same matter.
    """

    steps: tuple[Step, ...]
    matter: str
    duties: str
    when: str
    place: str
    host: str
    state: str
    due: str
    why: str
    ahead: tuple[tuple[str, str], ...]
    earlier: tuple[tuple[str, str], ...]
    address: str

    @property
    def missed(self) -> bool:
        """Tell whether this is about what somebody else missed."""
        return self.steps[0].missed


def draft(outlook: Outlook, bundle: Bundle, letterhead: Letterhead, key: str, answer: str) -> Draft:
    """Return the letter for a bundle; ``key`` is the letter's own, ``answer`` the address at which it is answered."""
    post, language = outlook.side.post[bundle.post], _language(outlook, bundle)
    written = write(TEMPLATE, language, _facts(outlook, bundle, letterhead, answer))
    return Draft(
        key=key,
        partnership=outlook.partnership.key,
        post=bundle.post,
        post_title=say(post.title, language),
        address=post.mailbox or "",
        language=language,
        subject=written.subject,
        text=written.text,
        html=written.html,
    )


def of_use_until(outlook: Outlook, bundle: Bundle) -> datetime | None:
    """Return when the last day is over on which anything in the letter is worth saying; ``None`` if it always is."""
    days = [entry.deadline.until for entry in bundle.reminders]
    lasting = [day for day in days if day is not None]
    if len(lasting) < len(days):
        return None
    zone = ZoneInfo(outlook.partnership.party(outlook.side.party).zone)
    return datetime.combine(max(lasting) + timedelta(days=1), time(), zone).astimezone(UTC)


def subject(outlook: Outlook, bundle: Bundle) -> str:
    """Return the subject of the letter for a bundle, without its marking."""
    facts = _facts(outlook, bundle, Letterhead("", "", ""))
    return write_subject(TEMPLATE, _language(outlook, bundle), facts)


def _facts(outlook: Outlook, bundle: Bundle, letterhead: Letterhead, answer: str = "") -> Mapping[str, Any]:
    language = _language(outlook, bundle)
    post = outlook.side.post[bundle.post]
    office = outlook.side.office[post.office]
    by_matter: dict[tuple[bool, str], list[Reminder]] = defaultdict(list)
    for entry in sorted(bundle.reminders, key=lambda entry: is_escalation(entry.deadline)):
        by_matter[is_escalation(entry.deadline), entry.deadline.subject].append(entry)
    return {
        "marking": letterhead.marking,
        "post": say(post.title, language),
        "office": say(office.name, language),
        "blocks": [
            _block(outlook, outlook.matters[subject], entries, letterhead, language)
            for (_, subject), entries in by_matter.items()
        ],
        "why_you": _once(
            (words for entry in bundle.reminders for words in entry.deadline.recipient.because), language
        ),
        "digest": _digest(outlook, bundle, language),
        "answer": answer,
        "answer_days": LINK_LASTS.days,
        "escalates": not all(is_escalation(entry.deadline) for entry in bundle.reminders),
        "settings": f"{letterhead.public_url}/reminders/{outlook.partnership.key}/settings",
        "reference": post.reference,
        "programme": outlook.partnership.key,
        "secretariat": _secretariat(outlook, language),
    }


def _digest(outlook: Outlook, bundle: Bundle, language: str) -> str:
    """Return how often the reader wants a digest, where this is one."""
    if bundle.digest is None:
        return ""
    wanted = outlook.digests[bundle.post]
    rhythm = say(DAILY_WORDS if wanted.rhythm == DAILY else WEEKLY_WORDS, language)
    return f"{rhythm}{marked(f'set:{wanted.set_by}', language)}"


def _block(
    outlook: Outlook, matter: Matter, entries: list[Reminder], letterhead: Letterhead, language: str
) -> Block:
    partnership, meeting, own = outlook.partnership, matter.meeting, matter.duties[0]
    path = f"meetings/{meeting.uid}" if meeting else f"obligations/{partnership.key}/{own.key}"
    told = {entry.key for entry in entries}
    return Block(
        steps=tuple(_step(entry, language) for entry in entries),
        matter=say(own.title, language),
        duties=", ".join(duty.key for duty in matter.duties),
        when=_when(partnership, meeting, language) if meeting else "",
        place=_place(meeting, language) if meeting else "",
        host=_host(partnership, meeting, language) if meeting else "",
        state=_state(meeting, language) if meeting else "",
        due=write_date(matter.wanted.due, language) if matter.wanted else "",
        why=_paragraph(_once((words for entry in entries for words in entry.because), language)),
        ahead=_listed(
            (other for entry in entries for other in entry.ahead if other.key not in told), language
        ),
        earlier=_listed((other for entry in entries for other in entry.earlier), language),
        address=f"{letterhead.public_url}/{path}",
    )


def _step(entry: Reminder, language: str) -> Step:
    deadline = entry.deadline
    by = "" if deadline.follows or entry.day > deadline.day else write_day(deadline.day, language)
    return Step(say(deadline.title, language), by, deadline.step == DATE_WANTED, is_escalation(deadline))


def _when(partnership: PartnershipFacts, meeting: MeetingFacts, language: str) -> str:
    if meeting.slot is None:
        return ""
    cities = {party.zone: party.capital for party in reversed(partnership.parties)}
    own = (meeting.zone, cities.pop(meeting.zone, {"en": meeting.zone}))
    clocks = (own, *reversed(cities.items()))
    basis = next(
        (meeting.basis[name] for name in ("start_time", "duration") if name in meeting.basis), "stated"
    )
    return write_slot(meeting.slot, clocks, language) + marked(str(basis), language)


def _place(meeting: MeetingFacts, language: str) -> str:
    if not meeting.place:
        return ""
    return say(meeting.place, language) + marked(str(meeting.basis.get("place", "stated")), language)


def _host(partnership: PartnershipFacts, meeting: MeetingFacts, language: str) -> str:
    if not meeting.host:
        return ""
    name = say(partnership.party(meeting.host).name, language)
    return name + marked(str(meeting.basis.get("host", "stated")), language)


def _state(meeting: MeetingFacts, language: str) -> str:
    return say(AGREED if meeting.state is State.AGREED else STATE_WORDS[meeting.state], language)


def _once(sentences: Iterable[Words], language: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(say(words, language) for words in sentences))


def _paragraph(reasons: tuple[str, ...]) -> str:
    """Return reasons as one paragraph: how an obligation stands comes in fragments, everything else in sentences."""
    fragments = "; ".join(reason for reason in reasons if not reason.endswith("."))
    begun = f"{fragments[0].upper()}{fragments[1:]}." if fragments else ""
    return " ".join((*filter(None, [begun]), *(reason for reason in reasons if reason.endswith("."))))


def _listed(deadlines: Iterable[Deadline], language: str) -> tuple[tuple[str, str], ...]:
    """Return steps with their days, in order, each once."""
    in_order = sorted(deadlines, key=lambda entry: entry.day)
    return tuple(
        dict.fromkeys((write_day(entry.day, language), say(entry.title, language)) for entry in in_order)
    )


def _secretariat(outlook: Outlook, language: str) -> str:
    """Return whom to ask for a change, with its mailbox."""
    post = outlook.keeper
    if post is None:
        return ""
    title = say(post.title, language)
    return f"{title} ({post.mailbox})" if post.mailbox else title


def _language(outlook: Outlook, bundle: Bundle) -> str:
    """Return the language that whoever holds the post wants letters in, where anybody said so, else its side's."""
    chosen = outlook.side.post[bundle.post].language
    return chosen or outlook.partnership.party(outlook.side.party).language
