"""The page of a meeting."""

from collections.abc import Mapping

MEETING: Mapping[str, tuple[str, str]] = {
    "meeting.round": ("round {number}", "ronde {number}"),
    "meeting.when": ("When", "Wanneer"),
    "meeting.undated": ("No date stands", "Er staat geen datum"),
    "meeting.was": ("It was to be on {day}.", "Hij zou zijn op {day}."),
    "meeting.all_day": ("whole days", "hele dagen"),
    "meeting.local": ("{city} time", "tijd in {city}"),
    "meeting.host": ("Host", "Gastland"),
    "meeting.place": ("Place", "Plaats"),
    "meeting.consents": ("Agreed to the date by", "Akkoord met de datum door"),
    "meeting.duties": ("Discharges", "Voldoet aan"),
    "meeting.version": ("Version", "Versie"),
    "meeting.version.value": (
        "sequence {sequence}, last changed {at}",
        "volgnummer {sequence}, gewijzigd {at}",
    ),
    "meeting.private": (
        "This date is a plan of your side. The other side cannot tell that it exists until you offer it.",
        "Deze datum is een plan van uw zijde. De andere zijde weet niet dat hij bestaat totdat u hem voorlegt.",
    ),
    "meeting.preparation": ("Preparation", "Voorbereiding"),
    "meeting.notes": ("Notes of your side", "Notities van uw zijde"),
    "meeting.notes.none": ("No notes.", "Geen notities."),
    "meeting.notes.label": ("New note", "Nieuwe notitie"),
    "meeting.notes.hint": ("Only your side sees it.", "Alleen uw zijde ziet hem."),
    "meeting.notes.write": ("Save note", "Notitie bewaren"),
    "meeting.act.offer": ("Offer to the other side", "Voorleggen aan de andere zijde"),
    "meeting.act.agree": ("Agree to this date", "Akkoord met deze datum"),
    "meeting.act.postpone": ("Postpone without a date", "Uitstellen zonder datum"),
    "meeting.act.cancel": ("Cancel", "Annuleren"),
    "meeting.act.record": ("Record as held", "Als gehouden registreren"),
    "meeting.acts": ("What you can do", "Wat u kunt doen"),
    "meeting.done.offer": ("The date is offered.", "De datum is voorgelegd."),
    "meeting.done.agree": ("Your agreement is recorded.", "Uw akkoord is geregistreerd."),
    "meeting.done.postpone": ("The meeting is postponed.", "De bijeenkomst is uitgesteld."),
    "meeting.done.cancel": ("The meeting is cancelled.", "De bijeenkomst is geannuleerd."),
    "meeting.done.record": (
        "The meeting is recorded as held.",
        "De bijeenkomst is als gehouden geregistreerd.",
    ),
    "meeting.done.note": ("The note is saved.", "De notitie is bewaard."),
}
