"""A round to which both sides are invited, and all that comes back: for pages that show every kind of it."""

from datetime import date, timedelta

from sqlalchemy import Engine

from scheduler import clock
from scheduler.actor import side
from scheduler.db.work import reading, unit_of_work
from scheduler.invitations.actions import send
from scheduler.invitations.queries import Invitation, invitation
from scheduler.invitations.telling.actions import tell_due
from scheduler.outbox.delivery import deliver
from scheduler.outbox.mailers import Memory
from scheduler.partnerships.holders.actions import Term, set_holder
from tests.invitations.answering import answered, arrives, attendee, mail, reply_calendar
from tests.invitations.stage import LETTERHEAD, parsed

START = f"{LETTERHEAD.public_url}/invitations/answer/"
SIDES = ("nl", "uk")


def invite(engine: Engine, uid: str, host: str) -> dict[str, str]:
    """Send the invitations, let answers of every kind come back, let a post change hands.

    Return by side the address at which one of its posts answers.
    """
    with unit_of_work(engine, side(host, "secretariat"), clock.now()) as work:
        send(work, uid, LETTERHEAD)
    for party in SIDES:
        with unit_of_work(engine, side(party, "invitations"), clock.now()) as work:
            tell_due(work, LETTERHEAD)
    relay = Memory()
    deliver(engine, relay, clock.now)
    found = {party: seen(engine, party, uid) for party in SIDES}
    for party in SIDES:
        _answer(engine, found[party])
        with unit_of_work(engine, side(party, "secretariat"), clock.now()) as work:
            new = Term(first=clock.now().date(), mailbox=f"new-director@{party}.example", language="en")
            set_holder(work, "uk-nl", found[party].told[0].told.post, new)
    return {
        party: next(
            link
            for link in (_link(envelope.content) for envelope in relay.sent)
            if link.partition("/answer/")[2].startswith(f"{party}.")
        )
        for party in SIDES
    }


def seen(engine: Engine, party: str, uid: str) -> Invitation:
    """Return a meeting with its invitations as a side sees it."""
    with reading(engine, side(party, "secretariat"), clock.now()) as work:
        return invitation(work, uid)


def _answer(engine: Engine, found: Invitation) -> None:
    uid, now = found.meeting.uid, clock.now()
    addresses = [entry.told.address for entry in found.told[:2]]
    chair, desk = addresses[0], addresses[-1]
    day = found.meeting.day or date.max
    first, second = (day + timedelta(days=ahead) for ahead in (12, 7))  # the first of them on a day of rest
    for minute, proposed in enumerate((first, second)):
        times = (
            f"DTSTART:{proposed:%Y%m%d}T090000Z",
            f"DTEND:{proposed:%Y%m%d}T130000Z",
            "COMMENT:Only then.",
        )
        lines = reply_calendar(
            uid,
            attendee((desk, chair)[minute], "TENTATIVE"),
            method="COUNTER",
            stamp=now + timedelta(minutes=minute),
            more=times,
        )
        arrives(engine, mail((desk, chair)[minute], lines), at=now)
    arrives(
        engine,
        answered(uid, chair, stamp=now),
        answered(uid, chair, "DECLINED", sequence=7, stamp=now),
        mail(desk, text="I shall be late; see my letter of last week."),
        at=now,
    )


def _link(content: bytes) -> str:
    body = parsed(content).get_body(("plain",))
    text = str(body.get_content()) if body else ""
    return "/invitations/answer/" + text.partition(START)[2].split()[0] if START in text else ""
