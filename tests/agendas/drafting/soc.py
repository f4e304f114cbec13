"""The facts of one dialogue, as its founding documents have them, in few words."""

from dataclasses import replace
from datetime import date, time
from typing import Any

from agendas.drafting.facts import (
    Commitment,
    Facts,
    Meeting,
    NextRound,
    PastItem,
    PreviousRound,
    Progress,
    Silence,
    Theme,
    Topic,
)
from agendas.known import Assumption, Office, Party, Pointer, Source

UK = Party(
    "uk",
    {"en": "United Kingdom", "nl": "Verenigd Koninkrijk"},
    {"en": "UK", "nl": "VK"},
    {"en": "London", "nl": "Londen"},
    "Europe/London",
)
NL = Party(
    "nl",
    {"en": "Netherlands", "nl": "Nederland"},
    {"en": "NL", "nl": "NL"},
    {"en": "The Hague", "nl": "Den Haag"},
    "Europe/Amsterdam",
)
HOME_OFFICE = Office("uk", {"en": "Home Office", "nl": "Home Office"}, "HO", "assumed")
JENV = Office("nl", {"en": "Ministry of Justice", "nl": "Ministerie van Justitie"}, "JenV", "assumed")
BOTH = (HOME_OFFICE, JENV)
ROUND_FOUR = date(2026, 3, 24)
FIREARMS = "JS-R05/illicit-firearms"
DRUGS = "JS-R05/drug-smuggling"
MONEY = "JS-R05/illicit-financial-flows"
DETENTION = "JS-R05/continued-offending-in-detention"


def commitment(key: str, *, theme: str = "JS-T3", **changes: Any) -> Commitment:
    """Return an open commitment of both sides."""
    heading = "Serious and Organised Crime" if key.startswith("JS") else ""
    plain = Commitment(
        key=key,
        theme=theme,
        text={"en": f"Words of {key.lower()}", "nl": f"Woorden van {key.lower()}"},
        kind="continuing_cooperation",
        strength="reaffirm",
        owners=BOTH,
        pointer=Pointer(key[:2], heading),
    )
    return replace(plain, **changes)


def progress(key: str, *, day: date = ROUND_FOUR, **changes: Any) -> Progress:
    """Return a note of the release."""
    plain = Progress(
        key, day, {"en": f"News {key}", "nl": f"Nieuws {key}"}, "progress", pointer=Pointer("SR")
    )
    return replace(plain, **changes)


def soc_facts(**changes: Any) -> Facts:
    """Return the facts of the fifth round, on 23 March 2027 in London, as they stood on 10 February."""
    return replace(_SOC, **changes)


def soc_meeting(**changes: Any) -> Meeting:
    """Return the fifth round."""
    return replace(_SOC.meeting, **changes)


_SOC = Facts(
    today=date(2027, 2, 10),
    partnership={"en": "United Kingdom–Netherlands", "nl": "Verenigd Koninkrijk–Nederland"},
    meeting=Meeting(
        key="JS-R05/5",
        title={"en": "Serious and Organised Crime Dialogue", "nl": "Dialoog over zware criminaliteit"},
        obligation="JS-R05",
        kind="dialogue",
        level="senior_official",
        minutes=360,
        number=5,
        first_day=date(2027, 3, 23),
        start=time(10),
        zone="Europe/London",
        place={"en": "London", "nl": "Londen"},
        host="uk",
        cadence="annual",
        pointer=Pointer("JS", "Serious and Organised Crime", 1),
        assumed=frozenset({"minutes", "start", "host"}),
    ),
    parties=(UK, NL),
    themes=(Theme("JS-T3", {"en": "Serious and organised crime", "nl": "Zware criminaliteit"}, BOTH),),
    topics=(
        Topic(DRUGS, {"en": "Drug smuggling", "nl": "Drugssmokkel"}, "JS-T3"),
        Topic(FIREARMS, {"en": "Illicit firearms", "nl": "Illegale vuurwapens"}, "JS-T3"),
        Topic(MONEY, {"en": "Illicit financial flows", "nl": "Illegale geldstromen"}, "JS-T3"),
        Topic(DETENTION, {"en": "Continued offending in detention", "nl": "Misdaad in detentie"}, "JS-T3"),
    ),
    commitments=(
        commitment("JS-C26"),
        commitment("JS-C27", kind="action", strength="explore"),
        commitment("SR-C01", strength="continue_to", topics=(MONEY, DRUGS, FIREARMS)),
        commitment("SR-C02", kind="action", strength="commit_to", topics=(MONEY,)),
        commitment("SR-C03", topics=(DRUGS,)),
        commitment("SR-C04", strength="commit_to", topics=(FIREARMS,)),
    ),
    progress=(
        progress("SR-P1", commitments=("JS-C26",), topics=(DRUGS,)),
        progress("SR-P2", commitments=("JS-C26",), topics=(MONEY,)),
        progress("SR-P3", topics=(DETENTION,), state="outstanding_step"),
        progress("SR-P5", obligations=("JS-R05",), state="obligation_met"),
        progress("SR-P6", commitments=("JS-C27",), state="continuing"),
        progress("SR-P7", topics=(FIREARMS,), state="new_emphasis"),
    ),
    silences=(
        Silence(
            "JS-C27",
            {"en": "No word of Latin America", "nl": "Niets over Latijns-Amerika"},
            ROUND_FOUR,
            Pointer("SR"),
        ),
    ),
    previous=PreviousRound(
        ROUND_FOUR,
        4,
        (
            PastItem("topic/JS-R05/illicit-firearms", "steer", ("SR-C04",)),
            PastItem("topic/JS-R05/illicit-financial-flows", "note", ("SR-C02",)),
        ),
    ),
    next_round=NextRound(date(2028, 3, 23), "nl"),
    assumptions=(
        Assumption({"en": "Length", "nl": "Duur"}, {"en": "6 hours", "nl": "6 uur"}),
        Assumption(
            {"en": "Next host", "nl": "Volgend gastland"}, {"en": "by turns", "nl": "om beurten"}, "set:FCDO"
        ),
    ),
    sources=(
        Source(
            "JS",
            {"en": "Joint Statement on security", "nl": "Gezamenlijke verklaring over veiligheid"},
            "joint_statement",
            "2025-12-03",
            "not legally binding",
        ),
        Source(
            "SR",
            {"en": "Release", "nl": "Bericht"},
            "press_release",
            "2026-03",
            address="https://gov.example/soc",
        ),
    ),
)
