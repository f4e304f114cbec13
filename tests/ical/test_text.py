"""What may stand in a calendar file, and where its lines are folded."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Event as EventComponent

from scheduler.errors import BadInput
from scheduler.ical.text import clean_text, escape, fold, one_line, plain_value, web_address

ANY_TEXT = st.text(st.characters(exclude_categories=[]), max_size=300)
HARD_TEXT = st.text(
    st.sampled_from('\\nN;,:"\r\n \tab\u0085\u2028\u2029\v\f\x00é🇳🇱👩\u200d🏽\u0301\ufe0f'), max_size=200
)


@pytest.mark.parametrize(
    ("given_text", "cleaned"),
    [
        ("two\r\nlines", "two\nlines"),
        ("a lone\rreturn", "a lone\nreturn"),
        ("next\x85line", "next\nline"),
        ("line\u2028and paragraph\u2029separators", "line\nand paragraph\nseparators"),
        ("vertical\vtab, form\ffeed", "vertical\ntab, form\nfeed"),
        ("tab\there", "tab here"),
        ("nul\x00 bell\x07 escape\x1b delete\x7f", "nul bell escape delete"),
        ("half a pair \ud83c and a mark \ufeff", "half a pair  and a mark "),
        ("Ünïcode 🎉 stays", "Ünïcode 🎉 stays"),
    ],
)
def test_clean_text(given_text: str, cleaned: str) -> None:
    assert clean_text(given_text) == cleaned


def test_one_line_keeps_the_words_and_hard_spaces() -> None:
    assert (
        one_line("  A title\r\n over\ttwo  lines, 17\u00a0March ") == "A title over two lines, 17\u00a0March"
    )


@given(ANY_TEXT)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)
    assert one_line(one_line(text)) == one_line(text)


@given(ANY_TEXT | HARD_TEXT)
@example("C:\\New folder")
@example("\\\\n")
def test_text_comes_back_through_a_parser_as_it_was_cleaned(text: str) -> None:
    lines = [b"BEGIN:VEVENT\r\n", fold(f"DESCRIPTION:{escape(clean_text(text))}"), b"END:VEVENT\r\n"]
    assert str(EventComponent.from_ical(b"".join(lines))["DESCRIPTION"]) == clean_text(text)


@given(ANY_TEXT | HARD_TEXT)
def test_folded_lines_are_short_whole_utf8_and_unfold_to_what_they_were(text: str) -> None:
    line = f"SUMMARY:{escape(clean_text(text))}"
    folded = fold(line)
    assert folded.endswith(b"\r\n")
    lines = folded[:-2].split(b"\r\n")
    assert max(len(one) for one in lines) <= 75
    assert [one.decode()[:1] for one in lines[1:]] == [" "] * (len(lines) - 1)
    assert lines[0].decode() + "".join(one.decode()[1:] for one in lines[1:]) == line
    assert b"\n" not in folded.replace(b"\r\n", b"")


@pytest.mark.parametrize(
    "cluster",
    [
        "e\u0301",
        "👩\u200d👩\u200d👧",
        "👍🏽",
        "🇳🇱",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "\\n",
        "\\\\",
        "✈\ufe0f",
    ],
)
def test_no_fold_within_what_a_reader_sees_as_one_character(cluster: str) -> None:
    for shift in range(80):
        lines = fold("SUMMARY:" + "x" * shift + cluster * 30).decode().split("\r\n ")
        pieces = [re.sub("^SUMMARY:", "", line).rstrip("\r\n").lstrip("x") for line in lines]
        assert [piece.replace(cluster, "") for piece in pieces] == [""] * len(pieces)


def test_a_character_with_endless_accents_is_cut_between_accents() -> None:
    folded = fold("SUMMARY:o" + "\u0301" * 200)
    assert max(len(line) for line in folded.split(b"\r\n")) <= 75
    assert folded.decode().replace("\r\n ", "") == "SUMMARY:o" + "\u0301" * 200 + "\r\n"


def test_short_lines_stay_as_they_are_and_long_ones_are_filled() -> None:
    assert fold("A" * 75) == b"A" * 75 + b"\r\n"
    assert fold("A" * 76) == b"A" * 75 + b"\r\n A\r\n"
    assert fold("A" * 150) == b"A" * 75 + b"\r\n " + b"A" * 74 + b"\r\n A\r\n"


@pytest.mark.parametrize(
    "value", ["", "a\r\nBEGIN:VEVENT", "a\nb", "a\rb", "a\x00", "a\u2028b", "a\x85b", "\ud83c"]
)
def test_values_that_are_no_text_refuse_line_breaks(value: str) -> None:
    with pytest.raises(BadInput) as refused:
        plain_value(value, "colour")
    assert refused.value.place == "colour"


def test_plain_values_pass_unchanged() -> None:
    assert plain_value("teal", "colour") == "teal"


@pytest.mark.parametrize(
    "value",
    [
        "",
        "dialogues.example",
        "javascript:alert(1)",
        "mailto:a@b.example",
        "https://",
        "https://a.example/\r\nX:1",
        "https://a.example/a b",
        'https://a.example/"',
        "https://a.example/é",
    ],
)
def test_what_is_no_web_address_is_refused(value: str) -> None:
    with pytest.raises(BadInput) as refused:
        web_address(value, "url")
    assert refused.value.place == "url"


def test_a_web_address_passes_unchanged() -> None:
    assert web_address("https://a.example/m/7?a=1,2;3#x%20y", "url") == "https://a.example/m/7?a=1,2;3#x%20y"
