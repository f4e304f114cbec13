"""Commands about the year plan: what a proposal says, and which spans can be planned."""

import pytest

from tests.cli.terminal import Terminal


def test_a_plan_names_hosts_and_marks_what_is_assumed(desk: Terminal) -> None:
    span = ("--from", "2026-11-21", "--to", "2027-12-31", "--on", "2026-11-21")
    told = desk.says("plan", "propose", *span).splitlines()
    soc = told.index("JS-R05/2027-1  Wednesday 24 March 2027")
    assert told[soc + 1 : soc + 3] == [
        "  Serious and Organised Crime (SOC) Dialogue",
        "  Host: United Kingdom: its turn to host (assumed)",
    ]
    assert [line for line in told if "preferred weekdays" in line and not line.endswith("(assumed)")] == []
    assert told[-1].startswith("Price ")
    dutch = desk.says("plan", "show", "--language", "nl").splitlines()
    assert dutch[-1].startswith("Prijs ")
    assert "  Gastland: Verenigd Koninkrijk: aan de beurt als gastland (aangenomen)" in dutch


@pytest.mark.parametrize(
    ("first", "last", "message"),
    [
        (
            "2027-12-31",
            "2027-01-01",
            "--to: 2027-12-31 to 2027-01-01 is no horizon to plan (give a later last day)",
        ),
        (
            "2020-01-01",
            "2020-12-31",
            "--to: 2020-01-01 to 2020-12-31 is no horizon to plan (give a later last day)",
        ),
        ("2027-01-01", "9999-12-31", "--to: 9999-12-31 is too far ahead (plan at most until 2031-11-25)"),
    ],
)
def test_spans_that_cannot_be_planned(desk: Terminal, first: str, last: str, message: str) -> None:
    words = ("plan", "propose", "--from", first, "--to", last, "--on", "2026-11-21")
    assert desk.refuses(*words) == (2, message)
