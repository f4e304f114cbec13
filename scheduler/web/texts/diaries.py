"""Diaries of posts."""

from collections.abc import Mapping

DIARIES: Mapping[str, tuple[str, str]] = {
    "nav.diaries": ("Diaries", "Beschikbaarheid"),
    "diaries.about": (
        "When the posts of your side are busy. Only busy times are kept, no titles, places or names.",
        "Wanneer de functies van uw zijde bezet zijn. Alleen tijden worden bewaard, geen titels, plaatsen of namen.",
    ),
    "diaries.about.plans": (
        "Your side’s plans keep clear of them; the other side cannot tell that they exist.",
        "Plannen van uw zijde houden er rekening mee; de andere zijde weet niet dat ze bestaan.",
    ),
    "diaries.source": ("Diary", "Agenda"),
    "diaries.read": ("Last read", "Laatst gelezen"),
    "diaries.days": ("Busy, next {days} days", "Bezet, komende {days} dagen"),
    "diaries.days.count": ("{count} working days", "{count} werkdagen"),
    "diaries.days.one": ("1 working day", "1 werkdag"),
    "diaries.days.hint": ("within office hours", "binnen kantooruren"),
    "diaries.none": ("No diary", "Geen agenda"),
    "diaries.from.file": ("From a file", "Uit een bestand"),
    "diaries.from.address": ("From {host}", "Van {host}"),
    "diaries.set": ("set {at} by {who}", "ingesteld {at} door {who}"),
    "diaries.never": ("Never yet", "Nog nooit"),
    "diaries.reaches": ("busy times until {day}", "bezette tijden tot en met {day}"),
    "diaries.entries": ("{count} entries", "{count} afspraken"),
    "diaries.entries.one": ("1 entry", "1 afspraak"),
    "diaries.failed": ("Not read on {at}: {why}", "Niet gelezen op {at}: {why}"),
    "diaries.failed.stands": (
        "The busy times of the last good reading stand; nothing waits for this diary.",
        "De bezette tijden van de laatste goede lezing gelden; niets wacht op deze agenda.",
    ),
    "diaries.left_out": (
        "Left out, or not as written: {count}",
        "Weggelaten of niet zoals geschreven: {count}",
    ),
    "diaries.add": ("Add a diary", "Agenda toevoegen"),
    "diaries.replace": ("Replace, read again or remove", "Vervangen, opnieuw lezen of verwijderen"),
    "diaries.file": ("Calendar file (.ics)", "Agendabestand (.ics)"),
    "diaries.file.hint": (
        "As Outlook, Google or Apple export it; free/busy times are enough. Upload it again when it has changed.",
        "Zoals Outlook, Google of Apple het exporteert; vrij/bezet volstaat. Upload opnieuw na wijzigingen.",
    ),
    "diaries.file.none": ("no file was chosen", "er is geen bestand gekozen"),
    "diaries.file.upload": ("Upload", "Uploaden"),
    "diaries.address": ("Address of a calendar", "Adres van een agenda"),
    "diaries.address.hint": (
        "Begins with https:// or webcal://. It is read again by itself and is never shown: only its host is.",
        "Begint met https:// of webcal://. Het wordt vanzelf opnieuw gelezen en nooit getoond: alleen de host.",
    ),
    "diaries.address.set": ("Set and read", "Instellen en lezen"),
    "diaries.refresh": ("Read again now", "Nu opnieuw lezen"),
    "diaries.remove": ("Remove this diary", "Deze agenda verwijderen"),
    "diaries.done": ("The diary of {post} was read.", "De agenda van {post} is gelezen."),
    "diaries.done.failed": (
        "The diary of {post} could not be read; it is tried again by itself.",
        "De agenda van {post} kon niet worden gelezen; dit wordt vanzelf opnieuw geprobeerd.",
    ),
    "diaries.done.removed": ("The diary was removed.", "De agenda is verwijderd."),
    "act.diary added": ("a diary added", "een agenda toegevoegd"),
    "act.diary replaced": ("a diary replaced", "een agenda vervangen"),
    "act.diary removed": ("a diary removed", "een agenda verwijderd"),
}
"""The texts by key: English and Dutch."""
