from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from pypdf import PdfReader

from agendas.drafting.paper import compose
from agendas.drafting.rules import draft
from agendas.rendering.document import Paragraph, span
from agendas.rendering.pdf import Pdf, render
from tests.agendas.drafting.soc import soc_facts
from tests.agendas.rendering.specimens import HOSTILE, specimen


def words(pdf: Pdf) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf.content)).pages).split())


@pytest.mark.parametrize(("language", "tag"), [("en", "en"), ("nl", "nl")])
def test_the_file_is_tagged_has_a_language_and_a_title(language: str, tag: str) -> None:
    pdf = render(specimen(language=language))
    assert (pdf.standard, pdf.numbered) == ("ua-1", ())
    with pikepdf.open(BytesIO(pdf.content)) as file:
        assert file.Root.MarkInfo.Marked
        assert str(file.Root.Lang) == tag
        assert bool(file.Root.ViewerPreferences.DisplayDocTitle)
        with file.open_metadata() as metadata:
            assert (metadata["dc:title"], metadata["pdfuaid:part"]) == ("Dialogue on dikes", "1")


def test_its_tags_are_headings_tables_and_lists() -> None:
    with pikepdf.open(BytesIO(render(specimen()).content)) as file:
        found = {
            str(node.S)
            for node in file.objects
            if isinstance(node, pikepdf.Dictionary) and "/S" in node and "/P" in node
        }
    assert {"/H1", "/H2", "/H3", "/Table", "/TR", "/TH", "/TD", "/L", "/LI"} <= found


def test_every_line_of_a_draft_is_in_the_file() -> None:
    facts = soc_facts()
    text = words(render(compose(draft(facts), facts, "nl")))
    assert [one.key for one in facts.commitments if one.key not in text] == []
    assert "dinsdag 23 maart 2027" in text
    assert "Pagina 3 van 3" in text


def test_the_marking_stands_on_every_page_above_and_below() -> None:
    facts = soc_facts()
    pdf = render(compose(draft(facts), facts, "en", marking="OFFICIAL"))
    marks = {page.extract_text().count("OFFICIAL") for page in PdfReader(BytesIO(pdf.content)).pages}
    assert marks == {2}
    assert words(render(specimen(marking="OFFICIAL"))).startswith("OFFICIAL Draft agenda")


def test_equal_content_gives_equal_bytes() -> None:
    assert render(specimen()) == render(specimen())
    assert render(specimen()).content != render(replace(specimen(), title="Another")).content


def test_no_line_parts_a_number_from_its_word_or_a_date() -> None:
    texts = [f"{'o ' * count}on 29 January 2027 see paragraph 2" for count in range(30, 80)]
    blocks = tuple(Paragraph(span(text)) for text in texts)
    pdf = render(replace(specimen(), blocks=blocks))
    lines = [
        line.strip()
        for page in PdfReader(BytesIO(pdf.content)).pages
        for line in page.extract_text().splitlines()
    ]
    assert [line for line in lines if line.endswith((" on", " 29", " January", " paragraph"))] == []


def test_words_that_mean_harm_stay_words() -> None:
    pdf = render(specimen(texts=HOSTILE))
    assert pdf.standard == "ua-1"
    assert "{{ 7*7 }} {% for x in y %}" in words(pdf)
    assert '#set page(fill: red) #read("/etc/passwd")' in words(pdf)


def test_names_in_the_scripts_that_the_fonts_have_are_drawn_as_they_are() -> None:
    names = ("Zażółć gęślą jaźń", "Ελλάδα", "Україна", "مرحبا", "שלום")
    pdf = render(specimen(texts=names))
    assert (pdf.standard, pdf.numbered) == ("ua-1", ())
    assert [name for name in names[:3] if name not in words(pdf)] == []


def test_a_character_that_no_font_has_is_shown_by_its_number_and_logged_by_name(
    capsys: pytest.CaptureFixture[str],
) -> None:
    pdf = render(specimen(texts=("王小明 and 😀", "漢字, ไทย \uf0b7")))
    assert (pdf.standard, pdf.numbered) == ("ua-1", ("CJK", "GRINNING FACE", "THAI", "UNNAMED"))
    assert "[U+738B U+5C0F U+660E] and [U+1F600]" in words(pdf)
    assert "[U+6F22 U+5B57], [U+0E44 U+0E17 U+0E22] [U+F0B7]" in words(pdf)
    said = capsys.readouterr().out
    assert "pdf.characters_numbered" in said
    assert "CJK" in said
    assert "王" not in said
    assert "738B" not in said


def test_more_pictures_than_there_is_patience_for_are_shown_by_their_numbers_without_the_claim() -> None:
    pictures = "".join(chr(0x1F400 + 2 * number) for number in range(40))
    pdf = render(specimen(texts=(pictures,)))
    assert pdf.standard is None
    assert [picture for picture in pictures if f"U+{ord(picture):04X}" not in words(pdf)] == []
