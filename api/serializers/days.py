"""A day of a tour that is not played: its visits with their other days, who could have it, and how it is cancelled."""

from datetime import date, datetime
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.serializers.moments import DayField, MomentField
from api.serializers.references import ReferenceSerializer, SeenSerializer
from bookings.make_up import Hit, LostDay, MakeUpDay
from bookings.on_the_way import Suggestion
from tours import planner, reasons


def _lost(serializer: "serializers.BaseSerializer[Any]") -> LostDay:
    """The day that the numbers of days and minutes are of."""
    lost: LostDay = serializer.context["lost"]
    return lost


class DetourSerializer(serializers.Serializer[Any]):
    """What something adds to the tour, every night chosen anew; below 0 it saves that much."""

    road_min = serializers.IntegerField(source="minutes")
    km = serializers.FloatField()
    nights_count = serializers.IntegerField(source="nights")
    costs = serializers.FloatField(help_text="Of road and nights, in `currency`.")


class CautionSerializer(serializers.Serializer[planner.Caution]):
    """An agreement that only warns and would be gone beyond: the day, the rule's stable name, and a sentence."""

    on = serializers.SerializerMethodField()
    rule = serializers.CharField()
    detail = serializers.SerializerMethodField()

    def get_on(self, caution: planner.Caution) -> date:
        return _lost(self).problem.days[caution.day].date

    def get_detail(self, caution: planner.Caution) -> str:
        return reasons.caution_text(caution)


class OtherDaySerializer(serializers.Serializer[MakeUpDay]):
    """A legal day for a visit, with the start of its first performance. No other visit is moved."""

    starts_at = serializers.SerializerMethodField()
    detour = DetourSerializer()
    warnings = CautionSerializer(source="cautions", many=True)

    def get_starts_at(self, other: MakeUpDay) -> datetime:
        return _lost(self).starts_at(planner.Stop(other.day, other.start_min, ""))


class HindranceSerializer(serializers.Serializer[planner.Hindrance]):
    """A day of a visit on which it does not fit: the rule's stable name, and a sentence; empty if none was found."""

    on = serializers.SerializerMethodField()
    rule = serializers.CharField(source="breach.rule", default="")
    detail = serializers.SerializerMethodField()

    def get_on(self, hindrance: planner.Hindrance) -> date:
        return _lost(self).problem.days[hindrance.day].date

    def get_detail(self, hindrance: planner.Hindrance) -> str:
        breach = hindrance.breach
        return reasons.breach_text(breach, _lost(self).glossary) if breach else ""


class HitSerializer(serializers.Serializer[Hit]):
    """A visit that is hit. `proposed_at` is the cheapest of its days that is legal beside the others' proposals.

    `days` are the cheapest of `days_count` legal ones; `hindered` is the nearest day that is not legal, or null.
    """

    booking = serializers.IntegerField(source="booking.pk")
    version = serializers.IntegerField(source="booking.version")
    presenter = ReferenceSerializer(source="booking.presenter")
    status = serializers.CharField(source="booking.status")
    starts_at = serializers.DateTimeField(source="booking.starts_at")
    proposed_at = serializers.SerializerMethodField()
    days = OtherDaySerializer(many=True)
    days_count = serializers.IntegerField(source="count")
    hindered = HindranceSerializer(allow_null=True)

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_proposed_at(self, hit: Hit) -> datetime | None:
        return _lost(self).starts_at(hit.chosen) if hit.chosen else None


class InsteadSerializer(serializers.Serializer[Suggestion]):
    """Somebody who could be played on the day. `wish` null: it has none; `is_given` false: ask for the day first."""

    organisation = ReferenceSerializer(source="match.organisation")
    venue = ReferenceSerializer(source="match.venue")
    wish = serializers.IntegerField(source="match.wish.pk", default=None, allow_null=True)
    is_given = serializers.BooleanField()
    starts_at = serializers.SerializerMethodField()
    detour = DetourSerializer(source="found.detour")
    gain = serializers.FloatField(
        source="found.detour.gain", help_text="Its value and bonus less the detour's costs."
    )

    def get_starts_at(self, one: Suggestion) -> datetime:
        lost, detour = _lost(self), one.found.detour
        assert detour is not None
        return lost.starts_at(planner.Stop(lost.day, detour.start_min, one.found.candidate))


class LostDaySerializer(serializers.Serializer[Any]):
    """What cancelling the day leads to. `instead` is null where the ensemble itself cannot play."""

    on = DayField()
    currency = serializers.CharField()
    hits = HitSerializer(many=True)
    instead = InsteadSerializer(many=True, allow_null=True)


class VisitChoiceSerializer(SeenSerializer):
    """A visit that is hit, as it was seen, and the start that was chosen on another day; null: none."""

    starts_at = MomentField(allow_null=True, default=None)

    def validate_starts_at(self, value: datetime | None) -> datetime | None:
        """Visits start on whole minutes."""
        return value and value.replace(second=0, microsecond=0)


class CancelDaySerializer(serializers.Serializer[Any]):
    """Why, and every visit that is hit. `only`: the visit whose presenter cannot receive it; null: we cannot play."""

    reason = serializers.CharField(max_length=1000)
    only = serializers.IntegerField(allow_null=True, default=None)
    until = DayField(
        allow_null=True, default=None, help_text="The last of several days on which the ensemble cannot play."
    )
    force_majeure = serializers.BooleanField(default=False)
    visits = VisitChoiceSerializer(many=True, allow_empty=False)


class DayCancelledSerializer(serializers.Serializer[Any]):
    """What became of the visits, by their numbers; `offered` are new ones."""

    hits = serializers.ListField(child=serializers.IntegerField())
    offered = serializers.ListField(child=serializers.IntegerField())
    moved = serializers.ListField(child=serializers.IntegerField())
