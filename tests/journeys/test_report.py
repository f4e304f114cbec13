"""Story 17: on 30 November 2026 a private office asks for the first-year report; either side prints the same bytes."""

import io
import re
import zipfile
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import Engine

from scheduler import clock
from scheduler.actor import side
from scheduler.db.work import unit_of_work
from tests.agendas.reports.notes import note_of_one_side
from tests.journeys.house import UK_NL, House, open_house
from tests.journeys.outlook import signed_in

MORNING = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
FILES = [f"report.{language}.{form}" for language in ("en", "nl") for form in ("docx", "pdf", "html", "md")]


@pytest.fixture
def house(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.setenv("DIALOGUES_MARKING", "OFFICIAL")
    house = open_house(database_url, tmp_path, monkeypatch, MORNING)
    house.say("load", str(UK_NL))
    return house


def printed(party: str, house: House) -> dict[str, bytes]:
    """Let a side print every file, and return their bytes."""
    found = {}
    for name in FILES:
        _, language, _ = name.split(".")
        house.say("report", "--on", "2026-11-30", "--language", language, "--out", name, "--as", party)
        found[name] = Path(name).read_bytes()
    return found


def test_the_first_year_in_one_command(house: House, engine: Engine) -> None:
    for party in ("uk", "nl"):
        with unit_of_work(engine, side(party, party), clock.now()) as work:
            note_of_one_side(work, f"canary {party}")
    files = printed("uk", house)
    assert printed("nl", house) == files
    english, dutch = (files[f"report.{language}.md"].decode() for language in ("en", "nl"))
    lines = english.splitlines()
    assert (lines[0], lines[2], lines[4], lines[6]) == (
        "**OFFICIAL**",
        "Report to the ministers",
        "# A year of cooperation, 2025–2026",
        "United Kingdom–Netherlands · 1 December 2025 – 30 November 2026",
    )
    assert "- Obligations: **12 in all:** **2** held · **5** no date yet · **5** no interval" in english
    assert "- Commitments: **51 in all:** **2** on track · **49** no news" in english
    assert "419 days after the round of 29 January 2025" in english
    assert "This report is not legally binding" in english
    assert "419 dagen na de ronde van 29 januari 2025" in dutch
    assert "Deze rapportage is niet juridisch bindend" in dutch
    assert "no source given" not in english
    assert "canary" not in english + dutch
    assert "Can be kept until 31 December 2026." in english
    assert "Kan worden nagekomen tot en met 31 december 2026." in dutch
    assert [word for word in ("Red after", "Save-the-date", "Rood na") if word in english + dutch] == []
    obligations = re.findall(r"^- \*\*(JS-R\d\d)\*\*$", english, flags=re.MULTILINE)
    assert sorted(obligations) == [f"JS-R{number:02}" for number in range(1, 13)]
    commitments = re.findall(
        r"^- \*\*((?:JS|SR)-C\d\d)\*\*$", english.split("## New in this year")[0], re.MULTILINE
    )
    assert len(commitments) == len(set(commitments)) == 51


def test_one_click_gives_the_same_bytes_as_the_command(house: House, engine: Engine) -> None:
    client = signed_in(engine, "uk")
    page = client.get("/report/uk-nl").get_data(as_text=True)
    addresses = map(unescape, re.findall(r'href="(/report/uk-nl\.[^"]*)"', page))
    got = {
        re.sub(r".*\.(\w+)\?language=(\w+)", r"report.\2.\1", link): client.get(link).data
        for link in addresses
    }
    assert got == printed("uk", house)


def test_every_format_bears_the_marking_and_the_binding_sentence(house: House) -> None:
    files = printed("uk", house)
    for language, sentence in (("en", "not legally binding"), ("nl", "niet juridisch bindend")):
        packed = zipfile.ZipFile(io.BytesIO(files[f"report.{language}.docx"]))
        word = b"".join(packed.read(name) for name in packed.namelist()).decode(errors="replace")
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(files[f"report.{language}.pdf"])).pages]
        web = files[f"report.{language}.html"].decode()
        assert all(page.count("OFFICIAL") >= 2 for page in pages)
        assert sentence in " ".join(pages[0].split())
        assert ("OFFICIAL" in word, sentence in word, "OFFICIAL" in web, sentence in web) == (True,) * 4


def test_a_year_that_is_not_over_ends_today_and_one_to_come_is_refused(house: House) -> None:
    house.say("report", "--year", "2026", "--out", "year.md")
    lines = Path("year.md").read_text().splitlines()
    assert (lines[4], lines[6]) == (
        "# A year of cooperation, 2026",
        "United Kingdom–Netherlands · 1 January 2026 – 30 November 2026",
    )
    refused = house.run("report", "--year", "2027", "--out", "year.md")
    assert (refused.exit_code, refused.output) == (
        2,
        "year: 2027 is still to come (2026 or an earlier one)\n",
    )
