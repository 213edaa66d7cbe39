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

from api import parameters, versions
from api.actors import actor
from api.schema import WRITING, operation
from api.serializers import days as shapes
from api.serializers.moments import DayField
from bookings import make_up, visible
from bookings.cancelling import Cancellation, Cause, cancel_day
from bookings.permissions import can_plan
from tours.models import Tour

#: The day in the address.
DAY = OpenApiParameter(
    "day", date, OpenApiParameter.PATH, description="A day of the tour, such as 2027-02-03."
)


class Days(generics.GenericAPIView[Tour]):
    """A day of a tour that the reader plans."""

    about = Tour
    permission_classes = [IsAuthenticated]
    lookup_field = "slug"

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


def _last(tour: Tour, day: date, until: date | None) -> date:
    return min(max(day, until or day), tour.ends_on)


class WhoseSerializer(serializers.Serializer[Any]):
    """Whose day it is, and the last day where there are several."""

    until = DayField(required=False)
    only = serializers.IntegerField(required=False)


class DayMakeUp(Days):
    """The visits of a day with the days on which they could be made up for; nothing is changed."""

    serializer_class: Any = shapes.LostDaySerializer

    @operation(
        "What cancelling a day leads to",
        shapes.LostDaySerializer,
        errors=(400, 401, 403, 404, 422),
        parameters=(
            DAY,
            OpenApiParameter(
                "until", date, description="The last day, where the ensemble cannot play several."
            ),
            OpenApiParameter(
                "only",
                int,
                description="The visit whose presenter cannot receive it; without it the ensemble cannot play.",
            ),
        ),
    )
    def get(self, request: Request, slug: str, day: date) -> Response:
        tour = self.tour_on(slug, day)
        asked = parameters.read(request, WhoseSerializer)
        only = asked.get("only")
        until = None if only else _last(tour, day, asked.get("until"))
        lost = make_up.lost_day(tour, day, timezone.now(), only=only, until=until)
        if only is not None and not lost.hits:
            raise Http404
        best = make_up.best_days(lost)
        found = {
            "on": day,
            "currency": tour.production.currency,
            "hits": make_up.outlook(lost, best),
            "instead": None if only is None else make_up.instead(lost, best),
        }
        shown = shapes.LostDaySerializer(found, context={"lost": lost})
        return Response(shown.data, headers={"ETag": versions.etag(tour.version)})


class CancelDay(Days):
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
        visits, only = sent.validated_data["visits"], sent.validated_data["only"]
        order = Cancellation(
            day,
            sent.validated_data["reason"],
            seen={row["booking"]: row["version"] for row in visits},
            dates={row["booking"]: row["starts_at"] for row in visits if row["starts_at"]},
            only=only,
            until=None if only else _last(tour, day, sent.validated_data["until"]),
            cause=Cause.FORCE_MAJEURE if sent.validated_data["force_majeure"] else "",
        )
        done = cancel_day(tour, order, by=actor(request), now=timezone.now(), version=versions.seen(request))
        return Response({name: [booking.pk for booking in rows] for name, rows in vars(done).items()})
