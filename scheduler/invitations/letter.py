"""The letter and the calendar that one person gets about a meeting, in that person's language.

Owns how a message becomes values that templates print, and the event that says the same: when, where, in which role.
Only the person whom a letter is for is named in it: no other post of a delegation, of neither side.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from babel import Locale

from scheduler.dates.slots import Slot
from scheduler.dates.written import LOCALES, write_day, write_slot
from scheduler.ical.components import Event, EventStatus
from scheduler.ical.scheduling import Attendee, Method, Organizer, invitation_bytes
from scheduler.invitations.itip import Cause, Message, Told, stamp_after
from scheduler.invitations.queries import Invitation
from scheduler.invitations.rules import PARTICIPATION, ROLE_WORDS, Role, Sending, changed
from scheduler.outbox.mime import Draft, Letterhead
from scheduler.outbox.templates import write
from scheduler.partnerships.queries import PartnershipFacts, PostFacts
from scheduler.words import Words, say

TEMPLATE, REFUSAL = "invitation", "proposal"

LABELS: Mapping[str, Words] = {
    "meeting": {"en": "Meeting", "nl": "Bijeenkomst"},
    "when": {"en": "When", "nl": "Wanneer"},
    "place": {"en": "Place", "nl": "Plaats"},
    "host": {"en": "Host", "nl": "Gastland"},
    "role": {"en": "Your role", "nl": "Uw rol"},
    "instead": {"en": "In place of", "nl": "Ter vervanging van"},
    "languages": {"en": "Languages", "nl": "Voertaal"},
    "interpretation": {"en": "Interpretation", "nl": "Vertolking"},
    "page": {"en": "Page", "nl": "Pagina"},
}
INTERPRETATION: Mapping[bool, Words] = {
    True: {"en": "provided", "nl": "aanwezig"},
    False: {"en": "none", "nl": "geen"},
}
AGENDA: Words = {
    "en": "After signing in you can read the joint agenda here, always as it stands that day:",
    "nl": "Na aanmelding leest u de gezamenlijke agenda hier, altijd zoals die op dat moment luidt:",
}
UNSETTLED: Words = {"en": "not settled", "nl": "nog niet bekend"}
OFF: Words = {"en": "CANCELLED: ", "nl": "GEANNULEERD: "}
WORKING_LEVELS = ("expert", "senior_official", "ministerial")
"""Who is asked first in an office: those who do the work."""
PARTS_OF_DATE = frozenset({"first_day", "last_day", "start_time", "end_time", "zone"})


def draft(
    found: Invitation, message: Message, letterhead: Letterhead, *, key: str, thread: str, secret: str = ""
) -> Draft:
    """Return the letter for a message; ``key`` is its own, ``thread`` the Message-ID of the first to that address.

    ``secret`` is that of the link by which it is answered; a preview has none.
    """
    link = f"{letterhead.public_url}/invitations/answer/{found.side}.{secret}" if secret else ""
    return _draft(found, message, letterhead, (TEMPLATE, {"link": link}), key=key, thread=thread)


def draft_refusal(
    found: Invitation, told: Told, refusal: tuple[Slot, str], letterhead: Letterhead, *, key: str, thread: str
) -> Draft:
    """Return the letter that declines another time: what its address was ``told`` last stays as it is.

    ``refusal`` is the time that was proposed, and the reason that is given, or none. The calendar is a DECLINECOUNTER
    of the version that was told (RFC 5546, section 3.2.8).
    """
    message = Message(
        post=told.post,
        role=told.role,
        address=told.address,
        method=Method.DECLINECOUNTER,
        cause=Cause.UNMOVED,
        sequence=told.sequence,
        sending=told.sending,
        before=told,
    )
    proposed, reason = refusal
    when = write_when(found.partnership, proposed, language_of(found, told.post))
    words = (REFUSAL, {"proposed": when, "reason": reason})
    return _draft(found, message, letterhead, words, key=key, thread=thread)


def language_of(found: Invitation, post: str) -> str:
    """Return in what language a post is written to: that of whoever holds it, else that of its side."""
    known = found.posts.get(post)
    return (known.language if known else None) or found.partnership.party(found.side).language


def write_when(facts: PartnershipFacts, slot: Slot, language: str) -> str:
    """Return when a meeting is, on the clocks of the place first and of every capital."""
    cities = {party.zone: party.capital for party in reversed(facts.parties)}
    own = (slot.zone, cities.pop(slot.zone, {"en": slot.zone}))
    return write_slot(slot, (own, *reversed(cities.items())), language)


def write_languages(codes: list[str], language: str) -> str:
    """Return the names of languages: ``English, Dutch``."""
    names = Locale.parse(LOCALES.get(language, language)).languages
    return ", ".join(str(names.get(code, code)) for code in codes)


def _draft(
    found: Invitation,
    message: Message,
    letterhead: Letterhead,
    words: tuple[str, Mapping[str, str]],
    *,
    key: str,
    thread: str,
) -> Draft:
    """Return the letter for a message: ``words`` are its template, and what only that asks for."""
    template, further = words
    language = language_of(found, message.post)
    written = write(template, language, {**_facts(found, message, letterhead), **further})
    comment = further.get("reason", "")
    return Draft(
        key=key,
        partnership=found.partnership.key,
        post=message.post,
        post_title=_name(found.posts.get(message.post), message, language),
        address=message.address,
        language=language,
        subject=written.subject,
        text=written.text,
        html=written.html,
        calendar=_calendar(found, message, letterhead, comment),
        method=str(message.method),
        thread=thread,
    )


def _facts(found: Invitation, message: Message, letterhead: Letterhead) -> Mapping[str, Any]:
    language = language_of(found, message.post)
    post = found.posts.get(message.post)
    office = found.offices.get(post.office) if post else None
    return {
        "marking": letterhead.marking,
        "cause": str(message.cause),
        "title": say(found.meeting.title, language),
        "day": write_day(message.sending.slot.first_day, language),
        "post": _name(post, message, language),
        "office": say(office.name, language) if office else "",
        "rows": tuple(_rows(found, message, letterhead, language)),
        "changes": tuple(_changes(found, message, language)),
        "reason": _reason(found, message),
        "agenda_words": say(AGENDA, language),
        "agenda": _agenda_address(found, message, letterhead),
        "is_informed": message.role is Role.INFORMED,
        "is_withdrawn": message.method is Method.CANCEL,
        "asks_anew": message.cause is Cause.MOVED and message.role is not Role.INFORMED,
        "secretariat": _secretariat(found, language),
    }


def _rows(
    found: Invitation, message: Message, letterhead: Letterhead, language: str
) -> Iterator[tuple[str, str]]:
    """Yield what stands in the letter and in the calendar alike, label and value."""
    said = _said(found, message.sending, language)
    duties = ", ".join(found.meeting.duties)
    yield say(LABELS["meeting"], language), f"{say(found.meeting.title, language)} ({duties})"
    for name in ("when", "place", "host"):
        yield say(LABELS[name], language), said[name]
    if message.method is Method.REQUEST:
        yield say(LABELS["role"], language), say(ROLE_WORDS[message.role], language)
        replaced = next(
            (entry.stands_in_for for entry in found.delegates if entry.post == message.post), None
        )
        if replaced and replaced in found.posts:
            yield say(LABELS["instead"], language), say(found.posts[replaced].title, language)
        for name in ("languages", "interpretation"):
            if said[name]:
                yield say(LABELS[name], language), said[name]
    yield say(LABELS["page"], language), page_address(letterhead, found)


def page_address(letterhead: Letterhead, found: Invitation) -> str:
    """Return the address of the meeting's page."""
    return f"{letterhead.public_url}/meetings/{found.meeting.uid}"


