"""The kinds of value that a programme file knows, each with a message that says what would be right."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate
from marshmallow.experimental.context import Context

from scheduler.dates.slots import check_zone
from scheduler.errors import BadInput
from scheduler.words import LANGUAGES

PARTIAL_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?\Z")
KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*\Z")
CLOCK = re.compile(r"\d{2}:\d{2}\Z")
LANGUAGE = re.compile(r"[a-z]{2,3}\Z")
BASIS = re.compile(r"(stated|assumed|set:.+)\Z")
LONGEST_BASIS = 200
FIRST_YEAR, LAST_YEAR = 1900, 2200
LARGEST_NUMBER = 2**31 - 1
"""What a column of whole numbers takes."""


NOT_EMPTY = validate.Length(min=1, error="is empty; name at least one")


class FirstLanguage(Context[str]):
    """Within it, a text given without a language is in this one: the first that the partnership names."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A value together with whose it is: ``assumed``, or ``set:`` somebody; and why, by language."""

    value: Any
    basis: str
    note: Mapping[str, str] | None


class Item(Schema):
    """A mapping of the file. Values that say whose they are leave that in ``basis``, by field."""

    class Meta:
        """Keep the order in which fields are declared: the export writes it."""

    @post_load
    def collect_basis(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Replace each claimed value by the value itself, and gather whose they are, and why by ``<field>.note``."""
        basis: dict[str, Any] = {}
        for name, claimed in list(data.items()):
            if isinstance(claimed, Claimed):
                data[name] = claimed.value
                if claimed.basis != "stated":
                    basis[name] = claimed.basis
                if claimed.note:
                    basis[f"{name}.note"] = claimed.note
        if any(isinstance(field, Valued) for field in self.fields.values()):
            data["basis"] = basis
        return data


class Valued(fields.Field[Any]):
    """A value that a source states, or ``{value: …, basis: assumed}`` where none does."""

    def __init__(self, inner: fields.Field[Any], **kwargs: Any) -> None:
        """Check the value, wherever it stands, as ``inner`` does; what may be absent may be claimed to be."""
        super().__init__(**kwargs)
        self.inner = inner
        self.inner.allow_none = self.allow_none

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Claimed:
        if not isinstance(value, Mapping) or "value" not in value:
            return Claimed(self.inner.deserialize(value, attr, data, **kwargs), "stated", None)
        unknown = set(value) - {"value", "basis", "note"}
        if unknown:
            raise ValidationError({key: ["Unknown field."] for key in unknown})
        given = {"basis": "stated", "note": None, **value}
        checks: dict[str, fields.Field[Any]] = {
            "value": self.inner,
            "basis": Basis(),
            "note": Words(allow_none=True),
        }
        parts: dict[str, Any] = {}
        for name, check in checks.items():
            try:
                parts[name] = check.deserialize(given[name], name, given, **kwargs)
            except ValidationError as error:
                raise ValidationError({name: error.messages}) from error
        return Claimed(**parts)


class Words(fields.Field[dict[str, str]]):
    """A text in languages, or one text alone, which then is in the first language of the partnership."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> dict[str, str]:
        if isinstance(value, str) and value.strip():
            return {FirstLanguage.get(LANGUAGES[0]): value.strip()}
        if not isinstance(value, Mapping) or not value:
            raise ValidationError("holds no text; give one, or one for each language as {en: …, nl: …}")
        for language, text in value.items():
            if not LANGUAGE.match(str(language)):
                raise ValidationError({language: ["is no language code; write en, nl, …"]})
            if not isinstance(text, str) or not text.strip():
                raise ValidationError({language: ["holds no text; write one"]})
        return {str(language): text.strip() for language, text in value.items()}


class Key(fields.String):
    """A short name that never changes: letters, digits and hyphens."""

    def __init__(self, longest: int = 60, **kwargs: Any) -> None:
        """Refuse what could not stand in an address or a file name."""
        message = "{input!r} is no key; a key has letters, digits and hyphens only"
        too_long = f"{{input!r}} is too long; a key has at most {longest} characters"
        checks = [validate.Regexp(KEY, error=message), validate.Length(max=longest, error=too_long)]
        super().__init__(validate=checks, **kwargs)


class Day(fields.Field[str]):
    """A calendar day, kept as ISO 8601 text."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        try:
            day = date.fromisoformat(value)
        except (TypeError, ValueError) as error:
            raise ValidationError(f"{value!r} is no day that exists; write it as 2027-03-24") from error
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(f"{value!r} is out of range; give a day from {FIRST_YEAR} to {LAST_YEAR}")
        return day.isoformat()


class PartialDate(fields.Field[str]):
    """A date as exact as it is known: a day, a month or a year."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = str(value)
        if not PARTIAL_DATE.match(text):
            raise ValidationError(f"{text!r} is no date; write 2027, 2027-03 or 2027-03-24")
        try:
            date.fromisoformat(text + "-01-01"[len(text) - 4 :] if len(text) < 10 else text)
        except ValueError as error:
            raise ValidationError(f"{text!r} does not exist; write 2027, 2027-03 or 2027-03-24") from error
        return text


class Clock(fields.Field[str]):
    """A wall time ``HH:MM``."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = str(value)
        try:
            time.fromisoformat(text)
        except ValueError:
            text = ""
        if not CLOCK.match(text):
            raise ValidationError(f'{value!r} is no time; write it in quotes as "09:00"')
        return text


class Zone(fields.Field[str]):
    """An IANA time zone."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        try:
            return check_zone(str(value))
        except BadInput as error:
            raise ValidationError(f"{value!r} is no time zone; write for example Europe/London") from error


class Basis(fields.Field[str]):
    """Whose a value is: the source's, an assumption, or somebody's."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        if not isinstance(value, str) or not BASIS.match(value):
            raise ValidationError(f"{value!r} is no basis; say stated, assumed, or set:<who>")
        if len(value) > LONGEST_BASIS:
            raise ValidationError(f"is too long; {LONGEST_BASIS} characters at most")
        return value


def one_of(*choices: str, **kwargs: Any) -> fields.String:
    """Return a field, required unless it has a default, that takes one of ``choices``."""
    message = "{input!r} is not known; one of " + ", ".join(choices)
    required = "load_default" not in kwargs
    return fields.String(validate=validate.OneOf(choices, error=message), required=required, **kwargs)


def language(**kwargs: Any) -> fields.String:
    """Return a field for a language code."""
    message = "{input!r} is no language code; write en, nl, …"
    return fields.String(validate=validate.Regexp(LANGUAGE, error=message), **kwargs)


def count(least: int, most: int = LARGEST_NUMBER, **kwargs: Any) -> fields.Integer:
    """Return a field for a whole number between two bounds."""
    upper = "" if most == LARGEST_NUMBER else f" to {most}"
    message = f"{{input}} is out of range; give a whole number from {least}{upper}"
    return fields.Integer(strict=True, validate=validate.Range(least, most, error=message), **kwargs)


def text(longest: int | None = None, **kwargs: Any) -> fields.String:
    """Return a field for a text that is not empty, in at most ``longest`` characters."""
    checks = [validate.Length(min=1, error="is empty; write a text")]
    if longest:
        checks.append(validate.Length(max=longest, error=f"is too long; {longest} characters at most"))
    return fields.String(validate=checks, **kwargs)


def optional_text(longest: int | None = None) -> fields.String:
    """Return a field for a text that may be absent or null."""
    return text(longest, load_default=None, allow_none=True)


def optional_count(least: int, most: int = LARGEST_NUMBER) -> fields.Integer:
    """Return a field for a whole number that may be absent or null."""
    return count(least, most, load_default=None, allow_none=True)


def many(inner: fields.Field[Any]) -> fields.List[Any]:
    """Return a list that may be absent."""
    return fields.List(inner, load_default=list)
