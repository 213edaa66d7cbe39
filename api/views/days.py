"""A day of a tour that is not played: what that leads to, and cancelling it by `bookings.cancelling`."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework import generics, serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from api import parameters
from api.actors import actor
from api.schema import WRITING, operation
from api.serializers import days as shapes
from bookings import make_up, visible
from bookings.cancelling import Cancellation, cancel_day
from bookings.models import Tour
from bookings.permissions import can_plan

#: The day in the address.
DAY = OpenApiParameter(
    "day", date, OpenApiParameter.PATH, description="A day of the tour, such as 2027-02-03."
)


class _Days(generics.GenericAPIView[Tour]):
    permission_classes = [IsAuthenticated]

    def get_queryset(self) -> "QuerySet[Tour]":
        return visible.tours(self.request.user).with_ground()

    def tour_on(self, slug: str, day: date) -> Tour:
        """The tour that the reader plans, if it has that day."""
        tour = get_object_or_404(self.get_queryset(), slug=slug)
        if not can_plan(self.request.user, tour):
            raise PermissionDenied(_("Only the tour's producer cancels its days."))
        if not tour.has_day(day):
            raise Http404
        return tour


class WhoseSerializer(serializers.Serializer[Any]):
    """Whose day it is."""

    only = serializers.IntegerField(required=False)


class DayMakeUp(_Days):
    """The visits of a day with the days on which they could be made up for; nothing is changed."""

    serializer_class: Any = shapes.LostDaySerializer

    @operation(
        "What cancelling a day leads to",
        shapes.LostDaySerializer,
        errors=(400, 401, 403, 404, 422),
        parameters=(
            DAY,
            OpenApiParameter(
                "only",
                int,
                description="The visit whose presenter cannot receive it; without it the ensemble cannot play.",
            ),
        ),
    )
    def get(self, request: Request, slug: str, day: date) -> Response:
        tour = self.tour_on(slug, day)
        only = parameters.read(request, WhoseSerializer).get("only")
        lost = make_up.lost_day(tour, day, timezone.now(), only=only)
        if only is not None and not lost.hits:
            raise Http404
        best = make_up.best_days(lost)
        found = {
            "on": day,
            "currency": tour.production.currency,
            "hits": make_up.outlook(lost, best),
            "instead": None if only is None else make_up.instead(lost, best),
        }
        return Response(shapes.LostDaySerializer(found, context={"lost": lost}).data)


class CancelDay(_Days):
    """End every visit of a day, or the one whose presenter cannot receive it, and offer the chosen days anew."""

    serializer_class: Any = shapes.CancelDaySerializer

    @operation(
        "Cancel a day",
        shapes.DayCancelledSerializer,
        request=shapes.CancelDaySerializer,
        errors=(*WRITING, 404, 409),
        parameters=(DAY,),
    )
    def post(self, request: Request, slug: str, day: date) -> Response:
        tour = self.tour_on(slug, day)
        sent = self.get_serializer(data=request.data)
        sent.is_valid(raise_exception=True)
        visits = sent.validated_data["visits"]
        order = Cancellation(
            day,
            sent.validated_data["reason"],
            seen={row["booking"]: row["version"] for row in visits},
            dates={row["booking"]: row["starts_at"] for row in visits if row["starts_at"]},
            only=sent.validated_data["only"],
        )
        done = cancel_day(tour, order, by=actor(request), now=timezone.now())
        return Response({name: [booking.pk for booking in rows] for name, rows in vars(done).items()})
