"""What can go wrong, as a few nouns that know nothing of HTTP or of exit codes.

Each door maps them once. A message says what is wrong; ``place`` says where (file, line, field, option);
``remedy`` says what would be right.
"""

from scheduler.words import FALLBACK, LANGUAGES, Words, say


class DialoguesError(Exception):
    """Something a person can understand and mend.

    ``message`` and ``remedy`` are said in every language of the product, or in English alone where only whoever runs
    the installation can meet them. ``str`` of an error is the English: for logs and the command line.
    """

    def __init__(self, message: Words | str, *, place: str = "", remedy: Words | str = "") -> None:
        """Keep the three parts apart, so that a door can show each where it belongs and in the reader's language."""
        self.message = _words(message)
        self.place = place
        self.remedy = _words(remedy)
        super().__init__(str(self))

    def __str__(self) -> str:
        """Return one line: where, what, and what would be right."""
        return self.line(FALLBACK)

    def line(self, language: str) -> str:
        """Return the same line in a language."""
        where = f"{self.place}: " if self.place else ""
        cure = f" ({say(self.remedy, language)})" if self.remedy else ""
        return f"{where}{say(self.message, language)}{cure}"


class BadInput(DialoguesError):
    """A value from outside that cannot be meant as it stands."""


class BadFile(BadInput):
    """A file with one or many wrong places, all of them found in one reading."""

    def __init__(self, problems: list[BadInput]) -> None:
        """Keep every problem in the order of the file."""
        self.problems = problems
        super().__init__({code: "\n".join(one.line(code) for one in problems) for code in LANGUAGES})


class NotFound(DialoguesError):
    """A thing that does not exist, or that this actor must not be able to tell from one that does not exist."""


class NotAllowed(DialoguesError):
    """An act that the permission table does not give to this actor."""


class Conflict(DialoguesError):
    """An act that the present state does not permit."""


class Unavailable(DialoguesError):
    """Something outside this installation that did not answer."""


def _words(text: Words | str) -> Words:
    """Return a text as words: English alone, or none at all, where it was given as it is."""
    return text if not isinstance(text, str) else {FALLBACK: text} if text else {}
