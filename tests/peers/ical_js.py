"""The npm package ical.js, which Thunderbird and Nextcloud read calendars with."""

import json
import shutil
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.peers.reading import Reading

HERE = Path(__file__).parent


def read(calendar: bytes) -> list[Reading]:
    """Return the events in the order of the file; skips the test where node or the package is missing."""
    return [_reading(event) for event in _run("read_starts.mjs", calendar)]


def occurrences(calendar: bytes) -> list[tuple[datetime, datetime]]:
    """Return when each occurrence of each event with hours begins and ends, in UTC, in order, until the end of 2028."""
    found = _run("read_occurrences.mjs", calendar)
    return [(datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(end, UTC)) for start, end in found]


def _run(script: str, calendar: bytes) -> list[Any]:
    node = shutil.which("node")
    if node is None:
        pytest.skip("ical.js cannot run: install nodejs")
    if not (HERE / "node_modules" / "ical.js").is_dir():
        pytest.skip("ical.js is not installed: npm ci --prefix tests/peers")
    answer = subprocess.run(
        [node, HERE / script], input=calendar, capture_output=True, check=True, timeout=60
    )
    found: list[Any] = json.loads(answer.stdout)
    return found


def _reading(event: dict[str, Any]) -> Reading:
    start = (
        date.fromisoformat(event["start"]) if event["allDay"] else datetime.fromtimestamp(event["start"], UTC)
    )
    return Reading(event["uid"], start, event["allDay"], event["summary"])
