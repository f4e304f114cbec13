"""Where an installation keeps what it is trusted with."""

import stat
from pathlib import Path

from tests.cli.terminal import Terminal


def test_only_its_owner_can_enter_the_folder_of_a_new_database(tmp_path: Path) -> None:
    Terminal(tmp_path, "sqlite:///var/dialogues.db").says("migrate")
    assert stat.filemode((tmp_path / "var").stat().st_mode) == "drwx------"


def test_an_account_is_added_as_the_documents_type_it(desk: Terminal) -> None:
    words = ("accounts", "add", "desk@fcdo.example", "--side", "uk", "--label", "Desk")
    assert (
        desk.says(*words, "--role", "secretariat") == "desk@fcdo.example may sign in for uk as secretariat.\n"
    )
    assert desk.says(*words) == "desk@fcdo.example may sign in for uk as desk.\n"
    assert "[secretariat|desk|reader]" in desk.says("accounts", "add", "--help")


def test_a_template_that_cannot_be_used_is_named_before_anything_is_served(desk: Terminal) -> None:
    folder = desk.folder / "templates"
    folder.mkdir()
    (folder / "agenda.odt").write_bytes(b"PK")
    (desk.folder / "var").mkdir()
    (desk.folder / "var" / "settings.env").write_text(f"AGENDA_TEMPLATES={folder}\nSECRET_KEY={'k' * 40}\n")
    for command in (("serve",), ("start", "--prepare-only")):
        code, said = desk.refuses(*command)
        assert (code, said.partition(" (")[0]) == (2, f"{folder}/agenda.odt: is the name of no template")
