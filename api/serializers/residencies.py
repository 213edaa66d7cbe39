"""Residencies and their sub-events, as everybody may know of them.

Access needs, contacts, costs and days' plans are in no answer; which classes are invited is for those who are in the
residency alone.
"""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from api.serializers.groups import GroupSerializer, GroupsField
from api.serializers.moments import MomentField
from api.serializers.references import ReferenceSerializer
from bookings.models import Residency, ResidencyPeriod, SubEvent
from bookings.residencies import publishing
from bookings.residencies.sub_events import CAME_MAX, SubEventInput
from venues.models import Venue

#: Classes of a request at the most, each looked up by itself. Source: the house's choice; a large school.
GROUPS_MAX = 40


class ResidencyPeriodSerializer(serializers.ModelSerializer[ResidencyPeriod]):
    """Days of the stay, both included."""

    class Meta:
        model = ResidencyPeriod
        fields = ["starts_on", "ends_on"]


class ResidencySerializer(serializers.ModelSerializer[Residency]):
    """A residency. An empty English text: read the Swedish one. `is_public`: whether everybody may know of it."""

    region = ReferenceSerializer(read_only=True)
    host = ReferenceSerializer(read_only=True)
    place = ReferenceSerializer(read_only=True)
    municipality = ReferenceSerializer(source="place.municipality", read_only=True)
    periods = ResidencyPeriodSerializer(many=True, read_only=True)
    is_public = serializers.BooleanField(read_only=True)

    class Meta:
        model = Residency
        fields = [
            "slug",
            "status",
            "is_public",
            "region",
            "host",
            "place",
            "municipality",
            "artist_name",
            "title",
            "title_en",
            "about",
            "about_en",
            "art_form",
            "periods",
        ]


class SubEventSerializer(serializers.ModelSerializer[SubEvent]):
    """A sub-event. Whoever is not in the residency gets no reason, and null for `groups` and what came of it."""

    residency = serializers.SlugRelatedField(slug_field="slug", read_only=True)  # type: ignore[var-annotated]
    venue = ReferenceSerializer(read_only=True, allow_null=True)
    is_cancelled = serializers.SerializerMethodField()
    cancelled_why = serializers.SerializerMethodField()
    groups = serializers.SerializerMethodField()
    outcome = serializers.SerializerMethodField()
    attendance = serializers.SerializerMethodField()
    attendance_young = serializers.SerializerMethodField()

    class Meta:
        model = SubEvent
        fields = [
            "id",
            "uid",
            "residency",
            "kind",
            "title",
            "title_en",
            "about",
            "venue",
            "room",
            "starts_at",
            "ends_at",
            "is_public",
            "is_cancelled",
            "cancelled_why",
            "groups",
            "outcome",
            "attendance",
            "attendance_young",
            "version",
            "changed_at",
        ]

    def get_is_cancelled(self, event: SubEvent) -> bool:
        """Whether it is not held: cancelled by itself, or with its residency."""
        return publishing.is_off(event)

    def get_cancelled_why(self, event: SubEvent) -> str:
        """Why, for those who are in it; empty for everybody else: free words may name somebody."""
        return event.cancelled_why if self.context["is_inside"] else ""

    def get_groups(self, event: SubEvent) -> list[dict[str, Any]] | None:
        """The classes that are invited."""
        if not self.context["is_inside"]:
            return None
        return list(GroupSerializer(event.groups.all(), many=True).data)

    def get_outcome(self, event: SubEvent) -> str | None:
        """Empty, held or not_held."""
        return event.outcome if self.context["is_inside"] else None

    def get_attendance(self, event: SubEvent) -> int | None:
        """How many came, as told."""
        return event.attendance if self.context["is_inside"] else None

    def get_attendance_young(self, event: SubEvent) -> int | None:
        """How many of them are children and young people."""
        return event.attendance_young if self.context["is_inside"] else None


class WriteSubEventSerializer(serializers.Serializer[Any]):
    """All that a sub-event says. `despite`: the schools know that their calendars say no to the time."""

    kind = serializers.ChoiceField(choices=SubEvent.Kind.choices)
    title = serializers.CharField(max_length=160)
    title_en = serializers.CharField(max_length=160, required=False, allow_blank=True, default="")
    about = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")
    venue = serializers.SlugRelatedField(
        slug_field="slug", queryset=Venue.objects.open(), required=False, allow_null=True, default=None
    )
    room = serializers.CharField(max_length=120, required=False, allow_blank=True, default="")
    starts_at = MomentField()
    ends_at = MomentField()
    is_public = serializers.BooleanField(required=False, default=False)
    groups = GroupsField(most=GROUPS_MAX, required=False, default=list)
    despite = serializers.BooleanField(required=False, default=False)

    def said(self) -> SubEventInput:
        """As the verbs take it."""
        read: Mapping[str, Any] = self.validated_data
        plain = {name: value for name, value in read.items() if name not in ("despite", "groups")}
        return SubEventInput(**plain, groups=sorted(read["groups"], key=lambda group: group.pk))


def _came() -> serializers.IntegerField:
    return serializers.IntegerField(
        min_value=0, max_value=CAME_MAX, required=False, allow_null=True, default=None
    )


class CancelSubEventSerializer(serializers.Serializer[Any]):
    """Why it is not held; whoever was to come reads it."""

    why = serializers.CharField(max_length=500)


class ToldSubEventSerializer(serializers.Serializer[Any]):
    """What came of it."""

    held = serializers.BooleanField()
    attendance = _came()
    young = _came()
