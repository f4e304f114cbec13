"""Where the world comes in: time, chance and the environment each through one module, the rest as arguments."""

import ast
from collections.abc import Callable, Iterator

import pytest

from tests.architecture.source import PRODUCT, Source, functions, imported, source, sources, tracked

CLOCK = "scheduler/clock.py"
CHANCE = "scheduler/tokens.py"
ENVIRONMENT = "scheduler/settings.py"
PURE_TESTS = ("tests/dates/", "tests/ical/", "tests/planning/test_checker.py")

ACROSS_SIDES = {
    "scheduler/feeds/queries.py": "who presents the secret address of a feed is nobody yet; it says whose feed it is",
    "scheduler/outbox/actions.py": "a change that every side knows of holds back the letters of every side",
    "scheduler/outbox/sending/actions.py": "whoever sends letters carries the mail of both sides",
}
"""Who may work on both sides' rows, each with the reason."""


def reads_clock(tree: ast.AST) -> bool:
    """Tell whether code asks for the present time, as datetime, date, time and SQL offer it."""
    asking = {
        "datetime.now",
        "datetime.utcnow",
        "datetime.today",
        "date.today",
        "time.time",
        "time.time_ns",
        "func.now",
    }
    return any(
        ".".join(ast.unparse(node).split(".")[-2:]) in asking
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
    )


def takes_chances(tree: ast.AST) -> bool:
    """Tell whether code imports something that makes random values."""
    return any(module in {"random", "secrets", "uuid"} for module, _ in imported(tree))


def reads_environment(tree: ast.AST) -> bool:
    """Tell whether code reads variables of the environment."""
    reading = {"os.environ", "os.getenv"}
    attributes = (ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute))
    return any(name in reading for name in attributes) or ("os", "environ") in set(imported(tree))


@pytest.mark.parametrize(
    ("asks", "owner"), [(reads_clock, CLOCK), (takes_chances, CHANCE), (reads_environment, ENVIRONMENT)]
)
def test_the_world_has_one_entrance(asks: Callable[[ast.AST], bool], owner: str) -> None:
    assert {file.path for file in sources(*PRODUCT) if asks(file.tree)} - {owner} == set()


@pytest.mark.parametrize(
    ("asks", "text"),
    [
        (reads_clock, "x = datetime.now(UTC)"),
        (reads_clock, "x = datetime.date.today()"),
        (reads_clock, "Column(default=datetime.utcnow)"),
        (reads_clock, "time.time()"),
        (takes_chances, "import random"),
        (takes_chances, "from uuid import uuid4"),
        (reads_environment, "os.environ['HOME']"),
        (reads_environment, "from os import environ"),
    ],
)
def test_another_entrance_is_found(asks: Callable[[ast.AST], bool], text: str) -> None:
    assert asks(ast.parse(text))


def test_who_works_across_the_sides_is_listed() -> None:
    importers = {
        file.path
        for file in sources(*PRODUCT)
        if ("scheduler.db.layers", "ACROSS_SIDES") in set(imported(file.tree)) or "across_sides" in file.text
    }
    assert importers - {"scheduler/db/layers.py"} == set(ACROSS_SIDES)


def test_nothing_goes_backwards() -> None:
    """Relations are written on both tables (``back_populates``), so that neither grows attributes from elsewhere."""
    word = "back" + "ref"
    assert {file.path for file in sources(*PRODUCT, "tests") if word in file.text} == set()


def fixtures_requested(file: Source) -> Iterator[str]:
    """Yield each test that asks for a fixture; what parametrize and given hand in is none."""
    for function in functions(file.tree):
        decorators = [ast.unparse(decorator) for decorator in function.decorator_list]
        if any("fixture" in decorator for decorator in decorators):
            yield f"{file.path}:{function.name}"
        if not function.name.startswith("test_") or any(".given(" in f".{name}" for name in decorators):
            continue
        handed_in = {name for decorator in function.decorator_list for name in _parametrized(decorator)}
        arguments = {argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)} - {"self"}
        if arguments - handed_in:
            yield f"{file.path}:{function.name}"


def _parametrized(decorator: ast.expr) -> set[str]:
    if not isinstance(decorator, ast.Call) or not ast.unparse(decorator.func).endswith("parametrize"):
        return set()
    names = ast.literal_eval(decorator.args[0])
    return {name.strip() for name in (names.split(",") if isinstance(names, str) else names)}


def test_tests_of_pure_modules_request_no_fixtures() -> None:
    pure = [
        file
        for file in sources("tests")
        if file.path.startswith(PURE_TESTS) or file.path.endswith("/test_rules.py")
    ]
    assert [place for file in pure for place in fixtures_requested(file)] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("def test_a(engine): ...", ["a.py:test_a"]),
        ("@pytest.mark.usefixtures('engine')\ndef test_a(): ...", ["a.py:test_a"]),
        ("@pytest.fixture\ndef year(): ...", ["a.py:year"]),
        ("@pytest.mark.parametrize('day', [])\ndef test_a(day): ...", []),
        (
            "@pytest.mark.parametrize(('day', 'hour'), [])\ndef test_a(day, hour, engine): ...",
            ["a.py:test_a"],
        ),
        ("@given(integers())\ndef test_a(number): ...", []),
        ("def builder(day): ...", []),
    ],
)
def test_a_requested_fixture_is_found(text: str, expected: list[str]) -> None:
    assert list(fixtures_requested(source("a.py", text))) == expected


def test_there_is_something_to_read() -> None:
    """Guard every test above against a folder that moved away."""
    assert {file.path for file in sources(*PRODUCT)} >= {CLOCK, CHANCE, ENVIRONMENT}
    assert len(tracked()) > len(sources(*PRODUCT)) > 10
