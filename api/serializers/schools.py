"""Schools: what is special about one, and its place in the register."""

from typing import Any

from rest_framework import serializers

from api.serializers.references import ReferenceSerializer
from venues.grades import GRADES
from venues.models import OfferedForm, School, SchoolOwner


class OfferedFormSerializer(serializers.ModelSerializer[OfferedForm]):
    """A form of school with its grades, from "förskola" and "F" to "gy4"; none where it has none or nobody has said."""

    grades = serializers.ListField(child=serializers.ChoiceField(choices=GRADES), read_only=True)

    class Meta:
        model = OfferedForm
        fields = ["form", "grades"]
        read_only_fields = fields


class SchoolOwnerSerializer(serializers.ModelSerializer[SchoolOwner]):
    """Who runs a school: a municipality, or somebody independent."""

    slug = serializers.SlugField(source="organisation.slug", read_only=True)
    name = serializers.CharField(source="organisation.name", read_only=True)

    class Meta:
        model = SchoolOwner
        fields = ["slug", "name", "kind", "org_number"]
        read_only_fields = fields


class SchoolSerializer(serializers.ModelSerializer[School]):
    """What is special about a school; preschools have no unit code. `owner` null: nobody has said."""

    place = ReferenceSerializer(read_only=True)
    forms = OfferedFormSerializer(many=True, read_only=True)
    owner = SchoolOwnerSerializer(read_only=True, allow_null=True)

    class Meta:
        model = School
        fields = ["unit_code", "own_id", "status", "opened_on", "ceased_on", "forms", "owner", "place"]
        read_only_fields = fields


class RegisteredSchoolSerializer(SchoolSerializer):
    """A school of the register. `ceased_on` is the first day on which it is no more, and may lie ahead."""

    slug = serializers.SlugField(source="organisation.slug", read_only=True)
    name = serializers.CharField(source="organisation.name", read_only=True)
    municipality = ReferenceSerializer(source="organisation.municipality", read_only=True, allow_null=True)
    grades = serializers.ListField(child=serializers.ChoiceField(choices=GRADES), read_only=True)
    predecessors = serializers.SerializerMethodField()
    successors = serializers.SerializerMethodField()

    class Meta(SchoolSerializer.Meta):
        fields = ["slug", "name", "municipality", *SchoolSerializer.Meta.fields, "grades"]
        fields += ["predecessors", "successors"]
        read_only_fields = fields

    def get_predecessors(self, school: School) -> list[dict[str, Any]]:
        """The schools that went on as this one."""
        return [_reference(link.predecessor) for link in school.origins.all()]

    def get_successors(self, school: School) -> list[dict[str, Any]]:
        """The schools that it went on as."""
        return [_reference(link.successor) for link in school.successions.all()]


def _reference(school: School) -> dict[str, Any]:
    return dict(ReferenceSerializer(school.organisation).data)
