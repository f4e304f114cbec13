import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agendas.text import LONGEST, accept, accept_line
from scheduler.errors import BadInput


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("plain words", "plain words"),
        ("one\r\ntwo\rthree\x0bfour\u2028five\x0csix", "one\ntwo\nthree\nfour\nfive\nsix"),
        (
            "Port\tContainers\tSeized\r\nRotterdam\t12\xa0000\t\r\n",
            "Port | Containers | Seized\nRotterdam | 12 000",
        ),
        ("Port\x07Seized\x07\nRotterdam\x07 12 \x07", "Port | Seized\nRotterdam | 12"),
        ("•\tfirst\n·  second\no\tthird\n\uf0b7 fourth", "- first\n- second\n- third\n- fourth"),
        ("a\n\n\n\n\nb\n\n", "a\n\nb"),
        ("\ufeffmar\xadking  of\u2009things", "marking of things"),
        ("Zoe\u0308", "Zoë"),
        ("👩‍👩‍👧 שלום مرحبا 中文 می‌خواهم", "👩‍👩‍👧 שלום مرحبا 中文 می‌خواهم"),
    ],
)
def test_a_paste_becomes_lines_that_say_the_same(pasted: str, kept: str) -> None:
    assert accept(pasted, "objective") == kept


@pytest.mark.parametrize(
    ("pasted", "refusal"),
    [
        ("one\ntw\x00o", "objective: U+0000 in line 2, column 3 is a control character (take it out)"),
        ("\x1b[31m", "objective: U+001B in line 1, column 1 is a control character (take it out)"),
        ("a\ud800", "objective: U+D800 in line 1, column 2 is half a character (copy the text again)"),
        ("a\ufffe", "objective: U+FFFE in line 1, column 2 is no character (take it out)"),
        ("\u200bagree", "objective: U+200B in line 1, column 1 cannot be seen (take it out)"),
        ("ag\u200dree", "objective: U+200D in line 1, column 3 cannot be seen (take it out)"),
        ("\U000e0041", "objective: U+E0041 in line 1, column 1 cannot be seen (take it out)"),
        (
            "pay \u202e001\u202c",
            (
                "objective: U+202E in line 1, column 5 turns the direction of writing, unseen"
                " (any script may be typed as it is)"
            ),
        ),
    ],
)
def test_what_cannot_be_seen_is_refused_with_its_place(pasted: str, refusal: str) -> None:
    with pytest.raises(BadInput) as refused:
        accept(pasted, "objective")
    assert str(refused.value) == refusal


@pytest.mark.parametrize(
    ("pasted", "refusal"),
    [
        ("een\ntw\x00ee", "tekst: U+0000 op regel 2, positie 3 is een besturingsteken (haal het weg)"),
        (
            "\u202e001",
            (
                "tekst: U+202E op regel 1, positie 1 keert ongezien de schrijfrichting om"
                " (elk schrift kan zonder zulke tekens worden getypt)"
            ),
        ),
        (
            "x" * (LONGEST + 1),
            "tekst: 20.001 tekens is te veel (hoogstens 20.000; stuur de rest als afzonderlijk stuk)",
        ),
    ],
)
def test_a_refusal_says_in_dutch_too_where_what_stands(pasted: str, refusal: str) -> None:
    with pytest.raises(BadInput) as refused:
        accept(pasted, "tekst")
    assert refused.value.line("nl") == refusal


def test_a_paste_of_five_megabytes_is_refused_at_once_and_in_words() -> None:
    with pytest.raises(BadInput) as refused:
        accept("x" * 5_000_000, "background")
    assert str(refused.value) == (
        "background: 5,000,000 characters are too many (at most 20,000; send the rest as a paper of its own)"
    )


def test_a_text_as_long_as_may_be_is_kept() -> None:
    assert accept("é" * LONGEST, "background") == "é" * LONGEST


def test_a_title_stands_on_one_line() -> None:
    assert accept_line(" Illicit\r\n firearms\t", "title") == "Illicit firearms"


@given(
    st.text(
        st.characters(exclude_categories=("Cs", "Cc", "Cf", "Cn"), exclude_characters="\ufffc"), max_size=120
    )
)
def test_taking_a_text_twice_is_taking_it_once(text: str) -> None:
    once = accept(text, "notes")
    assert accept(once, "notes") == once


@given(st.text(max_size=60))
def test_whatever_is_kept_can_be_seen_or_is_a_line_end_or_joins(text: str) -> None:
    try:
        kept = accept(text, "notes")
    except BadInput as refused:
        assert (refused.place, "line" in refused.message["en"]) == ("notes", True)  # noqa: PT017  # both ways out are right, and both are checked
        return
    assert {unicodedata.category(character) for character in kept if character not in "\n\u200c\u200d"} & {
        "Cc",
        "Cs",
    } == set()
