"""What stands in memory when a process has started is out of the reach of collections, and what comes later is not."""

import gc
import subprocess
import sys
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

from scheduler.memory import settle

ROOT = Path(__file__).parents[1]


class Circle:
    """Something that only a collection can free."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Give what a test settled back to the collector."""
    thresholds = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*thresholds)


def test_what_has_settled_is_not_walked_through() -> None:
    before = len(gc.get_objects())
    settle()
    assert len(gc.get_objects()) < before / 10


def test_what_comes_later_is_freed() -> None:
    settle()
    later = weakref.ref(Circle())
    gc.collect()
    assert later() is None


def test_a_server_of_pages_has_settled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = "import gc, wsgi; assert gc.get_freeze_count() > len(gc.get_objects())"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'none.db'}")
    monkeypatch.setenv("SECRET_KEY", "for this test alone, and long enough for a key")
    subprocess.run((sys.executable, "-c", told), cwd=ROOT, check=True)
