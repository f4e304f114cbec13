import pytest
from hypothesis import given
from hypothesis import strategies as st

from agendas.rendering.document import (
    LONGEST_TEXT,
    Furniture,
    Heading,
    Paragraph,
    Span,
    Table,
    clean,
    isolated,
    joined,
    leads_on,
    plain,
    span,
)
from tests.agendas.rendering.specimens import ARABIC, HEBREW, specimen


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("plain words", "plain words"),
        ("two\n\tlines\u2028three", "two lines three"),
        ("a\x00b\x07c\x1b[31m", "abc[31m"),
        ("\ud800lone\ufffe\U0001fffe", "lone"),
        ("\u202eevil\u2066\u200f", "evil"),
        ("👩‍👩‍👧 שלום مرحبا 中文 é", "👩‍👩‍👧 שלום مرحبا 中文 é"),
    ],
)
def test_text_keeps_its_words_and_loses_what_cannot_be_written(given_text: str, expected: str) -> None:
    assert clean(given_text) == expected


@given(st.text(max_size=200))
def test_cleaning_is_done_once_and_for_all(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert all(allowed_in_xml(character) for character in clean(text))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("plain, é and 中文", "plain, é and 中文"),
        (f"Visit of {ARABIC} (2), then", f"Visit of \u2068{ARABIC}\u2069 (2), then"),
        (f"{HEBREW} (3) to all", f"\u2068{HEBREW} (3) to all\u2069"),
        (f"a {HEBREW} b {ARABIC} c", f"a \u2068{HEBREW}\u2069 b \u2068{ARABIC}\u2069 c"),
    ],
)
def test_words_from_right_to_left_keep_their_direction_to_themselves(text: str, kept: str) -> None:
    assert isolated(text) == kept


def test_a_paste_without_end_is_cut_with_an_ellipsis() -> None:
    cut = clean("x" * (LONGEST_TEXT + 1))
    assert (len(cut), cut[-1]) == (LONGEST_TEXT, "…")


def test_whatever_is_made_holds_clean_text() -> None:
    assert Span("a\x00").text == "a"
    assert Table("facts", "c\x00", ("h\x00",), ()).header == ("h",)
    assert Furniture("k\x00", "", "f\x00", "", "") == Furniture("k", "", "f", "", "")
    assert specimen(marking="M\x00").marking == "M"
    assert specimen(marking="").marking is None


def test_texts_are_joined_by_a_quiet_dot_and_empty_ones_passed_over() -> None:
    assert plain(joined([span("a"), (), span("b")])) == "a · b"
    assert joined([(), ()]) == ()
    assert joined([span("a"), span("b")])[1].style == "quiet"


def test_a_block_leads_on_to_what_it_introduces() -> None:
    heading, smaller, words = Heading(2, span("A")), Heading(3, span("B")), Paragraph(span("words"))
    assert list(leads_on((heading, words, smaller, words, words, smaller, words, heading, words))) == [
        True, True, True, True, False, True, False, True, False,
    ]  # fmt: skip


def allowed_in_xml(character: str) -> bool:
    code = ord(character)
    return code == 0x20 or 0x21 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF
