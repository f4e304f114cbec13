"""Whoever reads Dutch is refused in Dutch: no error that a page, a letter or a stored reason shows is a plain string.

A message may come from elsewhere: what a name stands for is looked up in its function and in its module, and in the
module it was imported from.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pytest

from tests.architecture.source import PRODUCT, Source, functions, source, sources

ERRORS, ENTRY = "scheduler.errors", "agendas.commitments.entry"
NOUNS = {(ERRORS, "BadInput"), (ERRORS, "Conflict"), (ERRORS, "NotAllowed"), (ERRORS, "Unavailable")}
"""Those that say what can be mended. Of what does not exist a page shows no more than that."""

FAULT = (ENTRY, "Fault")
"""One mistake of a commitment: its field, then message and remedy."""

PLACES = {
    "agendas/cli/": "options of the command line are in English, as its help is",
    "agendas/rendering/": "templates are put there by whoever runs the installation, and tried when it starts",
    "scheduler/cli/": "options of the command line are in English, as its help is",
    "scheduler/db/": "the database is set up by whoever runs the installation",
    "scheduler/invitations/answers/mailbox.py": "the mailbox is set up by whoever runs the installation",
    "scheduler/jobs": "jobs speak in the log of the installation",
    "scheduler/programmes/": "programme files are written and loaded by whoever runs the installation",
    "scheduler/settings.py": "settings are read when the installation starts",
    "scheduler/web/application.py": "settings are read when the installation starts",
}
"""Where English alone is right, since only whoever runs the installation meets it, each with the reason."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a text stands: what its names stand for there."""

    file: Source
    function: ast.FunctionDef | ast.AsyncFunctionDef | None = None

    def is_plain(self, text: ast.expr | None) -> bool:
        """Tell whether a text is, or may be, in one language."""
        match text:
            case ast.Constant(value=str(said)):
                return said != ""
            case ast.JoinedStr() | ast.Call(func=ast.Attribute(value=ast.Constant() | ast.JoinedStr())):
                return True
            case ast.BinOp(left=one, right=other) | ast.IfExp(body=one, orelse=other):
                return self.is_plain(one) or self.is_plain(other)
            case ast.Call(func=ast.Name(id=name)) | ast.Call(func=ast.Attribute(attr=name)):
                return name in {"str", "repr"} or self._says_plainly(name)
            case ast.Name(id=name):
                return self._may_be_plain(name)
        return False

    def _says_plainly(self, name: str) -> bool:
        """Tell whether a function of the same module returns a string."""
        return any(entry.name == name and _is_string(entry.returns) for entry in functions(self.file.tree))

    def _may_be_plain(self, name: str) -> bool:
        if self.function and (known := list(_meanings(self.function, name))):
            return any(
                _is_string(entry.annotation) if isinstance(entry, ast.arg) else self.is_plain(entry)
                for entry in known
            )
        return any(
            Scope(origin).is_plain(value)
            for origin, original in ((self.file, name), *_origins(self.file.tree, name))
            for value in _constants(origin.tree, original)
        )


def plain_errors(file: Source) -> Iterator[str]:
    """Yield ``path:line`` of every error of a file whose message or remedy may be a plain string."""
    known = _names(file)
    nouns = {name for name, meant in known.items() if meant in NOUNS}
    own = _own_beginnings(file.tree, nouns)
    for scope, call in _calls(file):
        name = ast.unparse(call.func)
        first = 0 if name in nouns or call in own else 1 if known.get(name) == FAULT else None
        if first is not None and any(scope.is_plain(text) for text in _texts(call, first)):
            yield f"{file.path}:{call.lineno}"


def _names(file: Source) -> dict[str, tuple[str, str]]:
    """Return what the names in a module mean, as far as they are classes: its own, and what it imports."""
    module = _dotted(file.path)
    own = {node.name: (module, node.name) for node in file.tree.body if isinstance(node, ast.ClassDef)}
    return own | {
        alias.asname or alias.name: (node.module or "", alias.name)
        for node in ast.walk(file.tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def _own_beginnings(tree: ast.Module, nouns: set[str]) -> set[ast.Call]:
    """Return every ``super().__init__(…)`` of an error that is built on one of the nouns."""
    built = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and nouns & {ast.unparse(base) for base in node.bases}
    ]
    return {
        node
        for entry in built
        for node in ast.walk(entry)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "super().__init__"
    }


def _calls(file: Source) -> Iterator[tuple[Scope, ast.Call]]:
    """Yield every call of a file once, each with the innermost function it stands in."""
    pending: list[tuple[Scope, ast.AST]] = [(Scope(file), file.tree)]
    while pending:
        scope, node = pending.pop()
        if isinstance(node, ast.Call):
            yield scope, node
        inner = Scope(file, node) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else scope
        pending += [(inner, child) for child in ast.iter_child_nodes(node)]


def _texts(call: ast.Call, first: int) -> list[ast.expr]:
    """Return message and remedy of an error; those without a name begin with the argument ``first``."""
    said = [keyword.value for keyword in call.keywords if keyword.arg in {"message", "remedy"}]
    return [*call.args[first:], *said]


def _meanings(function: ast.FunctionDef | ast.AsyncFunctionDef, name: str) -> Iterator[ast.expr | ast.arg]:
    """Yield what a name may stand for in a function: its parameter, and whatever is assigned to it."""
    parameters = function.args
    for parameter in (*parameters.posonlyargs, *parameters.args, *parameters.kwonlyargs):
        if parameter.arg == name:
            yield parameter
    for node in ast.walk(function):
        match node:
            case ast.Assign(targets=[ast.Name(id=target)], value=value) if target == name:
                yield value
            case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)):
                pairs = zip(names, values, strict=False)
                yield from (value for one, value in pairs if getattr(one, "id", "") == name)
            case ast.AnnAssign(target=ast.Name(id=target), value=ast.expr() as value) if target == name:
                yield value
            case ast.NamedExpr(target=ast.Name(id=target), value=value) if target == name:
                yield value


