"""Productions with their riders, seasons, and who suits a production."""

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from api.serializers.references import FactsSerializer, ReferenceSerializer
from bookings.matching import Match, Part
from tours.models import AccessService, Production, Rider, Season
from tours.rooms import RiderLine, Verdict


class RiderSerializer(FactsSerializer[Rider]):
    """What a production needs of a room; null: no need. Measures in metres, times in minutes."""

    class Meta:
        model = Rider
        exclude = ["id", "production"]


class ProductionSerializer(serializers.ModelSerializer[Production]):
    """A piece that can be played. Fees are decimal texts in `currency`; `age_max` null: no upper end."""

    ensemble = ReferenceSerializer(read_only=True)
    producer = ReferenceSerializer(source="ensemble.producer", read_only=True)
    seasons = serializers.SlugRelatedField[Any](many=True, read_only=True, slug_field="slug")
    languages = serializers.ListField(
        child=serializers.CharField(), read_only=True, help_text="BCP 47 tags; none: without words."
    )
    teacher_guide_url = serializers.SerializerMethodField(help_text="Null: there is none.")
    access_services = serializers.ListField(
        child=serializers.ChoiceField(choices=AccessService.choices),
        read_only=True,
        help_text="What it always has; a visit may have more.",
    )
    rider = RiderSerializer(read_only=True, allow_null=True, default=None)

    class Meta:
        model = Production
        fields = [
            "slug",
            "title",
            "synopsis",
            "art_form",
            "kind",
            "ensemble",
            "producer",
            "seasons",
            "age_min",
            "age_max",
            "grades",
            "duration_min",
            "audience_max",
            "shows_per_day_max",
            "languages",
            "fee",
            "fee_next_show",
            "currency",
            "is_all_in",
            "teacher_guide_url",
            "content_warnings",
            "preparation",
            "access_services",
            "is_demo",
            "rider",
        ]

    def get_teacher_guide_url(self, production: Production) -> str | None:
        return production.teacher_guide_url or None


class SeasonSerializer(serializers.ModelSerializer[Season]):
    """A menu: when it takes wishes, and the days on which it is played, both included."""

    region = ReferenceSerializer(read_only=True)
    is_open = serializers.SerializerMethodField(help_text="Whether it takes wishes now.")
    productions = serializers.SlugRelatedField[Any](many=True, read_only=True, slug_field="slug")

    class Meta:
        model = Season
        fields = [
            "slug",
            "name",
            "region",
            "opens_at",
            "closes_at",
            "is_open",
            "starts_on",
            "ends_on",
            "wishes_max",
            "hold_days",
            "hold_reminder_days",
            "answer_reminder_days",
            "challenge_hours",
            "late_cancel_days",
            "productions",
        ]

    def get_is_open(self, season: Season) -> bool:
        return season.is_open(timezone.now())


class PartSerializer(serializers.Serializer[Part]):
    """One part of a score: from 0 to 1, how much it counts, and why."""

    value = serializers.FloatField(min_value=0, max_value=1)
    weight = serializers.IntegerField()
    reason = serializers.CharField()


class RiderLineSerializer(serializers.Serializer[RiderLine]):
    """A need of the production beside what the room has; `unknown` never counts as fitting."""

    key = serializers.CharField()
    need = serializers.CharField(allow_blank=True)
    has = serializers.CharField(allow_blank=True)
    verdict = serializers.ChoiceField(choices=[str(verdict) for verdict in Verdict])
    text = serializers.CharField()


class MatchSerializer(serializers.Serializer[Match]):
    """A presenter or school for a production; `wish` null: it has not wished. `score` is 0 to 100."""

    organisation = ReferenceSerializer()
    venue = ReferenceSerializer()
    wish = serializers.IntegerField(source="wish.pk", allow_null=True, default=None)
    score = serializers.IntegerField()
    verdict = serializers.ChoiceField(choices=[str(verdict) for verdict in Verdict])
    parts = serializers.DictField(child=PartSerializer())
    lines = RiderLineSerializer(many=True)
