"""dev.py on a tiny project with an empty lock, so that environments are made in earnest but nothing is fetched."""

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
APPLICATION = """
import sys

def main():
    print(*sys.argv[1:])
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a project whose environment was made by two starts at the same moment."""
    folder = tmp_path_factory.mktemp("a project")
    shutil.copy(ROOT / "dev.py", folder)
    (folder / "requirements").mkdir()
    (folder / "requirements" / "run.txt").write_text("# nothing\n")
    (folder / "scheduler").mkdir()
    (folder / "scheduler" / "app.py").write_text(APPLICATION)
    starts = [start(folder, "run", "--port", number) for number in ("1", "2")]
    ends = [(*process.communicate(), process.returncode) for process in starts]
    lines = [output.splitlines() for output, _, _ in ends]
    assert [lines[0][-1], lines[1][-1]] == ["start --port 1", "start --port 2"]
    assert sorted(map(len, lines)) == [1, 2]  # one of them said that it makes the environment
    assert [(errors, code) for _, errors, code in ends] == [("", 0), ("", 0)]
    return folder


@pytest.fixture
def other_lock(project: Path) -> Iterator[Path]:
    """Give the lock of the project with a content that has no environment yet, for one test."""
    lock = project / "requirements" / "run.txt"
    content = lock.read_text()
    lock.write_text("no-such-distribution @ file:///nowhere\n")
    yield lock
    lock.write_text(content)


def start(folder: Path, *arguments: str, before: str = "") -> subprocess.Popen[str]:
    """Start dev.py of a project; ``before`` is Python that runs first in the same process."""
    itself = "import runpy; runpy.run_path('dev.py', run_name='__main__')"
    program = f"import sys\nsys.argv = {['dev.py', *arguments]}\n{before}\n{itself}"
    return subprocess.Popen(
        [sys.executable, "-c", program], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def said(folder: Path, *arguments: str, before: str = "") -> tuple[str, str, int]:
    """Return what dev.py wrote to both streams, and its exit code."""
    process = start(folder, *arguments, before=before)
    return (*process.communicate(), process.returncode)


def marker(project: Path) -> Path:
    """Return the one marker of the project."""
    (file,) = project.glob(".venv/run-*/complete")
    return file


def test_a_complete_environment_is_used_as_it_is(project: Path) -> None:
    made = marker(project).stat().st_mtime_ns
    assert said(project, "dialogues", "owed", "--on", "2027-02-01") == ("owed --on 2027-02-01\n", "", 0)
    assert marker(project).stat().st_mtime_ns == made


def test_bytecode_is_kept_in_the_environment_also_where_the_shell_wants_none(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    assert said(project, "dialogues", "owed") == ("owed\n", "", 0)
    assert [file.name.split(".")[0] for file in marker(project).parent.rglob("bytecode/**/app.*.pyc")] == [
        "app"
    ]
    assert list(project.glob("scheduler/__pycache__")) == []


def test_an_interrupted_environment_is_made_again(project: Path) -> None:
    file = marker(project)
    (file.parent / "bin" / "dialogues").unlink()
    file.unlink()
    output, errors, code = said(project, "run")
    assert (output.splitlines()[-1], errors, code) == ("start", "", 0)
    assert file == marker(project)


def test_an_environment_of_another_place_is_made_again(project: Path) -> None:
    marker(project).write_text("/where/it/was/before")
    output, _, code = said(project, "run")
    assert (len(output.splitlines()), code) == (2, 0)
    assert marker(project).read_text() == str(project)


@pytest.mark.usefixtures("other_lock")
def test_an_install_that_fails_leaves_no_marker(project: Path) -> None:
    complete = marker(project)
    _, errors, code = said(project, "run")
    assert (errors.splitlines()[-1].startswith("Could not make the environment: "), code) == (True, 1)
    assert marker(project) == complete


@pytest.mark.usefixtures("other_lock")
@pytest.mark.parametrize("missing", ["venv", "ensurepip"])
def test_missing_venv_names_the_package(project: Path, missing: str) -> None:
    output = said(project, "run", before=f"sys.modules[{missing!r}] = None")
    assert output == (
        "",
        "Python's venv module is missing. On Debian or Ubuntu: apt install python3-venv\n",
        1,
    )


def test_an_older_python_is_told(project: Path) -> None:
    older = "sys.version_info, sys.version = (3, 9, 2), '3.9.2 (default)'"
    assert said(project, "run", before=older) == (
        "",
        "This needs Python 3.11 or newer; this is 3.9.2. Try: python3.11 dev.py\n",
        1,
    )


def test_an_older_python_can_read_the_file() -> None:
    ast.parse((ROOT / "dev.py").read_text(), feature_version=(3, 7))


def test_an_unknown_command_gets_the_list(project: Path) -> None:
    output, errors, code = said(project, "tset")
    assert (output, errors.splitlines()[0], code) == (
        "",
        "The few commands a developer types, needing nothing but Python's standard library.",
        2,
    )
