"""Answers to invitations, the page of an invitation's link, and mails that need a person."""

from collections.abc import Mapping

ANSWERS: Mapping[str, tuple[str, str]] = {
    "answers.answer": ("Answer", "Antwoord"),
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
    "answers.mails.count": (
        "{count} mails to your side need a person",
        "{count} mails aan uw zijde moet iemand lezen",
    ),
    "answers.mails.about": (
        "What fits no invitation by itself. Nothing of it was applied, and the other side does not see it.",
        "Wat uit zichzelf bij geen uitnodiging past. Er is niets van verwerkt, en de andere zijde ziet het niet.",
    ),
    "answers.mails.none": ("No mail needs a person.", "Geen mail hoeft gelezen te worden."),
    "answers.returned": ("came back", "teruggekomen"),
    "answers.mail.from": ("From {sender}, {at}", "Van {sender}, {at}"),
    "answers.mail.nobody": ("nobody", "niemand"),
    "answers.mail.download": ("Download the mail", "Mail downloaden"),
    "answers.mail.dismiss": ("Nothing to be done", "Niets te doen"),
    "answers.mail.apply": ("Enter as the answer", "Als antwoord invoeren"),
    "answers.mail.dismissed": ("The mail is settled.", "De mail is afgehandeld."),
    "act.answer entered": ("answer entered", "antwoord ingevoerd"),
    "act.mail applied": ("mail entered as an answer", "mail als antwoord ingevoerd"),
    "act.mail dismissed": ("mail settled", "mail afgehandeld"),
}
"""Each text: English, then Dutch."""
