"""What can go wrong, as a few nouns that know nothing of HTTP or of exit codes.

Each door maps them once. A message says what is wrong; ``place`` says where (file, line, field, option);
``remedy`` says what would be right.
"""


class DialoguesError(Exception):
    """Something a person can understand and mend."""

    def __init__(self, message: str, *, place: str = "", remedy: str = "") -> None:
        """Keep the three parts apart, so that a door can show each where it belongs."""
        super().__init__(message)
        self.message = message
        self.place = place
        self.remedy = remedy

    def __str__(self) -> str:
        """Return one line: where, what, and what would be right."""
        where = f"{self.place}: " if self.place else ""
        cure = f" ({self.remedy})" if self.remedy else ""
        return f"{where}{self.message}{cure}"


class BadInput(DialoguesError):
    """A value from outside that cannot be meant as it stands."""


class BadFile(BadInput):
    """A file with one or many wrong places, all of them found in one reading."""

    def __init__(self, problems: list[BadInput]) -> None:
        """Keep every problem in the order of the file."""
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


class NotFound(DialoguesError):
    """A thing that does not exist, or that this actor must not be able to tell from one that does not exist."""


class NotAllowed(DialoguesError):
    """An act that the permission table does not give to this actor."""


class Conflict(DialoguesError):
    """An act that the present state does not permit."""


class Unavailable(DialoguesError):
    """Something outside this installation that did not answer."""
