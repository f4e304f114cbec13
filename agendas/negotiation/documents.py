"""Reading an agenda as it stands and writing it as a document: joint, for one side alone, or as a covering note."""

from collections.abc import Iterator

from agendas.drafting.content import facts_of
from agendas.negotiation.papers import Edition, Kind, agenda_paper, briefs_of, covering_note
from agendas.negotiation.queries import sides_of, signatures
from agendas.negotiation.rules import standing
from agendas.papers import agenda, annotated, covering, pack
from agendas.papers.model import PaperCoveringNote, PaperDelegate, PaperPack, PaperRequest
from agendas.rendering.document import Document
from agendas.versions.queries import draft, the_draft, the_version, version
from scheduler.db.work import Work
from scheduler.errors import BadInput, NotFound
from scheduler.invitations.queries import Invitation, invitation
from scheduler.invitations.rules import ROLE_WORDS, Delegate, Role
from scheduler.meetings.queries import meeting
from scheduler.meetings.steps import steps_of
from scheduler.partnerships.queries import partnership
from scheduler.words import Words

AGREED_BY = "agenda_agreed"
"""The step of preparing a round by which its agenda is agreed."""

ASKED: Words = {
    "en": "Agree to the agenda, item by item, or propose other wording",
    "nl": "Instemmen met de agenda, punt voor punt, of een andere tekst voorstellen",
}

LONGEST_NUMBER = 6
"""Digits of the number of a version."""


def own_edition(work: Work, uid: str, number: int | None = None) -> Edition:
    """Return a working version of the acting side, by default the newest."""
    found = the_draft(work, uid, number)
    return Edition(found.content, facts_of(found.facts), "draft", found.number, work.actor.side)


def joint_edition(work: Work, uid: str, number: int | None = None) -> Edition:
    """Return a version that both sides see, by default the newest, with who agreed to what of it."""
    found = the_version(work, uid, number)
    sides = sides_of(work, found.partnership)
    return Edition(
        content=found.content,
        facts=facts_of(found.facts),
        stage="agreed" if found.is_frozen else "offered",
        number=found.number,
        side=found.side,
        remark=found.remark,
        stands=standing(found.content, signatures(work, uid), sides),
        signed=found.signed or {},
        seal=found.seal or "",
    )


def newest_edition(work: Work, uid: str) -> Edition:
    """Return the joint agenda where there is one, else the side's own; raise ``NotFound`` where there is neither."""
    return joint_edition(work, uid) if version(work, uid) else own_edition(work, uid)


def find_edition(work: Work, uid: str, named: str = "") -> Edition:
    """Return what ``own-3``, ``own``, ``joint-2``, ``joint`` or nothing names: an edition of an agenda.

    Raises ``BadInput`` for anything else and ``NotFound`` where it is not there.
    """
    layer, _, number = named.partition("-")
    if not named:
        return newest_edition(work, uid)
    if layer not in ("own", "joint") or (number and not (number.isascii() and number.isdigit())):
        raise BadInput(
            {"en": f"{named!r} names no version", "nl": f"{named!r} is geen versie"},
            place="version",
            remedy={"en": "own, own-3, joint or joint-2", "nl": "own, own-3, joint of joint-2"},
        )
    if number == "0" or len(number) > LONGEST_NUMBER:
        raise NotFound({"en": f"there is no version {named}", "nl": f"er is geen versie {named}"})
    found = own_edition if layer == "own" else joint_edition
    return found(work, uid, int(number) if number else None)


def document(
    work: Work, uid: str, kind: Kind, edition: Edition, language: str, marking: str | None = None
) -> Document:
    """Return a paper about an edition in ``language``.

    The papers of one side hold what the acting side wrote for itself, whichever edition they are about. Raises
    ``BadInput`` for a covering note to what was never offered.
    """
    if kind == "joint":
        return agenda.compose(agenda_paper(edition), language, marking=marking)
    if kind == "covering":
        return covering.compose(_note(work, uid, edition), language, marking=marking)
    mine = draft(work, uid)
    facts = partnership(work, meeting(work, uid).partnership)
    briefs = briefs_of(mine.notes if mine else {}, facts.party(work.actor.side).language)
    paper = agenda_paper(edition)
    if kind == "annotated":
        return annotated.compose(paper, work.actor.side, briefs, language, marking=marking)
    guests = invitation(work, uid)
    heads = (entry for entry in guests.delegates if entry.role is Role.CHAIR)
    made = PaperPack(
        agenda=paper,
        side=work.actor.side,
        briefs=briefs,
        delegations=tuple(_delegates(guests)),
        prepared_for=next((_title(guests, entry.post) for entry in heads), {}),
    )
    return pack.compose(made, language, marking=marking)


def _note(work: Work, uid: str, edition: Edition) -> PaperCoveringNote:
    if edition.stage == "draft":
        raise BadInput(
            {
                "en": "a covering note goes with an agenda that was offered",
                "nl": "een aanbiedingsnota hoort bij een voorgestelde agenda",
            },
            place="kind",
            remedy={"en": "offer it first", "nl": "stel die eerst voor"},
        )
    found = meeting(work, uid)
    parties = partnership(work, found.partnership).parties
    sender = next(party for party in parties if party.key == edition.side)
    recipient = next((party.key for party in parties if party.key != edition.side), "")
    slot = found.slot
    steps = steps_of(found.level, slot.first_day, slot.last_day) if slot else ()
    by = next((step.day for step in steps if step.milestone.key == AGREED_BY), None)
    return covering_note(edition, recipient, sender.language, (PaperRequest(ASKED, by),))


def _delegates(guests: Invitation) -> Iterator[PaperDelegate]:
    """Yield the side's own delegation, and of the others what they show of theirs."""
    for entry in guests.delegates:
        yield _delegate(guests, entry, guests.side)
    for party, shared in guests.shared.items():
        if party != guests.side:
            for entry in shared.delegates:
                yield _delegate(guests, entry, party)


def _delegate(guests: Invitation, entry: Delegate, party: str) -> PaperDelegate:
    return PaperDelegate(
        party=party,
        post=_title(guests, entry.post),
        is_head=entry.role is Role.CHAIR,
        role=ROLE_WORDS[entry.role],
    )


def _title(guests: Invitation, reference: str) -> Words:
    post = guests.posts.get(reference)
    return post.title if post else {"en": reference}
