"""Letters and calendar feeds."""

from collections.abc import Mapping

LETTERS: Mapping[str, tuple[str, str]] = {
    # letters
    "letters.about": (
        "What your side will be reminded of, if nothing changes, and what was sent. The other side sees none of it.",
        "Waaraan uw zijde wordt herinnerd als er niets verandert, en wat verzonden is. De andere zijde ziet het niet.",
    ),
    "letters.ahead": ("To come", "Komend"),
    "letters.ahead.none": ("No letter is to come.", "Er komt geen brief."),
    "letters.count": ("{count} letters", "{count} brieven"),
    "letters.count.one": ("1 letter", "1 brief"),
    "letters.by": ("By {day}", "Uiterlijk {day}"),
    "letters.past": ("Written", "Geschreven"),
    "letters.past.none": ("No letter has been written yet.", "Er is nog geen brief geschreven."),
    "letters.subject": ("Subject", "Onderwerp"),
    "letters.post": ("To", "Aan"),
    "letters.when": ("When", "Wanneer"),
    "letters.hidden": ("{count} older letters are not shown.", "{count} oudere brieven staan hier niet."),
    # feeds
    "feeds.about": (
        "A calendar program asks a feed by itself. It shows your side’s plans beside what is joint.",
        "Een agendaprogramma vraagt een feed zelf op. Hij toont de plannen van uw zijde naast het gezamenlijke.",
    ),
    "feeds.list": ("Addresses of your side", "Adressen van uw zijde"),
    "feeds.none": (
        "Your side has no feed in this partnership yet.",
        "Uw zijde heeft in dit partnerschap nog geen feed.",
    ),
    "feeds.label": ("Whose, or what for", "Van wie of waarvoor"),
    "feeds.label.hint": (
        "For example: Private Office, Outlook",
        "Bijvoorbeeld: bureau van de minister, Outlook",
    ),
    "feeds.scope": ("What it shows", "Inhoud"),
    "feeds.scope.hint": (
        "Choose nothing to see everything. A round must match every list in which you choose.",
        "Kies niets om alles te zien. Een ronde moet passen bij elke lijst waarin u kiest.",
    ),
    "feeds.everything": ("Everything", "Alles"),
    "feeds.only.themes": ("Only some themes", "Alleen enkele thema’s"),
    "feeds.only.levels": ("Only some levels", "Alleen enkele niveaus"),
    "feeds.only.obligations": ("Only some obligations", "Alleen enkele verplichtingen"),
    "feeds.form": ("How", "Hoe"),
    "feeds.language": ("Language", "Taal"),
    "feeds.tier": ("How much it tells", "Detailniveau"),
    "feeds.deadlines": ("Deadlines", "Uiterste data"),
    "feeds.made": ("Made", "Gemaakt"),
    "feeds.revoke": ("Take back", "Intrekken"),
    "feeds.revoke.sure": ("Take back for good", "Voorgoed intrekken"),
    "feeds.revoked": ("taken back {at}", "ingetrokken {at}"),
    "feeds.done.revoke": ("The feed is taken back.", "De feed is ingetrokken."),
    "feeds.new": ("New address", "Nieuw adres"),
    "feeds.new.make": ("Make the address", "Adres maken"),
    "feeds.new.address": ("The new address", "Het nieuwe adres"),
    "feeds.new.once": (
        "It is shown now and never again: only a fingerprint of it is kept. Whoever has it sees what your side sees.",
        "Het staat hier nu en nooit meer: alleen een vingerafdruk blijft. Wie het heeft, ziet wat uw zijde ziet.",
    ),
    "feeds.new.subscribe": (
        "Subscribe in the calendar of this device",
        "Abonneren in de agenda van dit apparaat",
    ),
    "feeds.new.delay": (
        "Calendar programs ask again after some hours, some once a day; what is urgent comes by mail.",
        "Agendaprogramma’s vragen na enkele uren opnieuw, soms eens per dag; wat dringend is, komt per mail.",
    ),
    "tier.full": ("Everything but agendas and notes", "Alles behalve agenda’s en notities"),
    "tier.title": ("Titles only", "Alleen titels"),
    "tier.busy": ("Only that you are busy", "Alleen dat u bezet bent"),
    "deadlines.none": ("No deadlines", "Geen uiterste data"),
    "deadlines.events": ("Deadlines as whole days", "Uiterste data als hele dagen"),
    "deadlines.todos": (
        "Deadlines as tasks (Outlook shows none)",
        "Uiterste data als taken (niet in Outlook)",
    ),
    "language.en": ("English", "Engels"),
    "language.nl": ("Dutch", "Nederlands"),
}
