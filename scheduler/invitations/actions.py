"""Changing a delegation, showing it, sending, and calling off.

Sending is a joint act: one row, in the layer that both sides see. The letters that follow are each side's own: those of
the side that pressed go with the press, those of the other with its next tick, and both follow from what stands.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import delete, select

from scheduler.audit.actions import record
from scheduler.db.layers import JOINT
from scheduler.db.work import Work
from scheduler.errors import BadInput, Conflict, NotFound
from scheduler.invitations import rules
from scheduler.invitations.queries import (
    HasJointAgenda,
    Invitation,
    invitation,
    no_joint_agenda,
    require_known_to_both,
)
from scheduler.invitations.rules import Arrangement, Delegate, Role, Sending
from scheduler.invitations.tables import (
    DelegateRow,
    DelegationRow,
    InvitationSending,
    MeetingArrangement,
    SharedDelegation,
)
from scheduler.invitations.telling.actions import Told, tell
from scheduler.meetings import actions as meetings
from scheduler.meetings.rules import State, stands_as
from scheduler.outbox.mime import Letterhead, one_line
from scheduler.typed import one_of, require_readable

LONGEST_REASON = 1000
CALLING_OFF: Mapping[State, Callable[[Work, str], None]] = {
    State.CANCELLED: meetings.cancel,
    State.POSTPONED: meetings.postpone,
}


def set_delegate(work: Work, uid: str, post: str, role: Role) -> None:
    """Put a post of the acting side on its delegation, or give it another role.

    Raise ``BadInput`` for a post that is not the side's, ``Conflict`` where the host has no seat left for it.
    """
    found = _editable(work, uid)
    reference = own_post(found, post)
    known = {entry.post: entry for entry in found.delegates}
    entry = replace(known[reference], role=role) if reference in known else Delegate(reference, role)
    _keep(work, found, {**known, reference: entry}.values(), f"{reference}: {role}")


def remove_delegate(work: Work, uid: str, post: str) -> None:
    """Take a post off the delegation of the acting side; raise ``NotFound`` for one that is not on it."""
    found = _editable(work, uid)
    gone = _on_list(found, post)
    _keep(work, found, (entry for entry in found.delegates if entry != gone), f"{gone.post}: removed")


def send_stand_in(work: Work, uid: str, post: str, stand_in: str) -> None:
    """Let another post of the acting side come in the place, and in the role, of one that is on its delegation."""
    found = _editable(work, uid)
    absent, present = _on_list(found, post), own_post(found, stand_in)
    if present == absent.post:
        raise BadInput(
            {"en": "a post cannot stand in for itself", "nl": "een functie kan zichzelf niet vervangen"},
            place="stand-in",
            remedy={"en": "name another post", "nl": "noem een andere functie"},
        )
    others = [entry for entry in found.delegates if entry.post not in {absent.post, present}]
    standing = Delegate(present, absent.role, stands_in_for=absent.post)
    _keep(work, found, [*others, standing], f"{present}: for {absent.post}")


def confirm(work: Work, uid: str, post: str) -> None:
    """Say that a delegate of the acting side comes on the day that stands; a chair is thereby shown to the other side.

    Raise ``Conflict`` where only one side knows the meeting, or where it has no date.
    """
    found = _editable(work, uid)
    require_known_to_both(found)
    if found.meeting.state not in {State.OFFERED, State.AGREED} or found.meeting.day is None:
        raise Conflict(
            {"en": "there is no date to come on", "nl": "er is geen datum om op te komen"},
            place="meeting",
            remedy={"en": "confirm once there is one", "nl": "bevestig zodra die er is"},
        )
    coming = replace(_on_list(found, post), confirmed_for=found.meeting.day)
    others = [entry for entry in found.delegates if entry.post != coming.post]
    _keep(work, found, [*others, coming], f"{coming.post}: confirmed")


def release(work: Work, uid: str) -> None:
    """Release the acting side's list to the host, for letting people into the building; who and when is recorded.

    What the list says later the host sees too, until the release is taken back. Raise ``Conflict`` for the host itself.
    """
    found = _editable(work, uid)
    require_known_to_both(found)
    if found.meeting.host == found.side:
        raise Conflict(
            {"en": "your own side hosts", "nl": "uw eigen zijde is gastland"},
            place="release",
            remedy={"en": "only a guest releases its list", "nl": "alleen een gast geeft haar lijst vrij"},
        )
    row = _shared_row(work, found)
    if row.released_at:
        raise Conflict(
            {"en": "the list is released already", "nl": "de lijst is al vrijgegeven"},
            place="release",
            remedy={"en": "later changes follow", "nl": "latere wijzigingen volgen vanzelf"},
        )
    row.released_at, row.released_by = work.now, work.actor.name
    work.session.add(row)
    _share(work, found, row)
    _audit(work, found, "delegation released", JOINT)


def take_back(work: Work, uid: str) -> None:
    """Take a release back: later changes are the acting side's own again; raise ``Conflict`` where none stands."""
    found = _editable(work, uid)
    row = _shared_row(work, found)
    if row.released_at is None:
        raise Conflict(
            {"en": "the list is not released", "nl": "de lijst is niet vrijgegeven"},
            place="release",
            remedy={"en": "there is nothing to take back", "nl": "er valt niets terug te nemen"},
        )
    row.released_at = row.released_by = None
    _share(work, found, row)
    _audit(work, found, "delegation taken back", JOINT)


