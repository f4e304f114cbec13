import time
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import docx
import pytest

from agendas.rendering.document import Document
from agendas.rendering.docx import TEMPLATE, render
from agendas.rendering.formats import render as render_as
from agendas.rendering.word_template import MOST_BYTES, MOST_TAGGED, examined
from scheduler.errors import BadInput
from tests.agendas.rendering.specimens import specimen

RELATIONSHIPS = "word/_rels/document.xml.rels"
BODY = "word/document.xml"


def changed(folder: Path, added: Mapping[str, bytes] | None = None, **replaced: tuple[bytes, bytes]) -> Path:
    """Write the shipped template with parts added, or with words of its body or relationships replaced."""
    path = folder / "agenda.docx"
    names = {
        "body": BODY,
        "relationships": RELATIONSHIPS,
        "types": "[Content_Types].xml",
        "settings": "word/settings.xml",
    }
    changes = {names[part]: change for part, change in replaced.items()}
    with zipfile.ZipFile(TEMPLATE) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            before, after = changes.get(name, (b"", b""))
            content = source.read(name)
            assert before in content
            target.writestr(name, content.replace(before, after, 1) if before else content)
        for name, content in (added or {}).items():
            target.writestr(name, content)
    return path


def written(document: Document, folder: Path) -> str:
    """Return the line above the title of the Word file."""
    paragraphs = docx.Document(BytesIO(render_as(document, "docx", folder))).paragraphs
    return paragraphs[1].text


def refusal(path: Path) -> str:
    with pytest.raises(BadInput) as refused:
        render(specimen(), path)
    return str(refused.value).replace(str(path.parent), "folder")


def relationship(kind: str, target: str) -> tuple[bytes, bytes]:
    type_ = f"http://x.example/relationships/{kind}"
    own = f'<Relationship Id="rId99" Type="{type_}" Target="{target}" TargetMode="External"/>'
    return b"</Relationships>", own.encode() + b"</Relationships>"


def test_the_shipped_template_passes() -> None:
    assert examined(TEMPLATE).getvalue() == TEMPLATE.read_bytes()


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("image", "https://pictures.example/arms.png"),
        ("attachedTemplate", "file:///share/ministry.dotm"),
        ("oleObject", "https://x.example/a"),
        ("hyperlink", "file:///etc/passwd"),
        ("hyperlink", "javascript:alert(1)"),
    ],
)
def test_what_is_fetched_from_elsewhere_is_refused(tmp_path: Path, kind: str, target: str) -> None:
    assert refusal(changed(tmp_path, relationships=relationship(kind, target))) == (
        f"folder/agenda.docx, {RELATIONSHIPS}: fetches something from elsewhere (put pictures into the file itself)"
    )


@pytest.mark.parametrize(
    "markup",
    [
        b'<w:altChunk r:id="rId1" />',
        (
            b'<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml">'
            b'<v:imagedata src="https://x.example/a.png"/></v:shape></w:pict></w:r></w:p>'
        ),
    ],
)
def test_another_file_is_not_fetched_by_an_element_either(tmp_path: Path, markup: bytes) -> None:
    assert refusal(changed(tmp_path, body=(b"<w:sectPr ", markup + b"<w:sectPr "))) == (
        f"folder/agenda.docx, {BODY}: fetches something from elsewhere (put pictures into the file itself)"
    )


def test_a_relationship_is_read_as_word_reads_it(tmp_path: Path) -> None:
    mark, own = relationship("image", "https://pictures.example/arms.png")
    path = changed(tmp_path, relationships=(mark, own.replace(b"External", b"Ext&#101;rnal")))
    assert refusal(path) == (
        f"folder/agenda.docx, {RELATIONSHIPS}: fetches something from elsewhere (put pictures into the file itself)"
    )


def test_a_link_to_a_page_of_the_ministry_may_stand(tmp_path: Path) -> None:
    path = changed(tmp_path, relationships=relationship("hyperlink", "https://ministry.example/"))
    assert render(specimen(), path)[:2] == b"PK"


