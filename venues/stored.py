"""What a register's cells are in a row of the database: ready to store, and stored where they differ."""

from typing import Any

from django.db import models

from venues.cells import UNKNOWN_AGAIN


def known_value(value: Any, model: type[models.Model], name: str) -> Any:
    """What to store for a cell's value: "unknown again" is null, or empty where a text can not be null."""
    if value is not UNKNOWN_AGAIN:
        return value
    return None if model._meta.get_field(name).null else ""


def told(values: dict[str, Any], model: type[models.Model], names: list[str]) -> dict[str, Any]:
    """What a row says of a model's fields, ready to store."""
    return {name: known_value(values[name], model, name) for name in names if name in values}


def put(row: models.Model, told: dict[str, Any]) -> str:
    """Make or correct a row, or leave it; which: "created", "updated" or "unchanged"."""
    differing = [name for name, value in told.items() if getattr(row, name) != value]
    for name in differing:
        setattr(row, name, told[name])
    if row.pk is None:
        row.save(force_insert=True)
        return "created"
    if differing:
        row.save(update_fields=differing)
        return "updated"
    return "unchanged"
