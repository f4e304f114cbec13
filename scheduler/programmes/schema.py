"""The shape of a programme file: which keys there are, and what each value must be.

How values must fit together (relations that lead somewhere, cadences that can be kept) is decided in ``rules``. After
loading, every item is in one normal form: all fields present, values bare, and ``basis`` saying whose a value is.
"""

from typing import Any

from marshmallow import Schema, fields, validate

from scheduler.dates.cadence import CadenceRule
from scheduler.programmes.fields import Clock, Day, Item, Key, PartialDate, Valued, Words, Zone, count, one_of

LEVELS = ("ministerial", "senior_official", "expert", "mixed")
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
ROLES = ("chair", "required", "optional", "informed")


def text(**kwargs: Any) -> fields.String:
    """Return a field for a text that is not empty."""
    return fields.String(validate=validate.Length(min=1), **kwargs)


def optional(field: type[fields.Field[Any]], **kwargs: Any) -> fields.Field[Any]:
    """Return a field that may be absent or null."""
    return field(load_default=None, allow_none=True, **kwargs)


def many(inner: fields.Field[Any]) -> fields.List[Any]:
    """Return a list that may be absent."""
    return fields.List(inner, load_default=list)


def by_party(inner: fields.Field[Any]) -> fields.Dict:
    """Return a mapping from the key of a side."""
    return fields.Dict(keys=Key(), values=inner)


class PassageShape(Schema):
    """A pointer into a source: heading as printed, half-open offsets in characters of its text."""

    source = Key(required=True)
    heading = optional(fields.String)
    start = fields.Integer(strict=True, load_default=None, allow_none=True, validate=validate.Range(min=0))
    end = fields.Integer(strict=True, load_default=None, allow_none=True, validate=validate.Range(min=0))
    also = many(fields.List(fields.Integer(strict=True), validate=validate.Length(equal=2)))


def passage() -> fields.Nested:
    """Return the field of a passage that may be absent."""
    return fields.Nested(PassageShape, load_default=None, allow_none=True)


class PartnershipShape(Schema):
    """The partnership itself."""

    key = Key(required=True)
    title = Words(required=True)
    parties = fields.List(Key(), required=True, validate=validate.Length(min=1))
    languages = fields.List(text(), required=True, validate=validate.Length(min=1))


class HolidaysShape(Schema):
    """Where public holidays come from: country (ISO 3166-1) and subdivision (ISO 3166-2, without the country)."""

    country = text(required=True)
    subdivision = optional(fields.String)


class HoursShape(Schema):
    """Office hours as wall times."""

    from_ = Clock(required=True, data_key="from", attribute="from")
    until = Clock(required=True)


class OfficeShape(Item):
    """A ministry, embassy or agency."""

    key = Key(required=True)
    name = Words(required=True)
    short = text(required=True)
    kind = one_of("foreign_ministry", "ministry", "embassy", "agency", "parliament")
    city = Words(required=True)
    secretariat = Valued(fields.Boolean(), load_default=False)


class PostShape(Item):
    """A post, never a person."""

    key = Key(required=True)
    office = Key(required=True)
    title = Words(required=True)
    level = one_of(*LEVELS[:3])
    mailbox = Valued(
        fields.Email(error_messages={"invalid": "is no e-mail address; write name@host"}),
        load_default=None,
        allow_none=True,
    )
    private_office = fields.Boolean(load_default=False)
    letters_to = Key(load_default=None, allow_none=True)


class PartyShape(Item):
    """A government as a side."""

    key = Key(required=True)
    name = Words(required=True)
    short = Words(required=True)
    language = text(required=True)
    zone = Zone(required=True)
    capital = Words(required=True)
    holidays = fields.Nested(HolidaysShape, required=True)
    office_hours = Valued(fields.Nested(HoursShape), required=True)
    offices = fields.List(fields.Nested(OfficeShape), load_default=list)
    posts = fields.List(fields.Nested(PostShape), load_default=list)


class TextShape(Schema):
    """The text that offsets count in."""

    sha256 = fields.String(
        required=True, validate=validate.Regexp(r"[0-9a-f]{64}\Z", error="is no SHA-256 digest")
    )
    characters = fields.Integer(strict=True, required=True)


