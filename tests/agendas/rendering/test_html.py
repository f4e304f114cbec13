from html.parser import HTMLParser

from agendas.rendering import html
from tests.agendas.rendering.specimens import ARABIC, HOSTILE, specimen


class Reader(HTMLParser):
    """Collects the tags and the words of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_a_fragment_is_one_article_in_its_language_with_headings_in_order() -> None:
    page = Reader(html.fragment(specimen(language="nl")))
    assert page.tags[0] == ("article", {"class": "agenda", "lang": "nl"})
    assert [tag for tag, _ in page.tags if tag in ("h1", "h2", "h3", "h4")] == ["h1", "h2", "h3"]


def test_tables_have_captions_and_headings_with_scope() -> None:
    page = Reader(html.fragment(specimen()))
    assert [tag for tag, _ in page.tags].count("caption") == 5
    scopes = [attributes["scope"] for tag, attributes in page.tags if tag == "th"]
    assert [scopes.count(scope) for scope in ("col", "colgroup", "row")] == [12, 1, 5]


def test_a_fragment_carries_no_style_and_no_script() -> None:
    page = Reader(html.fragment(specimen(texts=HOSTILE)))
    assert [
        tag
        for tag, attributes in page.tags
        if tag in ("script", "style", "link", "img", "a") or "style" in attributes
    ] == []


def test_words_that_mean_harm_stay_words() -> None:
    words = " ".join(Reader(html.fragment(specimen(texts=HOSTILE))).words)
    assert [text for text in HOSTILE[1:4] if text not in words] == []


def test_a_marking_is_the_first_line_and_the_last() -> None:
    words = [
        words.strip() for words in Reader(html.fragment(specimen(marking="OFFICIAL"))).words if words.strip()
    ]
    assert (words[0], words[-1]) == ("OFFICIAL", "OFFICIAL")
    assert "OFFICIAL" not in html.fragment(specimen(marking=None))


def test_a_page_stands_alone() -> None:
    page = html.page(specimen(marking="OFFICIAL"))
    assert page.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert "<title>OFFICIAL · Dialogue on dikes</title>" in page
    assert html.stylesheet().strip() in page
    assert html.fragment(specimen(marking="OFFICIAL")).strip() in page


def test_the_same_document_gives_the_same_page() -> None:
    assert html.page(specimen()) == html.page(specimen())


def test_words_from_right_to_left_keep_their_direction_to_themselves() -> None:
    page = html.fragment(specimen(texts=(f"Visit of {ARABIC} (2), then", "plain")))
    assert f"Visit of \u2068{ARABIC}\u2069 (2), then" in page
