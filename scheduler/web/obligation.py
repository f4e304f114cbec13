"""An obligation: what was promised, in whose words, how it is read, how it stands, and what belongs to it."""

from flask import Blueprint, render_template

from scheduler.errors import NotFound
from scheduler.meetings.queries import meetings, owed
from scheduler.obligations.queries import ObligationFacts
from scheduler.partnerships.queries import offices, themes
from scheduler.partnerships.queries import partnership as find_partnership
from scheduler.sources.queries import passages
from scheduler.web.kit.door import door, reading_page, viewed_day
from scheduler.web.kit.language import language

pages = Blueprint("obligation", __name__)


@pages.get("/obligations/<partnership>/<key>")
def show(partnership: str, key: str) -> str:
    """Show one obligation with its rounds and relations."""
    with reading_page() as work:
        facts = find_partnership(work, partnership)
        day = viewed_day(work, facts)
        state = {entry.obligation.key: entry for entry in owed(work, partnership, day)}
        if key not in state:
            raise NotFound(f"{partnership} has no obligation {key!r}")
        obligation = state[key].obligation
        return render_template(
            "web/obligation.html",
            partnership=facts,
            day=day,
            entry=state[key],
            obligation=obligation,
            others={other: found.obligation for other, found in state.items()},
            inverse=inverse_relations(obligation.key, [entry.obligation for entry in state.values()]),
            rounds=[entry for entry in meetings(work, partnership) if key in entry.duties],
            themes={theme.key: theme for theme in themes(work, partnership)},
            offices={(office.party, office.key): office for office in offices(work, partnership)},
            passage=passages(work, [obligation.passage_id]).get(obligation.passage_id or 0),
            panels=[panel(work, f"{partnership}/{key}", language()) for panel in door().panels.obligation],
        )


def inverse_relations(key: str, obligations: list[ObligationFacts]) -> list[tuple[str, str, str]]:
    """Return who points at the obligation ``key``: type of relation, the other's key, and its basis."""
    return [
        (relation.type, other.key, relation.basis)
        for other in obligations
        for relation in other.relations
        if relation.other == key
    ]
