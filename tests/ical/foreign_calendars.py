"""Invented calendars in the manner of programs that people export their diaries from, and what is busy in them.

Every title, place and name holds ``CANARY``, which must come out nowhere.
"""

CANARY = "zq-canary-zq"


def calendar(*entries: str, head: str = "VERSION:2.0\nPRODID:-//Invented//EN") -> bytes:
    """Return a calendar with CRLF line ends."""
    return "\n".join(["BEGIN:VCALENDAR", head, *entries, "END:VCALENDAR", ""]).replace("\n", "\r\n").encode()


def event(*lines: str, uid: str = "1") -> str:
    """Return an event with a title, a place and an alarm that say the canary."""
    return "\n".join(
        [
            "BEGIN:VEVENT",
            f"UID:{uid}@invented.example",
            "DTSTAMP:20261101T080000Z",
            f"SUMMARY:{CANARY}",
            f"LOCATION:{CANARY}",
            f"ATTENDEE;CN={CANARY}:mailto:{CANARY}@invented.example",
            *lines,
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            f"DESCRIPTION:{CANARY}",
            "TRIGGER:-PT15M",
            "DURATION:PT9H",
            "END:VALARM",
            "END:VEVENT",
        ]
    )


OUTLOOK_ZONE = """BEGIN:VTIMEZONE
TZID:{name}
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE"""

OUTLOOK = calendar(
    OUTLOOK_ZONE.format(name="W. Europe Standard Time"),
    OUTLOOK_ZONE.format(name="Customized Time Zone"),
    event(  # every second Tuesday, once moved and once cancelled by a changed occurrence
        "DTSTART;TZID=W. Europe Standard Time:20270302T100000",
        "DTEND;TZID=W. Europe Standard Time:20270302T113000",
        "RRULE:FREQ=WEEKLY;UNTIL=20270427T080000Z;INTERVAL=2;BYDAY=TU;WKST=SU",
        "EXDATE;TZID=W. Europe Standard Time:20270413T100000",
        "X-MICROSOFT-CDO-BUSYSTATUS:BUSY",
        uid="series",
    ),
    event(
        "RECURRENCE-ID;TZID=W. Europe Standard Time:20270316T100000",
        "DTSTART;TZID=W. Europe Standard Time:20270317T150000",
        "DTEND;TZID=W. Europe Standard Time:20270317T160000",
        "SEQUENCE:1",
        "X-MICROSOFT-CDO-BUSYSTATUS:OOF",
        uid="series",
    ),
    event(
        'DTSTART;TZID="Customized Time Zone":20270405T090000',
        'DTEND;TZID="Customized Time Zone":20270405T100000',
        "X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE",
        uid="own zone",
    ),
    event(
        "DTSTART;VALUE=DATE:20270510",
        "DTEND;VALUE=DATE:20270512",
        "TRANSP:TRANSPARENT",
        "X-MICROSOFT-CDO-BUSYSTATUS:OOF",
        "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
        uid="away",
    ),
    event(
        "DTSTART;TZID=GMT Standard Time:20270518T000000",
        "DTEND;TZID=GMT Standard Time:20270519T000000",
        "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
        "X-MICROSOFT-CDO-BUSYSTATUS:BUSY",
        uid="whole day with hours",
    ),
    *(
        event(f"DTSTART:202706{day}T090000Z", f"DTEND:202706{day}T100000Z", line, uid=f"free {day}")
        for day, line in (
            ("01", "X-MICROSOFT-CDO-BUSYSTATUS:FREE"),
            ("02", "X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE"),
            ("03", "STATUS:CANCELLED"),
        )
    ),
    head="PRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN\nVERSION:2.0\nMETHOD:PUBLISH",
)

OUTLOOK_BUSY = [
    ("2027-03-02T09:00", "2027-03-02T10:30", "busy"),
    ("2027-03-17T14:00", "2027-03-17T15:00", "busy"),
    ("2027-03-30T08:00", "2027-03-30T09:30", "busy"),
    ("2027-04-05T07:00", "2027-04-05T08:00", "tentative"),
    ("2027-04-27T08:00", "2027-04-27T09:30", "busy"),
    ("2027-05-09T23:00", "2027-05-11T23:00", "busy all day"),
    ("2027-05-17T23:00", "2027-05-18T23:00", "busy all day"),
]

GOOGLE = calendar(
    """BEGIN:VTIMEZONE
TZID:Europe/London
X-LIC-LOCATION:Europe/London
BEGIN:DAYLIGHT
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
TZNAME:BST
DTSTART:19700329T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
TZNAME:GMT
DTSTART:19701025T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE""",
    event(  # each working day until Easter, across the change of the clocks
        "DTSTART;TZID=Europe/London:20270322T090000",
        "DTEND;TZID=Europe/London:20270322T093000",
        "RRULE:FREQ=WEEKLY;COUNT=8;BYDAY=MO,TU,WE,TH,FR",
        "EXDATE;TZID=Europe/London:20270325T090000",
        "EXDATE;TZID=Europe/London:20270326T090000",
        "TRANSP:OPAQUE",
        "STATUS:CONFIRMED",
        uid="daily@google",
    ),
    event("DTSTART:20270601T130000Z", "DTEND:20270601T140000Z", "STATUS:TENTATIVE", uid="perhaps@google"),
    event(
        "DTSTART;VALUE=DATE:20270604",
        "DTEND;VALUE=DATE:20270605",
        "TRANSP:TRANSPARENT",
        uid="birthday@google",
    ),
    event("DTSTART;VALUE=DATE:20270607", "DTEND;VALUE=DATE:20270608", "TRANSP:OPAQUE", uid="leave@google"),
    head="PRODID:-//Google Inc//Google Calendar 70.9054//EN\nVERSION:2.0\nCALSCALE:GREGORIAN\n"
    f"METHOD:PUBLISH\nX-WR-CALNAME:{CANARY}\nX-WR-TIMEZONE:Europe/London",
)

