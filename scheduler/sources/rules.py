"""Where in a text something stands, as a reader finds it: by heading and paragraph, in place of offsets. Pure.

Owns how paragraphs are counted. Where headings and paragraphs begin is stated by a source, and never guessed.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from scheduler.words import Words

PARAGRAPH: Words = {"en": "paragraph {number}", "nl": "alinea {number}"}


def paragraph_at(
    offset: int | None, heading: str | None, headings: Sequence[int], paragraphs: Sequence[int]
) -> int | None:
    """Return which paragraph an offset stands in, counted from one; ``None`` where no number would be found.

    ``headings`` and ``paragraphs`` are the offsets at which they begin, each in ascending order. A number counts from
    what the pointer names: from its ``heading``, or from the beginning of the text where it names none. So there is
    none where one of the two is missing, as in a footnote that stands below a heading and belongs to another; and none
    within a heading, or where the source does not state its paragraphs.
    """
    if offset is None:
        return None
    above = bisect_right(headings, offset)
    if (above > 0) != (heading is not None):
        return None
    begins = headings[above - 1] if above else 0
    number = bisect_right(paragraphs, offset) - bisect_left(paragraphs, begins)
    return number or None
