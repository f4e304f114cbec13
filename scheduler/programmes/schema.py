"""The shape of a programme file: which keys there are, and what each value must be.

How values must fit together (relations that lead somewhere, cadences that can be kept) is decided in ``rules``. After
loading, every item is in one normal form: all fields present, values bare, and ``basis`` saying whose a value is.
"""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from scheduler.dates.cadence import LONGEST_INTERVAL, CadenceRule
from scheduler.dates.preferences import WEEKDAYS
from scheduler.programmes.fields import (
    FIRST_YEAR,
    LAST_YEAR,
    NOT_EMPTY,
    Basis,
    Clock,
    Day,
    Item,
    Key,
    PartialDate,
    Valued,
    Words,
    Zone,
    count,
    language,
    many,
    one_of,
    optional_count,
    optional_text,
    text,
)
from scheduler.programmes.sides import LEVELS, PartyShape

KINDS = ("dialogue", "conference", "training", "exchange", "review", "report", "contact")
RELATIONS = (
    "builds_on",
    "supports",
    "umbrella_of",
    "may_discharge",
    "reports_to",
    "overlaps",
    "works_through",
)
HOST_RULES = ("alternate", "fixed", "either", "third_place", "online", "none")
NO_HOST = {"rule": "none", "next": None, "party": None, "place": None, "zone": None}
NO_TEXT: dict[str, Any] = {"sha256": None, "characters": None, "headings": [], "paragraphs": []}
ROLES = ("chair", "required", "optional", "informed")


def by_party(inner: fields.Field[Any]) -> fields.Dict:
    """Return a mapping from the key of a side."""
    return fields.Dict(keys=Key(), values=inner)


class PassageShape(Schema):
    """A pointer into a source: heading as printed, half-open offsets in characters of its text."""

    source = Key(required=True)
    heading = optional_text()
    start = optional_count(0)
    end = optional_count(0)
    also = many(
        fields.List(
            count(0),
            validate=validate.Length(equal=2, error="is no pair of offsets; write [start, end]"),
        )
    )


def passage() -> fields.Nested:
    """Return the field of a passage that may be absent."""
    return fields.Nested(PassageShape, load_default=None, allow_none=True)


class PartnershipShape(Schema):
    """The partnership itself."""

    key = Key(required=True)
    title = Words(required=True)
    parties = fields.List(Key(), required=True, validate=NOT_EMPTY)
    languages = fields.List(language(), required=True, validate=NOT_EMPTY)


class TextShape(Schema):
    """The text that offsets count in."""

    sha256 = fields.String(
        required=True,
        validate=validate.Regexp(
            r"[0-9a-f]{64}\Z", error="is no SHA-256 digest; write its 64 hexadecimal digits"
        ),
    )
    characters = count(1, required=True)
    headings = many(count(0))
    paragraphs = many(count(0))


class SourceShape(Item):
    """A document."""

    key = Key(required=True)
    title = Words(required=True)
    kind = one_of(
        "joint_statement", "press_release", "policy_letter", "letter_to_parliament", "web_page", "public_page"
    )
    date = PartialDate(load_default=None, allow_none=True)
    date_basis = optional_text(200)
    language = language(required=True)
    parties = many(Key())
    legal_status = optional_text(200)
    place = Words(load_default=None, allow_none=True)
    signed_by = many(text())
    text = fields.Nested(TextShape, load_default=None, allow_none=True)
    address = fields.Url(load_default=None, allow_none=True)
    doubt = optional_text()


class ThemeShape(Item):
    """A theme, in the order of the founding document."""

    key = Key(required=True)
    title = Words(required=True)
    kind = one_of("framing", "policy", "governance")
    passage = passage()
    leads = Valued(by_party(Key()), load_default=dict)


class DischargesShape(Schema):
    """The duty that an event was."""

    obligation = Key(required=True)
    year = count(FIRST_YEAR, LAST_YEAR)


class EventShape(Item):
    """Something that a source dates, or announces, once."""

    key = Key(required=True)
    title = Words(required=True)
    date = Valued(PartialDate(), load_default=None, allow_none=True)
    tense = one_of("past", "future")
    kind = one_of(
        "event", "external_event", "instrument", "deadline", "presidency", "visit", "summit", "motion"
    )
    passage = passage()
    posts = many(text())
    discharges = fields.Nested(DischargesShape, load_default=None, allow_none=True)
    note = Words(load_default=None, allow_none=True)


class CadenceShape(Item):
    """A cadence as worded and as a rule. ``basis`` says whether the rule is the text's or a reading of it."""

    stated = optional_text()
    rule = one_of(*CadenceRule)
    times = count(1, 52, load_default=1)
    years = count(1, 20, load_default=1)
    months = optional_count(1, LONGEST_INTERVAL)
    set_by = optional_text()
    anchor = Day(load_default=None, allow_none=True)
    reading = Words(load_default=dict)
    basis = one_of("stated", "assumed", load_default="stated")


class InForceShape(Schema):
    """From when until when an obligation holds."""

    from_ = Day(required=True, data_key="from", attribute="from")
    until = Day(load_default=None, allow_none=True)


class TopicShape(Schema):
    """A subject that the text puts on the agenda."""

    key = Key(required=True)
    title = Words(required=True)


