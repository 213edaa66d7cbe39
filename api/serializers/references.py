"""How one thing names another, and how what is not known is written."""

from typing import Any, TypeVar

from django.db.models import Model
from rest_framework import serializers

Row = TypeVar("Row", bound=Model)
#: The largest id that every database can look for.
LARGEST = 2**63 - 1


class ReferenceSerializer(serializers.Serializer[Any]):
    """Another resource: its slug, which never changes, and its name."""

    slug = serializers.SlugField(read_only=True)
    name = serializers.CharField(source="__str__", read_only=True)


class SeenSerializer(serializers.Serializer[Any]):
    """A visit as it was looked at."""

    booking = serializers.IntegerField(min_value=1, max_value=LARGEST)
    version = serializers.IntegerField(min_value=1, max_value=LARGEST)


class FactsSerializer(serializers.ModelSerializer[Row]):
    """Fields of which each may be null; an empty text is no value of its own."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """The model's fields, each of which may be null."""
        fields = super().get_fields()
        for field in fields.values():
            field.allow_null = True
            if hasattr(field, "allow_blank"):
                field.allow_blank = False
        return fields

    def to_representation(self, instance: Row) -> dict[str, Any]:
        """The fields, empty ones as null."""
        found = super().to_representation(instance)
        return {name: None if value == "" else value for name, value in found.items()}
