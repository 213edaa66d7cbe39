"""Residencies and their sub-events, by the pages' verbs: what is public for everybody, the rest for who is in them."""

from typing import Any

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from rest_framework import generics
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response

from api import versions
from api.actors import actor
from api.schema import WRITING, operation
from api.serializers import residencies as shapes
from bookings.models import Residency, SubEvent
from bookings.models.residency import Residencies, SubEvents
from bookings.residencies import event_permissions, permissions, publishing, sub_events


class _Residencies(generics.GenericAPIView[Any]):
    permission_classes = [IsAuthenticatedOrReadOnly]

    def residencies(self) -> Residencies:
        """Those that everybody may know of, and those in which the reader is."""
        mine = permissions.visible_residencies(self.request.user)
        seen = Q(pk__in=Residency.objects.public().values("pk")) | Q(pk__in=mine.values("pk"))
        return Residency.objects.filter(seen).with_ground().order_by("-created_at", "pk")

    def residency(self) -> Residency:
        """The residency of the address. Raises Http404."""
        return get_object_or_404(self.residencies(), slug=self.kwargs["slug"])

    def planned(self) -> Residency:
        """The same, where the reader plans its days. Raises Http404, and PermissionDenied."""
        found = self.residency()
        if not event_permissions.can_plan_days(self.request.user, found):
            self.permission_denied(self.request)
        return found


class ResidencyList(_Residencies, generics.ListAPIView[Residency]):
    """Those that are public, and those in which one is as host, artist or officer."""

    serializer_class = shapes.ResidencySerializer

    def get_queryset(self) -> Residencies:
        return self.residencies()

    @operation("Residencies that one may see", shapes.ResidencySerializer(many=True), errors=(400,))
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class ResidencyDetail(_Residencies, generics.RetrieveAPIView[Residency]):
    """A residency by its slug."""

    serializer_class = shapes.ResidencySerializer
    lookup_field = "slug"

    def get_queryset(self) -> Residencies:
        return self.residencies()

    @operation("One residency", shapes.ResidencySerializer, errors=(404,))
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class _SubEvents(_Residencies):
    serializer_class: Any = shapes.SubEventSerializer
    about: Any = SubEvent

    def get_queryset(self) -> SubEvents:
        """Those of the residency that the reader may know of."""
        if "slug" not in self.kwargs:
            return SubEvent.objects.none()  # the schema is asked for, and no residency
        found = self.residency()
        of = SubEvent.objects.filter(residency=found)
        if not self.is_inside(found):
            of = of.filter(pk__in=publishing.open_events().values("pk"))
        ground = of.select_related("residency", "venue")
        return ground.prefetch_related("groups__school__organisation").order_by("starts_at", "pk")

    def is_inside(self, residency: Residency) -> bool:
        """Whether the reader is in the residency."""
        return permissions.visible_residencies(self.request.user).filter(pk=residency.pk).exists()

    def get_serializer_context(self) -> dict[str, Any]:
        is_inside = "slug" in self.kwargs and self.is_inside(self.residency())
        return {**super().get_serializer_context(), "is_inside": is_inside}

    def read_again(self, event: SubEvent) -> dict[str, Any]:
        """The sub-event as it stands now."""
        return dict(self.get_serializer(self.get_queryset().get(pk=event.pk)).data)


class SubEventList(_SubEvents, generics.ListAPIView[SubEvent]):
    """A residency's sub-events: those that are open to everybody, and all of them for whoever is in it."""

    about = None

    @operation("A residency's sub-events", shapes.SubEventSerializer(many=True), errors=(400, 404))
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @operation(
        "Add a sub-event",
        shapes.SubEventSerializer,
        status=201,
        request=shapes.WriteSubEventSerializer,
        errors=(*WRITING, 404, 409),
    )
    def post(self, request: Request, slug: str) -> Response:
        residency = self.planned()
        body = shapes.WriteSubEventSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        made = sub_events.add(
            residency,
            body.said(),
            by=actor(request),
            now=timezone.now(),
            despite=body.validated_data["despite"],
        )
        where = request.build_absolute_uri(reverse("api-residency-sub-event", args=[slug, made.pk]))
        return Response(self.read_again(made), status=201, headers={"Location": where})


class SubEventDetail(_SubEvents, generics.RetrieveAPIView[SubEvent]):
    """A sub-event by its id."""

    @operation("One sub-event", shapes.SubEventSerializer, errors=(404,))
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @operation(
        "Change a sub-event",
        shapes.SubEventSerializer,
        request=shapes.WriteSubEventSerializer,
        errors=(*WRITING, 404, 409),
    )
    def put(self, request: Request, slug: str, pk: int) -> Response:
        self.planned()
        event = self.get_object()
        body = shapes.WriteSubEventSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        changed = sub_events.change(
            event,
            body.said(),
            version=versions.seen(request) or event.version,
            by=actor(request),
            now=timezone.now(),
            despite=body.validated_data["despite"],
        )
        return Response(self.read_again(changed))


class CancelSubEvent(_SubEvents):
    """It is not held; the schools of its classes are told why."""

    @operation(
        "Cancel a sub-event",
        shapes.SubEventSerializer,
        request=shapes.CancelSubEventSerializer,
        errors=(*WRITING, 404, 409),
    )
    def post(self, request: Request, slug: str, pk: int) -> Response:
        self.planned()
        event = self.get_object()
        body = shapes.CancelSubEventSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        cancelled = sub_events.cancel(
            event,
            **body.validated_data,
            version=versions.seen(request) or event.version,
            by=actor(request),
            now=timezone.now(),
        )
        return Response(self.read_again(cancelled))


class TellSubEvent(_SubEvents):
    """Whether it was held, and how many came."""

    @operation(
        "Tell what came of a sub-event",
        shapes.SubEventSerializer,
        request=shapes.ToldSubEventSerializer,
        errors=(*WRITING, 404, 409),
    )
    def post(self, request: Request, slug: str, pk: int) -> Response:
        self.planned()
        event = self.get_object()
        body = shapes.ToldSubEventSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        told = sub_events.tell(
            event,
            **body.validated_data,
            version=versions.seen(request) or event.version,
            by=actor(request),
            now=timezone.now(),
        )
        return Response(self.read_again(told))
