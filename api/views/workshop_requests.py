"""What schools ask for beside a visit: a workshop, answered by a pedagogue's proposal or by why it cannot be."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import generics
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from api.actors import actor
from api.schema import WRITING, operation
from api.serializers import workshop_requests as shapes
from api.serializers.bookings import ReasonSerializer
from bookings import visible, workshop_requests
from bookings.models import WorkshopRequest
from bookings.school_permissions import can_hold_workshops, can_take_back_request, schools_at


class _Requests(generics.GenericAPIView[WorkshopRequest]):
    permission_classes = [IsAuthenticated]
    serializer_class: Any = shapes.WorkshopRequestSerializer

    def get_queryset(self) -> "QuerySet[WorkshopRequest]":
        return visible.workshop_requests(self.request.user).with_ground()

    def read_again(self, row: WorkshopRequest) -> Response:
        """The request as it stands now."""
        return Response(shapes.WorkshopRequestSerializer(self.get_queryset().get(pk=row.pk)).data)


class WorkshopRequestList(_Requests, generics.ListAPIView[WorkshopRequest]):
    """What one's schools ask for, and what a pedagogue may answer."""

    @operation("Workshops that are asked for", shapes.WorkshopRequestSerializer(many=True), errors=(400, 401))
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class WorkshopRequestDetail(_Requests, generics.RetrieveAPIView[WorkshopRequest]):
    """One of them by its id."""

    @operation("One workshop that is asked for", shapes.WorkshopRequestSerializer, errors=(401, 404))
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class AskForWorkshop(_Requests):
    """A school, host or guest, asks for a workshop for its own groups."""

    @operation(
        "Ask for a workshop",
        shapes.WorkshopRequestSerializer,
        status=201,
        request=shapes.AskSerializer,
        errors=(*WRITING, 404, 409),
    )
    def post(self, request: Request, pk: int) -> Response:
        user = actor(request)
        booking = get_object_or_404(visible.visits_with_groups(user).with_ground(), pk=pk)
        own = set(schools_at(user, booking))
        if not own:
            raise PermissionDenied(_("A workshop is asked for by a school whose groups come to the visit."))
        body = shapes.AskSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        school = body.validated_data["groups"][0].school.organisation
        if school not in own:
            raise PermissionDenied(_("Choose among your own groups at the visit."))
        row = workshop_requests.ask(
            booking, school=school, by=user, now=timezone.now(), **body.validated_data
        )
        where = request.build_absolute_uri(reverse("api-wanted-workshop", args=[row.pk]))
        return Response(self.read_again(row).data, status=201, headers={"Location": where})


class DeclineRequest(_Requests):
    """A pedagogue says no, and why."""

    @operation(
        "Say that a workshop cannot be held",
        shapes.WorkshopRequestSerializer,
        request=ReasonSerializer,
        errors=(*WRITING, 404, 409),
    )
    def post(self, request: Request, pk: int) -> Response:
        row = self.get_object()
        if not can_hold_workshops(request.user, row.booking):
            raise PermissionDenied(_("It is answered by the region's pedagogues."))
        body = ReasonSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        return self.read_again(
            workshop_requests.decline(row, by=actor(request), now=timezone.now(), **body.validated_data)
        )


class TakeBackRequest(_Requests):
    """The school does not want it any more."""

    @operation(
        "Take back what was asked for",
        shapes.WorkshopRequestSerializer,
        request=None,
        errors=(401, 403, 404, 409),
    )
    def post(self, request: Request, pk: int) -> Response:
        row = self.get_object()
        if not can_take_back_request(request.user, row):
            raise PermissionDenied(_("It is taken back by the school that asked."))
        return self.read_again(workshop_requests.take_back(row, by=actor(request), now=timezone.now()))