class SourceShape(Item):
    """A document."""

    key = Key(required=True)
    title = Words(required=True)
    kind = one_of(
        "joint_statement", "press_release", "policy_letter", "letter_to_parliament", "web_page", "public_page"
    )
    date = PartialDate(load_default=None, allow_none=True)
    date_basis = optional(fields.String)
    language = text(required=True)
    parties = many(Key())
    legal_status = optional(fields.String)
    place = Words(load_default=None, allow_none=True)
    signed_by = many(text())
    text = fields.Nested(TextShape, load_default=None, allow_none=True)
    address = fields.Url(load_default=None, allow_none=True)
    doubt = optional(fields.String)


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
    year = count(1900, 2200)


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

    stated = optional(fields.String)
    rule = one_of(*CadenceRule)
    times = count(1, 52, load_default=1)
    years = count(1, 20, load_default=1)
    months = fields.Integer(strict=True, load_default=None, allow_none=True, validate=validate.Range(1, 240))
    set_by = optional(fields.String)
    anchor = Day(load_default=None, allow_none=True)
    reading = Words(load_default=dict)
    basis = fields.String(load_default="stated", validate=validate.OneOf(("stated", "assumed")))


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

    months = fields.List(count(1, 12), validate=validate.Length(min=1))
    from_ = fields.String(data_key="from", attribute="from")
    until = fields.String()


class HostShape(Schema):
    """Who hosts."""

    rule = one_of(*HOST_RULES)
    next = Key(load_default=None, allow_none=True)
    party = Key(load_default=None, allow_none=True)


class DelegationShape(Schema):
    """A post on the delegation."""

    post = text(required=True)
    role = one_of(*ROLES)


class RelationShape(Schema):
    """How an obligation stands to another one; ``works_through`` may name a body outside the programme."""

    type = one_of(*RELATIONS)
    to = text(required=True)
    note = optional(fields.String)
    basis = fields.String(load_default="stated", validate=validate.OneOf(("stated", "assumed")))


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
    host = Valued(
        fields.Nested(HostShape), load_default=lambda: {"rule": "none", "next": None, "party": None}
    )
    leads = Valued(by_party(Key()), load_default=dict)
    posts = Valued(fields.List(fields.Nested(DelegationShape)), load_default=list)
    relations = many(fields.Nested(RelationShape))
    predecessor = fields.Nested(PredecessorShape, load_default=None, allow_none=True)
    note = Words(load_default=None, allow_none=True)


class RoundShape(Schema):
    """A past round."""

    obligation = Key(required=True)
    number = fields.Integer(strict=True, load_default=None, allow_none=True, validate=validate.Range(min=1))
    date = Day(required=True)
    until = Day(load_default=None, allow_none=True)
    start = Clock(load_default=None, allow_none=True)
    end = Clock(load_default=None, allow_none=True)
    place = Words(load_default=None, allow_none=True)
    host = Key(load_default=None, allow_none=True)
    state = one_of("held")
    passage = passage()
    note = Words(load_default=None, allow_none=True)


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
    basis = fields.String(load_default="stated")


def programme_shape(further: dict[str, type[Schema]]) -> Schema:
    """Return the shape of a whole file; ``further`` are the sections that other wings own."""
    sections = {
        "format": fields.Integer(
            required=True, strict=True, validate=validate.OneOf((1,), error="is not known; this is format 1")
        ),
        "partnership": fields.Nested(PartnershipShape, required=True),
        "parties": fields.List(fields.Nested(PartyShape), required=True, validate=validate.Length(min=1)),
        "sources": many(fields.Nested(SourceShape)),
        "themes": many(fields.Nested(ThemeShape)),
        "events": many(fields.Nested(EventShape)),
        "obligations": many(fields.Nested(ObligationShape)),
        "rounds": many(fields.Nested(RoundShape)),
        "closed_days": many(fields.Nested(ClosedDaysShape)),
        **{name: many(fields.Nested(shape)) for name, shape in further.items()},
    }
    return Schema.from_dict(dict(sections), name="Programme")()
