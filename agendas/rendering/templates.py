"""Where the templates of documents lie, and how Jinja reads them.

Owns the folder and the two ways of reading: pages, whose templates are the product's own, and the sandbox for a
template that may come from a ministry. What such a template may say is little: it names values, asks whether they are
so, and goes through lists of what it was given. So it can reach nothing but its data, and its work is bounded by them.
Both escape every value, and an unknown name is an error, never a blank.
"""

from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jinja2 import (
    DictLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateSyntaxError,
    nodes,
)
from jinja2.sandbox import SandboxedEnvironment

FOLDER = Path(__file__).resolve().parents[2] / "templates" / "agenda"
MOST_COMPILED = 64
"""Parts of templates; one DOCX has about ten."""

SPOKEN = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For, nodes.Name, nodes.Const, nodes.Getattr,
    nodes.Getitem, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.CondExpr, nodes.Test,
    nodes.Filter, nodes.List, nodes.Tuple,
)  # fmt: skip
"""The parts of Jinja that a template may use: no calls, no arithmetic, no macros, no other files."""

NAMES = frozenset({"marking", "title", "kicker", "subtitle", "footer", "page", "of", "blocks"})
"""What a template is given; ``loop`` is Jinja's own, and each loop names what it hands out."""

FILTERS = frozenset(
    {"upper", "lower", "capitalize", "title", "trim", "length", "first", "last", "escape", "e"}
)
TESTS = frozenset({"defined", "undefined", "none", "odd", "even", "in", "eq", "ne"})


class Sandbox(SandboxedEnvironment):
    """A sandbox that remembers what it compiled: most documents come from one template, and compiling takes longest."""

    def __init__(self) -> None:
        """Start with nothing compiled; no other file can be loaded."""
        super().__init__(autoescape=True, undefined=StrictUndefined, loader=DictLoader({}))
        self._compiled = lru_cache(maxsize=MOST_COMPILED)(self._checked)

    def from_string(self, source: Any, *_: Any, **__: Any) -> Template:
        """Return the compiled template; raise ``TemplateSyntaxError`` for what a template may not say."""
        return self._compiled(source)

    def _checked(self, source: str) -> Template:
        tree = self.parse(source)
        _check(tree, None)
        _check_names(tree)
        return super().from_string(source)


@cache
def pages() -> Environment:
    """Return the environment of the HTML templates."""
    return Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def sandbox() -> Sandbox:
    """Return the environment of templates from outside."""
    return Sandbox()


def _check(node: nodes.Node, within: str | None) -> None:
    """Refuse what is not spoken here. ``within`` is the name that the nearest loop around hands out."""
    if not isinstance(node, SPOKEN):
        raise TemplateSyntaxError(f"a template cannot use {type(node).__name__.lower()} here", node.lineno)
    if isinstance(node, nodes.Filter) and (node.name not in FILTERS or node.args or node.kwargs):
        raise TemplateSyntaxError(f"a template cannot use the filter {node.name!r} so", node.lineno)
    if isinstance(node, nodes.Test) and node.name not in TESTS:
        raise TemplateSyntaxError(f"a template cannot ask whether something is {node.name!r}", node.lineno)
    if isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
        raise TemplateSyntaxError(f"a template cannot reach {node.attr!r}", node.lineno)
    if isinstance(node, nodes.For):
        within = _looping(node, within)
    for child in node.iter_child_nodes():
        _check(child, within)


def _check_names(tree: nodes.Template) -> None:
    """Refuse a name that nothing is known by, where it can still be said in which line it stands."""
    known = (
        NAMES
        | {"loop"}
        | {
            name.name
            for loop in tree.find_all(nodes.For)
            for name in loop.find_all(nodes.Name)
            if name.ctx == "store"
        }
    )
    for name in tree.find_all(nodes.Name):
        if name.name not in known:
            raise TemplateSyntaxError(f"{name.name!r} is unknown", name.lineno)


def _looping(loop: nodes.For, within: str | None) -> str:
    """Return the name that a loop hands out.

    A loop within a loop goes through a part of what the outer one hands out: so a loop, with all that it holds, sees
    each value of the data once for each place in the template, and none can run for ever.
    """
    if loop.recursive or not isinstance(loop.target, nodes.Name):
        raise TemplateSyntaxError("a template cannot loop like this", loop.lineno)
    if within and _root(loop.iter) != within:
        raise TemplateSyntaxError(
            "a loop within a loop can only go through parts of what the outer one goes through", loop.lineno
        )
    return loop.target.name


def _root(node: nodes.Node) -> str:
    """Return the name whose part something is, parts being attributes and positions; "" where it is nothing such."""
    while isinstance(node, nodes.Getattr | nodes.Getitem):
        node = node.node
    return node.name if isinstance(node, nodes.Name) else ""
