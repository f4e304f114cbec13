"""What a load would change, said at the depth where it differs."""

from typing import Any

import pytest

from scheduler.programmes.compare import Difference, compare_head, compare_section
from scheduler.programmes.sections import Section


def _nothing(*_: Any) -> Any:
    raise AssertionError("a comparison reads and writes nothing")


PARTIES = Section("parties", ("key",), _nothing, _nothing, growing=("posts",))
ROUNDS = Section("rounds", ("obligation", "date"), _nothing, _nothing, in_order=False)


def party(key: str, **fields: Any) -> dict[str, Any]:
    return {
        "key": key,
        "name": {"en": key},
        "posts": [],
        "notes": [],
        **fields,
        "basis": fields.get("basis", {}),
    }


def post(key: str, mailbox: str | None = None) -> dict[str, Any]:
    return {"key": key, "mailbox": mailbox}


UK, NL, US = party("uk"), party("nl"), party("us")

CASES: dict[str, tuple[list[dict[str, Any]], list[dict[str, Any]], list[str]]] = {
    "nothing": ([UK, NL], [UK, NL], []),
    "one more": ([UK], [UK, NL], ["new       parties nl"]),
    "one less": ([UK, NL], [UK], ["kept      parties nl"]),
    "another order": ([UK, NL], [NL, UK], ["reordered parties"]),
    "one in between": ([UK, NL], [UK, US, NL], ["new       parties us"]),
    "a word in one language": (
        [party("uk", name={"en": "UK", "nl": "VK"})],
        [party("uk", name={"en": "UK", "nl": "Verenigd Koninkrijk"})],
        ["changed   parties uk: name, nl: VK → Verenigd Koninkrijk"],
    ),
    "a language less": (
        [party("uk", name={"en": "UK", "nl": "VK"})],
        [party("uk", name={"en": "UK"})],
        ["changed   parties uk: name, nl: VK → None"],
    ),
    "a value and whose it is": (
        [party("uk", zone="UTC", basis={"zone": "assumed"})],
        [party("uk", zone="Europe/London", basis={})],
        ["changed   parties uk: zone: UTC → Europe/London; basis, zone: assumed → None"],
    ),
    "a field of a post": (
        [party("uk", posts=[post("a"), post("b", "b@x.example")])],
        [party("uk", posts=[post("a"), post("b", "c@x.example")])],
        ["changed   parties uk: posts, b, mailbox: b@x.example → c@x.example"],
    ),
    "a post less in a list that only grows": (
        [party("uk", posts=[post("a"), post("b")])],
        [party("uk", posts=[post("b")])],
        ["kept      parties uk, posts a"],
    ),
    "a post more and another less": (
        [party("uk", posts=[post("a"), post("b")])],
        [party("uk", posts=[post("b"), post("c")])],
        [
            ("changed   parties uk: posts: [{'key': 'b', 'mailbox': None}]"
            " → [{'key': 'b', 'mailbox': None}, {'key': 'c', 'mailbox': Non…"),
            "kept      parties uk, posts a",
        ],
    ),
    "an item less in a list that is replaced": (
        [party("uk", notes=[post("a"), post("b")])],
        [party("uk", notes=[post("b")])],
        [
            ("changed   parties uk: notes: [{'key': 'a', 'mailbox': None}, {'key': 'b', 'mailbox': Non…"
            " → [{'key': 'b', 'mailbox': None}]")
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_two_lists_compared(name: str) -> None:
    stored, given, said = CASES[name]
    assert [str(difference) for difference in compare_section(PARTIES, stored, given)] == said


def test_order_means_nothing_where_a_section_says_so() -> None:
    first, second = ({"obligation": "SOC", "date": day} for day in ("2026-03-24", "2027-03-23"))
    assert compare_section(ROUNDS, [first, second], [second, first]) == []
    assert compare_section(ROUNDS, [first], []) == [Difference("rounds", "SOC 2026-03-24", "kept", {})]


def test_the_partnership_itself() -> None:
    head = {"key": "uk-nl", "title": {"en": "UK–NL"}, "parties": ["uk", "nl"], "languages": ["en"]}
    assert compare_head(head, head) == []
    assert compare_head(None, head) == [Difference("partnership", "uk-nl", "new", {})]
    assert compare_head(head, {**head, "title": {"en": "NL–UK"}}) == [
        Difference("partnership", "uk-nl", "changed", {"title, en": ("UK–NL", "NL–UK")})
    ]
    assert compare_head({**head, "parties": ["uk", "fr", "nl"]}, head) == []
    assert compare_head(head, {**head, "parties": ["nl", "uk"]}) == [
        Difference("partnership", "uk-nl", "changed", {"parties": (["uk", "nl"], ["nl", "uk"])})
    ]
