from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from agendas.drafting.draft import Item
from agendas.drafting.facts import NextRound
from agendas.drafting.leads import with_leads
from agendas.drafting.selection import judge
from tests.agendas.drafting.soc import BOTH, HOME_OFFICE, JENV, commitment, soc_facts, soc_meeting


@given(st.integers(1, 12))
def test_what_both_own_is_opened_by_turns_the_guest_first(count: int) -> None:
    leads = [item.lead for item in with_leads([subject("shared")] * count, soc_facts())]
    assert leads == (["nl", "uk"] * count)[:count]


@given(st.lists(st.sampled_from(("shared", "uk", "nl")), max_size=15))
def test_the_only_owner_opens_and_the_other_side_catches_up(kinds: list[str]) -> None:
    items = with_leads([subject(kind) for kind in kinds], soc_facts())
    assert [item.lead for item, kind in zip(items, kinds, strict=True) if kind != "shared"] == [
        kind for kind in kinds if kind != "shared"
    ]
    opened = {"uk": 0, "nl": 0}
    for item, kind in zip(items, kinds, strict=True):
        if kind == "shared":
            assert opened[item.lead or ""] == min(opened.values())
        opened[item.lead or ""] += 1


def test_host_guest_and_next_host_have_the_fixed_parts() -> None:
    kinds = ("opening", "actions", "other_business", "next_round", "readout", "break")
    facts = soc_facts(meeting=soc_meeting(host="nl"), next_round=NextRound(host="nl"))
    items = with_leads([Item(kind, kind, {"en": kind}, 5) for kind in kinds], facts)
    assert [item.lead for item in items] == ["nl", "uk", "uk", "nl", "nl", None]


def test_the_office_of_the_side_that_opens_is_named_first_and_owners_stand_in_for_leads() -> None:
    themed = replace(subject("shared"), leads=BOTH)
    owned = subject("uk")
    items = with_leads([themed, owned, subject("none")], soc_facts())
    assert [item.leads for item in items] == [(JENV, HOME_OFFICE), (HOME_OFFICE,), ()]


def test_without_parties_nobody_leads() -> None:
    assert with_leads([subject("shared")], soc_facts(parties=()))[0].lead is None


def test_a_single_side_leads_everything_itself() -> None:
    facts = soc_facts(parties=soc_facts().parties[:1])
    assert [item.lead for item in with_leads([subject("shared"), subject("uk")], facts)] == ["uk", "uk"]


def test_every_lead_has_its_reason() -> None:
    items = with_leads(
        [subject("shared"), subject("uk"), Item("opening", "opening", {"en": "o"}, 5)], soc_facts()
    )
    assert [item.reasons[-1]["en"] for item in items] == [
        "Opening by turn: Netherlands",
        "Opening as the only owner: United Kingdom",
        "Leading as host: United Kingdom",
    ]


def subject(owner: str) -> Item:
    owners = {"shared": BOTH, "uk": (HOME_OFFICE,), "nl": (JENV,), "none": ()}[owner]
    lines = judge(soc_facts(commitments=(commitment("A", owners=owners),)))
    return Item("theme/JS-T3", "theme", {"en": "Theme"}, 10, lines=lines)
