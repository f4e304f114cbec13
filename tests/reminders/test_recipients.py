from dataclasses import replace
from datetime import date

import pytest

from scheduler.dates.cadence import Cadence, CadenceRule
from scheduler.obligations.queries import DelegationPost, ObligationFacts
from scheduler.partnerships.queries import OfficeFacts, PostFacts
from scheduler.reminders.recipients import Side, recipients


def office(key: str, *, secretariat: bool = False) -> OfficeFacts:
    words = {"en": key}
    return OfficeFacts(
        "uk", key, words, key.upper(), "ministry", words, secretariat, None, {"secretariat": "assumed"}
    )


def post(key: str, office: str, level: str = "expert", **changes: str | bool | None) -> PostFacts:
    facts = PostFacts(
        party="uk",
        key=key,
        office=office,
        title={"en": key},
        level=level,
        mailbox=f"{key}@uk.example",
        is_private_office=False,
        letters_to=None,
        basis={},
    )
    return replace(facts, **changes)  # type: ignore[arg-type]


FS = post("fs", "fcdo", "ministerial", letters_to="fs-office")
FS_OFFICE = post("fs-office", "fcdo", "senior_official", is_private_office=True)
SECRETARIAT = post("secretariat", "fcdo")
DESK = post("desk", "fcdo")
DIRECTOR = post("director", "ho", "senior_official")
CRIME_DESK = post("crime-desk", "ho")
HOME_SECRETARY = post("home-secretary", "ho", "ministerial")
SIDE = Side(
    "uk",
    (office("fcdo", secretariat=True), office("ho")),
    (FS, FS_OFFICE, DESK, SECRETARIAT, HOME_SECRETARY, DIRECTOR, CRIME_DESK),
)


def duty(*delegation: tuple[PostFacts, str], lead: str = "ho") -> ObligationFacts:
    return ObligationFacts(
        id=1,
        partnership="uk-nl",
        key="SOC",
        title={"en": "SOC"},
        kind="dialogue",
        level="senior_official",
        passage_id=None,
        cadence=Cadence(CadenceRule.ANNUAL),
        cadence_stated="annual",
        cadence_reading={"en": ""},
        established=True,
        in_force_from=date(2026, 1, 1),
        in_force_until=None,
        duration=None,
        start_time=None,
        window=None,
        preferred=None,
        host={"rule": "either"},
        leads={"uk": lead, "nl": "jenv"},
        note=None,
        basis={"leads": "set:the two secretariats", "posts": "assumed"},
        themes=(),
        topics=(),
        posts=tuple(DelegationPost(*entry) for entry in delegation),
        relations=(),
    )


SOC = duty(
    (DIRECTOR, "chair"), (CRIME_DESK, "required"), (HOME_SECRETARY, "informed"), (SECRETARIAT, "informed")
)


def posts(side: Side, own: ObligationFacts, host: str | None = None) -> dict[str, list[str]]:
    return {
        audience: [entry.post for entry in found]
        for audience, found in recipients(side, (own,), host).items()
    }


def test_each_audience_has_its_post() -> None:
    assert posts(SIDE, SOC, "uk") == {
        "secretariat": ["uk/secretariat"],
        "host": ["uk/secretariat"],
        "lead": ["uk/crime-desk"],
        "private_office": ["uk/director"],
    }


@pytest.mark.parametrize(
    ("host", "asked"), [("uk", ["uk/secretariat"]), ("nl", []), (None, ["uk/secretariat"])]
)
def test_a_host_is_asked_for_what_hosts_do(host: str | None, asked: list[str]) -> None:
    assert posts(SIDE, SOC, host)["host"] == asked


def test_why_it_is_this_post_names_whose_the_value_is() -> None:
    found = recipients(SIDE, (SOC,), "uk", "assumed")
    assert {audience: [words["en"] for words in entry[0].because] for audience, entry in found.items()} == {
        "secretariat": ["FCDO is your side’s secretariat (assumed)."],
        "host": ["Your side hosts this round (assumed).", "FCDO is your side’s secretariat (assumed)."],
        "lead": ["HO leads on this for your side (set by the two secretariats)."],
        "private_office": ["Director is on the delegation (assumed)."],
    }


def test_a_ministers_letters_go_where_the_minister_has_them_sent() -> None:
    own = duty((FS, "chair"), (SECRETARIAT, "informed"), lead="fcdo")
    (reader,) = recipients(SIDE, (own,), None)["private_office"]
    assert (reader.post, reader.because[-1]["en"]) == ("uk/fs-office", "Letters for fs go to you.")


def test_in_an_office_without_delegates_those_who_do_the_work_are_written_to() -> None:
    assert posts(SIDE, duty())["lead"] == ["uk/crime-desk"]
    assert posts(SIDE, duty())["secretariat"] == ["uk/desk"]


def test_two_duties_of_one_round_reach_each_post_once() -> None:
    second = duty((FS, "chair"), (SECRETARIAT, "informed"), lead="fcdo")
    found = recipients(SIDE, (SOC, second), None)
    assert [entry.post for entry in found["lead"]] == ["uk/crime-desk", "uk/fs-office"]
    assert [entry.post for entry in found["secretariat"]] == ["uk/secretariat"]


def test_for_a_post_without_mailbox_the_secretariat_is_asked_to_pass_it_on() -> None:
    mute = replace(CRIME_DESK, mailbox=None)
    side = replace(SIDE, posts=tuple(mute if entry is CRIME_DESK else entry for entry in SIDE.posts))
    (reader,) = recipients(side, (duty((mute, "required"), (SECRETARIAT, "informed")),), None)["lead"]
    assert (reader.post, reader.because[-1]["en"]) == (
        "uk/secretariat",
        "No mailbox is known for crime-desk; please pass this on.",
    )


def test_without_any_mailbox_there_is_somebody_but_no_address() -> None:
    side = replace(SIDE, posts=tuple(replace(entry, mailbox=None) for entry in SIDE.posts))
    (reader,) = recipients(side, (duty(),), None)["lead"]
    assert reader.mailbox is None