GOOGLE_BUSY = [
    ("2027-03-22T09:00", "2027-03-22T09:30", "busy"),
    ("2027-03-23T09:00", "2027-03-23T09:30", "busy"),
    ("2027-03-24T09:00", "2027-03-24T09:30", "busy"),
    ("2027-03-29T08:00", "2027-03-29T08:30", "busy"),
    ("2027-03-30T08:00", "2027-03-30T08:30", "busy"),
    ("2027-03-31T08:00", "2027-03-31T08:30", "busy"),
    ("2027-06-01T13:00", "2027-06-01T14:00", "tentative"),
    ("2027-06-06T23:00", "2027-06-07T23:00", "busy all day"),
]

FREE_BUSY = calendar(
    f"""BEGIN:VFREEBUSY
ORGANIZER;CN={CANARY}:mailto:{CANARY}@invented.example
DTSTART:20270301T000000Z
DTEND:20270501T000000Z
FREEBUSY:20270301T090000Z/20270301T100000Z,20270301T093000Z/PT1H30M
FREEBUSY;FBTYPE=BUSY-UNAVAILABLE:20270302T000000Z/P1D
FREEBUSY;FBTYPE=BUSY-TENTATIVE:20270303T090000Z/20270303T100000Z
FREEBUSY;FBTYPE=FREE:20270304T090000Z/20270304T100000Z
FREEBUSY;FBTYPE=X-LUNCH:20270305T120000Z/PT30M
END:VFREEBUSY""",
)

FREE_BUSY_BUSY = [
    ("2027-03-01T09:00", "2027-03-01T11:00", "busy"),
    ("2027-03-02T00:00", "2027-03-03T00:00", "busy"),
    ("2027-03-03T09:00", "2027-03-03T10:00", "tentative"),
    ("2027-03-05T12:00", "2027-03-05T12:30", "busy"),
]

APPLE = calendar(
    event(
        "DTSTART;TZID=Europe/Amsterdam:20270928T230000",
        "DURATION:PT2H",
        "RRULE:FREQ=MONTHLY;BYDAY=TU;BYSETPOS=-1;UNTIL=20271231T225959Z",
        "X-APPLE-TRAVEL-ADVISORY-BEHAVIOR:AUTOMATIC",
        f"X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-TITLE={CANARY}:geo:52.08,4.31",
        "TRANSP:OPAQUE",
        uid="night",
    ),
    event(
        "RECURRENCE-ID;TZID=Europe/Amsterdam:20271026T230000",
        "DTSTART;TZID=Europe/Amsterdam:20271027T090000",
        "DTEND;TZID=Europe/Amsterdam:20271027T100000",
        "SEQUENCE:2",
        uid="night",
    ),
    event(
        "RECURRENCE-ID;TZID=Europe/Amsterdam:20271130T230000",
        "DTSTART;TZID=Europe/Amsterdam:20271130T230000",
        "DTEND;TZID=Europe/Amsterdam:20271201T010000",
        "STATUS:CANCELLED",
        uid="night",
    ),
    event(  # every year, whole days
        "DTSTART;VALUE=DATE:20240815",
        "DTEND;VALUE=DATE:20240817",
        "RRULE:FREQ=YEARLY",
        "EXDATE;VALUE=DATE:20280815",
        uid="leave",
    ),
    event("DTSTART:20271108T090000", "DTEND:20271108T100000", uid="floating"),
    event(
        "DTSTART;TZID=/example.org/20210210_1/Europe/Amsterdam:20271109T090000",
        "DTEND;TZID=/example.org/20210210_1/Europe/Amsterdam:20271109T100000",
        uid="path",
    ),
    event(
        "DTSTART;TZID=Nowhere/At All:20271110T090000",
        "DTEND;TZID=Nowhere/At All:20271110T100000",
        uid="unknown",
    ),
    event("DTSTART:20271111T090000Z", uid="a moment"),
    head="CALSCALE:GREGORIAN\nPRODID:-//Apple Inc.//macOS 14.5//EN\nVERSION:2.0\nX-APPLE-CALENDAR-COLOR:#1BADF8",
)

APPLE_BUSY = [
    ("2027-08-14T23:00", "2027-08-16T23:00", "busy all day"),
    ("2027-09-28T21:00", "2027-09-28T23:00", "busy"),
    ("2027-10-27T07:00", "2027-10-27T08:00", "busy"),
    ("2027-11-08T09:00", "2027-11-08T10:00", "busy"),
    ("2027-11-09T08:00", "2027-11-09T09:00", "busy"),
    ("2027-11-10T09:00", "2027-11-10T10:00", "busy"),
    ("2027-12-28T22:00", "2027-12-29T00:00", "busy"),
]
"""As somebody in London: floating times, and those of an unknown zone, are taken to be London's."""
