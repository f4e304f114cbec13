"""What forms are refused for, as whoever reads Dutch meets it: on the page of the form, in Dutch."""

import pytest

from tests.web.site import Visitor

CLOSED, FEEDS, SETTINGS = "/closed-days/uk-nl", "/subscriptions/uk-nl", "/reminders/uk-nl/settings"
DIARIES, POSTS, R1 = "/diaries/uk-nl", "/posts/uk-nl", "/obligations/uk-nl/R1"
AWAY = {"first": "2027-03-01", "last": "2027-03-05", "title": "Verkiezingen", "kind": "absence"}
FEED = {"label": "Bureau", "language": "nl", "tier": "busy", "deadlines": "none"}


@pytest.mark.parametrize(
    ("page", "path", "form", "complaint"),
    [
        (
            CLOSED,
            CLOSED,
            AWAY | {"last": "2027-02-01"},
            "De dagen eindigen voordat zij beginnen. Geef een latere laatste dag.",
        ),
        (
            DIARIES,
            f"{DIARIES}/director/address",
            {"address": "http://agenda.example/"},
            (
                "Het adres, of een adres waarnaar het verwijst, begint niet met https://. "
                "Een adres zoals https://calendar.example/busy.ics."
            ),
        ),
        (
            POSTS,
            f"{POSTS}/director/holder",
            {"from": "2027-02-01", "until": "2027-01-01"},
            "2027-01-01 ligt vóór 2027-02-01. Geef een latere dag.",
        ),
        (
            SETTINGS,
            SETTINGS,
            {"step": "first_draft", "amount": "500"},
            "500 ligt niet tussen -104 en 104.",
        ),
        (
            SETTINGS,
            f"{SETTINGS}/reset",
            {"step": "first_draft"},
            "Hiervoor heeft uw zijde niets ingesteld. Alleen wat uw zijde heeft ingesteld, kan worden teruggenomen.",
        ),
        (
            FEEDS,
            FEEDS,
            FEED | {"deadlines": "events"},
            (
                "Een feed die alleen zegt wanneer u bezet bent, heeft geen uiterste data. "
                "Kies geen uiterste data, of een ander detailniveau."
            ),
        ),
        (
            R1,
            f"{R1}/skips/propose",
            {"due": "2029-02-02", "reason": "verkiezingen"},
            "Er is geen ronde vereist op 2 februari 2029. De uiterste datum staat bij de verplichting.",
        ),
    ],
)
def test_a_complaint_is_in_dutch(
    nl: Visitor, page: str, path: str, form: dict[str, str], complaint: str
) -> None:
    refused = nl.post(path, on_page=page, **form)
    assert refused.said("//p[@role='alert']") == [complaint]