def arrange(work: Work, uid: str, wanted: Arrangement) -> None:
    """Say how many seats each side has, in which languages the meeting is held, and whether there are interpreters.

    For the side that sends the invitations; who was told before hears of new languages with the next sending.
    """
    found = _editable(work, uid)
    require_known_to_both(found)
    _require_sender(found)
    rules.refuse_unfit_seats(wanted.seats)
    row = work.session.scalars(
        select(MeetingArrangement).where(MeetingArrangement.meeting_id == found.meeting.id)
    ).one_or_none()
    if row is None:
        row = MeetingArrangement(
            partnership=found.meeting.partnership, layer=JOINT, meeting_id=found.meeting.id
        )
        work.session.add(row)
    row.seats, row.languages = wanted.seats, list(wanted.languages)
    row.interpretation, row.set_at, row.set_by = wanted.interpretation, work.now, work.actor.name
    _audit(work, found, "meeting arranged", JOINT, seats=wanted.seats, languages=list(wanted.languages))


def send(
    work: Work,
    uid: str,
    letterhead: Letterhead,
    reason: str = "",
    has_joint_agenda: HasJointAgenda = no_joint_agenda,
) -> Told:
    """Press send: what stands goes to everybody who is invited; return what came of the letters of the own side.

    ``reason`` is for everybody to read. Raise ``NotAllowed`` for a guest, ``Conflict`` where nothing can be sent.
    """
    meetings.hold(work, uid)
    found = invitation(work, uid)
    _require_sender(found)
    rules.refuse_unsendable(found.meeting.state, is_over=found.is_over, is_current=found.is_current)
    _add_sending(work, found, found.next_sending(work.actor.name, _joint_reason(reason)))
    _audit(work, found, "invitations sent", JOINT)
    return tell(work, invitation(work, uid), letterhead, has_joint_agenda)


def call_off(work: Work, uid: str, state: State, reason: str = "") -> None:
    """Cancel or postpone a meeting, with a reason for everybody who was invited, if one is given.

    This is the pressed act itself: the cancellations follow with the next tick, without anybody pressing again.
    """
    meetings.hold(work, uid)
    CALLING_OFF[state](work, uid)
    found = invitation(work, uid)
    last = rules.latest_invitation(found.sendings)
    if last:
        off = replace(
            last,
            number=len(found.sendings) + 1,
            is_call_off=True,
            sequence=found.sendings[-1].sequence + 1,
            revision=found.meeting.revision,
            reason=_joint_reason(reason),
        )
        _add_sending(work, found, off)


def own_post(found: Invitation, post: str) -> str:
    """Return the reference of a post of the acting side, also when it is named without its side; raise ``BadInput``."""
    reference = post if "/" in post else f"{found.side}/{post}"
    known = [entry.reference for entry in found.posts.values() if entry.party == found.side]
    if reference not in known:
        message = {"en": f"{post!r} is no post of your side", "nl": f"{post!r} is geen functie van uw zijde"}
        raise BadInput(message, place="post", remedy=one_of(known))
    return reference


