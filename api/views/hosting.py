"""A presenter's own closures, by the verbs of `bookings.closing`, and the visits of the past."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import generics
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from api import filters
from api.schema import WRITING, operation
from api.serializers import hosting as shapes
from bookings import closing, past_visits
from bookings.models import Booking
from bookings.permissions import has_role, organisations_of
from venues.models import HOSTS, Closure


class _Closures(generics.GenericAPIView[Closure]):
    serializer_class: Any = shapes.ClosureSerializer
    permission_classes = [IsAuthenticated]

    def get_queryset(self) -> "QuerySet[Closure]":
        return closing.closures_of(organisations_of(self.request.user, *HOSTS))


class ClosureList(_Closures, generics.ListAPIView[Closure]):
    """When one's own houses and their rooms are closed, by day; empty for everybody else."""

    filterset_class = filters.ClosureFilters

    @operation("Closures of one's own houses", shapes.ClosureSerializer(many=True), errors=(400, 401, 404))
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @operation(
        "Close a room or a house",
        shapes.ClosureSerializer(many=True),
        status=201,
        request=shapes.NewClosureSerializer,
        errors=WRITING,
    )
    def post(self, request: Request) -> Response:
        if not has_role(request.user, *HOSTS):
            raise PermissionDenied(_("Only presenters and schools say when they are closed."))
        sent = shapes.NewClosureSerializer(data=request.data, context=self.get_serializer_context())
        sent.is_valid(raise_exception=True)
        made = closing.close(**sent.validated_data, now=timezone.now())
        return Response(shapes.ClosureSerializer(made, many=True).data, status=201)


class ClosureDetail(_Closures):
    """A closure by its id."""

    @operation(
        "Change a closure",
        shapes.ClosureSerializer,
        request=shapes.ChangedClosureSerializer,
        errors=(*WRITING, 404),
    )
    def put(self, request: Request, pk: int) -> Response:
        closure = self.get_object()
        sent = shapes.ChangedClosureSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        changed = closing.change(closure, **sent.validated_data, now=timezone.now())
        return Response(shapes.ClosureSerializer(changed).data)

    @operation("Open again", None, status=204, errors=(401, 404))
    def delete(self, request: Request, pk: int) -> Response:
        closing.reopen(self.get_object(), now=timezone.now())
        return Response(status=204)


class PastVisitList(generics.ListAPIView[Booking]):
    """The visits that one's own houses have had, the last first, with who came; empty for everybody else."""

    serializer_class: Any = shapes.PastVisitSerializer
    permission_classes = [IsAuthenticated]
    filterset_class = filters.PastVisitFilters

    def get_queryset(self) -> "QuerySet[Booking]":
        return past_visits.of_houses(self.request.user, timezone.now()).select_related("counter_offer")

    @operation("Visits of the past", shapes.PastVisitSerializer(many=True), errors=(400, 401, 404))
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)
