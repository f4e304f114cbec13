"""The command that drafts an agenda: which file it writes, and when it writes none."""

from tests.cli.terminal import Terminal


def test_the_name_of_the_file_says_the_format(desk: Terminal) -> None:
    assert desk.says("agenda", "draft", "JS-R05", "--out", "soc.md") == "Wrote soc.md.\n"
    text = (desk.folder / "soc.md").read_text()
    assert "# Serious and Organised Crime (SOC) Dialogue\n" in text
    desk.says("agenda", "draft", "JS-R05", "--out", "soc", "--format", "pdf")
    assert (desk.folder / "soc").read_bytes().startswith(b"%PDF-")


def test_a_name_and_a_format_that_differ_are_refused(desk: Terminal) -> None:
    assert desk.refuses("agenda", "draft", "JS-R05", "--out", "soc.docx", "--format", "pdf") == (
        2,
        "--format: pdf is not what soc.docx says (name the file soc.pdf)",
    )
    assert desk.refuses("agenda", "draft", "JS-R05", "--out", "soc") == (
        2,
        "--format: 'soc' does not say its format (one of docx, pdf, html, md)",
    )


def test_a_folder_that_is_not_there(desk: Terminal) -> None:
    assert desk.refuses("agenda", "draft", "JS-R05", "--out", "nowhere/soc.pdf") == (
        2,
        "nowhere/soc.pdf: cannot be written: No such file or directory",
    )


def test_an_agenda_names_only_the_sources_it_uses(desk: Terminal) -> None:
    desk.says("agenda", "draft", "JS-R08", "--out", "energy.md")
    assert "Press release" not in (desk.folder / "energy.md").read_text()


def test_where_a_source_lies_can_be_followed(desk: Terminal) -> None:
    desk.says("agenda", "draft", "JS-R05", "--out", "soc.md")
    assert (
        "<https://www.gov.uk/government/news/uk-netherlands-serious-" in (desk.folder / "soc.md").read_text()
    )


def test_one_document_can_be_marked_higher_and_never_lower(desk: Terminal) -> None:
    desk.says("agenda", "draft", "JS-R05", "--marking", "official-sensitive", "--out", "soc.md")
    lines = (desk.folder / "soc.md").read_text().splitlines()
    assert (lines[0], lines[-1]) == ("**OFFICIAL-SENSITIVE**",) * 2
    asked = (
        "agenda",
        "draft",
        "JS-R05",
        "--as",
        "nl",
        "--partnership",
        "uk-nl",
        "--out",
        "soc.md",
        "--marking",
    )
    desk.says(*asked, "Departementaal Vertrouwelijk")
    first = (desk.folder / "soc.md").read_text().splitlines()[0]
    assert first == "**OFFICIAL · Departementaal Vertrouwelijk**"
    code, said = desk.refuses(*asked, "Stg. Geheim")
    assert (code, said.partition(" (")[0]) == (2, "--marking: 'Stg. Geheim' may not be handled here")
    code, said = desk.refuses(*asked, "OFFICIAL-SENSITIVE")
    assert (code, said.partition(" (")[0]) == (
        2,
        "--marking: 'OFFICIAL-SENSITIVE' is no marking that is used here",
    )


def test_templates_can_be_tried(desk: Terminal) -> None:
    assert desk.says("agenda", "templates") == (
        "AGENDA_TEMPLATES names no folder; documents are written with the shipped templates.\n"
    )
