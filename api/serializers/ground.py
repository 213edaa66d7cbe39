"""Municipalities, places, organisations and venues."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework import serializers

from api.serializers.moments import DayField
from api.serializers.references import FactsSerializer, ReferenceSerializer
from api.serializers.schools import SchoolSerializer
from bookings import visible
from venues.lodging import LONGEST_REASON
from venues.models import Membership, Municipality, NoBeds, Organisation, Place, User, Venue
from venues.models.rooms import AccessFacts, RoomFacts


class MunicipalitySerializer(serializers.ModelSerializer[Municipality]):
    """A municipality; `code` is the statistics office's, a text."""

    region = ReferenceSerializer(read_only=True)

    class Meta:
        model = Municipality
        fields = ["slug", "name", "name_sma", "code", "region", "centre", "is_sami_area", "population"]


class PlaceSerializer(serializers.ModelSerializer[Place]):
    """A town or village of the gazetteer. `has_lodging` null means that nobody has said."""

    municipality = ReferenceSerializer(read_only=True)

    class Meta:
        model = Place
        fields = ["slug", "name", "kind", "municipality", "lat", "lon", "population", "has_lodging"]


class OrganisationSerializer(serializers.ModelSerializer[Organisation]):
    """A body that acts: producer, presenter, school and more, often several of them. `school` null: it is none."""

    region = ReferenceSerializer(read_only=True)
    municipality = ReferenceSerializer(read_only=True, allow_null=True)
    roles = serializers.SlugRelatedField[Any](many=True, read_only=True, slug_field="role")
    school = SchoolSerializer(read_only=True, allow_null=True, default=None)

    class Meta:
        model = Organisation
        fields = ["slug", "name", "region", "municipality", "roles", "school", "is_demo"]


def _names(facts: Any) -> list[str]:
    return [field.name for field in facts._meta.get_fields()]


class AccessSerializer(FactsSerializer[Venue]):
    """The way in, seeing and hearing. Null means that nobody has said: never a no."""

    class Meta:
        model = Venue
        fields = _names(AccessFacts)
        read_only_fields = fields


class RoomSerializer(FactsSerializer[Venue]):
    """The technical specification of a room, metres as decimal texts. Null means that nobody has said: never a no."""

    class Meta:
        model = Venue
        fields = _names(RoomFacts)
        read_only_fields = fields


class VenueSerializer(serializers.ModelSerializer[Venue]):
    """A room where performances can be played, as the public sees it; `lat` and `lon` null: nobody has said where."""

    organisation = ReferenceSerializer(read_only=True)
    place = ReferenceSerializer(read_only=True)
    municipality = ReferenceSerializer(source="place.municipality", read_only=True)
    access = AccessSerializer(source="*", read_only=True)

    class Meta:
        model = Venue
        fields = [
            "slug",
            "name",
            "kind",
            "organisation",
            "place",
            "municipality",
            "address",
            "lat",
            "lon",
            "is_closed_down",
            "is_demo",
            "access",
        ]


class MembershipSerializer(serializers.ModelSerializer[Membership]):
    """What a person may do for an organisation."""

    organisation = ReferenceSerializer(read_only=True)

    class Meta:
        model = Membership
        fields = ["organisation", "role"]


class MeSerializer(serializers.ModelSerializer[User]):
    """Who is logged in."""

    memberships = MembershipSerializer(many=True, read_only=True)

    class Meta:
        model = User
        fields = ["email", "name", "language", "memberships"]


class SpotField(serializers.CharField):
    """A place, or a venue where no place has the slug."""

    def to_internal_value(self, data: Any) -> Any:
        """The row behind the slug."""
        slug = super().to_internal_value(data)
        spot = (
            Place.objects.filter(slug=slug).first() or Venue.objects.with_ground().filter(slug=slug).first()
        )
        if spot is None:
            raise serializers.ValidationError(_("There is no place and no venue with this slug."))
        return spot

    def to_representation(self, value: Any) -> str:
        """The slug."""
        return str(value.slug)


class DriveSerializer(serializers.Serializer[Any]):
    """A drive that is asked for: from where to where, and on which day's open roads."""

    on = DayField(required=False)

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """With `from` and `to`: a word that Python keeps for itself."""
        return {"from": SpotField(), "to": SpotField(), **super().get_fields()}


class TravelSerializer(DriveSerializer):
    """A drive: whole minutes, rounded up, and km to a tenth, on roads that are open that day."""

    on = DayField()
    drive_min = serializers.IntegerField()
    drive_km = serializers.FloatField()


class NoBedsSerializer(serializers.ModelSerializer[NoBeds]):
    """Nights on which a town has no bed left, each named by the day before it; both ends are full."""

    place = ReferenceSerializer(read_only=True)

    class Meta:
        model = NoBeds
        fields = ["id", "place", "first_night", "last_night", "reason", "at"]


class TownField(serializers.SlugRelatedField[Place]):
    """The slug of a place with beds in which the reader's tours may sleep."""

    def get_queryset(self) -> "QuerySet[Place]":
        return visible.towns(self.context["request"].user)


class NewNoBedsSerializer(serializers.Serializer[Any]):
    """A town that is full, and on which nights; `last_night` is the first where it is left out."""

    place = TownField(slug_field="slug", queryset=Place.objects.all())
    first_night = DayField()
    last_night = DayField(required=False)
    reason = serializers.CharField(max_length=LONGEST_REASON, allow_blank=True, default="")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A last night that is left out is the first."""
        return {"last_night": attrs["first_night"], **attrs}


class BedsAgainSerializer(serializers.Serializer[Any]):
    """The first night on which there are beds again; tonight where it is left out."""

    on = DayField(required=False)