@pytest.mark.parametrize(
    "name", ["word/vbaProject.bin", "word/activeX/activeX1.xml", "word/embeddings/sheet.xlsx"]
)
def test_programs_and_embedded_files_are_refused(tmp_path: Path, name: str) -> None:
    assert refusal(changed(tmp_path, {name: b"x"})) == (
        f"folder/agenda.docx, {name}: holds a program or an embedded file (save it as a plain .docx)"
    )


def test_a_file_with_macros_is_refused_by_its_name_and_by_its_type(tmp_path: Path) -> None:
    macro = tmp_path / "agenda.docm"
    macro.write_bytes(TEMPLATE.read_bytes())
    assert refusal(macro) == "folder/agenda.docm: is no .docx (give a Word file (.docx))"
    path = changed(tmp_path, types=(b"wordprocessingml.document.main+xml", b"macroEnabled.main+xml"))
    assert refusal(path) == (
        "folder/agenda.docx, [Content_Types].xml: is a file with macros (save it as a plain .docx)"
    )


@pytest.mark.parametrize("field", ["DDEAUTO", "INCLUDEPICTURE", "includetext", "LINK"])
def test_fields_that_fetch_or_run_are_refused(tmp_path: Path, field: str) -> None:
    own = f"<w:p><w:r><w:instrText> {field} x</w:instrText></w:r></w:p><w:sectPr ".encode()
    assert refusal(changed(tmp_path, body=(b"<w:sectPr ", own))) == (
        f"folder/agenda.docx, {BODY}: has a field {field.upper()}, which fetches or runs something"
        " (take the field out)"
    )


@pytest.mark.parametrize(
    "markup",
    [
        b"<w:r><w:instrText> INCL</w:instrText></w:r><w:r><w:instrText>UDEPICTURE x</w:instrText></w:r>",
        b"<w:fldSimple w:instr=' INCLUDEPICTUR&#69; x'/>",
        b"<w:fldSimple w:dirty='0' w:instr=\" INCLUDEPICTURE x\"/>",
        b'<q:fldSimple xmlns:q="urn:another-prefix" q:instr="INCLUDEPICTURE x"/>',
        (
            b'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>INCLUDE</w:instrText></w:r>'
            b'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
            b'<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:instrText>PICTURE x</w:instrText></w:r>'
        ),
    ],
)
def test_a_field_is_read_as_word_reads_it(tmp_path: Path, markup: bytes) -> None:
    path = changed(tmp_path, body=(b"<w:sectPr ", b"<w:p>" + markup + b"</w:p><w:sectPr "))
    assert "has a field INCLUDE" in refusal(path)


def test_a_part_is_read_whatever_its_name_is(tmp_path: Path) -> None:
    part = b'<a><fldSimple instr="DDEAUTO x"/></a>'
    assert refusal(changed(tmp_path, {"word/foot.dat": part})) == (
        "folder/agenda.docx, word/foot.dat: has a field DDEAUTO, which fetches or runs something (take the field out)"
    )


def test_what_word_and_filing_systems_keep_unseen_in_a_template_does_not_travel(tmp_path: Path) -> None:
    people = (
        b'<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">'
        b'<w15:person w15:author="A. Person"/></w15:people>'
    )
    kept = b'<w:docVars><w:docVar w:name="file" w:val="A. Person"/></w:docVars></w:settings>'
    path = changed(
        tmp_path,
        {"word/people.xml": people},
        types=(
            b"</Types>",
            (
                b'<Override PartName="/word/people.xml" ContentType="application/vnd.openxmlformats-officedocument.'
                b'wordprocessingml.people+xml"/></Types>'
            ),
        ),
        relationships=(
            b"</Relationships>",
            (
                b'<Relationship Id="rId99" Type="http://schemas.microsoft.com/office/2011/relationships/people"'
                b' Target="people.xml"/></Relationships>'
            ),
        ),
        settings=(b"</w:settings>", kept),
    )
    with zipfile.ZipFile(BytesIO(render(specimen(), path))) as packed:
        assert "word/people.xml" in packed.namelist()
        assert [name for name in packed.namelist() if b"A. Person" in packed.read(name)] == []


