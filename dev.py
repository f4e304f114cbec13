#!/usr/bin/env python3
"""The few commands a developer types, needing nothing but Python's standard library.

    python3 dev.py run [OPTION…]        start the application (`dialogues start`)
    python3 dev.py test [OPTION…]       run the tests, on SQLite and on PostgreSQL (`pytest`)
    python3 dev.py check                lint, formatting, types, import directions, architecture
    python3 dev.py dialogues [WORD…]    any command of the application
    python3 dev.py lock [OPTION…]       remake requirements/*.txt from pyproject.toml (`--upgrade`: newest releases)

Each command makes the virtual environment that it needs, once for each content of its lock in requirements/, from the
package index that pip is configured with. What it owns: environments under .venv/ and the commands above. What the
application does when it starts is the business of `scheduler/app.py`.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 (an older Python must get this far, to be told)
    sys.exit("This needs Python 3.11 or newer; this is %s. Try: python3.11 dev.py" % sys.version.split()[0])

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
ENVIRONMENTS = ROOT / ".venv"
REQUIREMENTS = ROOT / "requirements"
MARKER = "complete"
"""Name of the file that an environment gets last; it holds the path of the checkout that the environment serves."""

CHECKS = (
    ("ruff", "check"),
    ("ruff", "format", "--check"),
    ("mypy",),
    ("lint-imports", "--no-logo"),
    ("pytest", "-q", "tests/architecture"),
)


def main(arguments: list[str]) -> int:
    """Do the command and return its exit code; 2 where there is no such command."""
    commands = {"run": run, "test": test, "check": check, "dialogues": dialogues, "lock": lock}
    name, *rest = arguments or ["help"]
    if name not in commands:
        print(__doc__, file=sys.stderr)
        return 2
    os.chdir(ROOT)
    return commands[name](rest)


def run(arguments: list[str]) -> NoReturn:
    """Become the application, serving."""
    become(environment("run"), "dialogues", "start", *arguments)


def dialogues(arguments: list[str]) -> NoReturn:
    """Become the application's command line."""
    become(environment("run"), "dialogues", *arguments)


def test(arguments: list[str]) -> NoReturn:
    """Become pytest; without arguments the whole suite, on as many processes as there are cores."""
    become(environment("dev"), "pytest", *(arguments or ["--numprocesses=auto", "--dist=worksteal"]))


def check(arguments: list[str]) -> int:
    """Run every check, also after one has failed, and name those that failed."""
    if arguments:
        sys.exit("check takes no arguments.")
    home = environment("dev")
    failed = [shlex.join(command) for command in CHECKS if not succeeds(home, *command)]
    print("Failed: " + ", ".join(failed) if failed else "All checks passed.")
    return 1 if failed else 0


def lock(arguments: list[str]) -> int:
    """Remake the locks: hashed, for every platform, naming no index; what runs is the same in both."""
    home = environment("dev")
    compile_lock = (
        "uv",
        "pip",
        "compile",
        "pyproject.toml",
        "--quiet",
        "--universal",
        "--python-version=3.11",
    )
    form = ("--generate-hashes", "--no-emit-index-url", "--no-header", "--extra=postgres", *arguments)
    made = succeeds(home, *compile_lock, *form, "--output-file=requirements/run.txt") and succeeds(
        home, *compile_lock, *form, "--group=dev", "--constraint=requirements/run.txt",
        "--output-file=requirements/dev.txt",
    )  # fmt: skip
    return 0 if made else 1


def environment(lock_name: str) -> Path:
    """Return the virtual environment of a lock (`run` or `dev`), complete.

    It is made if it is missing, unfinished, or was made for another place. Whoever starts at the same moment waits.
    """
    requirements = REQUIREMENTS / f"{lock_name}.txt"
    home = ENVIRONMENTS / f"{lock_name}-{key(requirements)}"
    if not is_complete(home):
        with one_at_a_time():
            if not is_complete(home):
                make_environment(home, requirements)
    return home


def key(requirements: Path) -> str:
    """Return what names an environment: a digest of its lock and of the version of Python."""
    version = "{}.{}".format(*sys.version_info)
    return hashlib.sha256(requirements.read_bytes() + version.encode()).hexdigest()[:12]


def is_complete(home: Path) -> bool:
    """Tell whether an environment was made to the end, for this checkout, by a Python that is still there."""
    marker = home / MARKER
    return marker.exists() and marker.read_text() == str(ROOT) and (home / "bin" / "python").exists()


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Hold the lock under which environments are made; the system frees it even if this process is killed."""
    ENVIRONMENTS.mkdir(exist_ok=True)
    with (ENVIRONMENTS / "lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def make_environment(home: Path, requirements: Path) -> None:
    """Make an environment from nothing; the marker comes last, so that an interrupted one is made again."""
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        sys.exit("Python's venv module is missing. On Debian or Ubuntu: apt install python3-venv")
    print("Making the environment (once for each change of the lock; about half a minute) …", flush=True)
    shutil.rmtree(home, ignore_errors=True)
    install = ("-m", "pip", "install", "-qq", "--disable-pip-version-check", "--require-hashes")
    later = (
        "--no-compile"  # bytecode is written as modules are first imported: half the time to the first page
    )
    commands = (
        (sys.executable, "-m", "venv", home),
        (home / "bin" / "python", *install, later, "-r", requirements),
    )
    for command in commands:
        if subprocess.run(command, check=False).returncode:
            sys.exit(f"Could not make the environment: {shlex.join(map(str, command))} failed (see above).")
    add_project(home)
    (home / MARKER).write_text(str(ROOT))


def add_project(home: Path) -> None:
    """Make the checkout importable in an environment, and give it the command `dialogues`."""
    site_packages = next((home / "lib").glob("python*/site-packages"))
    (site_packages / "standing_dialogues.pth").write_text(f"{ROOT}\n")
    command = home / "bin" / "dialogues"
    start = shlex.quote("from scheduler.app import main; main()")
    command.write_text(f'#!/bin/sh\nexec {shlex.quote(str(home / "bin" / "python"))} -c {start} "$@"\n')
    command.chmod(0o755)


def succeeds(home: Path, program: str, *arguments: str) -> bool:
    """Run a program of an environment, showing what it is, and tell whether it succeeded."""
    print("$ " + shlex.join((program, *arguments)), flush=True)
    command = (str(home / "bin" / program), *arguments)
    return subprocess.run(command, check=False, env=surroundings(home)).returncode == 0


def become(home: Path, program: str, *arguments: str) -> NoReturn:
    """Replace this process by a program of an environment, so that signals and exit codes are its own."""
    path = home / "bin" / program
    os.execve(path, (str(path), *arguments), surroundings(home))


def surroundings(home: Path) -> dict[str, str]:
    """Return the variables for programs of an environment: bytecode is kept in it, also where the shell wants none.

    Libraries are installed without any, and a start that compiles them all anew takes about twice as long.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(home / "bytecode")}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
