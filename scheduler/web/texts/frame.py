"""The frame of every page, signing in, the first page, and faults."""

from collections.abc import Mapping

FRAME: Mapping[str, tuple[str, str]] = {
    # the frame of every page
    "product": ("Standing Dialogues", "Vaste dialogen"),
    "skip": ("Skip to content", "Naar de inhoud"),
    "nav": ("Pages", "Pagina’s"),
    "nav.owed": ("What is owed", "Openstaande verplichtingen"),
    "nav.plan": ("Planner", "Planner"),
    "nav.year": ("Year plan", "Jaarplan"),
    "nav.commitments": ("Commitments", "Afspraken"),
    "nav.report": ("Report", "Rapportage"),
    "nav.letters": ("Letters", "Brieven"),
    "nav.feeds": ("Calendar feeds", "Agendafeeds"),
    "language.switch": ("Language", "Taal"),
    "sign_out": ("Sign out", "Afmelden"),
    "on_day": ("As it stands on {day}", "Stand op {day}"),
    "on_another_day": ("Shown as on {day}, not as on today.", "Getoond per {day}, niet per vandaag."),
    "back_to_today": ("Back to today", "Terug naar vandaag"),
    "footer": (
        "Values marked “assumed” are stated by no source; they are ours until somebody sets them.",
        "Waarden met “aangenomen” staan in geen enkele bron; ze zijn van ons tot iemand ze vaststelt.",
    ),
    # marks
    "assumed": ("assumed", "aangenomen"),
    "assumed.title": ("stated by no source", "door geen bron vermeld"),
    "set_by": ("set by {who}", "vastgesteld door {who}"),
    "own_side": ("{side} only", "alleen {side}"),
    "own_side.title": (
        "the other side cannot tell that this exists",
        "de andere zijde weet niet dat dit bestaat",
    ),
    "none": ("none", "geen"),
    "not_said": ("not stated", "niet vermeld"),
    "yes": ("yes", "ja"),
    "not_yet": ("not yet", "nog niet"),
    # signing in
    "sign_in": ("Sign in", "Aanmelden"),
    "sign_in.ask": (
        "You sign in with a link that works once. The operator issues it; there are no passwords.",
        "U meldt zich aan met een link die eenmaal werkt. De beheerder verstrekt hem; er zijn geen wachtwoorden.",
    ),
    "sign_in.once": (
        "This link works once. Press the button to use it in this browser.",
        "Deze link werkt eenmaal. Druk op de knop om hem in deze browser te gebruiken.",
    ),
    "sign_in.button": ("Sign in with this link", "Aanmelden met deze link"),
    "sign_in.refused": (
        "This link is unknown, has been used, or is too old. Ask for a new one.",
        "Deze link is onbekend, al gebruikt of verlopen. Vraag een nieuwe.",
    ),
    # start
    "start.title": ("Partnerships", "Partnerschappen"),
    "start.nothing": (
        "No partnership of your side is loaded yet.",
        "Er is nog geen partnerschap van uw zijde geladen.",
    ),
    "start.obligations": ("{count} recurring obligations", "{count} terugkerende verplichtingen"),
    # faults
    "fault.400": ("This request cannot be understood", "Dit verzoek is niet te begrijpen"),
    "fault.403": ("Not for you to do", "U bent hiertoe niet bevoegd"),
    "fault.404": ("There is no such page", "Deze pagina bestaat niet"),
    "fault.405": ("That cannot be done here", "Dat kan hier niet"),
    "fault.409": ("Not in this state", "Niet in deze stand"),
    "fault.413": ("Too large", "Te groot"),
    "fault.500": ("Something went wrong on our side", "Er ging bij ons iets mis"),
    "fault.503": ("Not reachable at the moment", "Nu niet bereikbaar"),
    "fault.other": ("That did not work", "Dat lukte niet"),
    "fault.old_form": ("The form was too old", "Het formulier was te oud"),
    "fault.400.text": ("Nothing was changed.", "Er is niets gewijzigd."),
    "fault.403.text": ("Nothing was changed.", "Er is niets gewijzigd."),
    "fault.404.text": (
        "It may have moved, or the address may be incomplete.",
        "Misschien is zij verplaatst, of is het adres niet volledig.",
    ),
    "fault.409.text": (
        "Somebody may have acted before you. Nothing was changed.",
        "Misschien was iemand u voor. Er is niets gewijzigd.",
    ),
    "fault.413.text": (
        "Nothing was changed. Go back in your browser, where it still stands, and send less at once.",
        "Er is niets gewijzigd. Ga in uw browser terug, waar het nog staat, en verstuur minder tegelijk.",
    ),
    "fault.500.text": (
        "It has been recorded. Nothing was changed; please try again.",
        "Het is vastgelegd. Er is niets gewijzigd; probeer het opnieuw.",
    ),
    "fault.old_form.text": (
        "Go back, reload the page and send it again. Nothing was changed.",
        "Ga terug, laad de pagina opnieuw en verstuur haar nog eens. Er is niets gewijzigd.",
    ),
    "fault.other.text": ("Nothing was changed.", "Er is niets gewijzigd."),
    "typed.no_number": ("{typed!r} is no whole number", "{typed!r} is geen geheel getal"),
    "fault.place": ("Where", "Waar"),
    "fault.remedy": ("What would be right", "Wat wel kan"),
    "fault.back": ("Back to where you were", "Terug naar waar u was"),
    "fault.home": ("To the first page", "Naar de eerste pagina"),
}
