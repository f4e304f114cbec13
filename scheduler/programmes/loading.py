"""Loading and exporting programme files: the whole way from text to rows and back.

A file is checked completely before anything is written; a load is one unit of work, so that nothing is half stored.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from marshmallow import ValidationError
from ruamel.yaml import YAML

from scheduler.db.work import Work
from scheduler.errors import BadFile, NotFound
from scheduler.programmes import actions, queries, rules
from scheduler.programmes.compare import Difference, compare_head, compare_section, keep_intervals
from scheduler.programmes.export import written_form
from scheduler.programmes.fields import FirstLanguage
from scheduler.programmes.problems import Problem, Steps
from scheduler.programmes.reader import Document, parse_document, read_document
from scheduler.programmes.schema import programme_shape
from scheduler.programmes.sections import Entry, Section
from scheduler.words import LANGUAGES

OWN_SECTIONS: tuple[Section, ...] = (
    Section("parties", ("key",), queries.stored_parties, actions.write_party, growing=("offices", "posts")),
    Section("sources", ("key",), queries.stored_sources, actions.write_source),
    Section("themes", ("key",), queries.stored_themes, actions.write_theme),
    Section("events", ("key",), queries.stored_events, actions.write_event),
    Section("obligations", ("key",), queries.stored_obligations, actions.write_obligation),
    Section("rounds", ("obligation", "date"), queries.stored_rounds, actions.write_round, in_order=False),
    Section(
        "closed_days",
        ("party", "kind", "from", "until"),
        queries.stored_closed_days,
        actions.write_closed_days,
        in_order=False,
    ),
)
"""The sections of the scheduler, in an order in which each finds what it refers to."""

SHIPPED = Path(__file__).parent
"""Where the programmes of the product lie."""


MESSAGES = {
    "Unknown field.": (
        "is not a key of the format",
        "remove it, or see docs/programmes.md for its right name",
    ),
    "Missing data for required field.": ("is missing", "add it; docs/programmes.md says what belongs there"),
    "Field may not be null.": ("is empty", "give a value"),
    "Not a valid string.": ("is no text", "write a text, in quotes where it looks like a number"),
    "Not a valid integer.": ("is no whole number", "write digits alone, without quotes"),
    "Not a valid boolean.": ("is neither true nor false", "write true or false"),
    "Not a valid list.": ("is no list", "write a list such as [a, b]"),
    "Not a valid mapping type.": ("holds no keys", "write keys with values, such as {uk: fcdo}"),
    "Invalid input type.": ("holds no keys", "write keys with values; docs/programmes.md says which"),
    "Not a valid URL.": ("is no address", "write it in full, beginning with https://"),
}
"""What marshmallow says of a value, in our words: what is wrong, and what would be right."""


def read_programme(file: Path, further: Sequence[Section] = ()) -> Entry:
    """Read and check a file; return its normal form, or raise ``BadFile`` with every problem it has."""
    return _checked(read_document(file), further)


def parse_programme(raw: bytes, name: str, further: Sequence[Section] = ()) -> Entry:
    """Check the bytes of a file, as ``read_programme`` does."""
    return _checked(parse_document(raw, name), further)


def preview(work: Work, programme: Entry, further: Sequence[Section] = ()) -> tuple[Difference, ...]:
    """Return what a load would change, without changing it."""
    return _settled(work, programme, further)[1]


def load(work: Work, programme: Entry, further: Sequence[Section] = ()) -> tuple[Difference, ...]:
    """Write what is new or changed; return what was done. A second load finds nothing to do."""
    key = programme["partnership"]["key"]
    programme, found = _settled(work, programme, further)
    touched = [difference for difference in found if difference.kind != "kept"]
    if not touched:
        return found
    with work.session.no_autoflush:
        actions.write_partnership(work, programme["partnership"])
        for section in (*OWN_SECTIONS, *further):
            _write_section(work, key, section, programme[section.name], touched)
    actions.note_load(work, key, changes=[str(difference) for difference in touched][:200])
    return found


def export(work: Work, partnership: str, further: Sequence[Section] = ()) -> str:
    """Return the programme of a partnership as YAML that loads back to the same state."""
    head = queries.stored_partnership(work, partnership)
    if head is None:
        raise NotFound(
            f"there is no partnership {partnership!r}", remedy="`dialogues partnerships` lists them"
        )
    programme: Entry = {"format": 1, "partnership": head}
    for section in (*OWN_SECTIONS, *further):
        programme[section.name] = section.read(work, partnership)
    shape = programme_shape(_shapes(further))
    text = io.StringIO()
    yaml = YAML()
    yaml.width = 110
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.dump(written_form(shape, programme), text)
    return text.getvalue()


def _settled(
    work: Work, programme: Entry, further: Sequence[Section]
) -> tuple[Entry, tuple[Difference, ...]]:
    """Return the programme with what people set where it is silent, as a load writes it, and what that changes."""
    key = programme["partnership"]["key"]
    obligations, kept = keep_intervals(queries.stored_obligations(work, key), programme["obligations"])
    settled = {**programme, "obligations": obligations}
    settled |= {
        section.name: section.settle(work, key, programme[section.name])
        for section in further
        if section.settle
    }
    found = compare_head(queries.stored_partnership(work, key), programme["partnership"])
    for section in (*OWN_SECTIONS, *further):
        found += compare_section(section, section.read(work, key), settled[section.name])
    return settled, (*found, *kept)


def _write_section(
    work: Work, partnership: str, section: Section, items: Sequence[Entry], touched: Sequence[Difference]
) -> None:
    ours = [difference for difference in touched if difference.section == section.name]
    names = {difference.name for difference in ours}
    reordered = any(difference.kind == "reordered" for difference in ours)
    changed = []
    for position, item in enumerate(items):
        if reordered or section.name_of(item) in names:
            section.write(work, partnership, item, position)
            changed.append(item)
    if section.name == "obligations":
        actions.link_obligations(work, partnership, changed)


def _checked(document: Document, further: Sequence[Section]) -> Entry:
    try:
        with FirstLanguage(_first_language(document.content)):
            programme: Entry = programme_shape(_shapes(further)).load(document.content)
    except ValidationError as error:
        raise _refusal(document, [_shape_problem(*wrong) for wrong in _messages(error.messages)]) from error
    found = rules.problems(programme)
    for section in further:
        found += section.check(programme) if section.check else ()
    if found:
        raise _refusal(document, found)
    return programme


def _first_language(content: Mapping[str, Any]) -> str:
    """Return the first language that a file names, wrong as the rest of it may be."""
    head = content.get("partnership")
    named = head.get("languages") if isinstance(head, Mapping) else None
    return str(named[0]) if isinstance(named, list) and named else LANGUAGES[0]


def _refusal(document: Document, found: Sequence[Problem]) -> BadFile:
    in_order = sorted(found, key=lambda problem: document.line(problem.steps))
    return BadFile([document.problem(problem.steps, problem.message, problem.remedy) for problem in in_order])


def _shapes(further: Sequence[Section]) -> dict[str, Any]:
    return {section.name: section.shape for section in further if section.shape}


def _messages(messages: Any, steps: Steps = ()) -> Iterator[tuple[Steps, str]]:
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            yield from _messages(inner, steps if key == "_schema" else (*steps, key))
    else:
        for message in messages:
            yield steps, str(message)


def _shape_problem(steps: Steps, message: str) -> Problem:
    head, remedy = MESSAGES.get(message) or message.partition("; ")[::2]
    return Problem(steps, head, remedy)
