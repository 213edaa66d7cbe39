"""A workshop that a school asks for, and what it was answered."""

from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from api.serializers.groups import GroupSerializer
from api.serializers.references import ReferenceSerializer
from bookings.models import Workshop, WorkshopRequest
from venues.models import Group


# A name of its own in the schema: what is sent of a workshop is called "WorkshopRequest" there.
@extend_schema_serializer(component_name="WantedWorkshop")
class WorkshopRequestSerializer(serializers.ModelSerializer[WorkshopRequest]):
    """`workshop` is what was proposed for it, `answer` why it cannot be held."""

    school = ReferenceSerializer(read_only=True)
    groups = GroupSerializer(many=True, read_only=True)

    class Meta:
        model = WorkshopRequest
        fields = [
            "id",
            "booking",
            "school",
            "kind",
            "groups",
            "wish",
            "status",
            "answer",
            "workshop",
            "asked_at",
            "answered_at",
        ]


class AskSerializer(serializers.Serializer[Any]):
    """For which of the school's own groups at the visit, on which side of it, and when best. All of one school."""

    kind = serializers.ChoiceField(choices=Workshop.Kind.choices)
    groups = serializers.PrimaryKeyRelatedField(
        queryset=Group.objects.select_related("school__organisation"), many=True, allow_empty=False
    )
    wish = serializers.CharField(max_length=200, allow_blank=True, default="")
