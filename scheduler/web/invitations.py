"""Inviting to a meeting: the reader's delegation, what the other side shows of its own, what was sent, and sending."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from babel import Locale
from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from scheduler.accounts.rules import Act
from scheduler.db.work import Work
from scheduler.errors import BadInput, Conflict, DialoguesError, NotFound
from scheduler.invitations import actions
from scheduler.invitations.answers.queries import answers, history, puzzles
from scheduler.invitations.answers.rules import (
    CHANNEL_WORDS,
    FATE_WORDS,
    NO_ANSWER,
    NOT_VERIFIED,
    STATUS_WORDS,
    Status,
)
from scheduler.invitations.letter import draft, write_languages, write_when
from scheduler.invitations.proposals.queries import proposals
from scheduler.invitations.proposals.rules import STANDING_WORDS
from scheduler.invitations.queries import Invitation, fates, invitation
from scheduler.invitations.rules import ROLE_WORDS, Arrangement, Role, latest_invitation, seats_taken
from scheduler.meetings.rules import State
from scheduler.outbox.mailers import letterhead
from scheduler.outbox.mime import Draft
from scheduler.outbox.rules import STATE_WORDS
from scheduler.typed import not_known, one_of
from scheduler.web.kit.door import acting, allowed, door, reading_page
from scheduler.web.kit.language import in_languages, language, text

pages = Blueprint("invitations", __name__)

Answer = Response | tuple[str, int]
INTERPRETATION = {"yes": True, "no": False, "": None}


@dataclass(frozen=True, slots=True)
class Preview:
    """A letter that would go: what it asks of the calendar, and its words."""

    method: str
    letter: Draft


@pages.get("/meetings/<uid>/invitations")
def show(uid: str) -> str:
    """Show one meeting with everything about inviting to it."""
    with reading_page() as work:
        return page(work, uid)


@pages.post("/meetings/<uid>/invitations/delegates")
def add(uid: str) -> Answer:
    """Put a post on the delegation, or give it another role."""

    def act(work: Work) -> None:
        actions.set_delegate(work, uid, _typed("post"), _role())

    return _do(uid, Act.DELEGATE, act, "invitations.done.delegation", "delegation")


@pages.post("/meetings/<uid>/invitations/stand-ins")
def stand_in(uid: str) -> Answer:
    """Let a post come in the place of one on the delegation."""

    def act(work: Work) -> None:
        actions.send_stand_in(work, uid, _typed("absent"), _typed("post"))

    return _do(uid, Act.DELEGATE, act, "invitations.done.delegation", "delegation")


@pages.post("/meetings/<uid>/invitations/delegates/<any(remove, confirm):change>")
def change_one(uid: str, change: str) -> Answer:
    """Take a post off the delegation, or say that it comes."""
    action = actions.remove_delegate if change == "remove" else actions.confirm

    def act(work: Work) -> None:
        action(work, uid, _typed("post"))

    return _do(uid, Act.DELEGATE, act, "invitations.done.delegation", "delegation")


@pages.post("/meetings/<uid>/invitations/<any(release, take_back):change>")
def release(uid: str, change: str) -> Answer:
    """Release the list to the host, or take the release back."""
    action = actions.release if change == "release" else actions.take_back
    return _do(uid, Act.RELEASE, lambda work: action(work, uid), f"invitations.done.{change}", "release")


@pages.post("/meetings/<uid>/invitations/arrange")
def arrange(uid: str) -> Answer:
    """Say seats, languages and interpretation."""
    return _do(
        uid,
        Act.INVITE,
        lambda work: actions.arrange(work, uid, _arrangement()),
        "invitations.done.arrange",
        "arrangement",
    )


@pages.post("/meetings/<uid>/invitations/send")
def send(uid: str) -> Answer:
    """Send what stands."""

    def act(work: Work) -> None:
        head = letterhead(door().settings)
        actions.send(work, uid, head, _typed("reason"), door().has_joint_agenda)

    return _do(uid, Act.INVITE, act, "invitations.done.send", "sending")


def _do(uid: str, permission: Act, act: Callable[[Work], None], done: str, section: str) -> Answer:
    """Do what a form says and come back; what cannot be done is said on the page, and nothing typed is lost."""
    try:
        with acting(permission) as work:
            act(work)
    except (BadInput, Conflict, NotFound) as error:
        if error.place == "":
            raise
        with reading_page() as work:
            return page(work, uid, error, section), 400 if isinstance(error, BadInput) else 409
    flash(text(done))
    return redirect(url_for("invitations.show", uid=uid) + f"#{section}")


def page(work: Work, uid: str, problem: DialoguesError | None = None, section: str = "") -> str:
    """Return the page of one meeting, with what went wrong in a section of it."""
    found = invitation(work, uid)
    own = [entry for entry in found.posts.values() if entry.party == found.side]
    listed = {entry.post for entry in found.delegates}
    return render_template(
        "web/invitations.html",
        partnership=found.partnership,
        meeting=found.meeting,
        found=found,
        free_posts=[entry for entry in own if entry.reference not in listed],
        taken=seats_taken(found.delegates),
        others=[
            (party, found.shared.get(party.key))
            for party in found.partnership.parties
            if party.key != found.side
        ],
        own_shared=found.shared.get(found.side),
        letters=fates(work, found),
        last=latest_invitation(found.sendings),
        previews=_previews(work, found),
        may_press=found.is_sender
        and found.meeting.state is State.AGREED
        and not (found.is_over or found.is_current),
        roles=list(Role),
        role_words=ROLE_WORDS,
        letter_words=STATE_WORDS,
        languages=Locale.parse(language()).languages,
        write_when=lambda slot: write_when(found.partnership, slot, language()),
        write_languages=lambda codes: write_languages(list(codes), language()),
        problem=problem,
        wrong=section,
        typed=request.form,
        proposals=proposals(work, found, with_diaries=allowed(Act.DIARIES_READ)),
        standing_words=STANDING_WORDS,
        **_answers(work, found),
    )


def _answers(work: Work, found: Invitation) -> dict[str, Any]:
    """Return what came back from the reader's side, for the page."""
    return {
        "answers": answers(work, found),
        "came": history(work, found),
        "mails": puzzles(work, meeting_id=found.meeting.id),
        "statuses": list(Status),
        "answer_words": {
            "status": STATUS_WORDS,
            "fate": FATE_WORDS,
            "channel": CHANNEL_WORDS,
            "none": NO_ANSWER,
            "doubtful": NOT_VERIFIED,
        },
    }


def _previews(work: Work, found: Invitation) -> list[Preview]:
    """Return the letters to the reader's own posts that a press would now send; those of another side are its own."""
    head = letterhead(door().settings)
    messages = found.due if found.is_current or found.is_off else found.if_sent
    known = replace(found, has_joint_agenda=door().has_joint_agenda(work, found.meeting.uid))
    return [
        Preview(str(entry.method), draft(known, entry, head, key="preview", thread="")) for entry in messages
    ]


def _arrangement() -> Arrangement:
    seats = _typed("seats")
    if seats and not seats.isdigit():
        message = in_languages("typed.no_number", typed=seats)
        raise BadInput(message, place="seats", remedy=in_languages("invitations.seats.remedy"))
    codes = tuple(code.strip() for code in _typed("languages").replace(",", " ").split())
    return Arrangement(int(seats) if seats else None, codes, INTERPRETATION.get(_typed("interpretation")))


def _role() -> Role:
    try:
        return Role(_typed("role"))
    except ValueError:
        raise BadInput(not_known(_typed("role")), place="role", remedy=one_of(Role)) from None


def _typed(field: str) -> str:
    return request.form.get(field, "").strip()
