"""Allotments by the verbs of `bookings.allotting`: read, computed, stopped, published and taken back."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema_view
from rest_framework import generics
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from api import versions
from api.actors import actor
from api.schema import operation
from api.serializers.allotments import (
    AllotmentLineSerializer,
    AllotmentSerializer,
    PublishingSerializer,
    TakenBackSerializer,
)
from bookings import allotment_publishing, allotment_runs, allotting, permissions
from tours.models import Allotment


class _Allotments(generics.GenericAPIView[Allotment]):
    """Those of the regions whose seasons the reader runs."""

    about = Allotment
    serializer_class: Any = AllotmentSerializer
    permission_classes = [IsAuthenticated]
    queryset = Allotment.objects.none()

    def get_queryset(self) -> "QuerySet[Allotment]":
        regions = permissions.regions_run_by(self.request.user)
        return Allotment.objects.filter(season__region__in=regions).select_related("season__region")


@extend_schema_view(
    get=operation("Allotments that one may see", AllotmentLineSerializer(many=True), errors=(400, 401, 404))
)
class AllotmentList(_Allotments, generics.ListAPIView[Allotment]):
    """Newest first, without problems and plans. They are made on the pages."""

    serializer_class = AllotmentLineSerializer

    def get_queryset(self) -> "QuerySet[Allotment]":
        return super().get_queryset().defer("problem", "plan").order_by("-at", "-pk")


@extend_schema_view(get=operation("One allotment", AllotmentSerializer, errors=(401, 404)))
class AllotmentDetail(_Allotments, generics.RetrieveAPIView[Allotment]):
    """With its plan. While `state` is queued or running the plan gets better: ask again."""


class ComputeAllotment(_Allotments):
    """Ask for a plan; a worker computes it. What was decided by hand is kept."""

    @operation(
        "Compute an allotment",
        AllotmentLineSerializer,
        status=202,
        request=None,
        errors=(401, 404, 409, 422),
    )
    def post(self, request: Request, pk: int) -> Response:
        asked = allotting.ask(
            self.get_object(), by=actor(request), now=timezone.now(), version=versions.seen(request)
        )
        where = request.build_absolute_uri(reverse("api-allotment", args=[asked.pk]))
        return Response(AllotmentLineSerializer(asked).data, status=202, headers={"Location": where})


class StopAllotment(_Allotments):
    """Stop computing with the best plan so far."""

    @operation("Stop computing", AllotmentLineSerializer, request=None, errors=(401, 404, 409))
    def post(self, request: Request, pk: int) -> Response:
        found = self.get_object()
        allotment_runs.stop(found, now=timezone.now())
        return Response(AllotmentLineSerializer(self.get_queryset().get(pk=pk)).data)


class PublishAllotment(_Allotments):
    """Make the plan's days wishes of the schools, with tours to plan; all or nothing."""

    @operation("Publish an allotment", PublishingSerializer, request=None, errors=(401, 404, 409, 422))
    def post(self, request: Request, pk: int) -> Response:
        done = allotment_publishing.publish(
            self.get_object(), by=actor(request), now=timezone.now(), version=versions.seen(request)
        )
        return Response(PublishingSerializer(done).data)


class TakeAllotmentBack(_Allotments):
    """Withdraw what it gave, as long as nothing of it is booked."""

    @operation("Take an allotment back", TakenBackSerializer, request=None, errors=(401, 404, 409))
    def post(self, request: Request, pk: int) -> Response:
        visits = allotment_publishing.take_back(
            self.get_object(), by=actor(request), now=timezone.now(), version=versions.seen(request)
        )
        return Response({"visits": visits})
