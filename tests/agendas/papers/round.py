"""A round with everything that papers can hold: invented, and two sides that exist nowhere else in the tests."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

from agendas.known import Assumption, Office, Party, Pointer, Source
from agendas.papers import model as m

NORTH, SOUTH = "no", "fi"
PARTIES = (
    Party(NORTH, {"en": "Norway", "nl": "Noorwegen"}, {"en": "NO"}, {"en": "Oslo"}, "Europe/Oslo"),
    Party(SOUTH, {"en": "Finland", "nl": "Finland"}, {"en": "FI"}, {"en": "Helsinki"}, "Europe/Helsinki"),
)
COAST = Office(NORTH, {"en": "Coast Directorate", "nl": "Kustdirectie"}, "CD")
BORDER = Office(SOUTH, {"en": "Border Agency", "nl": "Grensagentschap"}, "BA", "assumed")
STATEMENT = Source(
    "MEMO",
    {"en": "Memorandum on border cooperation", "nl": "Memorandum over grenssamenwerking"},
    "joint_statement",
    "2026-05",
    "not legally binding",
)
POINTER = Pointer("MEMO", "Borders", 3)
MEETING = m.PaperMeeting(
    partnership={"en": "Norway–Finland", "nl": "Noorwegen–Finland"},
    title={"en": "Border Dialogue", "nl": "Grensdialoog"},
    parties=PARTIES,
    level="senior_official",
    minutes=120,
    number=4,
    first_day=date(2027, 6, 1),
    start=time(10),
    zone="Europe/Oslo",
    place={"en": "Oslo"},
    host=NORTH,
    obligation="M-1",
    cadence="annual",
    pointer=POINTER,
    assumed=frozenset({"start"}),
)
LINE = m.PaperLine(
    "M-C1",
    {"en": "Share patrol plans each spring", "nl": "Elk voorjaar patrouilleplannen delen"},
    "action",
    "will",
    status="in_progress",
    due=date(2027, 3, 1),
    owners=(COAST, BORDER),
    pointer=POINTER,
    said=(m.PaperProgress(date(2027, 2, 3), {"en": "Plans exchanged for the north"}, POINTER),),
    has_news=True,
    is_overdue=True,
    urgency={"en": "Overdue since 1 March 2027", "nl": "Achterstallig sinds 1 maart 2027"},
)
SILENT = m.PaperLine(
    "M-C2", {"en": "Explore a joint register", "nl": "Een gezamenlijk register verkennen"}, "continuing_cooperation",
    "explore", pointer=POINTER,
)  # fmt: skip
THEME = m.PaperItem(
    "borders",
    "theme",
    {"en": "Borders", "nl": "Grenzen"},
    60,
    offset=10,
    is_subject=True,
    lead=NORTH,
    leads=(COAST, BORDER),
    wanted="decide",
    lines=(LINE, SILENT),
    notes={"en": "Both sides report on the winter season.\n- figures by sector\n- lessons", "nl": ""},
    expected=(
        m.PaperExpected({"en": "Winter figures", "nl": "Wintercijfers"}, date(2027, 5, 18), office=BORDER),
    ),
    reasons=({"en": "Theme of this dialogue", "nl": "Thema van deze dialoog"},),
    is_unchanged=True,
)
TRAINING = m.PaperItem(
    "training", "theme", {"en": "Joint training", "nl": "Gezamenlijke training"}, 40, offset=80, is_subject=True,
    lead=SOUTH, leads=(BORDER,), wanted="steer", stale=frozenset({"nl"}),
)  # fmt: skip
ITEMS = (
    m.PaperItem("opening", "opening", {"en": "Opening", "nl": "Opening"}, 10, lead=NORTH, wanted="note"),
    THEME,
    m.PaperItem("break", "break", {"en": "Break", "nl": "Pauze"}, 10, offset=70, is_pause=True),
    TRAINING,
)
IN_WRITING = m.PaperItem(
    "search", "theme", {"en": "Search and rescue", "nl": "Opsporing en redding"}, 0, is_subject=True
)
SIGNATURES = (
    m.PaperSignature(NORTH, "Desk for Finland", datetime(2027, 5, 10, 12, 5, tzinfo=UTC)),
    m.PaperSignature(SOUTH, "Nordic desk", datetime(2027, 5, 11, 7, 30, tzinfo=UTC)),
)
AGENDA = m.PaperAgenda(
    meeting=MEETING,
    as_of=date(2027, 5, 11),
    items=ITEMS,
    written_procedure=(IN_WRITING,),
    left_out=(
        m.PaperLeftOut(replace(SILENT, key="M-C3"), {"en": "Deferred by both sides", "nl": "Uitgesteld"}),
    ),
    without_item=({"en": "Fisheries", "nl": "Visserij"},),
    previous=m.PaperRound(date(2026, 6, 2), 3),
    following=m.PaperRound(date(2028, 6, 1), None, SOUTH),
    assumptions=(Assumption({"en": "Interval", "nl": "Termijn"}, {"en": "12 months", "nl": "12 maanden"}),),
    sources=(STATEMENT,),
    stage="agreed",
    version=3,
    signatures=SIGNATURES,
    fingerprint="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
)
BRIEF = m.Brief(
    objective={
        "en": "Agreement on patrol plans before the winter.",
        "nl": "Akkoord over patrouilleplannen vóór de winter.",
    },
    points={
        "en": "Grateful for the exchange in February.\n- ask for the southern sector\n- offer liaison officers",
        "nl": "Dank voor de uitwisseling in februari.\n- vraag om de zuidelijke sector\n- bied liaisons aan",
    },
    if_raised={
        "en": "On cost: each side bears its own.",
        "nl": "Over kosten: elke zijde draagt de eigen kosten.",
    },
    usable={"en": "Twelve joint patrols in 2026.", "nl": "Twaalf gezamenlijke patrouilles in 2026."},
    not_for_disclosure={
        "en": "We could live with one liaison officer.",
        "nl": "Eén liaison volstaat voor ons.",
    },
)
PACK = m.PaperPack(
    AGENDA,
    NORTH,
    {"borders": BRIEF, "search": m.Brief(objective={"en": "Note the report."})},
    (
        m.PaperDelegate(NORTH, {"en": "Director for the Coast", "nl": "Directeur Kust"}, "CD", is_head=True),
        m.PaperDelegate(
            NORTH, {"en": "Adviser", "nl": "Adviseur"}, "CD", role={"en": "notes", "nl": "verslag"}
        ),
        m.PaperDelegate(
            SOUTH, {"en": "Head of the Border Agency", "nl": "Hoofd Grensagentschap"}, is_head=True
        ),
    ),
    {"en": "Director for the Coast", "nl": "Directeur Kust"},
)
RECORD = m.PaperRecord(
    meeting=MEETING,
    as_of=date(2027, 6, 14),
    attendance=(
        m.PaperAttendance(NORTH, {"en": "Director for the Coast", "nl": "Directeur Kust"}),
        m.PaperAttendance(NORTH, {"en": "Adviser", "nl": "Adviseur"}, "absent"),
        m.PaperAttendance(
            SOUTH,
            {"en": "Deputy Head", "nl": "Plaatsvervangend hoofd"},
            "delegate",
            {"en": "Head of the Border Agency"},
        ),
    ),
    outcomes=(
        m.PaperOutcome(ITEMS[0], "noted"),
        m.PaperOutcome(
            THEME,
            "decided",
            {"en": "Patrol plans are shared by 1 March.", "nl": "Patrouilleplannen worden vóór 1 maart gedeeld."},
            (
                m.PaperAction("M-C4", {"en": "Send the southern plans", "nl": "Zuidelijke plannen sturen"},
                              (COAST, BORDER),
                              date(2027, 9, 1)),
                m.PaperAction("M-C5", {"en": "Name a liaison officer"}, (BORDER,)),
            ),
            (m.PaperProgress(date(2027, 6, 1), {"en": "Northern plans complete", "nl": "Noordelijke plannen gereed"}),),
        ),
        m.PaperOutcome(TRAINING, "not_reached"),
    ),
    changes=(
        m.PaperChange("M-C1", LINE.text, {"en": "delivered", "nl": "nagekomen"}, pointer=POINTER),
        m.PaperChange("M-C2", SILENT.text, {"en": "merged into another", "nl": "opgegaan in een andere"}, into="M-C4",
                      reason="Both say the same"),
        m.PaperChange("M-C3", {"en": "Meet twice", "nl": "Tweemaal bijeen"}, due=date(2027, 12, 1),
                      text={"en": "Meet once", "nl": "Eens"}),
    ),
    following=m.PaperRound(date(2028, 6, 1), None, SOUTH),
    sources=(STATEMENT,),
    signatures=SIGNATURES[:1],
)  # fmt: skip
NOTE = m.PaperCoveringNote(
    meeting=MEETING,
    as_of=date(2027, 4, 20),
    sender=NORTH,
    recipient=SOUTH,
    enclosures=({"en": "Draft agenda, version 2", "nl": "Conceptagenda, versie 2"},),
    text={"en": "The draft follows what is open since last June.", "nl": "Het concept volgt wat openstaat sinds juni."},
    dropped=(
        m.PaperDropped({"en": "Fisheries", "nl": "Visserij"},
                       {"en": "Treated by ministers in May", "nl": "Door bewindspersonen in mei"}, (SILENT,)),
    ),
    requests=(
        m.PaperRequest({"en": "Comments and additions", "nl": "Opmerkingen en aanvullingen"}, date(2027, 5, 11)),
        m.PaperRequest({"en": "Names of the delegation", "nl": "Namen van de delegatie"}),
    ),
    sources=(STATEMENT,),
)  # fmt: skip
