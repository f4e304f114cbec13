import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument

from agendas.drafting.paper import compose
from agendas.drafting.rules import draft
from agendas.rendering.docx import STYLES, TEMPLATE, render
from scheduler.errors import BadInput
from tests.agendas.drafting.soc import commitment, soc_facts
from tests.agendas.rendering.specimens import HOSTILE, specimen


def opened(content: bytes) -> WordDocument:
    return docx.Document(BytesIO(content))


def words(document: WordDocument) -> list[str]:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [*(paragraph.text for paragraph in document.paragraphs), *cells]


def test_every_commitment_of_a_draft_is_in_the_file_exactly_once() -> None:
    extra = commitment("JS-C99", kind="political_position")
    facts = soc_facts(commitments=(*soc_facts().commitments, extra))
    text = "\n".join(words(opened(render(compose(draft(facts), facts, "en")))))
    assert {one.key: text.count(one.key) for one in facts.commitments} == {
        one.key: 1 for one in facts.commitments
    }


def test_the_structure_is_words_own() -> None:
    document = opened(render(specimen()))
    styles = {paragraph.style.name for paragraph in document.paragraphs if paragraph.style}
    assert {"Title", "Subtitle", "Heading 2", "Heading 3", "List Bullet Lead In"} <= styles
    assert [len(table.columns) for table in document.tables] == [2, 6, 3, 2, 3]
    repeated = [bool(table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")) for table in document.tables]  # noqa: SLF001
    assert repeated == [False, True, True, True, True]


def test_the_language_is_set_for_words_and_for_the_file() -> None:
    document = opened(render(specimen(language="nl")))
    assert {str(language) for language in document.styles.element.xpath("//w:lang/@w:val")} == {"nl-NL"}
    assert document.core_properties.language == "nl-NL"


def test_the_marking_stands_in_the_first_line_the_header_and_the_footers() -> None:
    document = opened(render(specimen(marking="OFFICIAL")))
    section = document.sections[0]
    assert document.paragraphs[0].text == "OFFICIAL"
    assert section.header.paragraphs[0].text == "OFFICIAL"
    assert section.footer.paragraphs[-1].text == section.first_page_footer.paragraphs[-1].text == "OFFICIAL"
    assert "PAGE" in section.footer._element.xml  # noqa: SLF001
    unmarked = opened(render(specimen(marking=None)))
    assert unmarked.paragraphs[0].text == "Draft agenda"


def test_the_file_says_nothing_of_who_made_it_or_when() -> None:
    content = render(specimen())
    properties = opened(content).core_properties
    assert (properties.author, properties.last_modified_by, properties.comments, properties.keywords) == (
        "",
        "",
        "",
        "",
    )
    assert properties.title == "Dialogue on dikes"
    assert properties.created == properties.modified == datetime(2027, 2, 10, tzinfo=UTC)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"Application" not in archive.read("docProps/app.xml")


def test_equal_content_gives_equal_bytes() -> None:
    assert render(specimen()) == render(specimen())
    assert render(specimen()) != render(replace(specimen(), title="Another"))


def test_words_that_mean_harm_stay_words() -> None:
    table = opened(render(specimen(texts=HOSTILE))).tables[2]
    assert [row.cells[1].text for row in table.rows[1:]] == [
        "ab[31mc",
        HOSTILE[1],
        HOSTILE[2],
        HOSTILE[3],
        HOSTILE[4].replace("\n", " "),
        "evilx",
        f"\u2068{HOSTILE[6]}\u2069",
        "lone ",
        HOSTILE[8],
    ]


def test_the_template_has_the_styles_that_texts_ask_for() -> None:
    known = {str(name) for name in docx.Document(str(TEMPLATE)).styles.element.xpath("//w:style/@w:styleId")}
    assert {style for style in STYLES.values() if style} - known == set()


def test_a_template_of_a_ministry_takes_the_place_of_ours(tmp_path: Path) -> None:
    path = template(tmp_path, "{{ title }} of the ministry", "{{ marking }}")
    assert [paragraph.text for paragraph in opened(render(specimen(), path)).paragraphs] == [
        "Dialogue on dikes of the ministry",
        "OFFICIAL",
    ]


@pytest.mark.parametrize(
    "tag",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ title.__init__.__globals__ }}",
        "{% for x in %}",
        "{{ unknown }}",
        "{{ title",
        "{% include 'agenda.typ' %}",
        "{{ title + 1 }}",
        "{{ 1 / 0 }}",
        "{{ blocks[99] }}",
        "{% for n in range(10**9) %}x{% endfor %}",
        "{% for n in range(99999) %}{% for m in range(99999) %}x{% endfor %}{% endfor %}",
        "{% for a in blocks %}{% for b in blocks %}{% for c in blocks %}x{% endfor %}{% endfor %}{% endfor %}",
        "{{ 'x' * 10000000000 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ title ~ title }}",
        "{{ '%9999999999d' | format(1) }}",
        "{{ title | center(1000000000) }}",
        "{{ title | replace('a', 'aaaaaaaa') }}",
        "{{ title | attr('__class__') }}",
        "{{ title['__class__'] }}",
        "{% set x = title %}",
        "{% macro m() %}{{ m() }}{% endmacro %}",
        "{% for a in blocks recursive %}{{ loop(blocks) }}{% endfor %}",
        "{{ kicker | safe }}",
        "{{ cycler.__init__ }}",
        "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",
    ],
)
def test_a_broken_or_hostile_template_is_refused(tmp_path: Path, tag: str) -> None:
    path = template(tmp_path, tag)
    with pytest.raises(BadInput) as refused:
        render(specimen(), path)
    assert refused.value.place.partition(",")[0] == str(path)


