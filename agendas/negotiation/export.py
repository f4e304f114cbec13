"""A frozen version as a file that anybody can verify: one canonical JSON text with its seal. Pure."""

import json

from agendas.negotiation.rules import BOTH_THEN_EITHER, not_frozen
from agendas.negotiation.seals import SEALED, Verified
from agendas.versions.queries import VersionFacts
from agendas.versions.stored import canonical, digest, written
from scheduler.errors import BadInput, Conflict

SEAL = "seal"


def exported(found: VersionFacts) -> bytes:
    """Return a frozen version as the bytes of a file; raise ``Conflict`` for one that is not frozen."""
    if found.seal is None:
        raise Conflict(not_frozen(found.number), remedy=BOTH_THEN_EITHER)
    return canonical({**{name: written(getattr(found, name)) for name in SEALED}, SEAL: found.seal})


def verified(raw: bytes, place: str) -> Verified:
    """Return whether a file is what was frozen: the seal that it bears, and the one that its content has.

    Raises ``BadInput`` naming ``place`` for a file that is no export, or not written as exports are: what one reader of
    it sees, every reader must see.
    """
    refusal = BadInput(
        {
            "en": "is no agenda as `agenda export` writes it",
            "nl": "is geen agenda zoals `agenda export` die schrijft",
        },
        place=place,
        remedy={"en": "export it again", "nl": "exporteer haar opnieuw"},
    )
    try:
        value = json.loads(raw)
        is_export = isinstance(value, dict) and set(value) == {*SEALED, SEAL} and canonical(value) == raw
    except (ValueError, RecursionError) as error:
        raise refusal from error
    if not is_export or not isinstance(value["number"], int):
        raise refusal
    return Verified(value["number"], str(value[SEAL]), digest({name: value[name] for name in SEALED}))
