"""Money after a visit: prices line by line, costs, settlement sheets and claims."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework import generics
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from api.actors import actor
from api.parameters import WrongAddress, refuse_unknown
from api.schema import WRITING, operation
from api.serializers import settlement as shapes
from bookings import claims, pricing, reporting, settlement, settling, visible
from bookings.models import Booking
from bookings.models.booking import Bookings, Status
from bookings.permissions import can_plan, can_report
from bookings.settlement import sheet_of
from tours.models import Season, Tour


class _Visit(generics.GenericAPIView[Booking]):
    about = Booking
    permission_classes = [IsAuthenticated]
    serializer_class: Any = shapes.SheetSerializer

    def get_queryset(self) -> "QuerySet[Booking]":
        return settlement.with_lines(visible.bookings(self.request.user).with_ground())

    def sheet(self) -> Response:
        """The sheet as it stands now."""
        return Response(shapes.SheetSerializer(sheet_of(self.get_object(), timezone.now())).data)

    def sent(self, request: Request, shape: Any) -> dict[str, Any]:
        """The body, if it is right."""
        body = shape(data=request.data)
        body.is_valid(raise_exception=True)
        return dict(body.validated_data)

    def producers(self, request: Request) -> Booking:
        """The visit, if the reader plans its tour."""
        booking = self.get_object()
        if not can_plan(request.user, booking.tour):
            raise PermissionDenied(_("This step is for the other side of the agreement."))
        return booking


class BookingPrice(_Visit):
    """The price of a visit, line by line. The producer changes it as long as the visit is only held."""

    serializer_class = shapes.PriceSerializer

    @operation("The price, line by line", shapes.PriceSerializer, errors=(401, 404))
    def get(self, request: Request, pk: int) -> Response:
        return self._price(self.get_object())

    @operation(
        "Change the price",
        shapes.PriceSerializer,
        request=shapes.PriceSerializer,
        errors=(*WRITING, 404, 409),
    )
    def put(self, request: Request, pk: int) -> Response:
        booking = self.producers(request)
        lines = [pricing.Line(**line) for line in self.sent(request, shapes.PriceSerializer)["lines"]]
        pricing.set_price(booking, by=actor(request), now=timezone.now(), lines=lines)
        return self._price(self.get_object())

    def _price(self, booking: Booking) -> Response:
        told = {
            "price": booking.price,
            "currency": booking.currency,
            "is_all_in": booking.is_all_in,
            "lines": pricing.lines_of(booking),
            "version": booking.version,
        }
        return Response(shapes.PriceSerializer(told).data)


class BookingCosts(_Visit):
    """What a visit that is over has cost one's own side beyond the price."""

    @operation(
        "Tell one's costs",
        shapes.SheetSerializer,
        request=shapes.CostsSerializer,
        errors=(*WRITING, 404, 409),
    )
    def put(self, request: Request, pk: int) -> Response:
        booking = self.get_object()
        if not can_report(request.user, booking):
            raise PermissionDenied(_("Only the two sides of the visit report it."))
        costs = self.sent(request, shapes.CostsSerializer)["costs"]
        reporting.tell_costs(booking, by=actor(request), now=timezone.now(), costs=costs)
        return self.sheet()


class BookingSettlement(_Visit):
    """The settlement sheet of a visit. The producer says what is invoiced where that is not simply what was agreed."""

    @operation("The settlement sheet", shapes.SheetSerializer, errors=(401, 404))
    def get(self, request: Request, pk: int) -> Response:
        return self.sheet()

    @operation(
        "Say what is invoiced",
        shapes.SheetSerializer,
        request=shapes.InvoiceSerializer,
        errors=(*WRITING, 404, 409),
    )
    def put(self, request: Request, pk: int) -> Response:
        booking = self.producers(request)
        lines = [settling.Invoiced(**line) for line in self.sent(request, shapes.InvoiceSerializer)["lines"]]
        settling.set_invoice(booking, by=actor(request), now=timezone.now(), lines=lines)
        return self.sheet()


class TourSettlement(generics.GenericAPIView[Tour]):
    """The sheets of a tour's confirmed visits, in the order of their days."""

    permission_classes = [IsAuthenticated]
    serializer_class = shapes.SheetSerializer

    @operation("The settlements of a tour", shapes.SheetSerializer(many=True), errors=(401, 404))
    def get(self, request: Request, slug: str) -> Response:
        tour = get_object_or_404(visible.tours(request.user), slug=slug)
        confirmed = tour.bookings.filter(status=Status.CONFIRMED).with_ground()
        found = settlement.with_lines(confirmed.order_by("occupied_from", "pk"))
        sheets = [sheet_of(booking, timezone.now()) for booking in found]
        return Response(shapes.SheetSerializer(sheets, many=True).data)


class ClaimList(generics.GenericAPIView[Booking]):
    """What visits that are over may claim, scheme by scheme: of a season or of a tour."""

    permission_classes = [IsAuthenticated]
    serializer_class = shapes.ClaimsSerializer
    pagination_class = None

    @operation(
        "Subsidies to claim",
        shapes.ClaimsSerializer,
        errors=(400, 401, 404),
        parameters=(
            OpenApiParameter("season", str, description="Slug of a season."),
            OpenApiParameter("tour", str, description="Slug of a tour; then the season is not needed."),
        ),
    )
    def get(self, request: Request) -> Response:
        refuse_unknown(request, ["season", "tour"])
        found = claims.gather(self._asked(request), timezone.now())
        return Response(shapes.ClaimsSerializer(found).data)

    def _asked(self, request: Request) -> Bookings:
        mine = visible.bookings(request.user)
        if slug := request.query_params.get("tour"):
            return mine.filter(tour__slug=slug)
        if slug := request.query_params.get("season"):
            return mine.filter(tour__season=get_object_or_404(Season, slug=slug))
        raise WrongAddress({"season": _("Say which season or which tour.")})