class DurationShape(Schema):
    """How long a round lasts: hours within one day, or whole consecutive days."""

    hours = count(1, 24)
    days = count(1, 60)


class WindowShape(Schema):
    """When in the year a round may be held: months by number, or from one day of the year until another."""

    months = fields.List(count(1, 12), validate=NOT_EMPTY)
    from_ = fields.String(data_key="from", attribute="from")
    until = fields.String()


class PreferredShape(Schema):
    """When a round had better be held: months by number or ISO weeks, and days of the week."""

    months = fields.List(count(1, 12), validate=NOT_EMPTY)
    weeks = fields.List(count(1, 53), validate=NOT_EMPTY)
    weekdays = fields.List(one_of(*WEEKDAYS), validate=NOT_EMPTY)


class HostShape(Schema):
    """Who hosts; of a third place, where it is."""

    rule = one_of(*HOST_RULES)
    next = Key(load_default=None, allow_none=True)
    party = Key(load_default=None, allow_none=True)
    place = Words(load_default=None, allow_none=True)
    zone = Zone(load_default=None, allow_none=True)


class DelegationShape(Schema):
    """A post on the delegation."""

    post = text(required=True)
    role = one_of(*ROLES)


class RelationShape(Schema):
    """How an obligation stands to another one; ``works_through`` may name a body outside the programme."""

    type = one_of(*RELATIONS)
    to = text(required=True)
    note = Words(load_default=None, allow_none=True)
    basis = one_of("stated", "assumed", load_default="stated")
    lag_days = optional_count(0, 366)


class PredecessorShape(Schema):
    """An earlier wording of the same obligation."""

    source = text(required=True)
    note = Words(load_default=None, allow_none=True)


class ObligationShape(Item):
    """A recurring obligation."""

    key = Key(required=True)
    title = Words(required=True)
    kind = one_of(*KINDS)
    level = Valued(one_of(*LEVELS), required=True)
    passage = passage()
    evidence = many(fields.Nested(PassageShape))
    cadence = fields.Nested(CadenceShape, required=True)
    established = fields.Boolean(load_default=False)
    in_force = fields.Nested(InForceShape, required=True)
    themes = many(Key())
    topics = many(fields.Nested(TopicShape))
    duration = Valued(fields.Nested(DurationShape), load_default=None, allow_none=True)
    start_time = Valued(Clock(), load_default=None, allow_none=True)
    window = Valued(fields.Nested(WindowShape), load_default=None, allow_none=True)
    preferred = Valued(fields.Nested(PreferredShape), load_default=None, allow_none=True)
    host = Valued(fields.Nested(HostShape), load_default=lambda: dict(NO_HOST))
    leads = Valued(by_party(Key()), load_default=dict)
    posts = Valued(fields.List(fields.Nested(DelegationShape)), load_default=list)
    relations = many(fields.Nested(RelationShape))
    predecessor = fields.Nested(PredecessorShape, load_default=None, allow_none=True)
    note = Words(load_default=None, allow_none=True)


class RoundShape(Schema):
    """A past round."""

    obligation = Key(required=True)
    number = optional_count(1)
    date = Day(required=True)
    until = Day(load_default=None, allow_none=True)
    start = Clock(load_default=None, allow_none=True)
    end = Clock(load_default=None, allow_none=True)
    place = Words(load_default=None, allow_none=True)
    host = Key(load_default=None, allow_none=True)
    state = one_of("held")
    discharges = many(Key())
    passage = passage()
    note = Words(load_default=None, allow_none=True)

    @post_load
    def say_a_single_day_once(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Keep ``until`` for rounds of several days, so that one day has one form."""
        return {**data, "until": None} if data["until"] == data["date"] else data


class ClosedDaysShape(Schema):
    """Days on which a side, or some of its offices, cannot or would rather not meet."""

    party = Key(required=True)
    title = Words(required=True)
    from_ = Day(required=True, data_key="from", attribute="from")
    until = Day(required=True)
    effect = one_of("costs", "forbids")
    levels = many(one_of(*LEVELS[:3]))
    offices = many(Key())
    kind = one_of("recess", "summit", "election", "absence", "holiday", "blackout")
    source = text(required=True)
    basis = Basis(load_default="stated")


def programme_shape(further: dict[str, type[Schema]]) -> Schema:
    """Return the shape of a whole file; ``further`` are the sections that other wings own."""
    sections = {
        "format": fields.Integer(
            required=True, strict=True, validate=validate.OneOf((1,), error="is not known; this is format 1")
        ),
        "partnership": fields.Nested(PartnershipShape, required=True),
        "parties": fields.List(fields.Nested(PartyShape), required=True, validate=NOT_EMPTY),
        "sources": many(fields.Nested(SourceShape)),
        "themes": many(fields.Nested(ThemeShape)),
        "events": many(fields.Nested(EventShape)),
        "obligations": many(fields.Nested(ObligationShape)),
        "rounds": many(fields.Nested(RoundShape)),
        "closed_days": many(fields.Nested(ClosedDaysShape)),
        **{name: many(fields.Nested(shape)) for name, shape in further.items()},
    }
    return Schema.from_dict(dict(sections), name="Programme")()
