"""Changes of confirmed visits, cancellations, and days that move."""

from typing import Any

from rest_framework import serializers

from api.serializers.bookings import ReasonSerializer
from api.serializers.days import VisitChoiceSerializer
from api.serializers.moments import DayField, MomentField
from bookings.models import VisitCancellation
from bookings.moving_days import DAYS_MAX, Consequence
from venues.models import Venue


class ProposeChangeSerializer(ReasonSerializer):
    """What is to be otherwise, and why; what is left out stays. `answer_by`: until when it waits, a week without it."""

    starts_at = MomentField(required=False)
    venue = serializers.SlugRelatedField(slug_field="slug", queryset=Venue.objects.all(), required=False)
    shows_count = serializers.IntegerField(min_value=1, max_value=6, required=False)
    answer_by = MomentField(required=False)


class CancelSerializer(ReasonSerializer):
    """Why, and whose doing it is; without it the side of who asks. A presenter speaks only for themselves."""

    cause = serializers.ChoiceField(choices=VisitCancellation.Cause.choices, required=False)


class MoveQuerySerializer(serializers.Serializer[Any]):
    """Which days after the one in the address move too, and by how many days all of them do."""

    until = DayField(required=False)
    by_days = serializers.IntegerField(min_value=-DAYS_MAX, max_value=DAYS_MAX, default=7)


class ConsequenceSerializer(serializers.Serializer[Consequence]):
    """A visit at its other time; `refusal` says why it cannot be played there, empty: it can."""

    booking = serializers.IntegerField(source="booking.pk")
    version = serializers.IntegerField(source="booking.version")
    status = serializers.CharField(source="booking.status")
    starts_at = MomentField()
    refusal = serializers.CharField()


class ConsequencesSerializer(serializers.Serializer[Any]):
    """What moving the days leads to."""

    visits = ConsequenceSerializer(many=True)


class MoveDaysSerializer(MoveQuerySerializer, ReasonSerializer):
    """Why, by how many days, every visit of the days as it was seen, and which of them move (`moves`)."""

    visits = VisitChoiceSerializer(many=True, allow_empty=False)
    moves = serializers.ListField(child=serializers.IntegerField(min_value=1), allow_empty=False)


class DaysMovedSerializer(serializers.Serializer[Any]):
    """What became of the visits, by their numbers; `offered` are new ones, `asked` wait for their presenters."""

    asked = serializers.ListField(child=serializers.IntegerField())
    offered = serializers.ListField(child=serializers.IntegerField())
    moved = serializers.ListField(child=serializers.IntegerField())
    stayed = serializers.ListField(child=serializers.IntegerField())
