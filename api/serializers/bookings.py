"""Visits and their performances, and what each step of an agreement needs to know."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.serializers.references import ReferenceSerializer
from bookings import visible
from bookings.models import Booking, CounterOffer, Performance, Tour, Wish
from bookings.permissions import can_see_booking
from bookings.states import ACTIONS, STATES, shown_state


class ShowSerializer(serializers.ModelSerializer[Performance]):
    """A dated performance of a visit; number 1 is the first."""

    class Meta:
        model = Performance
        fields = ["uid", "number", "starts_at", "ends_at"]


class BookingSerializer(serializers.ModelSerializer[Booking]):
    """One visit of a tour, from get-in to get-out. `price` is a decimal text in `currency`.

    `shown_as` is what people see: `status` with what follows from other facts, such as played.
    `hold_rank` 1 reserves the slot, others wait in the line; `hold_expires_at` says until when it is held,
    `challenge_answer_by` by when a challenge must be answered. `wish` null: it was not wished for; `answer_by` null:
    not offered yet; `published_at` null: not public. `outcome` empty: not reported.
    """

    tour = ReferenceSerializer(read_only=True)
    production = ReferenceSerializer(source="tour.production", read_only=True)
    presenter = ReferenceSerializer(read_only=True)
    venue = ReferenceSerializer(read_only=True)
    municipality = ReferenceSerializer(source="venue.place.municipality", read_only=True)
    wish = serializers.PrimaryKeyRelatedField[Any](read_only=True, allow_null=True)
    performances = ShowSerializer(many=True, read_only=True)
    shown_as = serializers.SerializerMethodField()

    class Meta:
        model = Booking
        fields = [
            "id",
            "tour",
            "production",
            "presenter",
            "venue",
            "municipality",
            "wish",
            "status",
            "shown_as",
            "hold_rank",
            "hold_expires_at",
            "challenge_answer_by",
            "occupied_from",
            "occupied_to",
            "performances",
            "audience",
            "audience_expected",
            "price",
            "currency",
            "is_all_in",
            "answer_by",
            "published_at",
            "outcome",
            "version",
            "changed_at",
        ]

    @extend_schema_field({"type": "string", "enum": sorted(STATES)})
    def get_shown_as(self, booking: Booking) -> str:
        return shown_state(booking, timezone.now())


class CounterOfferSerializer(serializers.ModelSerializer[CounterOffer]):
    """Other days that the presenter proposed instead."""

    class Meta:
        model = CounterOffer
        fields = ["starts_on", "ends_on", "earliest", "latest", "message"]


class PlaceInLineSerializer(serializers.ModelSerializer[Booking]):
    """Who has or waits for a time: the tour's name, its place, and until when. `id` null: not the reader's to see."""

    id = serializers.SerializerMethodField()
    tour = serializers.CharField(source="tour.name", read_only=True)

    class Meta:
        model = Booking
        fields = [
            "id",
            "tour",
            "hold_rank",
            "status",
            "occupied_from",
            "occupied_to",
            "hold_expires_at",
            "answer_by",
            "challenge_answer_by",
        ]

    @extend_schema_field({"type": ["integer", "null"]})
    def get_id(self, booking: Booking) -> int | None:
        return booking.pk if can_see_booking(self.context["request"].user, booking) else None


class BookingDetailSerializer(BookingSerializer):
    """One visit with the steps that the reader may take now, and the days that were proposed instead, if any.

    `line`: everybody who has or waits for its time, itself among them, while it is held, offered or confirmed.
    """

    counter_offer = CounterOfferSerializer(read_only=True, allow_null=True, default=None)
    actions = serializers.ListField(child=serializers.ChoiceField(choices=sorted(ACTIONS)), read_only=True)

    line = PlaceInLineSerializer(many=True, read_only=True)

    class Meta(BookingSerializer.Meta):
        fields = [*BookingSerializer.Meta.fields, "counter_offer", "actions", "line"]


class NothingSerializer(serializers.Serializer[Any]):
    """A step that needs no more to be known."""


class OfferSerializer(serializers.Serializer[Any]):
    """By when the presenter is to answer; without it they have two weeks."""

    answer_by = serializers.DateTimeField(required=False)


class MessageSerializer(serializers.Serializer[Any]):
    """A word to the other side."""

    message = serializers.CharField(max_length=1000, allow_blank=True, default="")


class ReasonSerializer(serializers.Serializer[Any]):
    """Why, in a few words."""

    reason = serializers.CharField(max_length=1000)


class OptionalReasonSerializer(serializers.Serializer[Any]):
    """Why, if there is something to say."""

    reason = serializers.CharField(max_length=1000, allow_blank=True, default="")


class CounterSerializer(MessageSerializer):
    """Other days, both included, and the local times between which the show may start."""

    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    earliest = serializers.TimeField()
    latest = serializers.TimeField()


class ExtendSerializer(serializers.Serializer[Any]):
    """Until when it is held; beyond its get-in it is not."""

    expires_at = serializers.DateTimeField()


class TourField(serializers.SlugRelatedField[Tour]):
    """The slug of a tour that the reader may see."""

    def get_queryset(self) -> "QuerySet[Tour]":
        return visible.tours(self.context["request"].user).with_ground()


class WishField(serializers.PrimaryKeyRelatedField[Wish]):
    """A wish that the reader may see."""

    def get_queryset(self) -> "QuerySet[Wish]":
        return visible.wishes(self.context["request"].user).standing().with_ground()


class HoldSerializer(serializers.ModelSerializer[Booking]):
    """Which wish, on which tour, from when, and until when it is held; without that as the season says.

    `first_only`: refuse where the slot is taken, rather than take the next place in the line.
    """

    tour = TourField(slug_field="slug")
    wish = WishField()
    starts_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField(required=False)
    first_only = serializers.BooleanField(default=False)

    class Meta:
        model = Booking
        fields = ["tour", "wish", "starts_at", "expires_at", "first_only"]
        validators: list[Any] = []  # the verb's own


class MoveSerializer(serializers.Serializer[Any]):
    """When the first performance is to start instead."""

    starts_at = serializers.DateTimeField()


class ReportSerializer(serializers.Serializer[Any]):
    """What happened: for each performance in order the audience and the young among them; or why it was not played."""

    figures = serializers.ListField(
        child=serializers.ListField(child=serializers.IntegerField(min_value=0), min_length=2, max_length=2),
        required=False,
    )
    not_played = serializers.CharField(max_length=1000, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """One of the two, not both."""
        if len(attrs) != 1:
            raise serializers.ValidationError(_("Send either figures or not_played."))
        return attrs


class PerformanceSerializer(serializers.ModelSerializer[Performance]):
    """A published performance. `status` is confirmed or cancelled; `sequence` grows when it moves or is cancelled."""

    status = serializers.CharField(source="booking.status", read_only=True)
    audience = serializers.CharField(
        source="booking.audience",
        read_only=True,
        help_text="public, family, or school: not open to the public.",
    )
    production = ReferenceSerializer(source="booking.tour.production", read_only=True)
    art_form = serializers.CharField(source="booking.tour.production.art_form", read_only=True)
    age_min = serializers.IntegerField(source="booking.tour.production.age_min", read_only=True)
    age_max = serializers.IntegerField(
        source="booking.tour.production.age_max", read_only=True, allow_null=True
    )
    ensemble = ReferenceSerializer(source="booking.tour.production.ensemble", read_only=True)
    presenter = ReferenceSerializer(source="booking.presenter", read_only=True)
    venue = ReferenceSerializer(source="booking.venue", read_only=True)
    place = ReferenceSerializer(source="booking.venue.place", read_only=True)
    municipality = ReferenceSerializer(source="booking.venue.place.municipality", read_only=True)

    class Meta:
        model = Performance
        fields = [
            "uid",
            "starts_at",
            "ends_at",
            "status",
            "audience",
            "production",
            "art_form",
            "age_min",
            "age_max",
            "ensemble",
            "presenter",
            "venue",
            "place",
            "municipality",
            "sequence",
            "changed_at",
        ]
