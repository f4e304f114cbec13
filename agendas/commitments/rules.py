"""What a commitment can be, and which change of it needs whose consent and which grounds. Pure.

Kinds: an ``action`` can be asked whether it is done, a ``continuing_cooperation`` how it is going, a
``political_position`` neither. Strengths follow the verb of the text, the strongest first.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from agendas.commitments.wording import word
from scheduler.errors import BadInput, Conflict
from scheduler.typed import not_known, one_of
from scheduler.words import LANGUAGES, Words

KINDS = ("action", "continuing_cooperation", "political_position")
STRENGTHS = ("will", "commit_to", "continue_to", "aim", "explore", "reaffirm", "welcome")
STATUSES = ("open", "in_progress", "blocked", "delivered", "merged", "dropped")
OPEN = ("open", "in_progress", "blocked")
"""A commitment stays open until somebody records, with evidence, that it was delivered, merged or dropped by both."""

PROGRESS_STATES = (
    "progress",
    "continuing",
    "outstanding_step",
    "obligation_met",
    "new_emphasis",
    "explicit_link",
)
"""What a note can say of its matter."""

ADD, AMEND, STATUS = "add", "amend", "status"
"""What a proposal would change: a new commitment, the content of one, or its status."""

DOCUMENT, MEETING, ADDRESS = "document", "meeting", "address"
LONGEST_EVIDENCE = 500

EVERYBODY: Words = {
    "en": "both sides promised it, so both must agree",
    "nl": "beide zijden hebben het toegezegd, dus beide moeten instemmen",
}
DROPPING: Words = {
    "en": "no side releases itself from what it promised the other, so both must agree",
    "nl": "geen zijde ontslaat zichzelf van wat zij de ander toezegde, dus beide moeten instemmen",
}
CONTENT: Words = {
    "en": "what was promised is both sides’ text, so both must agree",
    "nl": "wat is toegezegd is de tekst van beide zijden, dus beide moeten instemmen",
}
OWNER: Words = {
    "en": "one side alone promised it: that side says how it stands, with evidence",
    "nl": "één zijde heeft het toegezegd: die zegt hoe het ervoor staat, met bewijs",
}
WORKING: Words = {
    "en": "how the work stands is said by a side that owns it",
    "nl": "hoe het werk ervoor staat, zegt een zijde die het bezit",
}
REOPENING: Words = {
    "en": "whoever doubts what one side closed alone may open it again: nothing is lost by looking once more",
    "nl": "wie twijfelt aan wat één zijde alleen sloot, mag het heropenen: nog eens kijken kost niets",
}

NEEDS_A_REASON: Mapping[str, Words] = {
    "open": {"en": "opening it again needs a reason", "nl": "opnieuw openen vraagt om een reden"},
    "blocked": {"en": "blocked needs a reason", "nl": "geblokkeerd vraagt om een reden"},
    "dropped": {"en": "dropped needs a reason", "nl": "vervallen verklaren vraagt om een reden"},
}


@dataclass(frozen=True, slots=True)
class Ruling:
    """Whose consent a change needs, and why."""

    sides: frozenset[str]
    why: Words


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where something can be looked up: a document with a heading, a meeting by UID, or an address."""

    kind: str
    reference: str
    heading: str = ""

    def __str__(self) -> str:
        """Return the form that is typed and stored; ``read_evidence`` reads it back."""
        if self.kind == ADDRESS:
            return self.reference
        return f"{self.kind}:{self.reference}" + (f"#{self.heading}" if self.heading else "")


@dataclass(frozen=True, slots=True)
class StatusChange:
    """The status that somebody asks for, with the grounds: evidence, a reason, or the commitment it goes into."""

    status: str
    evidence: str = ""
    reason: str = ""
    into: str = ""


def owning_sides(owners: Mapping[str, Collection[str]], parties: Sequence[str]) -> frozenset[str]:
    """Return the sides that own a commitment; one that names nobody is everybody's."""
    return frozenset(party for party in parties if owners.get(party)) or frozenset(parties)


def ruling(
    before: str, after: str, owners: Mapping[str, Collection[str]], parties: Sequence[str], acting: str
) -> Ruling:
    """Return whose consent it takes to bring a commitment from one status to another.

    What both own is closed, and opened again, by both. What one side alone owns that side closes: it alone can know, it
    must show evidence, and the other can open it again. Dropping always takes both.
    Raise ``Conflict`` for a change that leads nowhere.
    """
    if before == after:
        raise Conflict(_said("its status is “{}” already", "de status is al “{}”", after))
    if before not in OPEN and after != "open":
        raise Conflict(
            _said("its status is “{}”, which is an end", "de status is “{}”, en dat is een eindpunt", before),
            remedy={"en": "open it again first", "nl": "open de afspraak eerst opnieuw"},
        )
    everybody, owning = frozenset(parties), owning_sides(owners, parties)
    is_joint = len(owning) > 1
    if "dropped" in (before, after):
        return Ruling(everybody, DROPPING)
    if after in OPEN and before in OPEN:
        return Ruling(frozenset({acting}) if acting in owning else owning, WORKING)
    if is_joint:
        return Ruling(everybody, EVERYBODY)
    return Ruling(frozenset({acting}), REOPENING) if after == "open" else Ruling(owning, OWNER)