def _agenda_address(found: Invitation, message: Message, letterhead: Letterhead) -> str:
    """Return where the joint agenda is read, or nothing. Only its address goes by mail: never its text or version."""
    if message.method is not Method.REQUEST or not found.has_joint_agenda:
        return ""
    return f"{page_address(letterhead, found)}/agenda"


def _said(found: Invitation, sending: Sending, language: str) -> dict[str, str]:
    """Return what a sending says, in words."""
    content, unsettled = sending.content, say(UNSETTLED, language)
    host = content["host"]
    interpretation = content["interpretation"]
    return {
        "when": write_when(found.partnership, sending.slot, language),
        "place": say(content["place"], language) if content["place"] else unsettled,
        "host": say(found.partnership.party(host).name, language) if host else unsettled,
        "languages": write_languages(content["languages"], language),
        "interpretation": "" if interpretation is None else say(INTERPRETATION[interpretation], language),
    }


def _changes(found: Invitation, message: Message, language: str) -> Iterator[tuple[str, str, str]]:
    """Yield what differs from what the address was told before: label, before and now."""
    before = message.before
    if before is None or message.cause not in {Cause.MOVED, Cause.DETAILS}:
        return
    was, now = (_said(found, sending, language) for sending in (before.sending, message.sending))
    differing = changed(before.sending.content, message.sending.content)
    for name in ("when", "place", "host", "languages", "interpretation"):
        if (PARTS_OF_DATE if name == "when" else {name}) & differing:
            none = say(UNSETTLED, language)
            yield say(LABELS[name], language), was[name] or none, now[name] or none
    if before.role is not message.role:
        was_role, now_role = (say(ROLE_WORDS[role], language) for role in (before.role, message.role))
        yield say(LABELS["role"], language), was_role, now_role


