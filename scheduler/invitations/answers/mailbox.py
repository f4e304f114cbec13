"""The mailbox that answers come to: a folder with a file for each mail. Owns no meaning of any mail.

A mail is handed out until it is put away, which is done once it is stored; whoever dies in between is handed it again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import structlog

from scheduler.errors import Unavailable
from scheduler.invitations.answers.mails import LARGEST
from scheduler.settings import Settings

READ = "read"
"""The folder within the folder to which mails go once they are stored."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Waiting:
    """A mail that waits: its name in the mailbox, and its bytes; of a large one, one more than is read."""

    name: str
    content: bytes


class Mailbox(Protocol):
    """Where mails wait."""

    def waiting(self) -> Iterator[Waiting]:
        """Yield what waits, the oldest name first; raise ``Unavailable`` where the mailbox cannot be reached."""

    def put_away(self, mail: Waiting) -> None:
        """Keep a mail, but do not hand it out again; raise ``Unavailable`` where that cannot be done."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of ``.eml`` files. Whoever puts one there renames it to that when it is whole."""

    folder: Path

    def waiting(self) -> Iterator[Waiting]:
        """Yield the mails; a file that cannot be read is logged and stays."""
        try:
            names = sorted(path.name for path in self.folder.glob("*.eml") if not path.is_symlink())
        except OSError as error:
            raise Unavailable(str(error), place=str(self.folder)) from error
        for name in names:
            try:
                with (self.folder / name).open("rb") as file:
                    content = file.read(LARGEST + 1)
            except OSError as error:
                log.warning("a mail cannot be read", file=name, reason=str(error))
            else:
                yield Waiting(name, content)

    def put_away(self, mail: Waiting) -> None:
        """Move the file to the folder of those that were read, under a name that is free."""
        away = self.folder / READ
        try:
            away.mkdir(exist_ok=True)
            aim, number = away / mail.name, 1
            while aim.exists():
                aim, number = away / f"{Path(mail.name).stem}.{number}.eml", number + 1
            (self.folder / mail.name).rename(aim)
        except FileNotFoundError:
            return  # another process was quicker
        except OSError as error:
            raise Unavailable(str(error), place=str(away)) from error


def mailbox(settings: Settings) -> Mailbox:
    """Return the mailbox that the settings name."""
    return Folder(settings.inbox_folder)
