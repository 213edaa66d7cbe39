"""The stage of a tour, and what its producer decides about it, by `bookings.deciding`."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_view
from rest_framework import generics
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from api.actors import actor
from api.schema import WRITING, operation
from api.serializers import stages as shapes
from api.serializers.bookings import OptionalReasonSerializer, ReasonSerializer
from bookings import deciding, visible
from bookings.permissions import can_plan
from tours.models import Tour


class _Stages(generics.GenericAPIView[Tour]):
    about = Tour
    serializer_class: Any = shapes.TourStageSerializer
    permission_classes = [IsAuthenticated]
    lookup_field = "slug"

    def get_queryset(self) -> "QuerySet[Tour]":
        return visible.tours(self.request.user).with_ground()

    def detail(self, tour: Tour) -> dict[str, Any]:
        """How the tour stands now."""
        now = timezone.now()
        tour = self.get_queryset().get(pk=tour.pk)
        found = {
            "version": tour.version,
            "stage": tour.stage,
            "cut_off_on": tour.cut_off_on,
            "presenters_min": tour.presenters_min,
            **vars(deciding.standing(tour, now)),
            "steps": deciding.steps_for(tour, now) if can_plan(self.request.user, tour) else [],
            "history": tour.changes.select_related("by"),
        }
        return dict(shapes.TourStageSerializer(found).data)


class TourStage(_Stages):
    """How far a tour has come, and what has happened to it."""

    @operation("A tour's stage", shapes.TourStageSerializer, errors=(401, 404))
    def get(self, request: Request, slug: str) -> Response:
        return Response(self.detail(self.get_object()))


class _Decision(_Stages):
    verb: Callable[..., Any]
    serializer_class: Any = OptionalReasonSerializer

    def post(self, request: Request, slug: str) -> Response:
        tour = self.get_object()
        if not can_plan(request.user, tour):
            raise PermissionDenied(_("Only the tour's producer decides about it."))
        sent = self.get_serializer(data=request.data)
        sent.is_valid(raise_exception=True)
        type(self).verb(tour, by=actor(request), now=timezone.now(), **sent.validated_data)
        return Response(self.detail(tour))


def _decision(summary: str) -> Any:
    return extend_schema_view(
        post=operation(summary, shapes.TourStageSerializer, errors=(*WRITING, 404, 409))
    )


@_decision("Go on although too few have said yes")
class GoOn(_Decision):
    """After the cut-off date: the tour is confirmed with those who have said yes."""

    verb = deciding.go_on


@_decision("Move the cut-off date")
class ExtendCutOff(_Decision):
    """To a later day before the tour begins. Offers keep their own answer dates."""

    verb, serializer_class = deciding.extend_cut_off, shapes.CutOffSerializer


@_decision("Cancel a tour")
class CancelTour(_Decision):
    """Every visit to come is ended, and everybody who has been asked is told."""

    verb, serializer_class = deciding.cancel_tour, ReasonSerializer


@_decision("Close a tour")
class CloseTour(_Decision):
    """Nothing is left to play or answer; it also closes by itself once every visit is reported."""

    verb = deciding.close