def require_grounds(change: StatusChange, before: str) -> None:
    """Raise ``BadInput`` where a change of status lacks the grounds it needs."""
    if change.status not in STATUSES:
        raise BadInput(not_known(change.status), place="status", remedy=one_of(STATUSES))
    if change.status == "delivered" and not change.evidence:
        remedy = {
            "en": "name a document (document:SR#Heading), a meeting (meeting:UID), or an address (https://…)",
            "nl": "noem een document (document:SR#Kop), een bijeenkomst (meeting:UID) of een adres (https://…)",
        }
        raise BadInput(
            {"en": "delivered needs evidence", "nl": "nagekomen vraagt om bewijs"},
            place="evidence",
            remedy=remedy,
        )
    if change.status == "merged" and not change.into:
        raise BadInput(
            {
                "en": "merged needs the commitment it goes into",
                "nl": "opgegaan vraagt om de afspraak waarin deze opgaat",
            },
            place="into",
            remedy={"en": "give the key of an open one", "nl": "geef de sleutel van een openstaande"},
        )
    reopened = change.status in OPEN and before not in OPEN
    if (change.status in {"blocked", "dropped"} or reopened) and not change.reason:
        raise BadInput(
            NEEDS_A_REASON["open" if reopened else change.status],
            place="reason",
            remedy={"en": "say why; both sides will read it", "nl": "zeg waarom; beide zijden lezen het"},
        )


def check_merge(key: str, into: str, status: str, kept: frozenset[str], needed: frozenset[str]) -> None:
    """Raise ``Conflict`` where a merge would lose something.

    ``status`` and ``kept`` (owning sides) are those of the commitment it goes into; ``needed`` are the sides that own
    ``key``.
    """
    if key == into:
        raise Conflict(
            {
                "en": "a commitment cannot be merged into itself",
                "nl": "een afspraak kan niet in zichzelf opgaan",
            }
        )
    if status not in OPEN:
        raise Conflict(
            _said(
                f"{into} is {{}}, so {key} would end with it",
                f"{into} is {{}}; {key} zou daarmee eindigen",
                status,
            ),
            remedy={"en": "merge it into an open one", "nl": "laat haar opgaan in een openstaande"},
        )
    if lost := needed - kept:
        sides = ", ".join(sorted(lost))
        raise Conflict(
            {
                "en": f"{into} is not owned by {sides}, so nobody there would answer for {key}",
                "nl": f"{into} is niet van {sides}; daar zou niemand op {key} kunnen worden aangesproken",
            },
            remedy={
                "en": "merge it into one that the same sides own",
                "nl": "laat haar opgaan in een afspraak van dezelfde zijden",
            },
        )


def read_evidence(typed: str) -> Evidence:
    """Return evidence from its typed form; raise ``BadInput`` for one that nobody could follow."""
    text = typed.strip()
    kind, _, rest = text.partition(":")
    remedy = {
        "en": "write document:SR#Heading, meeting:UID, or an address that begins with https://",
        "nl": "schrijf document:SR#Kop, meeting:UID of een adres dat met https:// begint",
    }
    if len(text) > LONGEST_EVIDENCE or not text.isprintable():
        raise BadInput(
            {
                "en": "the evidence is too long or holds control characters",
                "nl": "het bewijs is te lang of bevat besturingstekens",
            },
            place="evidence",
            remedy=remedy,
        )
    if re.fullmatch(r"https?://[^\s/@]+(/\S*)?", text):
        return Evidence(ADDRESS, text)
    if kind in {DOCUMENT, MEETING} and rest:
        reference, _, heading = rest.partition("#")
        return Evidence(kind, reference.strip(), heading.strip())
    raise BadInput(
        {"en": f"{text!r} cannot be looked up", "nl": f"{text!r} is niet na te slaan"},
        place="evidence",
        remedy=remedy,
    )


def _said(english: str, dutch: str, status: str) -> Words:
    return {
        language: said.format(word(status, language))
        for language, said in zip(LANGUAGES, (english, dutch), strict=True)
    }
