"""Posts and who holds them."""

from collections.abc import Mapping

POSTS: Mapping[str, tuple[str, str]] = {
    "posts.title": ("Posts and who holds them", "Functies en wie ze bekleedt"),
    "posts.about": (
        "Invitations go to posts; letters to the mailbox of whoever holds the post that day. No names are kept.",
        (
            "Uitnodigingen gaan naar functies; brieven naar de postbus van wie de functie die dag bekleedt. Namen "
            "worden niet bewaard."
        ),
    ),
    "posts.new": ("New in a post, not yet told", "Nieuw in een functie, nog niet ingelicht"),
    "posts.new.one": ("{post}: since {day}", "{post}: sinds {day}"),
    "posts.new.was": ("before: {mailbox}", "voorheen: {mailbox}"),
    "posts.new.expected": ("Expected at", "Verwacht bij"),
    "posts.new.nothing": ("On no delegation to come.", "In geen komende delegatie."),
    "posts.new.told": ("Told", "Ingelicht"),
    "posts.new.waits": ("New in a post, to be told: {post}", "Nieuw in een functie, in te lichten: {post}"),
    "posts.all": ("All posts", "Alle functies"),
    "posts.mailbox": ("Mailbox today", "Postbus vandaag"),
    "posts.mailbox.none": ("none: cannot be invited", "geen: kan niet worden uitgenodigd"),
    "posts.reads": ("read by {post}", "gelezen door {post}"),
    "posts.holders": ("Holders", "Bekleders"),
    "posts.now": ("now", "nu"),
    "posts.open": ("open", "open"),
    "posts.of_post": ("mailbox of the post", "postbus van de functie"),
    "posts.of_file": ("from the programme file", "uit het programmabestand"),
    "posts.nobody": ("not said", "niet opgegeven"),
    "posts.set": ("New holder", "Nieuwe bekleder"),
    "posts.from": ("From", "Vanaf"),
    "posts.until": ("Until (empty: open)", "Tot en met (leeg: open)"),
    "posts.new_mailbox": ("Mailbox (empty: that of the post)", "Postbus (leeg: die van de functie)"),
    "posts.language": ("Language of the letters", "Taal van de brieven"),
    "posts.language.side": ("that of your side", "die van uw zijde"),
    "posts.save": ("Save", "Opslaan"),
    "posts.remove": ("Take back", "Terugnemen"),
    "posts.done.set": (
        (
            "Saved. Who is invited at another address now hears of it with the next letters; earlier letters and "
            "answers stay as they are."
        ),
        (
            "Opgeslagen. Wie nu op een ander adres is uitgenodigd, hoort dat met de volgende brieven; eerdere brieven "
            "en antwoorden blijven zoals zij zijn."
        ),
    ),
    "posts.done.removed": ("Taken back.", "Teruggenomen."),
    "posts.done.told": ("Noted as told.", "Genoteerd als ingelicht."),
    "act.post holder set": ("who holds a post set", "bekleder van een functie ingesteld"),
    "act.post holder removed": ("who holds a post taken back", "bekleder van een functie teruggenomen"),
    "act.post holder told": ("new in a post, told", "nieuw in een functie, ingelicht"),
}
"""The texts by key: English and Dutch."""
