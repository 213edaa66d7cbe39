"""Municipalities, places, organisations, venues and the roads between them: for everybody to read."""

from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema_view
from rest_framework import generics
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api import filters, parameters
from api.actors import actor
from api.schema import operation
from api.serializers.ground import (
    DriveSerializer,
    MeSerializer,
    MunicipalitySerializer,
    OrganisationSerializer,
    PlaceSerializer,
    RoomSerializer,
    TravelSerializer,
    VenueSerializer,
)
from bookings.permissions import can_see_venue
from venues import travel
from venues.models import Municipality, Organisation, Place, Venue


class _Municipalities(generics.GenericAPIView[Municipality]):
    queryset = Municipality.objects.select_related("region").order_by("name", "pk")
    serializer_class = MunicipalitySerializer
    lookup_field = "slug"


@extend_schema_view(get=operation("All municipalities", MunicipalitySerializer(many=True), errors=(400, 404)))
class MunicipalityList(_Municipalities, generics.ListAPIView[Municipality]):
    """By name. Their slugs are those of the calendars under /ical/kommun/."""

    filterset_class = filters.MunicipalityFilters


@extend_schema_view(get=operation("One municipality", MunicipalitySerializer, errors=(404,)))
class MunicipalityDetail(_Municipalities, generics.RetrieveAPIView[Municipality]):
    """A municipality by its slug."""


class _Places(generics.GenericAPIView[Place]):
    queryset = Place.objects.select_related("municipality").order_by("name", "pk")
    serializer_class = PlaceSerializer
    lookup_field = "slug"


@extend_schema_view(
    get=operation("All places of the gazetteer", PlaceSerializer(many=True), errors=(400, 404))
)
class PlaceList(_Places, generics.ListAPIView[Place]):
    """By name."""

    filterset_class = filters.PlaceFilters


@extend_schema_view(get=operation("One place", PlaceSerializer, errors=(404,)))
class PlaceDetail(_Places, generics.RetrieveAPIView[Place]):
    """A place by its slug."""


class _Organisations(generics.GenericAPIView[Organisation]):
    queryset = (
        Organisation.objects.select_related(
            "region", "municipality", "school__place", "school__owner__organisation"
        )
        .prefetch_related("roles", "school__forms")
        .order_by("name", "pk")
    )
    serializer_class = OrganisationSerializer
    lookup_field = "slug"


@extend_schema_view(get=operation("All organisations", OrganisationSerializer(many=True), errors=(400, 404)))
class OrganisationList(_Organisations, generics.ListAPIView[Organisation]):
    """By name; without addresses and telephone numbers, which are for the parties of an agreement."""

    filterset_class = filters.OrganisationFilters


@extend_schema_view(get=operation("One organisation", OrganisationSerializer, errors=(404,)))
class OrganisationDetail(_Organisations, generics.RetrieveAPIView[Organisation]):
    """An organisation by its slug."""


class _Venues(generics.GenericAPIView[Venue]):
    queryset = Venue.objects.with_ground().order_by("name", "pk")
    serializer_class: Any = VenueSerializer
    lookup_field = "slug"


@extend_schema_view(get=operation("All venues", VenueSerializer(many=True), errors=(400, 404)))
class VenueList(_Venues, generics.ListAPIView[Venue]):
    """By name, with what a visitor needs to know. A fact that nobody has given is null."""

    filterset_class = filters.VenueFilters


@extend_schema_view(get=operation("One venue", VenueSerializer, errors=(404,)))
class VenueDetail(_Venues, generics.RetrieveAPIView[Venue]):
    """A venue by its slug. A fact that nobody has given is null."""


class VenueRoom(_Venues):
    """The technical specification, for its owner, producers and the region's officers."""

    serializer_class = RoomSerializer
    permission_classes = [IsAuthenticated]

    @operation("A venue's technical specification", RoomSerializer, errors=(401, 404))
    def get(self, request: Request, slug: str) -> Response:
        venue = self.get_object()
        if not can_see_venue(request.user, venue):
            raise Http404
        return Response(self.get_serializer(venue).data)


class Me(APIView):
    """The person behind the token or the session, and what they may do where."""

    permission_classes = [IsAuthenticated]

    @operation("Who is logged in", MeSerializer, errors=(401,))
    def get(self, request: Request) -> Response:
        return Response(MeSerializer(actor(request)).data)


class Travel(APIView):
    """The drive between two places or venues, by their slugs; a place comes before a venue of the same slug."""

    @operation(
        "Road time and distance",
        TravelSerializer,
        errors=(400, 422),
        parameters=(
            OpenApiParameter("from", str, required=True, description="Slug of a place or a venue."),
            OpenApiParameter("to", str, required=True, description="Slug of a place or a venue."),
            OpenApiParameter(
                "on", OpenApiTypes.DATE, description="The day whose open roads count; else today."
            ),
        ),
    )
    def get(self, request: Request) -> Response:
        drive = {"on": timezone.localdate(), **parameters.read(request, DriveSerializer)}
        leg = travel.leg(drive["from"], drive["to"], on=drive["on"])
        return Response(TravelSerializer({**drive, "drive_min": leg.minutes, "drive_km": leg.km}).data)
