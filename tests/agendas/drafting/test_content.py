"""What people go on from holds what was drafted: nothing of it is lost on the way to a version, nor on the way back."""

from hypothesis import given, settings

from agendas.commitments.rules import OPEN
from agendas.drafting.content import as_content, as_draft
from agendas.drafting.facts import Facts
from agendas.drafting.rules import draft
from agendas.versions.rules import spare_minutes
from tests.agendas.drafting.ledgers import facts


@settings(max_examples=60)
@given(facts)
def test_a_version_treats_each_open_commitment_exactly_once_and_fills_each_day(ledger: Facts) -> None:
    content = as_content(draft(ledger), ledger)
    still_open = sorted(one.key for one in ledger.commitments if one.status in OPEN)
    assert sorted(key for key, _ in content.treated()) == still_open
    assert spare_minutes(content) == (0,) * ledger.meeting.days
    assert [left.commitment for left in content.left_out if not left.because["en"]] == []
    assert [key for key, why in content.dropped_themes.items() if not why["en"]] == []


@settings(max_examples=60)
@given(facts)
def test_what_was_drafted_comes_back_from_its_version(ledger: Facts) -> None:
    drafted = draft(ledger)
    back = as_draft(as_content(drafted, ledger), ledger)
    assert list(back.commitment_keys()) == list(drafted.commitment_keys())
    assert [(item.key, item.day, item.offset, item.minutes, item.lead) for item in back.items] == [
        (item.key, item.day, item.offset, item.minutes, item.lead) for item in drafted.items
    ]
