"""Sending packs: one letter for each reader, in the reader's language, with the pack in Word and as PDF."""

from pathlib import Path

from agendas.distribution.queries import PackFacts, pack_of
from agendas.distribution.tables import PackSending
from agendas.negotiation.documents import document, newest_edition
from agendas.rendering.dates import weekday_in_words
from agendas.rendering.formats import MEDIA_TYPES, Format, render
from scheduler.audit.actions import record
from scheduler.db.work import Work
from scheduler.errors import Conflict
from scheduler.meetings.queries import MeetingFacts, meeting
from scheduler.meetings.rules import State, stands_as
from scheduler.outbox.actions import enqueue
from scheduler.outbox.mime import Attachment, Draft, Letterhead
from scheduler.outbox.templates import write
from scheduler.partnerships.queries import PartnershipFacts, PostFacts, offices, partnership
from scheduler.words import Words, say

TEMPLATE = "pack"
FORMS: tuple[Format, ...] = ("pdf", "docx")
NO_MAILBOX: Words = {
    "en": "nobody who reads the pack has a mailbox",
    "nl": "niemand die het dossier leest, heeft een postbus",
}


def send_pack(work: Work, uid: str, letterhead: Letterhead, templates: Path | None = None) -> tuple[str, ...]:
    """Send the side's pack to whoever was not sent this version yet; return the posts that are written to.

    Raises ``Conflict`` for a round that is called off, and where everybody has this version.
    """
    found = meeting(work, uid)
    if found.state in (State.CANCELLED, State.SKIPPED):
        raise Conflict(
            stands_as(found.state),
            remedy={"en": "no pack is sent for it", "nl": "er wordt geen dossier voor verzonden"},
        )
    pack = pack_of(work, uid)
    if not pack.readers:
        raise Conflict(
            NO_MAILBOX, remedy={"en": "give the posts mailboxes", "nl": "geef de functies een postbus"}
        )
    if not pack.outstanding:
        raise Conflict(
            {
                "en": "everybody has this version of the pack",
                "nl": "iedereen heeft deze versie van het dossier",
            },
            remedy={
                "en": "it goes again once it says more",
                "nl": "het gaat opnieuw uit zodra er meer in staat",
            },
        )
    sending = _Sending(work, found, partnership(work, found.partnership), pack, letterhead, templates)
    for post in pack.outstanding:
        sending.send(post)
    side, subject = work.actor.side, f"meeting/{uid}"
    record(work, found.partnership, "pack sent", subject, layer=side, edition=pack.edition)
    return tuple(post.reference for post in pack.outstanding)


class _Sending:
    """One press of the button: a pack is made once for each language."""

    def __init__(
        self,
        work: Work,
        found: MeetingFacts,
        facts: PartnershipFacts,
        pack: PackFacts,
        letterhead: Letterhead,
        templates: Path | None,
    ) -> None:
        self.work, self.found, self.facts, self.pack = work, found, facts, pack
        self.letterhead, self.templates = letterhead, templates
        self.offices = {(entry.party, entry.key): entry.name for entry in offices(work, facts.key)}
        self.files: dict[str, tuple[Attachment, ...]] = {}

    def send(self, post: PostFacts) -> None:
        """Put the letter to a post into the outbox, and on record."""
        uid, edition = self.found.uid, self.pack.edition
        language = post.language or self.facts.party(post.party).language
        if language not in self.files:
            self.files[language] = self._files(language)
        key = f"pack/{uid}/{edition}/{post.reference}"
        enqueue(self.work, self._draft(post, key, language), self.letterhead)
        self.work.session.add(
            PackSending(
                partnership=self.found.partnership,
                layer=self.work.actor.side,
                meeting=uid,
                edition=edition,
                post=post.reference,
                letter=key,
                at=self.work.now,
                name=self.work.actor.name,
            )
        )

    def _draft(self, post: PostFacts, key: str, language: str) -> Draft:
        title, day = say(self.found.title, language), self.found.day
        written = write(
            TEMPLATE,
            language,
            {
                "marking": self.letterhead.marking,
                "title": title,
                "day": weekday_in_words(day, language) if day else "",
                "post": say(post.title, language),
                "office": say(self.offices[post.party, post.office], language),
                "side": say(self.facts.party(post.party).name, language),
                "files": [attachment.name for attachment in self.files[language]],
                "is_new": any(entry.post == post.reference for entry in self.pack.sent),
                "address": f"{self.letterhead.public_url}/meetings/{self.found.uid}/pack",
            },
        )
        return Draft(
            key=key,
            partnership=self.found.partnership,
            post=post.reference,
            post_title=say(post.title, language),
            address=post.mailbox or "",
            language=language,
            subject=written.subject,
            text=written.text,
            html=written.html,
            attachments=self.files[language],
        )

    def _files(self, language: str) -> tuple[Attachment, ...]:
        """Return the pack in a language, in every form in which private offices want it."""
        edition = newest_edition(self.work, self.found.uid)
        marking = self.letterhead.marking or None
        made = document(self.work, self.found.uid, "pack", edition, language, marking)
        name = f"{self.found.obligation}-{self.found.day}-pack-{self.pack.edition}-{language}"
        return tuple(
            Attachment(f"{name}.{form}", MEDIA_TYPES[form], render(made, form, self.templates))
            for form in FORMS
        )
