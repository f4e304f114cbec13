"""What was decided, as sentences: who and when are never left out, and days are those of the reader's clock."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from scheduler.obligations.consents import Consent, SkipFacts, read_consents, with_consent
from scheduler.obligations.links import DutyLinkFacts
from scheduler.obligations.records import Reader, of_link, of_skip

SIDES = {"uk": {"en": "UK", "nl": "VK"}, "nl": {"en": "NL", "nl": "NL"}}
LONDON, THE_HAGUE = Reader(SIDES, "Europe/London"), Reader(SIDES, "Europe/Amsterdam")
LATE = datetime(2027, 2, 1, 23, 30, tzinfo=UTC)
UK, NL = Consent("uk", "Desk", LATE), Consent("nl", "Bureau", datetime(2027, 2, 3, tzinfo=UTC))
LINK = DutyLinkFacts("A", "B", 2027, 1, (UK,), None, None)


def test_a_day_is_that_of_the_readers_clock() -> None:
    waiting = SkipFacts("A", date(2027, 3, 24), "elections", (UK,), None)
    assert of_skip(waiting, LONDON)["en"] == (
        "proposed by Desk (UK) on 1 February 2027; waits for the agreement of NL"
    )
    assert of_skip(waiting, THE_HAGUE)["nl"] == (
        "voorgesteld door Desk (VK) op 2 februari 2027; wacht op akkoord van NL"
    )


@pytest.mark.parametrize(
    ("link", "ends"),
    [
        (LINK, "waits for the agreement of NL"),
        (replace(LINK, consents=(UK, NL), agreed_at=LATE), "agreed by Bureau (NL) on 3 February 2027"),
        (
            replace(LINK, consents=(UK, NL), agreed_at=LATE, ended=NL),
            "agreed by Bureau (NL) on 3 February 2027; ended by Bureau (NL) on 3 February 2027",
        ),
        (replace(LINK, ended=NL), "declined by Bureau (NL) on 3 February 2027"),
        (replace(LINK, ended=UK), "withdrawn by Desk (UK) on 1 February 2027"),
    ],
)
def test_the_life_of_a_link_is_told(link: DutyLinkFacts, ends: str) -> None:
    assert of_link(link, LONDON)["en"] == f"proposed by Desk (UK) on 1 February 2027; {ends}"


def test_consents_keep_their_order_and_their_first_time() -> None:
    kept = with_consent(with_consent({}, NL), UK)
    assert read_consents(kept) == (NL, UK)
    assert read_consents(with_consent(kept, replace(NL, name="Somebody else"))) == (NL, UK)
