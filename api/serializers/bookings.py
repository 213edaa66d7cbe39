"""Visits and their performances, and what each step of an agreement needs to know."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.serializers.moments import DayField, MomentField
from api.serializers.references import ReferenceSerializer
from api.serializers.settlement import CostsField
from bookings import visible
from bookings.counter_rules import TIMES_MAX
from bookings.models import Booking, ChangeProposal, CounterOffer, Performance, VisitCancellation
from bookings.permissions import can_see_booking
from bookings.reporting import Cause
from bookings.states import ACTIONS, STATES, shown_state
from tours.models import AccessService, Tour, Wish


class ShowSerializer(serializers.ModelSerializer[Performance]):
    """A dated performance of a visit; number 1 is the first. What nobody has told of its audience is null."""

    class Meta:
        model = Performance
        fields = [
            "uid",
            "number",
            "starts_at",
            "ends_at",
            "attendance",
            "attendance_young",
            "attendance_adults",
            "attendance_free",
        ]


class BookingSerializer(serializers.ModelSerializer[Booking]):
    """One visit of a tour, from get-in to get-out. `price` is a decimal text in `currency`.

    `shown_as` is what people see: `status` with what follows from other facts, such as played.
    `hold_rank` 1 reserves the slot, others wait in the line; `hold_expires_at` says until when it is held,
    `challenge_answer_by` by when a challenge must be answered. `wish` null: it was not wished for; `answer_by` null:
    not offered yet; `published_at` null: not public. `outcome` empty: not reported; `settled_at` null: not settled.
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
            "settled_at",
            "version",
            "changed_at",
        ]

    @extend_schema_field({"type": "string", "enum": sorted(STATES)})
    def get_shown_as(self, booking: Booking) -> str:
        return shown_state(booking, timezone.now())


class CounterOfferSerializer(serializers.ModelSerializer[CounterOffer]):
    """Another date that the presenter proposed: times in order of preference, days with hours (null: none), words.

    `outcome` empty: it waits for the producer.
    """

    times = serializers.SlugRelatedField[Any](
        source="slots", slug_field="starts_at", many=True, read_only=True
    )

    outcome = serializers.CharField(read_only=True)

    class Meta:
        model = CounterOffer
        fields = ["times", "starts_on", "ends_on", "earliest", "latest", "message", "outcome"]


class ChangeSerializer(serializers.ModelSerializer[ChangeProposal]):
    """A change that waits for its answer: the new version; the visit itself is the old one. `side`: who asks for it.

    `cancels`: a school asks that the visit is cancelled; all else is the visit as it is.
    """

    venue = ReferenceSerializer(read_only=True)

    class Meta:
        model = ChangeProposal
        fields = [
            "side",
            "cancels",
            "reason",
            "at",
            "starts_at",
            "venue",
            "shows_count",
            "occupied_from",
            "occupied_to",
            "price",
            "answer_by",
        ]


class CancellationSerializer(serializers.ModelSerializer[VisitCancellation]):
    """Whose doing a cancellation is, and whether it came late by the season's rule of then (`late_days` 0: none).

    What that means for the price is for the agreement of the two sides.
    """

    is_late = serializers.BooleanField(read_only=True)

    class Meta:
        model = VisitCancellation
        fields = ["cause", "at", "days_before", "late_days", "is_late"]


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

    `change`: another version that waits for the other side's answer; null: none. `cancellation`: whose doing, and how
    early; null where it was not cancelled after it had been confirmed.
    `line`: everybody who has or waits for its time, itself among them, while it is held, offered or confirmed.
    """

    counter_offer = CounterOfferSerializer(read_only=True, allow_null=True, default=None)
    actions = serializers.ListField(child=serializers.ChoiceField(choices=sorted(ACTIONS)), read_only=True)

    line = PlaceInLineSerializer(many=True, read_only=True)
    change = ChangeSerializer(source="open_change", read_only=True, allow_null=True)
    cancellation = CancellationSerializer(read_only=True, allow_null=True, default=None)

    class Meta(BookingSerializer.Meta):
        fields = [
            *BookingSerializer.Meta.fields,
            "counter_offer",
            "actions",
            "line",
            "change",
            "cancellation",
        ]


class NothingSerializer(serializers.Serializer[Any]):
    """A step that needs no more to be known."""


class OfferSerializer(serializers.Serializer[Any]):
    """By when the presenter is to answer; without it they have two weeks."""

    answer_by = MomentField(required=False)


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
    """Times in order of preference, or days, both included, with the local hours of the start, or words; or several."""

    times = serializers.ListField(child=MomentField(), max_length=TIMES_MAX, default=list)
    starts_on = DayField(required=False)
    ends_on = DayField(required=False)
    earliest = serializers.TimeField(required=False)
    latest = serializers.TimeField(required=False)


class ExtendSerializer(serializers.Serializer[Any]):
    """Until when it is held; beyond its get-in it is not."""

    expires_at = MomentField()


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
    starts_at = MomentField()
    expires_at = MomentField(required=False)
    first_only = serializers.BooleanField(default=False)

    class Meta:
        model = Booking
        fields = ["tour", "wish", "starts_at", "expires_at", "first_only"]
        validators: list[Any] = []  # the verb's own


class MoveSerializer(serializers.Serializer[Any]):
    """When the first performance is to start instead."""

    starts_at = MomentField()


class ReportSerializer(serializers.Serializer[Any]):
    """What happened: for each performance in order its figures; or why it was not played.

    `figures`: the audience, the young among them, and where they are known the adults and those who came in free (null:
    not told). `why`: what a later report corrects. `over_capacity`: more came than the room is said to take, and it is
    so. `costs`: what the visit has cost the reporter's side beyond the price, by kind.
    """

    figures = serializers.ListField(
        child=serializers.ListField(
            child=serializers.IntegerField(min_value=0, allow_null=True), min_length=2, max_length=4
        ),
        required=False,
    )
    why = serializers.CharField(max_length=1000, required=False)
    over_capacity = serializers.BooleanField(required=False)
    not_played = serializers.CharField(max_length=1000, required=False)
    cause = serializers.ChoiceField(choices=[c for c in Cause.choices if c[0]], required=False)
    costs = CostsField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """One of the two, not both, with what belongs to it."""
        if ("figures" in attrs) == ("not_played" in attrs):
            raise serializers.ValidationError(_("Send either figures or not_played."))
        foreign = {"cause"} if "figures" in attrs else {"why", "over_capacity"}
        if found := foreign & set(attrs):
            raise serializers.ValidationError(
                _("%(names)s does not go with that.") % {"names": ", ".join(sorted(found))}
            )
        return attrs


class SettlementNoteSerializer(serializers.Serializer[Any]):
    """A word for the history, if there is something to say."""

    note = serializers.CharField(max_length=1000, allow_blank=True, default="")


class PerformanceSerializer(serializers.ModelSerializer[Performance]):
    """A published performance. `status` is confirmed, cancelled or postponed; `sequence` grows when that changes."""

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
    access_services = serializers.ListField(
        source="booking.services",
        child=serializers.ChoiceField(choices=AccessService.choices),
        read_only=True,
        help_text="The production's and the visit's.",
    )
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
            "access_services",
            "sequence",
            "changed_at",
        ]
