"""Who imports what: the contracts name every room, and the declared dependencies are the true ones."""

import importlib.metadata
import itertools
import re
import sys
from collections.abc import Iterator

from tests.architecture.source import PRODUCT, ROOT, imported, settings_of_project, sources

OWN = {"agendas", "migrations", "scheduler", "tests"}
USED_WITHOUT_IMPORT = {
    "gunicorn": "started as a program",
    "psycopg": "SQLAlchemy imports it for postgresql:// addresses",
    "tzdata": "data for zoneinfo where the system has none",
}
"""Dependencies that no module imports, each with its reason."""


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def declared() -> set[str]:
    """Return the distributions that pyproject.toml asks for at run time."""
    project = settings_of_project()["project"]
    wanted = [*project["dependencies"], *itertools.chain(*project["optional-dependencies"].values())]
    return {canonical(re.split(r"[\[<>=!~; ]", requirement, maxsplit=1)[0]) for requirement in wanted}


def used() -> set[str]:
    """Return the distributions whose modules the product imports."""
    modules = {module.partition(".")[0] for file in sources(*PRODUCT) for module, _ in imported(file.tree)}
    providers = importlib.metadata.packages_distributions()
    foreign = modules - OWN - set(sys.stdlib_module_names)
    return {canonical(provider) for module in foreign for provider in set(providers[module])}


def test_what_is_imported_is_declared_and_what_is_declared_is_used() -> None:
    assert declared() == used() | set(USED_WITHOUT_IMPORT)


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
