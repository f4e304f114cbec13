"""Who imports what: the contracts name every room, and the declared dependencies are the true ones."""

import importlib.metadata
import itertools
import re
import sys
from collections.abc import Iterable, Iterator

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.source import PRODUCT, ROOT, imported, settings_of_project, sources

OWN = {"agendas", "benchmarks", "migrations", "scheduler", "tests"}
USED_WITHOUT_IMPORT = {
    "gunicorn": "started as a program",
    "psycopg": "SQLAlchemy imports it for postgresql:// addresses",
    "tzdata": "data for zoneinfo where the system has none",
}
"""Dependencies that no module imports, each with its reason."""


def at_run_time() -> list[Requirement]:
    """Return what pyproject.toml asks for at run time."""
    project = settings_of_project()["project"]
    extras = itertools.chain(*project["optional-dependencies"].values())
    return [Requirement(wanted) for wanted in (*project["dependencies"], *extras)]


def in_development() -> list[Requirement]:
    """Return what pyproject.toml asks for besides."""
    return [Requirement(wanted) for wanted in settings_of_project()["dependency-groups"]["dev"]]


def names(requirements: Iterable[Requirement]) -> set[str]:
    return {canonicalize_name(requirement.name) for requirement in requirements}


def locked(file: str) -> dict[str, str]:
    """Return the version of each distribution in a lock."""
    return dict(
        re.findall(r"^([a-z0-9-]+)==([^ ;\n]+)", (ROOT / "requirements" / file).read_text(), re.MULTILINE)
    )


def used(*places: str) -> set[str]:
    """Return the distributions whose modules are imported somewhere."""
    modules = {module.partition(".")[0] for file in sources(*places) for module, _ in imported(file.tree)}
    providers = importlib.metadata.packages_distributions()
    foreign = modules - OWN - set(sys.stdlib_module_names)
    return {canonicalize_name(provider) for module in foreign for provider in set(providers[module])}


def test_what_is_imported_is_declared_and_what_is_declared_is_used() -> None:
    assert names(at_run_time()) == used(*PRODUCT) | set(USED_WITHOUT_IMPORT)


def test_what_tests_and_benchmarks_import_is_declared() -> None:
    assert used("tests", "benchmarks") - names(at_run_time()) - names(in_development()) == set()


def test_the_locks_hold_what_is_declared() -> None:
    """Where this fails, ``python3 dev.py lock`` was forgotten."""
    run, dev = locked("run.txt"), locked("dev.txt")
    assert run.items() <= dev.items()
    for lock, requirements in ((run, at_run_time()), (dev, in_development())):
        versions = {wanted: lock.get(canonicalize_name(wanted.name), "none") for wanted in requirements}
        assert [str(wanted) for wanted, version in versions.items() if version not in wanted.specifier] == []


def layers() -> Iterator[str]:
    """Yield the full name of every module that a contract of layers names."""
    for contract in settings_of_project()["tool"]["importlinter"]["contracts"]:
        if contract["type"] == "layers":
            for container in contract["containers"]:
                for layer in contract["layers"]:
                    yield from (f"{container}.{name.strip(' ()')}" for name in re.split(r"[|:]", layer))


def test_every_room_has_its_place_in_the_contracts() -> None:
    inside = {
        f"{wing}.{entry.stem}"
        for wing in ("scheduler", "agendas")
        for entry in (ROOT / wing).iterdir()
        if (entry.suffix == ".py" and entry.stem != "__init__") or (entry / "__init__.py").exists()
    }
    assert inside - set(layers()) == set()
