"""Markings of confidentiality: which may stand on a document, and which this product never holds.

Owns the comparison. Which markings an originator uses is its own affair, and comes as data from the programme file; a
marking is kept as its originator writes it and never translated, since no two countries mean the same by two of them.
Pure. Where a marking stands on a page is the business of those who write pages, mails and documents.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scheduler.errors import BadInput
from scheduler.words import Words

NEVER = ("SECRET", "GEHEIM", "CONFIDENTIEEL", "STG")
"""Words of levels that no installation may hold, whatever its programme says; each with all that is built on it."""

SEPARATOR = " · "
_SPELT = re.compile(r"\b[A-Z](?:[\s._-]+[A-Z]\b)+")
_WORDS = re.compile(r"[^\W\d_]+")
_SET_APART = re.compile(r"\s*(?:[:|·/()\[\]{}«»]|\s[-–—]\s|\.\s|$)\s*")


@dataclass(frozen=True, slots=True)
class Markings:
    """What one originator uses: those allowed here, lowest first, and those that go too high."""

    allowed: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


def permitted(marking: str, markings: Markings, place: str) -> str:
    """Return ``marking`` as its originator writes it; an empty one stays empty, which is no marking.

    Case, spaces and punctuation do not matter. Raise ``BadInput`` naming ``place`` for a level too high, and for
    one that the originator does not use; where nothing is known of the originator, only the former is refused.
    """
    given = _letters(marking)
    if not given and not marking.strip():
        return ""
    allowed = {_letters(known): known for known in markings.allowed}
    remedy = _remedy(markings)
    if _is_refused(given, markings.refused, allowed):
        message = {
            "en": f"{marking!r} may not be handled here",
            "nl": f"{marking!r} mag hier niet worden verwerkt",
        }
        raise BadInput(message, place=place, remedy=remedy)
    if allowed and given not in allowed:
        message = {
            "en": f"{marking!r} is no marking that is used here",
            "nl": f"{marking!r} is geen rubricering die hier wordt gebruikt",
        }
        raise BadInput(message, place=place, remedy=remedy)
    return allowed.get(given, marking)


def raised(marking: str, floor: str, markings: Markings, place: str) -> str:
    """Return the marking of one document: ``marking`` where it is given, else ``floor``, which every document bears.

    A marking that stands beside the floor in the originator's own list must not be the lower of the two. Where the
    floor is another originator's, no list says which is higher: the document bears both, each as it is written. Raise
    ``BadInput`` naming ``place`` for a lower one, and for one that may not be used (see ``permitted``).
    """
    given = permitted(marking, markings, place)
    ranks = {_letters(known): rank for rank, known in enumerate(markings.allowed)}
    rank, lowest = ranks.get(_letters(given)), ranks.get(_letters(floor))
    if not given or not floor or rank is None or lowest is None:
        return combined((floor, given))
    if rank < lowest:
        other = markings.allowed[lowest:]
        raise BadInput(
            {
                "en": f"{given!r} is lower than {floor!r}, which every document here bears",
                "nl": f"{given!r} is lager dan {floor!r}, wat elk document hier draagt",
            },
            place=place,
            remedy={
                "en": f"leave it out, or give {' or '.join(other)}",
                "nl": f"laat het weg, of geef {' of '.join(other)}",
            },
        )
    return given


def higher(floor: str, markings: Markings) -> tuple[str, ...]:
    """Return the markings of an originator that one document may be given beyond the floor, lowest first."""
    letters = [_letters(known) for known in markings.allowed]
    lowest = letters.index(_letters(floor)) + 1 if _letters(floor) in letters else 0
    return markings.allowed[lowest:]


def unmarked(text: str, place: str, refused: Iterable[str] = ()) -> str:
    """Return a title as it is. Raise ``BadInput`` where it bears a marking that goes too high.

    A level counts where it is written as a marking is: in capitals, spelt out, or set apart from the words ("Stg."
    anywhere); "the trade in secret" and "Secretariat" are words.
    """
    for level in (*NEVER, *refused):
        if _is_borne(level, text):
            raise BadInput(
                {
                    "en": f"a title may not bear {level!r}",
                    "nl": f"een titel mag niet de rubricering {level!r} dragen",
                },
                place=place,
                remedy={
                    "en": "what is marked so may not be handled here",
                    "nl": "wat zo is gerubriceerd, mag hier niet worden verwerkt",
                },
            )
    return text


def combined(markings: Iterable[str]) -> str:
    """Return the markings of several originators in one line, each once and as written, in the order given."""
    return SEPARATOR.join(dict.fromkeys(filter(None, markings)))


def _is_refused(given: str, refused: Iterable[str], allowed: Iterable[str]) -> bool:
    """Tell whether a marking goes too high: by a word that none may bear, or by one that its originator refuses."""
    if any(_letters(level) in given for level in NEVER):
        return True
    return given not in allowed and any(_letters(level) in given for level in refused)


def _remedy(markings: Markings) -> Words:
    if not markings.allowed:
        return {
            "en": "give one that stays below SECRET",
            "nl": "geef een rubricering die lager is dan SECRET",
        }
    *others, last = markings.allowed
    if not others:
        return {"en": f"give {last}", "nl": f"geef {last}"}
    known = ", ".join(others)
    return {"en": f"one of {known} or {last}", "nl": f"één van {known} of {last}"}


def _is_borne(level: str, text: str) -> bool:
    wanted = _letters(level)
    folded = unicodedata.normalize("NFKC", text)
    if any(wanted in _letters(spelt.group()) for spelt in _SPELT.finditer(folded)):
        return True
    if wanted in {_letters(part) for part in _SET_APART.split(folded)}:
        return True
    runs = list(_runs(folded, len(_WORDS.findall(level))))
    if wanted == "stg":
        return any(_letters(run) == wanted for run in runs)
    return any(_letters(run) == wanted and run.isupper() for run in runs)


def _runs(text: str, length: int) -> Iterator[str]:
    """Yield every run of ``length`` words."""
    words = _WORDS.findall(text)
    for first in range(len(words) - length + 1):
        yield " ".join(words[first : first + length])


def _letters(text: str) -> str:
    """Return the letters alone, as one compares them."""
    return "".join(_WORDS.findall(unicodedata.normalize("NFKC", text).casefold()))
