from pathlib import Path
from shutil import copy
from typing import get_args

import pytest

from agendas.rendering.checking import check_templates
from agendas.rendering.document import Kind
from agendas.rendering.docx import TEMPLATE
from agendas.rendering.formats import TEMPLATES, render
from scheduler.errors import BadInput
from tests.agendas.rendering.specimens import specimen

KNOWN = "agenda.docx, annotated.docx, briefing.docx, record.docx, note.docx, report.docx"


def refusal(folder: Path) -> str:
    with pytest.raises(BadInput) as refused:
        check_templates(folder)
    return str(refused.value).replace(str(folder), "folder")


def test_every_kind_of_document_can_have_a_template(tmp_path: Path) -> None:
    for kind in get_args(Kind):
        copy(TEMPLATE, tmp_path / f"{kind}.docx")
    assert [path.name for path in check_templates(tmp_path)] == sorted(TEMPLATES)


@pytest.mark.parametrize("name", ["anotated.docx", "agenda.dotx", "record.typ", "Agenda.docx", "agenda"])
def test_a_file_that_nothing_would_find_is_named_with_those_that_are_known(tmp_path: Path, name: str) -> None:
    copy(TEMPLATE, tmp_path / name)
    said = (
        f"folder/{name}: is the name of no template "
        f"(only Word templates can be replaced: {KNOWN}; fonts lie in the folder fonts)"
    )
    assert refusal(tmp_path) == said
    with pytest.raises(BadInput) as refused:
        render(specimen(), "docx", tmp_path)
    assert str(refused.value).replace(str(tmp_path), "folder") == said


def test_a_folder_that_is_none_of_fonts_is_named(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    assert refusal(tmp_path).startswith("folder/letters: is the name of no template ")


def test_notes_for_people_and_what_word_keeps_beside_an_open_file_are_passed_over(tmp_path: Path) -> None:
    for name in ("README.md", "~$agenda.docx", ".gitkeep"):
        (tmp_path / name).write_text("note")
    (tmp_path / "fonts").mkdir()
    assert check_templates(tmp_path) == ()


def test_a_template_that_cannot_be_followed_is_found_before_anybody_needs_it(tmp_path: Path) -> None:
    (tmp_path / "note.docx").write_bytes(b"\x89PNG")
    assert refusal(tmp_path).startswith("folder/note.docx: ")
