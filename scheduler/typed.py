"""What somebody typed for others to read: on one line where it must be, and never with what steers a terminal.

Owns the rules for names, reasons and remarks of the scheduler. The longer texts of agendas have rules of their own.
"""

from collections.abc import Iterable
from datetime import date
from unicodedata import category

from scheduler.errors import BadInput
from scheduler.words import Words

LONGEST_NAME = 200
"""Characters of the name of whoever sets, says or does something."""


def on_one_line(typed: str) -> str:
    """Return what somebody typed for others to read, on one line, without what steers a terminal or turns writing."""
    return " ".join("".join(character if character.isprintable() else " " for character in typed).split())


def require_readable(typed: str, place: str, most: int) -> None:
    """Raise ``BadInput`` for what somebody typed that is longer than ``most`` characters, or holds control characters.

    Line breaks and tabs are none of those: whoever wants one line says so with ``on_one_line``.
    """
    if len(typed) > most:
        message = {"en": f"{len(typed)} characters are too many", "nl": f"{len(typed)} tekens is te veel"}
        raise BadInput(message, place=place, remedy={"en": f"at most {most}", "nl": f"hoogstens {most}"})
    if any(category(character) in {"Cc", "Cs"} and character not in "\n\r\t" for character in typed):
        message = {"en": "holds control characters", "nl": "bevat besturingstekens"}
        raise BadInput(message, place=place, remedy={"en": "leave them out", "nl": "laat ze weg"})


def day_typed(typed: str, place: str) -> date:
    """Return the day that somebody typed as ``2027-02-01``; raise ``BadInput`` for anything else."""
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        message = {"en": f"{typed!r} is no date", "nl": f"{typed!r} is geen datum"}
        remedy = {"en": "write it as 2027-02-01", "nl": "schrijf de datum als 2027-02-01"}
        raise BadInput(message, place=place, remedy=remedy) from None


def not_known(typed: str) -> Words:
    """What is said of a key that is none of those known here."""
    return {"en": f"{typed!r} is not known", "nl": f"{typed!r} is niet bekend"}


def one_of(known: Iterable[str]) -> Words:
    """The remedy where what is typed must be one of some keys."""
    keys = ", ".join(known)
    return {"en": f"one of {keys}", "nl": f"één van {keys}"}
