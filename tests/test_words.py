"""Texts in languages: the one asked for, else English, else whatever there is."""

import pytest

from scheduler.words import Words, on_one_line, say


@pytest.mark.parametrize(
    ("words", "language", "expected"),
    [
        ({"en": "Crime", "nl": "Misdaad"}, "nl", "Misdaad"),
        ({"en": "Crime", "nl": "Misdaad"}, "de", "Crime"),
        ({"en": "Crime", "nl": ""}, "nl", "Crime"),
        ({"nl": "Misdaad"}, "en", "Misdaad"),
        ({"en": "", "fr": "Crime"}, "nl", "Crime"),
        ({}, "en", ""),
    ],
)
def test_what_is_said(words: Words, language: str, expected: str) -> None:
    assert say(words, language) == expected


def test_what_is_typed_steers_no_terminal() -> None:
    assert on_one_line(" An\x1b]0;yours\x07 old\r\n\u202ereason – één ") == "An ]0;yours old reason – één"
    assert on_one_line("\x1b\n") == ""
