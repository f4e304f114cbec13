"""What an operator can set or type is written down, and what is written down exists."""

import re
from collections.abc import Iterator

import click

from scheduler.app import command_line
from scheduler.settings import DECLARED
from tests.architecture.source import ROOT


def commands(group: click.Command, *path: str) -> Iterator[tuple[str, click.Command]]:
    """Yield every command that can be run, by what a person types."""
    if isinstance(group, click.Group):
        for name, command in group.commands.items():
            yield from commands(command, *path, name)
    else:
        yield " ".join(path), group


def long_options(command: click.Command) -> set[str]:
    """Return the options of a command, without the short forms."""
    options = (parameter for parameter in command.params if isinstance(parameter, click.Option))
    return {
        name for option in options for name in (*option.opts, *option.secondary_opts) if name.startswith("--")
    }


def sections(text: str) -> dict[str, set[str]]:
    """Return the options in the list below each heading that is a command."""
    parts = re.split(r"^#+ `(dialogues [a-z -]*[a-z])[^`]*`.*$", text, flags=re.MULTILINE)
    return {
        name: set(re.findall(r"^- `(--[a-z-]+)", body, flags=re.MULTILINE))
        for name, body in zip(parts[1::2], parts[2::2], strict=True)
    }


def rows(text: str) -> dict[str, str]:
    """Return the first two cells of each row that begins with a variable: its name and its default."""
    return dict(re.findall(r"^\| `([A-Z_]+)` \| (?:`([^`]*)`)?", text, flags=re.MULTILINE))


def test_every_command_and_option_is_documented() -> None:
    root = command_line()
    expected = {name: long_options(command) for name, command in commands(root, str(root.name))}
    assert sections(page("commands.md")) == expected


def test_every_setting_is_documented_with_its_default() -> None:
    assert rows(page("settings.md")) == {setting.variable: setting.default for setting in DECLARED}


def test_pages_are_read_as_they_are_written() -> None:
    text = "## `dialogues plan show NUMBER`\n\n- `--as SIDE`: who.\n\n### `dialogues owed`\nNo `--as`.\n"
    assert sections(text) == {"dialogues plan show": {"--as"}, "dialogues owed": set()}
    assert rows("| `A_B` | `1` | What |\n| `C` |  | What |\n") == {"A_B": "1", "C": ""}


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text()