def test_what_is_no_word_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "picture.docx"
    path.write_bytes(b"\x89PNG")
    with pytest.raises(BadInput) as refused:
        render(specimen(), path)
    assert refused.value.remedy["en"] == "give a Word file (.docx)"


def template(folder: Path, *paragraphs: str) -> Path:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    path = folder / "ministry.docx"
    document.save(str(path))
    return path


def test_a_refusal_names_the_words_around_the_fault(tmp_path: Path) -> None:
    path = template(tmp_path, "Dear colleague,", "{{ titel }} is the subject", "Yours")
    with pytest.raises(BadInput) as refused:
        render(specimen(), path)
    assert str(refused.value) == (
        f"{path}, near “Dear colleague, {{{{ titel }}}} is the subject Yours”: "
        "the template’s tags cannot be followed: 'titel' is unknown (see templates/agenda/README.md)"
    )


def test_a_short_table_stays_on_one_page_and_a_long_one_does_not_begin_with_a_single_row() -> None:
    def kept(rows: int) -> list[bool]:
        texts = tuple(f"{'word ' * 20}{number}" for number in range(rows))
        word = docx.Document(BytesIO(render(specimen(texts=texts))))
        table = next(table for table in word.tables if table.cell(0, 0).text == "Reference")
        paragraphs = [row.cells[0].paragraphs[0] for row in table.rows]
        return [bool(paragraph.paragraph_format.keep_with_next) for paragraph in paragraphs]

    assert kept(3) == [True, True, True, False]
    assert kept(40) == [True, True, *[False] * 39]


def test_the_numbers_of_words_sessions_stay_behind_and_typed_ones_stay_words() -> None:
    typed = 'we typed w:rsidR="00FC693F" ourselves'
    assert b"w:rsid" in zipfile.ZipFile(TEMPLATE).read("word/settings.xml")
    with zipfile.ZipFile(BytesIO(render(specimen(texts=(typed,))))) as packed:
        found = {name: packed.read(name).count(b"w:rsid") for name in packed.namelist()}
        assert {name: count for name, count in found.items() if count} == {"word/document.xml": 1}
        assert typed.encode() in packed.read("word/document.xml").replace(b"&quot;", b'"')
