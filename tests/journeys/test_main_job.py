"""The main job end to end, on the real programme: owed, planned, issued, prepared, remembered."""

from collections import Counter
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path
from re import findall
from typing import Any

import docx
import icalendar
import pytest
from sqlalchemy import Engine

from scheduler.app import create_app
from tests.journeys.house import UK_NL, House, open_house

MONDAY_MORNING = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@pytest.fixture
def house(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    return open_house(database_url, tmp_path, monkeypatch, MONDAY_MORNING)


def words_of(file: Path) -> str:
    document = docx.Document(str(file))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_from_the_file_to_the_letters(house: House, engine: Engine) -> None:
    house.say("load", str(UK_NL))
    owed = {entry["obligation"]: entry for entry in house.read("owed", "--on", "2027-02-01")["owed"]}
    assert (owed["JS-R05"]["colour"], owed["JS-R05"]["due"]) == ("amber", "2027-03-24")

    house.read("plan", "propose", "--from", "2026-11-23", "--to", "2027-12-31")
    house.say("plan", "approve")
    house.say("meetings", "offer", "JS-R05")
    house.say("meetings", "agree", "JS-R05", "--as", "nl")
    soc = house.read("meetings", "show", "JS-R05")
    assert (soc["state"], soc["consents"], soc["layer"]) == ("agreed", ["nl", "uk"], "joint")
    owed = {entry["obligation"]: entry for entry in house.read("owed", "--on", "2027-02-01")["owed"]}
    assert (owed["JS-R05"]["colour"], owed["JS-R05"]["agreed_for"]) == ("green", soc["first_day"])

    feed = fetch(house.say("feed", "new", "--label", "journey"), engine)
    entries: dict[str, Any] = {
        str(entry["UID"]): entry for entry in icalendar.Calendar.from_ical(feed).walk("VEVENT")
    }
    assert entries[soc["uid"]]["DTSTART"].dt.astimezone(UTC) == datetime.fromisoformat(soc["starts_at"])
    assert entries[soc["uid"]]["STATUS"] == "CONFIRMED"

    house.say("agenda", "draft", "JS-R05", "--out", "soc.docx")
    open_under_theme = {"JS-C26", "JS-C27", "SR-C01", "SR-C02", "SR-C03", "SR-C04"}
    counted = Counter(findall(r"\b(?:JS|SR)-C\d+\b", words_of(Path("soc.docx"))))
    assert counted == dict.fromkeys(open_under_theme, 1)

    assert house.mail == []
    house.say("tick")
    letters = house.mail
    assert letters
    house.say("tick")
    assert house.mail == letters
    for letter in letters:
        message = message_from_bytes(letter.read_bytes(), policy=policy.default)
        assert message["To"].addresses[0].domain.endswith(".example")
        assert message["Auto-Submitted"] == "auto-generated"


def fetch(printed: str, engine: Engine) -> bytes:
    """Return the feed at the address that a command printed, as a calendar program would get it."""
    address = next(word for word in printed.split() if word.startswith("http"))
    answer = create_app(engine=engine).test_client().get(address[len("http://127.0.0.1:8000") :])
    assert answer.status_code == 200, answer.data
    return answer.get_data()