def _reason(found: Invitation, message: Message) -> str:
    """Return what whoever sent, or called off, wrote for everybody who is invited; nothing of anybody's own side."""
    if message.method is Method.REQUEST:
        return message.sending.reason or ""
    last = found.sendings[-1] if found.sendings else None
    is_called_off = message.cause in {Cause.CANCELLED, Cause.POSTPONED}
    return (last.reason or "") if last and last.is_call_off and is_called_off else ""


def _calendar(found: Invitation, message: Message, letterhead: Letterhead, comment: str) -> bytes:
    language = language_of(found, message.post)
    meeting, cancels = found.meeting, message.method is Method.CANCEL
    stamp = stamp_after(found.now, message.before)
    lines = [letterhead.marking]
    lines += [f"{label}: {value}" for label, value in _rows(found, message, letterhead, language)]
    if agenda := _agenda_address(found, message, letterhead):
        lines.append(f"{say(AGENDA, language)} {agenda}")
    place = message.sending.content["place"]
    event = Event(
        uid=meeting.uid,
        stamp=stamp,
        created=meeting.created_at,
        last_modified=stamp,
        sequence=message.sequence,
        summary=(say(OFF, language) if cancels else "") + say(meeting.title, language),
        description="\n".join(lines).strip(),
        location=say(place, language) if place else "",
        url=page_address(letterhead, found),
        slot=message.sending.slot,
        status=EventStatus.CANCELLED if cancels else EventStatus.CONFIRMED,
        is_transparent=cancels or message.role is Role.INFORMED,
    )
    name = _name(found.posts.get(message.post), message, language)
    wants_answer = message.role is not Role.INFORMED
    attendee = Attendee(message.address, name, PARTICIPATION[message.role], wants_answer)
    organizer = Organizer(letterhead.sender, say(found.partnership.title, language))
    return invitation_bytes(message.method, event, organizer, attendee, comment)


def _name(post: PostFacts | None, message: Message, language: str) -> str:
    return say(post.title, language) if post else message.post


def _secretariat(found: Invitation, language: str) -> str:
    """Return whom of the own side to ask: whoever does the work in its secretariat, with the mailbox."""
    keepers = {office.key for office in found.offices.values() if office.is_secretariat}
    posts = [entry for entry in found.posts.values() if entry.party == found.side and entry.office in keepers]
    if not posts:
        return ""
    post = min(posts, key=lambda entry: (entry.is_private_office, WORKING_LEVELS.index(entry.level)))
    title = say(post.title, language)
    return f"{title} ({post.mailbox})" if post.mailbox else title
