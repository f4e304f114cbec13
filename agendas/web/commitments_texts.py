"""The texts of the pages of commitments, in English and Dutch."""

from collections.abc import Mapping

from agendas.commitments.wording import WORDS
from scheduler.web.kit.language import language
from scheduler.words import Words, say

_TEXTS: Mapping[str, tuple[str, str]] = {
    "title": ("Commitments", "Afspraken"),
    "none": ("No commitment answers to this.", "Geen afspraak voldoet hieraan."),
    "count": ("Commitments: {total}", "Aantal: {total}"),
    "count_open": ("{still} of {total} open", "{still} van {total} open"),
    "filters": ("Filter and search", "Filteren en zoeken"),
    "search": ("Words in text or notes", "Woorden in tekst of notities"),
    "theme": ("Theme", "Thema"),
    "owner": ("Owner", "Verantwoordelijke"),
    "owners": ("Owners", "Belegd bij"),
    "posts": ("Posts", "Functies"),
    "status": ("Status", "Status"),
    "due": ("Due", "Uiterste datum"),
    "no_news_from": ("No news since", "Geen nieuws sinds"),
    "before": ("Promised before", "Toegezegd vóór"),
    "all": ("all", "alle"),
    "show": ("Show", "Tonen"),
    "clear": ("Clear", "Wissen"),
    "commitment": ("Commitment", "Afspraak"),
    "age": ("Age", "Leeftijd"),
    "last": ("Last mention", "Laatst genoemd"),
    "new": ("New commitment", "Nieuwe afspraak"),
    "table_in": ("Read a table in", "Tabel inlezen"),
    "table_out": ("Table for a spreadsheet (CSV)", "Tabel voor een rekenblad (CSV)"),
    "waiting": ("Waits for an answer", "Wacht op antwoord"),
    "yours": ("Your side’s own proposals, not offered yet", "Eigen voorstellen, nog niet aangeboden"),
    "proposed_by": ("proposed by {who} on {day}", "voorgesteld door {who} op {day}"),
    "your_side_agreed": (
        "Your side has agreed; the other side has not.",
        "Uw zijde stemde in; de andere nog niet.",
    ),
    "offer": ("Offer to the other side", "Aanbieden aan de andere zijde"),
    "agree": ("Agree", "Instemmen"),
    "decline": ("Decline", "Afwijzen"),
    "withdraw": ("Withdraw", "Intrekken"),
    "further": ("Further", "Verder"),
    "back": ("Back", "Terug"),
    "kind": ("Kind", "Soort"),
    "strength": ("Strength of the verb", "Kracht van het werkwoord"),
    "verb": ("“{verb}”", "“{verb}”"),
    "source": ("Source", "Bron"),
    "since": ("Promised on", "Toegezegd op"),
    "evidence": ("Evidence", "Bewijs"),
    "into": ("Merged into", "Opgegaan in"),
    "notes": ("What was said", "Wat is gezegd"),
    "own_notes": ("Your side’s own notes", "Eigen notities van uw zijde"),
    "no_notes": ("No news.", "Geen nieuws."),
    "no_own_notes": ("None.", "Geen."),
    "silent": (
        "{source} of {day} says nothing of it: {text}",
        "{source} van {day} zegt er niets over: {text}",
    ),
    "replaced": ("Replaced by a newer note", "Vervangen door een nieuwere notitie"),
    "said_by": ("written by {who}", "geschreven door {who}"),
    "note_new": ("Write a note", "Notitie schrijven"),
    "note_text": ("What was done, or is still missing", "Wat is gedaan, of nog ontbreekt"),
    "note_day": ("Day it was said", "Dag waarop het is gezegd"),
    "note_state": ("It says", "Het zegt"),
    "note_joint": ("For both sides to read", "Voor beide zijden te lezen"),
    "note_hint": (
        "Unless both sides shall read it, the other side cannot tell that there is a note.",
        "Tenzij beide zijden het mogen lezen, kan de andere zijde niet zien dat er een notitie is.",
    ),
    "note_write": ("Write", "Schrijven"),
    "note_correct": ("Correct", "Verbeteren"),
    "note_offer": ("Let both sides read it", "Door beide zijden laten lezen"),
    "evidence_hint": (
        "Choose a document or a meeting; #Heading after a document leads further. Or give an address, https://…",
        "Kies een document of bijeenkomst; #Kop achter een document wijst verder. Of geef een adres, https://…",
    ),
    "change": ("Change its status", "Status wijzigen"),
    "new_status": ("New status", "Nieuwe status"),
    "reason": ("Reason; both sides will read it", "Reden; beide zijden lezen die"),
    "into_key": ("Merged into (key)", "Opgaan in (sleutel)"),
    "keep_private": ("Keep it to my side for now", "Voorlopig alleen voor mijn zijde"),
    "propose_new": ("Propose", "Voorstellen"),
    "propose": ("Change or propose", "Wijzigen of voorstellen"),
    "rule_both": (
        "Both sides own this: delivered, merged, dropped and opened again need the consent of both.",
        "Beide zijden zijn verantwoordelijk: nagekomen, opgegaan, vervallen en heropenen vergen beider instemming.",
    ),
    "rule_one": (
        (
            "One side owns this: it alone says when it is delivered, with evidence; either side may open it again; "
            "dropping needs both."
        ),
        (
            "Eén zijde is verantwoordelijk: die meldt met bewijs dat het is nagekomen; elke zijde mag heropenen; "
            "vervallen vergt beide."
        ),
    ),
    "history": ("History", "Geschiedenis"),
    "closed_proposals": ("Earlier proposals", "Eerdere voorstellen"),
    "done": ("Done.", "Gedaan."),
    "done_offer": ("Offered; the other side is asked.", "Aangeboden; de andere zijde is gevraagd."),
    "done_agree": ("Your side agreed.", "Uw zijde heeft ingestemd."),
    "done_decline": ("The proposal is closed.", "Het voorstel is gesloten."),
    "done_waits": ("Proposed; the other side is asked.", "Voorgesteld; de andere zijde wordt gevraagd."),
    "done_private": ("Kept to your side.", "Bewaard voor uw zijde."),
    "text_en": ("What was promised, in English", "Wat is toegezegd, in het Engels"),
    "text_nl": ("What was promised, in Dutch", "Wat is toegezegd, in het Nederlands"),
    "meeting": ("Meeting (UID)", "Bijeenkomst (UID)"),
    "new_about": (
        "It is in the ledger once both sides have agreed.",
        "Het staat in het register zodra beide zijden hebben ingestemd.",
    ),
    "table_about": (
        (
            "What differs from the ledger becomes a proposal of your side. Nothing joint is overwritten, and nothing "
            "is shown to the other side until you offer it."
        ),
        (
            "Wat afwijkt van het register wordt een voorstel van uw zijde. Niets gezamenlijks wordt overschreven, en "
            "de andere zijde ziet niets totdat u het aanbiedt."
        ),
    ),
    "table_file": ("File (CSV, UTF-8)", "Bestand (CSV, UTF-8)"),
    "table_paste": ("Or paste the table", "Of plak de tabel"),
    "table_preview": ("Preview", "Voorbeeld bekijken"),
    "table_keep": (
        "Keep as proposals of your side ({number})",
        "Bewaren als voorstellen van uw zijde ({number})",
    ),
    "table_none": ("Nothing would change.", "Er zou niets wijzigen."),
    "table_wrong": (
        "Nothing was changed. Mend these lines first:",
        "Er is niets gewijzigd. Herstel eerst deze regels:",
    ),
    "table_kept": (
        "Proposals kept to your side: {number}.",
        "Voorstellen bewaard voor uw zijde: {number}.",
    ),
    "line": ("Line", "Regel"),
    "what": ("What", "Wat"),
    "fields": ("Differs in", "Wijkt af in"),
    "agree_all": ("Agree to all of them", "Met alles instemmen"),
    "others": ("{count} more", "Nog {count}"),
    "offer_all": ("Offer all of them", "Allemaal aanbieden"),
}

TEXTS: Mapping[str, Words] = {
    **WORDS,
    **{f"page.{key}": {"en": english, "nl": dutch} for key, (english, dutch) in _TEXTS.items()},
}
"""The texts by key: ``page.…`` are of these pages, the others the words of the ledger."""

_LABELS = {
    "day": "note_day",
    "document": "source",
    "into": "into_key",
    "state": "note_state",
    "status": "new_status",
    "text": "note_text",
}
"""How the pages call a field that rules name otherwise."""


def words(key: str, **values: object) -> str:
    """Return a text in the language of this request."""
    return say(TEXTS[key], language()).format(**values)


def label(place: str) -> str:
    """Return what the pages call the field that a mistake is in; one that no page shows stands as it is."""
    field = place if place.startswith("text_") else place.partition("_")[0]
    key = f"page.{_LABELS.get(field, field)}"
    return words(key) if key in TEXTS else place