def test_names_of_those_who_changed_the_template_do_not_travel(tmp_path: Path) -> None:
    own = b'<w:p><w:ins w:id="1" w:author="A. Person"><w:r><w:t>x</w:t></w:r></w:ins></w:p><w:sectPr '
    assert refusal(changed(tmp_path, body=(b"<w:sectPr ", own))) == (
        f"folder/agenda.docx, {BODY}: has comments or tracked changes with names"
        " (accept the changes, delete the comments)"
    )


def test_entities_are_refused(tmp_path: Path) -> None:
    path = changed(tmp_path, {"customXml/item1.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'})
    assert refusal(path) == (
        "folder/agenda.docx, customXml/item1.xml: declares a document type (save it again in Word)"
    )


def test_what_unpacks_to_too_much_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    started = time.monotonic()
    assert refusal(changed(tmp_path, {"word/media/bomb.xml": b"\0" * 50_000_000})) == (
        "folder/agenda.docx: unpacks to too much (at most 40,000,000 bytes)"
    )
    assert refusal(changed(tmp_path, {f"word/media/{number}.xml": b"" for number in range(400)})) == (
        "folder/agenda.docx: has 412 parts (at most 300)"
    ).replace("412", str(400 + len(zipfile.ZipFile(TEMPLATE).namelist())))
    assert time.monotonic() - started < 10


def test_a_large_file_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "agenda.docx"
    path.write_bytes(b"PK" + b"x" * MOST_BYTES)
    assert refusal(path) == "folder/agenda.docx: is larger than 10,000,000 bytes (give a smaller file)"


def test_a_template_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert refusal(tmp_path / "agenda.docx") == (
        "folder/agenda.docx: No such file or directory (give a Word file (.docx))"
    )


@pytest.mark.parametrize(
    "pattern", [b"{%", b"{{", b"{% for a in b %}", b"{</w:t><w:t>%", b"&#123;&#123;", b"{%p "]
)
def test_a_body_full_of_tags_is_refused_in_a_bounded_time(tmp_path: Path, pattern: bytes) -> None:
    filling = pattern * (MOST_TAGGED // len(pattern) // 4)
    own = b"<w:p><w:r><w:t>" + filling + b"</w:t></w:r></w:p><w:sectPr "
    started = time.monotonic()
    path = changed(tmp_path, body=(b"<w:sectPr ", own))
    assert refusal(path).startswith(f"folder/agenda.docx, {BODY}: ")
    assert time.monotonic() - started < 5


def test_a_million_characters_of_words_are_no_template(tmp_path: Path) -> None:
    own = b"<w:p><w:r><w:t>" + b"a" * MOST_TAGGED + b"</w:t></w:r></w:p><w:sectPr "
    assert refusal(changed(tmp_path, body=(b"<w:sectPr ", own))) == (
        f"folder/agenda.docx, {BODY}: is too large (take out what no document needs)"
    )


def test_each_kind_of_document_may_have_a_template_of_its_own(tmp_path: Path) -> None:
    changed(tmp_path, body=(b"{{ kicker }}", b"the ministry: {{ kicker }}"))
    (tmp_path / "record.docx").write_bytes((tmp_path / "agenda.docx").read_bytes())
    changed(tmp_path, body=(b"{{ kicker }}", b"for all: {{ kicker }}"))
    assert written(specimen(kind="record"), tmp_path) == "the ministry: Draft agenda"
    assert written(specimen(kind="briefing"), tmp_path) == "for all: Draft agenda"
    (tmp_path / "agenda.docx").unlink()
    assert written(specimen(kind="briefing"), tmp_path) == "Draft agenda"


def test_a_folder_of_templates_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as refused:
        render_as(specimen(), "docx", tmp_path / "none")
    assert refused.value.message["en"] == "is no folder"
