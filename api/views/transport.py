"""Schools' ways to visits, and the grants of owners of schools: to read."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import generics
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from api import parameters
from api.actors import actor
from api.parameters import WrongAddress
from api.schema import operation
from api.serializers import transport as shapes
from bookings import visible
from bookings.creative_school import report_of
from bookings.models import Booking, SchoolGrant
from tours.windows import midnight

#: No longer period is answered at once. Source: the house's choice, a school year.
LONGEST = timedelta(days=370)


class BusList(generics.GenericAPIView[Booking]):
    """How schools get to visits in a period: what is needed, who orders and pays, and what was ordered."""

    permission_classes = [IsAuthenticated]
    serializer_class: Any = shapes.BusesSerializer
    pagination_class = None

    @operation(
        "Buses to visits",
        shapes.BusesSerializer,
        errors=(400, 401),
        parameters=(
            OpenApiParameter("first", OpenApiTypes.DATE, required=True, description="First day of shows."),
            OpenApiParameter("last", OpenApiTypes.DATE, required=True, description="Last day, included."),
        ),
    )
    def get(self, request: Request) -> Response:
        asked = parameters.read(request, shapes.BusesAsked)
        if not timedelta(0) <= asked["last"] - asked["first"] <= LONGEST:
            raise WrongAddress(
                {"last": _("Ask for a period of at most a school year, in the order of time.")}
            )
        start, end = midnight(asked["first"]), midnight(asked["last"] + timedelta(days=1))
        found = visible.travelling(actor(request)).between(start, end).with_ground()
        rows = visible.buses(actor(request), found, timezone.now())
        return Response(shapes.BusesSerializer({"buses": rows}).data)


class SchoolGrantList(generics.GenericAPIView[SchoolGrant]):
    """What grants to owners of schools have led to in a school year: of one's own owners, or one's region's."""

    permission_classes = [IsAuthenticated]
    serializer_class: Any = shapes.GrantsSerializer
    pagination_class = None

    @operation(
        "Grants to owners of schools",
        shapes.GrantsSerializer,
        errors=(400, 401),
        parameters=(
            OpenApiParameter(
                "year", int, required=True, description="The year in which the school year begins."
            ),
        ),
    )
    def get(self, request: Request) -> Response:
        asked = parameters.read(request, shapes.GrantsAsked)
        found = visible.grants(actor(request)).filter(year=asked["year"])
        reports = [report_of(grant, timezone.now()) for grant in found]
        return Response(shapes.GrantsSerializer({"grants": reports}).data)
