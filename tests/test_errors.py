"""What went wrong, on one line: where, what, and what would be right."""

import pytest

from scheduler.errors import BadFile, BadInput, Conflict, DialoguesError, NotAllowed, NotFound, Unavailable


@pytest.mark.parametrize(
    ("place", "remedy", "expected"),
    [
        ("", "", "there is none"),
        ("--as", "", "--as: there is none"),
        ("", "name one", "there is none (name one)"),
        ("--as", "name one", "--as: there is none (name one)"),
    ],
)
def test_an_error_reads_as_one_line(place: str, remedy: str, expected: str) -> None:
    assert str(NotFound("there is none", place=place, remedy=remedy)) == expected


def test_a_file_says_everything_that_is_wrong_with_it() -> None:
    problems = [
        BadInput("is missing", place="line 1"),
        BadInput("is empty", place="line 2", remedy="fill it"),
    ]
    error = BadFile(problems)
    assert str(error) == "line 1: is missing\nline 2: is empty (fill it)"
    assert error.problems == problems


def test_every_noun_can_be_caught_as_one() -> None:
    assert set(DialoguesError.__subclasses__()) >= {BadInput, NotFound, NotAllowed, Conflict, Unavailable}
    assert issubclass(BadFile, BadInput)


def test_an_error_is_said_in_the_language_of_whoever_reads_it() -> None:
    error = NotFound(
        {"en": "there is none", "nl": "er is er geen"},
        place="--as",
        remedy={"en": "name one", "nl": "noem er een"},
    )
    assert [error.line("nl"), error.line("en"), str(error)] == [
        "--as: er is er geen (noem er een)",
        "--as: there is none (name one)",
        "--as: there is none (name one)",
    ]
    assert BadInput("is empty").line("nl") == "is empty"


def test_a_file_says_what_is_wrong_with_it_in_every_language() -> None:
    error = BadFile([BadInput({"en": "is missing", "nl": "ontbreekt"}, place="a"), BadInput("is empty")])
    assert (error.line("nl"), error.line("en")) == ("a: ontbreekt\nis empty", "a: is missing\nis empty")
