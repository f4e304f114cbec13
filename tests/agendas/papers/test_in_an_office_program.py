"""Every Word file is opened by a program that is not ours; loudly passed over where none is installed."""

import shutil
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader

from agendas.papers import agenda, annotated, covering, pack, record
from agendas.rendering.formats import render
from tests.agendas.papers.round import AGENDA, NORTH, NOTE, PACK, RECORD

OFFICE = shutil.which("soffice")


@pytest.mark.skipif(OFFICE is None, reason="soffice (Debian: libreoffice-writer) is not installed")
def test_an_office_program_opens_every_word_file_and_shows_its_words(tmp_path: Path) -> None:
    documents = {
        "agenda": agenda.compose(AGENDA, "nl", marking="OFFICIAL"),
        "annotated": annotated.compose(AGENDA, NORTH, PACK.briefs, "en", marking="OFFICIAL"),
        "briefing": pack.compose(PACK, "nl", marking="OFFICIAL"),
        "record": record.compose(RECORD, "en", marking="OFFICIAL"),
        "note": covering.compose(NOTE, "nl", marking="OFFICIAL"),
    }
    files = [tmp_path / f"{kind}.docx" for kind in documents]
    for file, document in zip(files, documents.values(), strict=True):
        file.write_bytes(render(document, "docx"))
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    order = [OFFICE or "", "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*order, *map(str, files)], check=True, capture_output=True, timeout=110)
    for kind, document in documents.items():
        pages = PdfReader(tmp_path / f"{kind}.pdf").pages
        first = pages[0].extract_text()
        assert (document.title in first, document.furniture.kicker in first) == (True, True)
        assert [page.extract_text().count("OFFICIAL") for page in pages] == [2] * len(pages)
