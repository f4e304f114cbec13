"""Answers to invitations, the page of an invitation's link, and mails that need a person."""

from collections.abc import Mapping

ANSWERS: Mapping[str, tuple[str, str]] = {
    "answers.answer": ("Answer", "Antwoord"),
    "answers.which": ("choose an answer", "kies een antwoord"),
    "answers.title": ("Answers that came from your side", "Antwoorden van uw zijde"),
    "answers.none": ("No answer came yet.", "Er kwam nog geen antwoord."),
    "answers.fate": ("What it counts for", "Of het telt"),
    "answers.came": ("Came", "Ontvangen"),
    "answers.enter": ("Enter an answer", "Antwoord invoeren"),
    "answers.enter.hint": (
        "For what somebody said by telephone. It counts as given now.",
        "Voor wat iemand telefonisch liet weten. Het geldt als nu gegeven.",
    ),
    "answers.comment": ("Remark", "Opmerking"),
    "answers.done": ("The answer is entered.", "Het antwoord is ingevoerd."),
    "answers.mails": ("Mails that need a person", "Mails die een mens moet lezen"),
    "answers.mails.count.one": (
        "1 mail to your side needs a person",
        "1 mail aan uw zijde moet iemand lezen",
    ),
    "answers.mails.count": (
        "{count} mails to your side need a person",
        "{count} mails aan uw zijde moet iemand lezen",
    ),
    "answers.mails.about": (
        "What fits no invitation by itself. Nothing of it was applied, and the other side does not see it.",
        "Wat uit zichzelf bij geen uitnodiging past. Er is niets van verwerkt, en de andere zijde ziet het niet.",
    ),
    "answers.mails.none": ("No mail needs a person.", "Geen mail hoeft gelezen te worden."),
    "answers.mail.from": ("From {sender}, {at}", "Van {sender}, {at}"),
    "answers.mail.nobody": ("nobody", "niemand"),
    "answers.mail.download": ("Download the mail", "Mail downloaden"),
    "answers.mail.dismiss": ("Nothing to be done", "Niets te doen"),
    "answers.mail.apply": ("Enter as the answer", "Als antwoord invoeren"),
    "answers.mail.dismissed": ("The mail is settled.", "De mail is afgehandeld."),
    "answers.link.title": ("Answer to an invitation", "Antwoord op een uitnodiging"),
    "answers.link.gone": (
        "There is nothing to answer here. The meeting may be over, or this post is no longer invited.",
        "Hier valt niets te antwoorden. De bijeenkomst is voorbij, of deze functie is niet meer uitgenodigd.",
    ),
    "answers.link.moved": (
        "The meeting has changed since this letter. Please answer by the link in the latest one.",
        "De bijeenkomst is sinds deze brief gewijzigd. Antwoord via de link in de laatste brief.",
    ),
    "answers.link.given": ("Your answer: {status}", "Uw antwoord: {status}"),
    "answers.link.comment": (
        "A word with it, or who comes in your place",
        "Toelichting, of wie er in uw plaats komt",
    ),
    "answers.link.yes": ("I come", "Ik kom"),
    "answers.link.tentative": ("Perhaps", "Misschien"),
    "answers.link.delegate": ("Somebody comes in my place", "Iemand vervangt mij"),
    "answers.link.no": ("I do not come", "Ik kom niet"),
    "answers.link.own": (
        "Only your own side sees this answer. You can change it here until the meeting.",
        "Alleen uw eigen zijde ziet dit antwoord. U kunt het hier tot de bijeenkomst wijzigen.",
    ),
    "act.answer entered": ("answer entered", "antwoord ingevoerd"),
    "act.mail applied": ("mail entered as an answer", "mail als antwoord ingevoerd"),
    "act.mail handed over": ("mail handed over by the operator", "mail overgedragen door de beheerder"),
    "act.mail dismissed": ("mail settled", "mail afgehandeld"),
}
"""Each text: English, then Dutch."""
