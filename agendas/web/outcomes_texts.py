"""Every text of the pages about records, packs and the yearly report, in English and Dutch."""

from collections.abc import Mapping

from scheduler.web.kit.language import language
from scheduler.words import Words, say

_TEXTS: Mapping[str, tuple[str, str]] = {
    "title": ("What came of it", "Wat eruit is gekomen"),
    "joint": ("Joint record", "Gezamenlijk verslag"),
    "joint.none": (
        "Neither side has offered a record yet.",
        "Geen van beide zijden heeft een verslag voorgelegd.",
    ),
    "version": ("version {number}", "versie {number}"),
    "offered_by": ("Offered by {side}: {name}, {at}", "Voorgelegd door {side}: {name}, {at}"),
    "agreed": ("Agreed by both", "Door beide vastgesteld"),
    "waits": ("Waits for {sides}", "Wacht op {sides}"),
    "open": ("Before it is agreed ({count})", "Voordat het is vastgesteld ({count})"),
    "agree": ("Agree to this record", "Instemmen met dit verslag"),
    "agree.hint": (
        "When both sides have agreed to all of it, the ledger says so, and the round counts as held.",
        "Als beide zijden met alles hebben ingestemd, staat het in het register en geldt de ronde als gehouden.",
    ),
    "done.sign": ("Agreed.", "Ingestemd."),
    "done.agreed": (
        "Both sides have agreed. The ledger says so.",
        "Beide zijden hebben ingestemd. Het staat in het register.",
    ),
    "seal": ("Seal", "Zegel"),
    "read": ("Read it", "Lezen"),
    "versions": ("Versions", "Versies"),
    "own": ("Your side’s own record", "Het eigen verslag van uw zijde"),
    "own.none": ("Your side has not begun a record.", "Uw zijde is nog niet aan een verslag begonnen."),
    "own.later": (
        "It can be begun from the day of the meeting on.",
        "Dat kan vanaf de dag van de bijeenkomst.",
    ),
    "own.hint": (
        "The other side sees nothing of this until you offer it.",
        "De andere zijde ziet hier niets van totdat u het voorlegt.",
    ),
    "begin": ("Begin a record", "Aan een verslag beginnen"),
    "begin.hint": (
        "It begins with the items of the joint agenda, where there is one.",
        "Het begint met de punten van de gezamenlijke agenda, als die er is.",
    ),
    "done.begin": ("Version {number} of your side is kept.", "Versie {number} van uw zijde is bewaard."),
    "done.keep": ("Version {number} of your side is kept.", "Versie {number} van uw zijde is bewaard."),
    "done.not_offered": (
        "Version {number} of your side is kept. Nothing is offered yet: read it, then offer it.",
        "Versie {number} van uw zijde is bewaard. Er is nog niets voorgelegd: lees haar na en leg haar dan voor.",
    ),
    "wrong": (
        "Nothing is kept yet. What is wrong is said where it stands; everything you typed is still there.",
        "Er is nog niets bewaard. Wat niet klopt, staat erbij; alles wat u hebt getypt staat er nog.",
    ),
    "done.offer": ("Offered as joint version {number}.", "Voorgelegd als gezamenlijke versie {number}."),
    "done.take_in": ("Taken in as version {number}.", "Overgenomen als versie {number}."),
    "done.settle": ("Settled in version {number}.", "Beslecht in versie {number}."),
    "behind": (
        "The joint record has gone on to version {number}.",
        "Het gezamenlijke verslag is verder, met versie {number}.",
    ),
    "take_in": ("Take it into your own", "In het eigen verslag overnemen"),
    "conflicts": ("Changed by both; yours stands", "Door beide gewijzigd; het uwe staat er"),
    "settle": ("I have looked; it stays so", "Ik heb gekeken; zo blijft het"),
    "attendance": ("Attendance", "Aanwezigheid"),
    "post": ("Post", "Functie"),
    "presence": ("Came?", "Aanwezig?"),
    "presence.none": ("not said", "niet vermeld"),
    "presence.present": ("present", "aanwezig"),
    "presence.absent": ("absent", "afwezig"),
    "presence.delegate": ("a delegate came", "een vervanger kwam"),
    "instead": ("Delegate: which post?", "Vervanger: welke functie?"),
    "items": ("Item by item", "Punt voor punt"),
    "result": ("Result", "Uitkomst"),
    "result.none": ("not said", "niet vermeld"),
    "text_en": ("Joint text, English", "Gezamenlijke tekst, Engels"),
    "text_nl": ("Joint text, Dutch", "Gezamenlijke tekst, Nederlands"),
    "keep": ("Keep", "Bewaren"),
    "offer": ("Offer to the other side", "Voorleggen aan de andere zijde"),
    "offer.hint": (
        "What you keep is offered whole; offering is agreeing to it.",
        "Wat u bewaard hebt wordt in zijn geheel voorgelegd; voorleggen is ermee instemmen.",
    ),
    "entries": ("For the ledger", "Voor het register"),
    "entries.none": ("Nothing yet.", "Nog niets."),
    "entry.new": ("New commitment", "Nieuwe afspraak"),
    "entry.said": ("Progress", "Voortgang"),
    "entry.change": ("Put right", "Gewijzigd"),
    "remove": ("Remove", "Verwijderen"),
    "add.new": ("Add a new commitment", "Nieuwe afspraak toevoegen"),
    "add.said": ("Add progress on a commitment", "Voortgang op een afspraak toevoegen"),
    "add.change": (
        "Change the status, day or words of a commitment",
        "Stand, datum of tekst van een afspraak wijzigen",
    ),
    "add.item": ("Add an item", "Punt toevoegen"),
    "add.seat": ("Add a post that came", "Functie toevoegen die erbij was"),
    "add": ("Keep and add", "Bewaren en toevoegen"),
    "side": ("Side", "Zijde"),
    "title_en": ("Title, English", "Titel, Engels"),
    "title_nl": ("Title, Dutch", "Titel, Nederlands"),
    "post_en": ("Post, English", "Functie, Engels"),
    "post_nl": ("Post, Dutch", "Functie, Nederlands"),
    "item": ("Item", "Agendapunt"),
    "theme": ("Theme", "Thema"),
    "kind": ("Kind", "Soort"),
    "strength": ("Verb", "Werkwoord"),
    "owners": ("Owners", "Verantwoordelijk"),
    "due": ("Due", "Uiterste datum"),
    "commitment": ("Commitment", "Afspraak"),
    "status": ("Status", "Stand"),
    "status.same": ("as it is", "zoals nu"),
    "evidence": ("Evidence; else this round", "Bewijs; anders deze ronde"),
    "reason": ("Reason", "Reden"),
    "into": ("Merged into (its key)", "Opgegaan in (de sleutel)"),
    "panel": ("What came of it", "Wat eruit is gekomen"),
    "panel.none": ("Nothing is recorded yet.", "Er is nog niets vastgelegd."),
    "panel.own": (
        "Your side keeps version {number} of a record.",
        "Uw zijde heeft versie {number} van een verslag.",
    ),
    "panel.joint": ("Joint record, version {number}", "Gezamenlijk verslag, versie {number}"),
    "panel.open": ("Open the record", "Verslag openen"),
    "pack": ("Briefing pack", "Dossier"),
    "pack.lead": (
        "Of your side alone. It goes to the posts at the table and to private offices, each version once.",
        "Alleen van uw zijde. Het gaat naar de functies aan tafel en hun bureaus, elke versie één keer.",
    ),
    "pack.none": (
        "There is no agenda to make a pack from. Draft one first.",
        "Er is nog geen agenda om een dossier van te maken. Stel er eerst een op.",
    ),
    "pack.reader": ("Post", "Functie"),
    "pack.has": ("Has", "Heeft"),
    "pack.state": ("State", "Stand"),
    "pack.current": ("up to date", "bijgewerkt"),
    "pack.outstanding": ("not sent yet", "nog niet verzonden"),
    "pack.nowhere": ("no mailbox", "geen postvak"),
    "pack.send": ("Send the pack", "Dossier verzenden"),
    "pack.everybody": ("Everybody has this version.", "Iedereen heeft deze versie."),
    "pack.read": ("Read the pack", "Dossier lezen"),
    "pack.done": ("The pack goes to {count} posts.", "Het dossier gaat naar {count} functies."),
    "pack.sent_at": ("sent {at} by {name}", "verzonden {at} door {name}"),
    "report": ("Report to the ministers", "Rapportage aan de ministers"),
    "report.year": ("Year", "Jaar"),
    "report.last": ("the last twelve months", "de laatste twaalf maanden"),
    "report.show": ("Show", "Tonen"),
    "report.lead": (
        "From joint facts alone: the other side prints the same.",
        "Uitsluitend uit gezamenlijke gegevens: de andere zijde drukt hetzelfde af.",
    ),
    "files": ("As a file", "Als bestand"),
}

TEXTS: Mapping[str, Words] = {key: {"en": english, "nl": dutch} for key, (english, dutch) in _TEXTS.items()}
"""The texts by key and language."""


def words(key: str, **values: object) -> str:
    """Return a text in the language of this request."""
    return say(TEXTS[key], language()).format(**values)
