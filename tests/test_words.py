"""Texts in languages: the one asked for, else English, else whatever there is."""

import pytest

from scheduler.words import Words, say


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
