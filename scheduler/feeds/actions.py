"""Making and taking back feeds, and keeping what was written of meetings."""

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass

from sqlalchemy import delete, insert, select

from scheduler.audit.actions import record
from scheduler.db.work import Work
from scheduler.errors import BadInput, NotAllowed, NotFound
from scheduler.feeds.queries import Written
from scheduler.feeds.rules import EVERYTHING, Deadlines, Terms, Tier
from scheduler.feeds.tables import Fragment, Subscription
from scheduler.obligations.lead_times import LEVEL_COLUMNS
from scheduler.obligations.tables import Obligation
from scheduler.partnerships.queries import partnership as find_partnership
from scheduler.partnerships.tables import Theme
from scheduler.tokens import digest, new_identifier, new_secret
from scheduler.typed import not_known, one_of
from scheduler.words import LANGUAGES

LONGEST_LABEL = 200
KEY_LENGTH = 12
"""Enough to tell the feeds of one side apart; what opens a feed is its secret alone."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A feed to be made; ``label`` says to its own side whose or what for it is."""

    partnership: str
    label: str
    terms: Terms = EVERYTHING


def new_subscription(work: Work, wanted: Wanted) -> str:
    """Make a feed of the acting side; return its secret, shown here and never again.

    Raises ``BadInput`` that names what cannot be meant, ``NotFound`` for a partnership that the side is no party to.
    """
    if work.actor.is_operator:
        raise NotAllowed(
            {"en": "the operator has no feeds", "nl": "de beheerder heeft geen feeds"},
            remedy={"en": "act as a side with --as", "nl": "handel met --as namens een zijde"},
        )
    find_partnership(work, wanted.partnership)
    _check(work, wanted)
    secret, key = new_secret(), new_identifier()[:KEY_LENGTH]
    label, terms, scope = wanted.label.strip(), wanted.terms, wanted.terms.scope
    work.session.add(
        Subscription(
            partnership=wanted.partnership,
            layer=work.actor.side,
            key=key,
            digest=digest(secret),
            label=label,
            language=terms.language,
            tier=terms.tier,
            deadlines=terms.deadlines,
            themes=list(scope.themes),
            levels=list(scope.levels),
            obligations=list(scope.obligations),
            created_by=work.actor.name,
            created_at=work.now,
            revoked_at=None,
        )
    )
    work.session.flush()
    record(work, wanted.partnership, "feed made", f"feed/{key}", layer=work.actor.side, label=label)
    return secret


def revoke(work: Work, key: str) -> None:
    """Take a feed of the acting side back for good; nothing happens where that was done before."""
    row = work.session.scalars(select(Subscription).where(Subscription.key == key)).one_or_none()
    if row is None:
        raise NotFound(f"there is no feed {key!r}", remedy="`dialogues feed list` shows them")
    if row.revoked_at is None:
        row.revoked_at = work.now
        record(work, row.partnership, "feed taken back", f"feed/{key}", layer=row.layer, label=row.label)


def keep(work: Work, written: Collection[Written]) -> None:
    """Keep what was written, in the place of what was written before of the same meetings."""
    if not written:
        return
    one = next(iter(written))
    work.session.execute(
        delete(Fragment).where(
            Fragment.meeting_id.in_({entry.meeting_id for entry in written}),
            Fragment.part.in_({entry.part for entry in written}),
            Fragment.language == one.language,
            Fragment.tier == one.tier,
        ),
        execution_options={"synchronize_session": False},
    )
    work.session.execute(insert(Fragment), [asdict(entry) for entry in written])


def _check(work: Work, wanted: Wanted) -> None:
    label, terms, scope = wanted.label.strip(), wanted.terms, wanted.terms.scope
    if not label.isprintable() or not 0 < len(label) <= LONGEST_LABEL:
        raise BadInput(
            {"en": "this is no name for a feed", "nl": "dit is geen naam voor een feed"},
            place="label",
            remedy={
                "en": f"one line of at most {LONGEST_LABEL} characters",
                "nl": f"één regel van hoogstens {LONGEST_LABEL} tekens",
            },
        )
    if terms.tier is Tier.BUSY and terms.deadlines is not Deadlines.NONE:
        raise BadInput(
            {
                "en": "a feed that tells only when you are busy has no deadlines",
                "nl": "een feed die alleen zegt wanneer u bezet bent, heeft geen uiterste data",
            },
            place="deadlines",
            remedy={
                "en": "choose none, or another tier",
                "nl": "kies geen uiterste data, of een ander detailniveau",
            },
        )
    themes = select(Theme.key).where(Theme.partnership == wanted.partnership)
    obligations = select(Obligation.key).where(Obligation.partnership == wanted.partnership)
    _require_known("language", (terms.language,), LANGUAGES)
    _require_known("level", scope.levels, LEVEL_COLUMNS)
    _require_known("theme", scope.themes, work.session.scalars(themes))
    _require_known("obligation", scope.obligations, work.session.scalars(obligations))


def _require_known(place: str, named: Iterable[str], known: Iterable[str]) -> None:
    choices = tuple(known)
    for name in named:
        if name not in choices:
            raise BadInput(not_known(name), place=place, remedy=one_of(choices))
