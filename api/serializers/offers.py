"""Offers that wait for an answer: free times, more time, a new date, and several at once."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from api.serializers.moments import MomentField
from api.serializers.references import SeenSerializer
from bookings.offers import ANSWERS, SEVERAL


class FreeTimesSerializer(serializers.Serializer[Any]):
    """When the visit could be played instead, in order of time. `is_whole` false: there may be more."""

    starts = serializers.ListField(child=serializers.DateTimeField())
    is_whole = serializers.BooleanField()


class ExtendAnswerSerializer(serializers.Serializer[Any]):
    """Until when the presenter may answer: later than what they have been told. `by_phone`: no mail goes out."""

    answer_by = MomentField()
    by_phone = serializers.BooleanField(default=False)


class RescheduleSerializer(serializers.Serializer[Any]):
    """When the first performance is to start; offered at once, or held where `offers` is false."""

    starts_at = MomentField()
    offers = serializers.BooleanField(default=True)
    answer_by = MomentField(required=False)


class AnswerSerializer(SeenSerializer):
    """One answer of several. `words`: the reason of a no, the message of a yes, another date in words."""

    answer = serializers.ChoiceField(choices=list(ANSWERS))
    words = serializers.CharField(max_length=1000, allow_blank=True, default="")


class AnswersSerializer(serializers.Serializer[Any]):
    """Answers to several offers, each of which succeeds or is refused by itself."""

    answers = AnswerSerializer(many=True, allow_empty=False)


class SeveralSerializer(serializers.Serializer[Any]):
    """A step with several of a tour's offers. `answer_by` is for extend_answer, `reason` for withdraw."""

    step = serializers.ChoiceField(choices=sorted(SEVERAL))
    visits = SeenSerializer(many=True, allow_empty=False)
    answer_by = MomentField(required=False)
    reason = serializers.CharField(max_length=1000, allow_blank=True, default="")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """More time needs a moment."""
        if attrs["step"] == "extend_answer" and "answer_by" not in attrs:
            raise serializers.ValidationError({"answer_by": _("Choose until when they may answer.")})
        return attrs


class ResultSerializer(serializers.Serializer[Any]):
    """What came of one of several: its state now, and why not where it was refused."""

    booking = serializers.IntegerField(source="booking.pk")
    status = serializers.CharField(source="booking.status")
    version = serializers.IntegerField(source="booking.version")
    refusal = serializers.CharField()


class ResultsSerializer(serializers.Serializer[Any]):
    """A result each, in the order of what was sent, or of the visits' days."""

    results = ResultSerializer(many=True)
