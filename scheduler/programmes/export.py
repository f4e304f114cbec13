"""The normal form of a programme written back as a person would: no empty fields, claims beside their values."""

from typing import Any

from marshmallow import Schema, fields
from ruamel.yaml.comments import CommentedMap

from scheduler.programmes.fields import Valued
from scheduler.programmes.sections import Entry


def written_form(shape: Schema, item: Entry) -> CommentedMap:
    """Return ``item`` in the order of its shape, without what the shape would supply by itself."""
    written = CommentedMap()
    basis = item.get("basis") if any(isinstance(field, Valued) for field in shape.fields.values()) else None
    for name, field in shape.fields.items():
        value = item.get(field.attribute or name)
        if _is_default(field, value) and not (basis and name in basis):
            continue
        plain = _plain(field.inner if isinstance(field, Valued) else field, value)
        written[field.data_key or name] = _claimed(plain, basis, name) if basis else plain
    return written


def _is_default(field: fields.Field[Any], value: Any) -> bool:
    default = field.load_default() if callable(field.load_default) else field.load_default
    return not field.required and (value is None or value == default)


def _claimed(plain: Any, basis: dict[str, Any], name: str) -> Any:
    if name not in basis and f"{name}.note" not in basis:
        return plain
    claim = CommentedMap(value=plain, basis=basis.get(name, "stated"))
    if f"{name}.note" in basis:
        claim["note"] = CommentedMap(basis[f"{name}.note"])
    return claim


def _plain(field: fields.Field[Any], value: Any) -> Any:
    if isinstance(field, fields.Nested) and value is not None:
        return written_form(field.schema, value)
    if isinstance(field, fields.List) and value is not None:
        return [_plain(field.inner, entry) for entry in value]
    if isinstance(value, dict):
        return CommentedMap(value)
    return value
