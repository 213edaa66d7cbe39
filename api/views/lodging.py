"""Towns without beds: noted, ended and taken away by producers, by the verbs of `venues.lodging`."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import generics
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from api import filters
from api.actors import actor
from api.schema import WRITING, operation
from api.serializers.ground import BedsAgainSerializer, NewNoBedsSerializer, NoBedsSerializer
from bookings import visible
from bookings.permissions import can_correct_roads
from venues import lodging
from venues.models import NoBeds
from venues.models.lodging import FullHouses


class _NoBeds(generics.GenericAPIView[NoBeds]):
    serializer_class: Any = NoBedsSerializer
    permission_classes = [IsAuthenticated]

    def get_queryset(self) -> FullHouses:
        return visible.no_beds(self.request.user).select_related("place")


class NoBedsList(_NoBeds, generics.ListAPIView[NoBeds]):
    """What producers have noted in their regions and the neighbouring ones, by night; empty for everybody else."""

    filterset_class = filters.NoBedsFilters

    @operation("Towns without beds", NoBedsSerializer(many=True), errors=(400, 401, 404))
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @operation("Note a full town", NoBedsSerializer, status=201, request=NewNoBedsSerializer, errors=WRITING)
    def post(self, request: Request) -> Response:
        if not can_correct_roads(request.user):
            raise PermissionDenied(_("Only producers note where beds are gone."))
        sent = NewNoBedsSerializer(data=request.data, context=self.get_serializer_context())
        sent.is_valid(raise_exception=True)
        noted = lodging.note_full(**sent.validated_data, by=actor(request), today=timezone.localdate())
        return Response(NoBedsSerializer(noted).data, status=201)


class NoBedsDetail(_NoBeds):
    """A note by its id."""

    @operation("Take a note away", None, status=204, errors=(401, 403, 404))
    def delete(self, request: Request, pk: int) -> Response:
        lodging.take_away(self.get_object())
        return Response(status=204)


class EndNoBeds(_NoBeds):
    """There are beds again."""

    @operation("Beds again", None, status=204, request=BedsAgainSerializer, errors=(*WRITING, 404))
    def post(self, request: Request, pk: int) -> Response:
        noted = self.get_object()
        sent = BedsAgainSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        lodging.end_full(noted, sent.validated_data.get("on", timezone.localdate()))
        return Response(status=204)
