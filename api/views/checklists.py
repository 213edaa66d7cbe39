"""The checklist of a visit, read by whoever sees the visit and settled by both its sides."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_view
from rest_framework import generics
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from api import versions
from api.actors import actor
from api.schema import WRITING, operation
from api.serializers import checklists as shapes
from bookings import advancing, checklists, models, visible
from bookings.models import Booking
from bookings.permissions import can_advance


class _Checklists(generics.GenericAPIView[Booking]):
    permission_classes = [IsAuthenticated]

    def get_queryset(self) -> "QuerySet[Booking]":
        found = visible.bookings(self.request.user).with_ground()
        return found.prefetch_related("checklist__items__by").order_by("pk")

    def booking(self) -> Booking:
        """The visit in the address, if the reader may see it."""
        return generics.get_object_or_404(self.get_queryset(), pk=self.kwargs["pk"])


@extend_schema_view(
    get=operation("The checklist of a visit", shapes.ChecklistSerializer, errors=(401, 404)),
)
class Checklist(_Checklists):
    """What is to be settled before, on and after the day; needs that the room does not meet are items too."""

    serializer_class: Any = shapes.ChecklistSerializer

    def get(self, request: Request, pk: int) -> Response:
        booking, now = self.booking(), timezone.now()
        found = checklists.entries(booking, now)
        booking.entries, booking.before = found, checklists.progress(found)  # type: ignore[attr-defined]
        booking.is_advanced = checklists.is_advanced(booking, now)  # type: ignore[attr-defined]
        return Response(shapes.ChecklistSerializer(booking).data)


class ChecklistItem(_Checklists):
    """One item by its key, which has a version of its own."""

    about = models.ChecklistItem
    serializer_class: Any = shapes.SettleSerializer

    def get_object(self) -> Any:
        """The item: what has the version is not the visit."""
        return self.entry(self.booking()).item

    def entry(self, booking: Booking) -> checklists.Entry:
        """The item of the address as it stands now."""
        for entry in checklists.entries(booking, timezone.now()):
            if entry.item.key == self.kwargs["key"]:
                return entry
        raise Http404

    @operation(
        "One item", shapes.EntrySerializer, errors=(401, 404), operation_id="bookings_checklist_item_retrieve"
    )
    def get(self, request: Request, pk: int, key: str) -> Response:
        return Response(shapes.EntrySerializer(self.entry(self.booking())).data)

    @operation(
        "Settle an item",
        shapes.EntrySerializer,
        request=shapes.SettleSerializer,
        errors=(*WRITING, 404, 409),
    )
    def put(self, request: Request, pk: int, key: str) -> Response:
        """Done, not applicable or open again, by either side of the visit."""
        booking = self.booking()
        if not can_advance(request.user, booking):
            raise PermissionDenied(_("Only the two sides of the visit prepare it."))
        stands = self.entry(booking).item.version
        sent = self.get_serializer(data=request.data)
        sent.is_valid(raise_exception=True)
        seen, now = versions.seen(request), timezone.now()
        version = stands if seen is None else seen
        advancing.settle(booking, key, version=version, by=actor(request), now=now, **sent.validated_data)
        return Response(shapes.EntrySerializer(self.entry(self.booking())).data)
