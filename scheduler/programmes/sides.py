"""The shape of a side in a programme file: a party with its hours, holidays, offices and posts."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from scheduler.dates.closed_days import public_holidays
from scheduler.errors import BadInput
from scheduler.markings import Markings, permitted
from scheduler.programmes.fields import (
    Clock,
    Day,
    Item,
    Key,
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
from scheduler.words import FALLBACK, say

LEVELS = ("ministerial", "senior_official", "expert", "mixed")


class HolidaysShape(Schema):
    """Where public holidays come from: country (ISO 3166-1) and subdivision (ISO 3166-2, without the country)."""

    country = text(2, required=True)
    subdivision = optional_text(10)

    @validates_schema
    def are_known(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse a country of which nothing is known, or one that needs a subdivision."""
        try:
            public_holidays("", data["country"], data["subdivision"], (), ())
        except BadInput as error:
            raise ValidationError(_in_english(error)) from error


class HoursShape(Schema):
    """Office hours as wall times."""

    from_ = Clock(required=True, data_key="from", attribute="from")
    until = Clock(required=True)


class CapacityShape(Schema):
    """How many meetings an office can bear in a week, and how many are comfortable."""

    meetings_a_week = count(1, 50, required=True)
    comfortable = optional_count(0, 50)


class OfficeShape(Item):
    """A ministry, embassy or agency."""

    key = Key(required=True)
    name = Words(required=True)
    short = text(60, required=True)
    kind = one_of("foreign_ministry", "ministry", "embassy", "agency", "parliament")
    city = Words(required=True)
    secretariat = Valued(fields.Boolean(), load_default=False)
    capacity = Valued(fields.Nested(CapacityShape), load_default=None, allow_none=True)


def mailbox() -> fields.Email:
    """Return the field of a mailbox."""
    return fields.Email(
        error_messages={"invalid": "is no e-mail address; write name@host"},
        validate=validate.Length(max=254, error="is too long; 254 characters at most"),
        load_default=None,
        allow_none=True,
    )


class HolderShape(Schema):
    """From when until when somebody holds a post, and where and in what language that one's letters are read."""

    from_ = Day(required=True, data_key="from", attribute="from")
    until = Day(load_default=None, allow_none=True)
    mailbox = mailbox()
    language = language(load_default=None, allow_none=True)


class PostShape(Item):
    """A post, never a person."""

    key = Key(required=True)
    office = Key(required=True)
    title = Words(required=True)
    level = one_of(*LEVELS[:3])
    mailbox = Valued(mailbox(), load_default=None, allow_none=True)
    private_office = fields.Boolean(load_default=False)
    letters_to = Key(load_default=None, allow_none=True)
    holders = many(fields.Nested(HolderShape))


class MarkingsShape(Schema):
    """What an originator marks its papers with: the markings allowed here, lowest first, and the levels refused."""

    allowed = fields.List(
        text(60), required=True, validate=validate.Length(min=1, error="is empty; name one marking")
    )
    refused = fields.List(text(60), load_default=list)

    @validates_schema
    def stay_below(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse to allow what no installation may hold."""
        for marking in data["allowed"]:
            try:
                permitted(marking, Markings((), tuple(data["refused"])), "")
            except BadInput as error:
                raise ValidationError(_in_english(error), "allowed") from error


class PartyShape(Item):
    """A government as a side."""

    key = Key(longest=20, required=True)
    name = Words(required=True)
    short = Words(required=True)
    language = language(required=True)
    zone = Zone(required=True)
    capital = Words(required=True)
    holidays = fields.Nested(HolidaysShape, required=True)
    office_hours = Valued(fields.Nested(HoursShape), required=True)
    markings = Valued(fields.Nested(MarkingsShape), load_default=None, allow_none=True)
    offices = fields.List(fields.Nested(OfficeShape), load_default=list)
    posts = fields.List(fields.Nested(PostShape), load_default=list)


def _in_english(error: BadInput) -> str:
    return f"{say(error.message, FALLBACK)}; {say(error.remedy, FALLBACK)}"
