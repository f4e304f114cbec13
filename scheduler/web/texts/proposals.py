"""Other times that the invited propose."""

from collections.abc import Mapping

PROPOSALS: Mapping[str, tuple[str, str]] = {
    "proposals.title": (
        "Other times proposed from your side",
        "Andere tijdstippen, voorgesteld vanuit uw zijde",
    ),
    "proposals.about": (
        "Nothing of it is applied by itself. The other side sees no proposal, only a date that you offer.",
        "Niets ervan wordt vanzelf toegepast. De andere zijde ziet geen voorstel, alleen een datum die u voorlegt.",
    ),
    "proposals.from": ("{post} ({address}), {at}", "{post} ({address}), {at}"),
    "proposals.against": ("Against it:", "Ertegen spreekt:"),
    "proposals.nothing_against": ("No rule objects.", "Geen regel verzet zich ertegen."),
    "proposals.without_diaries": (
        "Diaries of your side were not looked at: they are not for your role.",
        "De agenda’s van uw zijde zijn niet geraadpleegd: die zijn niet voor uw rol.",
    ),
    "proposals.decided": ("{name}, {at}", "{name}, {at}"),
    "proposals.accept": ("Offer as the new date", "Voorleggen als nieuwe datum"),
    "proposals.accept.hint": (
        "The meeting is then offered anew: the date that stands is given up, and both sides must agree to this one.",
        "De bijeenkomst wordt dan opnieuw voorgelegd: de huidige datum vervalt, en beide zijden moeten instemmen.",
    ),
    "proposals.decline": ("Decline", "Afwijzen"),
    "proposals.reason": (
        "Reason, for whoever proposed it to read",
        "Reden, te lezen door wie het voorstelde",
    ),
    "proposals.count": (
        "{count} other times are proposed: {title}",
        "Er zijn {count} andere tijdstippen voorgesteld: {title}",
    ),
    "proposals.count.one": (
        "Another time is proposed: {title}",
        "Er is een ander tijdstip voorgesteld: {title}",
    ),
    "proposals.done.accept": (
        "Offered to the other side as the new date.",
        "Aan de andere zijde voorgelegd als nieuwe datum.",
    ),
    "proposals.done.decline": (
        "Declined. The letter goes with the next tick.",
        "Afgewezen. De brief gaat met de volgende ronde mee.",
    ),
    "act.proposal accepted": ("a proposed time offered", "een voorgesteld tijdstip voorgelegd"),
    "act.proposal declined": ("a proposed time declined", "een voorgesteld tijdstip afgewezen"),
}
"""The texts by key: English and Dutch."""
