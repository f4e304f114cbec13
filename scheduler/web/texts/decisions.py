"""What people decide about an obligation: linked duties, hosts, skips and intervals."""

from collections.abc import Mapping

DECISIONS: Mapping[str, tuple[str, str]] = {
    "act.link proposed": ("proposed to link duties", "voorgesteld verplichtingen te koppelen"),
    "act.link agreed": ("agreed to link duties", "akkoord met gekoppelde verplichtingen"),
    "act.link ended": ("ended a link of duties", "koppeling van verplichtingen beëindigd"),
    "act.host changed": ("handed to another host", "overgedragen aan een ander gastland"),
    "act.host agreed": ("agreed to the host", "akkoord met het gastland"),
    "act.next host answered": ("said who hosts next", "gezegd wie daarna gastheer is"),
    "home.waiting": ("Waits for your side", "Wacht op uw zijde"),
    "home.waited_for": ("Waits for the other side", "Wacht op de andere zijde"),
    "decisions": ("Decisions", "Besluiten"),
    "decisions.about": (
        "What stands here both sides see. What one side proposes holds once the other has agreed.",
        "Wat hier staat zien beide zijden. Wat één zijde voorstelt geldt zodra de andere akkoord is.",
    ),
    "decisions.agree": ("Agree", "Akkoord"),
    # linked duties
    "links": ("Linked duties", "Gekoppelde verplichtingen"),
    "links.none": ("No duties are linked.", "Er zijn geen verplichtingen gekoppeld."),
    "links.line": (
        "In {year} the rounds of {first} discharge {other} too",
        "In {year} voldoen de rondes van {first} ook aan {other}",
    ),
    "links.asked": (
        "a proposal that in {year} the rounds of {first} discharge {other} too",
        "een voorstel: in {year} voldoen de rondes van {first} ook aan {other}",
    ),
    "links.in_force": ("in force", "van kracht"),
    "links.proposed": ("proposed", "voorgesteld"),
    "links.ended": ("ended", "beëindigd"),
    "links.propose": ("Propose a link", "Koppeling voorstellen"),
    "links.pair": ("What counts for what", "Wat waarvoor telt"),
    "links.pair.value": (
        "Rounds of {first} also discharge {other}",
        "Rondes van {first} voldoen ook aan {other}",
    ),
    "links.year": ("Calendar year", "Kalenderjaar"),
    "links.end": ("End the link", "Koppeling beëindigen"),
    "links.end.sure": (
        "From then on {other} is owed rounds of its own again, also where this one was held.",
        "Vanaf dat moment vraagt {other} weer eigen rondes, ook als deze al gehouden is.",
    ),
    "links.withdraw": ("Take the proposal back", "Voorstel intrekken"),
    "links.decline": ("Decline", "Afwijzen"),
    # hosts
    "hosts": ("Hosts", "Gastheren"),
    "hosts.turn": ("Next turn", "Volgende beurt"),
    "hosts.turn.open": ("not settled", "niet bepaald"),
    "hosts.ledger.none": ("No round was handed over.", "Er is geen ronde overgedragen."),
    "hosts.line": ("{year}: {host} in place of {turn}", "{year}: {host} in plaats van {turn}"),
    "hosts.next": ("Next host: {host}", "Volgende gastheer: {host}"),
    "hosts.asked": ("Who hosts next?", "Wie is daarna gastheer?"),
    "hosts.answer": ("Answer", "Antwoorden"),
    "hosts.answer.again": ("Answer otherwise", "Anders antwoorden"),
    "hosts.agree": ("Agree to this host", "Akkoord met dit gastland"),
    "hosts.swap": ("Hand a round over", "Een ronde overdragen"),
    "hosts.swap.which": ("Which round, to whom", "Welke ronde, aan wie"),
    "hosts.swap.about": (
        "The round moves to the new host’s capital and clocks; a round that both sides know is offered anew.",
        "De ronde verhuist naar hoofdstad en klok van het nieuwe gastland; wat beide zijden kennen, ligt opnieuw voor.",
    ),
    "hosts.swap.to": ("{day}: hand over to {host}", "{day}: overdragen aan {host}"),
    "hosts.reason": ("Reason, for both sides to read", "Reden, die beide zijden lezen"),
    # skips
    "skips": ("Rounds left out", "Overgeslagen rondes"),
    "skips.none": ("No round was proposed to be skipped.", "Er is niet voorgesteld een ronde over te slaan."),
    "skips.asked": (
        "{title}: a proposal to leave out the round due {due}",
        "{title}: een voorstel om de ronde van {due} over te slaan",
    ),
    "skips.line": ("The round due {due}", "De ronde van {due}"),
    "skips.agreed": ("agreed", "overeengekomen"),
    "skips.proposed": ("proposed", "voorgesteld"),
    "skips.propose": ("Propose to skip a round", "Voorstellen een ronde over te slaan"),
    "skips.due": ("Due date of the round", "Uiterste datum van de ronde"),
    # interval
    "interval": ("Interval", "Termijn"),
    "interval.none": (
        "The text names no interval, and nobody has set one: nothing is scheduled.",
        "De tekst noemt geen termijn en niemand heeft er een vastgesteld: er wordt niets gepland.",
    ),
    "interval.set": (
        "{months} months, set by {who}. The text names no interval.",
        "{months} maanden, vastgesteld door {who}. De tekst noemt geen termijn.",
    ),
    "interval.line": ("{months} months, set by {who}", "{months} maanden, vastgesteld door {who}"),
    "interval.act": ("Set an interval", "Termijn vaststellen"),
    "interval.months": ("Months", "Maanden"),
    "interval.who": ("Post or office whose interval it is", "Functie of organisatie die hem vaststelt"),
    # what was done
    "decided.links.propose": ("The link is proposed.", "De koppeling is voorgesteld."),
    "decided.links.agree": ("Your agreement is recorded.", "Uw akkoord is geregistreerd."),
    "decided.links.end": ("The link is ended.", "De koppeling is beëindigd."),
    "decided.skips.propose": ("The skip is proposed.", "Het overslaan is voorgesteld."),
    "decided.skips.agree": ("Your agreement is recorded.", "Uw akkoord is geregistreerd."),
    "decided.interval.set": ("The interval is set.", "De termijn is vastgesteld."),
    "decided.hosts.swap": ("The round is handed over.", "De ronde is overgedragen."),
    "decided.hosts.agree": ("Your agreement is recorded.", "Uw akkoord is geregistreerd."),
    "decided.hosts.answer": ("Your answer is recorded.", "Uw antwoord is geregistreerd."),
}