def _constants(tree: ast.Module, name: str) -> Iterator[ast.expr]:
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=target)], value=value) if target == name:
                yield value
            case ast.AnnAssign(target=ast.Name(id=target), value=ast.expr() as value) if target == name:
                yield value


def _origins(tree: ast.Module, name: str) -> Iterator[tuple[Source, str]]:
    """Yield the module that a name is imported from, and its name there."""
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module in _modules():
            yield from (
                (_modules()[node.module], alias.name)
                for alias in node.names
                if (alias.asname or alias.name) == name
            )


@cache
def _modules() -> dict[str, Source]:
    return {_dotted(file.path): file for file in sources(*PRODUCT)}


def _dotted(path: str) -> str:
    return path.removesuffix(".py").replace("/", ".")


def _is_string(annotation: ast.expr | None) -> bool:
    """Tell whether an annotation allows a string, alone or among others."""
    match annotation:
        case ast.Name(id="str"):
            return True
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return _is_string(left) or _is_string(right)
    return False


def test_errors_are_said_in_both_languages() -> None:
    shown = [file for file in sources(*PRODUCT) if not file.path.startswith(tuple(PLACES))]
    assert [place for file in shown for place in plain_errors(file)] == []


@pytest.mark.parametrize("place", PLACES)
def test_whoever_is_excused_has_something_to_excuse(place: str) -> None:
    assert [file for file in sources(*PRODUCT) if file.path.startswith(place) and any(plain_errors(file))]


@pytest.mark.parametrize(
    "text",
    [
        'raise BadInput("no date")',
        'raise Conflict(f"{key} is over")',
        'raise NotAllowed({}, place=key, remedy="ask")',
        'raise Unavailable("a" if key else WORDS)',
        'raise BadInput("a " + key)',
        'raise BadInput("{}".format(key))',
        "raise BadInput(str(key))",
        'raise BadInput(WORDS, remedy=f"{key}" if key else "")',
        'message = f"{key}"; raise BadInput(message)',
        'message, remedy = WORDS, "ask"; raise BadInput(message, remedy=remedy)',
        "raise BadInput(given)",
        "raise BadInput(either)",
        "raise BadInput(PLAIN)",
        "raise BadInput(_plain(key))",
        'yield Fault("due", WORDS, "write a day")',
    ],
)
def test_a_plain_error_is_found(text: str) -> None:
    assert list(plain_errors(_written(text))) == [f"{_FILE}:{_LINE}"]


@pytest.mark.parametrize(
    "text",
    [
        'raise BadInput({"en": "no date", "nl": "geen datum"}, remedy=WORDS)',
        'raise NotFound("no such thing")',
        'raise BadInput(WORDS, place=f"line {key}", remedy="")',
        "raise BadInput(said(key), remedy=words)",
        'message = {"en": f"{key}", "nl": key}; raise BadInput(message)',
        'yield Fault("due", WORDS, words)',
        'raise Unready("no date")',
    ],
)
def test_an_error_in_both_languages_is_not(text: str) -> None:
    assert list(plain_errors(_written(text))) == []


def test_an_error_that_begins_with_a_plain_string_is_found() -> None:
    text = 'class Empty(BadInput):\n    def __init__(self):\n        super().__init__("is empty")\n'
    assert list(plain_errors(source(_FILE, f"{_IMPORTS}{text}"))) == [f"{_FILE}:5"]


def test_another_thing_of_the_same_name_is_not_taken_for_an_error() -> None:
    text = 'class Conflict: ...\nConflict("opening")\n'
    assert list(plain_errors(source(_FILE, text))) == []


_IMPORTS = f"from {ERRORS} import BadInput, Conflict, NotAllowed, Unavailable\nfrom {ENTRY} import Fault\n"
_FILE, _LINE = "scheduler/a.py", 9


def _written(text: str) -> Source:
    """Return a module with a line in a function, beside names that it may use."""
    return source(
        _FILE,
        f"{_IMPORTS}"
        'PLAIN = "plain"\nWORDS = {"en": "words", "nl": "woorden"}\n\n'
        "def _plain(key) -> str: ...\ndef said(key) -> Words: ...\n"
        "def refuse(key, given: str, either: Words | str, words: Words):\n"
        f"    {text}\n",
    )
