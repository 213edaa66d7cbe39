"""Tours and the plans that are proposed for them."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.schema import PLAN, PROBLEM
from api.serializers.references import ReferenceSerializer
from bookings.planning import Adoption
from tours.models import Proposal, Tour


class TourSerializer(serializers.ModelSerializer[Tour]):
    """A production on the road in a season, with the frame that its planner keeps.

    Minutes of the day count from midnight; what the planner weighs is in whole units of `currency`.
    """

    production = ReferenceSerializer(read_only=True)
    season = ReferenceSerializer(read_only=True)
    ensemble = ReferenceSerializer(source="production.ensemble", read_only=True)
    currency = serializers.CharField(source="production.currency", read_only=True)

    class Meta:
        model = Tour
        fields = [
            "slug",
            "name",
            "production",
            "ensemble",
            "season",
            "stage",
            "starts_on",
            "ends_on",
            "cut_off_on",
            "presenters_min",
            "is_announced_later",
            "moves_up",
            "offers_at",
            "performances_per_day",
            "day_open_min",
            "day_close_min",
            "drive_max_min",
            "works_saturdays",
            "works_sundays",
            "winter_factor",
            "trailer_factor",
            "currency",
            "wish_worth",
            "municipality_bonus",
            "cost_per_km",
            "cost_per_night",
            "cost_per_change",
            "moves_offered",
            "cost_per_offered_change",
            "version",
        ]


class ProposeSerializer(serializers.Serializer[Any]):
    """How long the planner may work, and the seed of its random choices."""

    seconds = serializers.IntegerField(min_value=1, max_value=120, default=10)
    seed = serializers.IntegerField(min_value=0, max_value=2**31 - 1, default=1)


class ProposalLineSerializer(serializers.ModelSerializer[Proposal]):
    """One run of the planner, without its problem and its plan."""

    tour = ReferenceSerializer(read_only=True)

    class Meta:
        model = Proposal
        fields = [
            "id",
            "tour",
            "state",
            "seconds",
            "seed",
            "error",
            "requested_at",
            "finished_at",
            "adopted_at",
        ]


class ExcludedSerializer(serializers.Serializer[Any]):
    """A wish that was left out before planning: a stable code, and the particulars in `detail`."""

    wish = serializers.IntegerField()
    reason = serializers.CharField()
    detail = serializers.DictField()


class ProposalSerializer(ProposalLineSerializer):
    """One run of the planner: the problem it was given, the wishes that were left out, and the best plan so far."""

    problem = serializers.SerializerMethodField()
    plan = serializers.SerializerMethodField()
    excluded = ExcludedSerializer(many=True, read_only=True)
    tour_version = serializers.IntegerField(
        source="tour.version", read_only=True, help_text="The tour's version now: what it is adopted over."
    )

    class Meta(ProposalLineSerializer.Meta):
        fields = [*ProposalLineSerializer.Meta.fields, "tour_version", "problem", "excluded", "plan"]

    @extend_schema_field(PROBLEM)
    def get_problem(self, proposal: Proposal) -> Any:
        return proposal.problem

    @extend_schema_field({"oneOf": [PLAN, {"type": "null"}]})
    def get_plan(self, proposal: Proposal) -> Any:
        return proposal.plan


class AdoptionSerializer(serializers.Serializer[Adoption]):
    """What adopting a plan did, in numbers of visits."""

    held = serializers.IntegerField()
    moved = serializers.IntegerField()
    released = serializers.IntegerField()
    kept = serializers.IntegerField()
