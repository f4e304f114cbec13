"""The shape of a side in a programme file: a party with its hours, holidays, offices and posts."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from scheduler.dates.closed_days import public_holidays
from scheduler.errors import BadInput
from scheduler.programmes.fields import (
    Clock,
    Item,
    Key,
    Valued,
    Words,
    Zone,
    count,
    language,
    one_of,
    optional_count,
    optional_text,
    text,
)

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
            raise ValidationError(f"{error.message}; {error.remedy}") from error


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


class PostShape(Item):
    """A post, never a person."""

    key = Key(required=True)
    office = Key(required=True)
    title = Words(required=True)
    level = one_of(*LEVELS[:3])
    mailbox = Valued(
        fields.Email(
            error_messages={"invalid": "is no e-mail address; write name@host"},
            validate=validate.Length(max=254, error="is too long; 254 characters at most"),
        ),
        load_default=None,
        allow_none=True,
    )
    private_office = fields.Boolean(load_default=False)
    letters_to = Key(load_default=None, allow_none=True)


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
    offices = fields.List(fields.Nested(OfficeShape), load_default=list)
    posts = fields.List(fields.Nested(PostShape), load_default=list)
