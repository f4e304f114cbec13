"""Obligations as plain values: what the shipped programme says of them, with whose each value is."""

from datetime import date

from sqlalchemy import Engine

from scheduler.dates.cadence import Cadence, CadenceRule
from scheduler.db.work import reading
from scheduler.errors import NotFound
from scheduler.obligations.queries import ObligationFacts, RelationFacts, obligation, obligations
from scheduler.obligations.rules import Promise
from scheduler.programmes.loading import SHIPPED
from tests.builders import NOW, PARTNERSHIP, UK, US, load_files, refusal


def facts(engine: Engine) -> dict[str, ObligationFacts]:
    load_files(engine, SHIPPED / "uk_nl.yaml")
    with reading(engine, UK, NOW) as work:
        return {entry.key: entry for entry in obligations(work, PARTNERSHIP)}


def test_the_obligations_of_the_shipped_programme(engine: Engine) -> None:
    found = facts(engine)
    assert list(found) == [f"JS-R{number:02}" for number in range(1, 14)]
    soc = found["JS-R05"]
    assert soc.promise == Promise(
        "JS-R05",
        Cadence(CadenceRule.ANNUAL),
        date(2025, 12, 3),
        None,
        save_the_date_weeks=17,
        cadence_stated="annual",
    )
    assert [topic.key for topic in soc.topics] == [
        "drug-smuggling",
        "illicit-firearms",
        "illicit-financial-flows",
        "continued-offending-in-detention",
    ]
    assert [(entry.post.reference, entry.role) for entry in soc.posts[:2]] == [
        ("uk/director-organised-crime", "chair"),
        ("nl/director-organised-crime", "chair"),
    ]
    assert (soc.themes, soc.window, soc.duration, soc.start_time) == (
        ("JS-T3",),
        {"months": [1, 2, 3, 4, 5, 6]},
        {"hours": 6},
        "10:00",
    )
    assert soc.basis["window"] == "assumed"
    assert found["JS-R01"].themes == tuple(f"JS-T{number}" for number in range(9))


def test_relations_lead_to_obligations_or_outside(engine: Engine) -> None:
    found = facts(engine)
    why = (
        {
            "en": "what is said there on energy feeds this dialogue",
            "nl": "wat daar over energie wordt gezegd, voedt deze dialoog",
        },
        {"en": "a body outside this programme", "nl": "een orgaan buiten dit programma"},
    )
    assert found["JS-R07"].relations == (
        RelationFacts("builds_on", "JS-R10", None, "stated", note=why[0]),
        RelationFacts("works_through", None, "North Seas Energy Cooperation group", "stated", note=why[1]),
    )
    assert {key: entry.covers() for key, entry in found.items() if entry.covers()} == {
        "JS-R02": ("JS-R05", "JS-R07")
    }


def test_mixed_levels_take_the_lead_times_of_whoever_must_come(engine: Engine) -> None:
    found = facts(engine)
    mixed = {key: entry.effective_level for key, entry in found.items() if entry.level == "mixed"}
    assert mixed == {"JS-R06": "senior_official", "JS-R10": "senior_official"}


def test_an_obligation_of_others_and_none_are_refused_alike(engine: Engine) -> None:
    load_files(engine)
    with reading(engine, US, NOW) as work:
        assert {
            refusal(NotFound, obligation, work, PARTNERSHIP, key).replace(key, "…")
            for key in ("SOC", "JS-R99")
        } == {"uk-nl has no obligation '…' (`dialogues owed` lists them)"}
