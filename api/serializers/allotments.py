"""Allotments: which production each grade of each school gets."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.serializers.references import ReferenceSerializer
from bookings.allotment_publishing import Publishing
from tours.models import Allotment


class AllotmentLineSerializer(serializers.ModelSerializer[Allotment]):
    """An allotment without its problem and its plan.

    `progress`: of its plan so far: pupils, reached, reached_bound, cost, cost_bound, gap. `is_stale`: target or rules
    have changed since it was asked for.
    """

    season = ReferenceSerializer(read_only=True)
    progress = serializers.DictField(read_only=True)
    is_stale = serializers.BooleanField(read_only=True)

    class Meta:
        model = Allotment
        fields = [
            "id",
            "season",
            "name",
            "grades",
            "state",
            "seconds",
            "seed",
            "progress",
            "is_stale",
            "error",
            "asked_at",
            "finished_at",
            "published_at",
            "version",
        ]


class AllotmentSerializer(AllotmentLineSerializer):
    """An allotment with the problem that it was computed from and the best plan so far.

    Units are named by school and grade, productions and sites by the ids of productions and venues.
    """

    problem = serializers.SerializerMethodField()
    plan = serializers.SerializerMethodField()

    class Meta(AllotmentLineSerializer.Meta):
        fields = [*AllotmentLineSerializer.Meta.fields, "problem", "plan"]

    @extend_schema_field({"type": "object"})
    def get_problem(self, allotment: Allotment) -> Any:
        return allotment.problem

    @extend_schema_field({"oneOf": [{"type": "object"}, {"type": "null"}]})
    def get_plan(self, allotment: Allotment) -> Any:
        return allotment.plan


class PublishingSerializer(serializers.Serializer[Publishing]):
    """What publishing did: days that became wishes, schools that are told, tours that were drafted."""

    visits = serializers.IntegerField()
    schools = serializers.IntegerField()
    tours = serializers.IntegerField()


class TakenBackSerializer(serializers.Serializer[Any]):
    """How many wishes were withdrawn."""

    visits = serializers.IntegerField()