def _editable(work: Work, uid: str) -> Invitation:
    meetings.hold(work, uid)
    found = invitation(work, uid)
    if found.is_over or found.meeting.state in {State.CANCELLED, State.SKIPPED}:
        why = rules.OVER_WORDS if found.is_over else stands_as(found.meeting.state)
        remedy = {
            "en": "nobody is invited to it any more",
            "nl": "er wordt niemand meer voor uitgenodigd",
        }
        raise Conflict(why, place="meeting", remedy=remedy)
    return found


def _on_list(found: Invitation, post: str) -> Delegate:
    reference = post if "/" in post else f"{found.side}/{post}"
    for entry in found.delegates:
        if entry.post == reference:
            return entry
    listed = ", ".join(entry.post for entry in found.delegates)
    raise NotFound(
        {"en": f"{post!r} is not on your delegation", "nl": f"{post!r} staat niet op uw delegatielijst"},
        place="post",
        remedy={"en": f"on it: {listed or 'nobody'}", "nl": f"wie erop staan: {listed or 'niemand'}"},
    )


def _keep(work: Work, found: Invitation, delegates: Iterable[Delegate], what: str) -> None:
    """Let the list of the acting side say ``delegates``; from now on it is the side's own, and not the programme's."""
    after = rules.in_order(delegates)
    rules.refuse_beyond_seats(found.delegates, after, found.arrangement.seats)
    of_meeting = {"partnership": found.meeting.partnership, "meeting_id": found.meeting.id}
    if not found.is_own_list:
        work.session.add(DelegationRow(**of_meeting, set_at=work.now, set_by=work.actor.name))
    own = (DelegateRow.meeting_id == found.meeting.id, DelegateRow.layer == found.side)
    work.session.execute(delete(DelegateRow).where(*own))
    work.session.add_all(
        DelegateRow(
            **of_meeting,
            post=entry.post,
            role=entry.role,
            stands_in_for=entry.stands_in_for,
            confirmed_for=entry.confirmed_for,
        )
        for entry in after
    )
    work.session.flush()
    if found.meeting.layer is None:
        _share(work, replace(found, delegates=after), _shared_row(work, found))
    _audit(work, found, "delegation changed", work.actor.side, what=what)


def _share(work: Work, found: Invitation, row: SharedDelegation) -> None:
    """Write anew what the other side may see of the list; no row comes to be while there is nothing to see."""
    seen = rules.seen_by_the_other_side(
        found.delegates,
        found.meeting.day,
        is_released=row.released_at is not None,
        is_host=found.meeting.host == found.side,
    )
    row.delegates = [_entry(delegate) for delegate in seen]
    if row.delegates:
        work.session.add(row)


def _shared_row(work: Work, found: Invitation) -> SharedDelegation:
    """Return the row of what the acting side shows, which is only kept once there is something to show."""
    own = (SharedDelegation.meeting_id == found.meeting.id, SharedDelegation.party == found.side)
    row = work.session.scalars(select(SharedDelegation).where(*own)).one_or_none()
    return row or SharedDelegation(
        partnership=found.meeting.partnership,
        layer=JOINT,
        meeting_id=found.meeting.id,
        party=found.side,
        delegates=[],
        released_at=None,
        released_by=None,
    )


def _entry(delegate: Delegate) -> dict[str, Any]:
    day = delegate.confirmed_for
    return {
        "post": delegate.post,
        "role": str(delegate.role),
        "stands_in_for": delegate.stands_in_for,
        "confirmed_for": day.isoformat() if day else None,
    }


def _add_sending(work: Work, found: Invitation, sending: Sending) -> None:
    work.session.add(
        InvitationSending(
            partnership=found.meeting.partnership,
            layer=JOINT,
            meeting_id=found.meeting.id,
            number=sending.number,
            is_call_off=sending.is_call_off,
            sequence=sending.sequence,
            revision=sending.revision,
            content=dict(sending.content),
            reason=sending.reason,
            party=work.actor.side,
            name=work.actor.name,
            at=work.now,
        )
    )
    work.session.flush()


def _joint_reason(reason: str) -> str | None:
    said = one_line(reason)
    require_readable(said, "reason", LONGEST_REASON)
    return said or None


def _require_sender(found: Invitation) -> None:
    rules.require_sender(found.side, found.meeting.host, (party.key for party in found.partnership.parties))


def _audit(work: Work, found: Invitation, act: str, layer: str | None, **detail: Any) -> None:
    record(work, found.meeting.partnership, act, f"meeting/{found.meeting.uid}", layer=layer, **detail)
