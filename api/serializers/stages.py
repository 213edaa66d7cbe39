"""The stage of a tour: how far it has come, what can be decided, and what has happened."""

from typing import Any

from rest_framework import serializers

from api.serializers.bookings import OptionalReasonSerializer
from api.serializers.moments import DayField
from tours.models import TourChange


class TourChangeSerializer(serializers.ModelSerializer[TourChange]):
    """A line of the tour's history. `by` null: the clock, or an answer by a mailed link."""

    by = serializers.CharField(source="by.name", allow_null=True, default=None)

    class Meta:
        model = TourChange
        fields = ["at", "by", "action", "from_stage", "to_stage", "reason", "details"]


class TourStageSerializer(serializers.Serializer[Any]):
    """`is_missed`: the cut-off date has passed without enough presenters, so that the producer decides.

    `steps`: what the producer may decide now.
    """

    version = serializers.IntegerField()
    stage = serializers.CharField()
    cut_off_on = serializers.DateField(allow_null=True)
    presenters_min = serializers.IntegerField()
    agreed = serializers.IntegerField()
    waiting = serializers.IntegerField()
    is_missed = serializers.BooleanField()
    steps = serializers.ListField(child=serializers.CharField())
    history = TourChangeSerializer(many=True)


class CutOffSerializer(OptionalReasonSerializer):
    """The new cut-off date."""

    cut_off_on = DayField()
