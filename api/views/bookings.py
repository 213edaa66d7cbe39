"""Visits: read by both sides of the agreement, and every step of it by the verbs of `bookings.lifecycle`."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_view
from rest_framework import generics, serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from api import filters
from api.actors import actor
from api.schema import WRITING, operation
from api.serializers import bookings as shapes
from api.serializers import changes as change_shapes
from bookings import holds, lifecycle, lines, offering, reporting, settling, visible
from bookings.models import Booking
from bookings.models.booking import LIVE
from bookings.permissions import Person, can_plan, can_report, may_take, sides_of, steps_for
from bookings.states import ACTIONS
from tours.errors import NotNow


class Visits(generics.GenericAPIView[Booking]):
    """The visits that the reader may see, and how one is answered."""

    about = Booking
    serializer_class: Any = shapes.BookingSerializer
    permission_classes = [IsAuthenticated]

    def get_queryset(self) -> "QuerySet[Booking]":
        """As much of them as permissions ask for."""
        return visible.bookings(self.request.user).select_related("tour__production__ensemble")

    def shown(self) -> "QuerySet[Booking]":
        """All that is answered of them, which costs ten times as much to read."""
        found = visible.bookings(self.request.user).with_ground().select_related("counter_offer")
        return found.order_by("occupied_from", "pk")

    def detail(self, booking: Booking) -> dict[str, Any]:
        """The visit as it stands now, with the steps that the reader may take."""
        found = self.shown().get(pk=booking.pk)
        found.actions = _actions(self.request.user, found)  # type: ignore[attr-defined]
        found.line = lines.around(found) if found.status in LIVE else []  # type: ignore[attr-defined]
        return dict(shapes.BookingDetailSerializer(found, context=self.get_serializer_context()).data)


def _actions(user: Person, booking: Booking) -> list[str]:
    return [action.name for action in steps_for(user, booking, timezone.now())]


@extend_schema_view(
    get=operation("Visits that one may see", shapes.BookingSerializer(many=True), errors=(400, 401, 404))
)
class BookingList(Visits, generics.ListAPIView[Booking]):
    """Those of one's own house or tours, in the order of their days; officers see those of their region."""

    filterset_class = filters.BookingFilters

    def get_queryset(self) -> "QuerySet[Booking]":
        return self.shown()

    @operation(
        "Hold a time",
        shapes.BookingDetailSerializer,
        status=201,
        request=shapes.HoldSerializer,
        errors=(*WRITING, 409),
    )
    def post(self, request: Request) -> Response:
        """The first option on the time where it is free, else the next place in the line."""
        sent = shapes.HoldSerializer(data=request.data, context=self.get_serializer_context())
        sent.is_valid(raise_exception=True)
        values = dict(sent.validated_data)
        if not can_plan(request.user, values["tour"]):
            raise PermissionDenied(_("Only the tour's producer holds times for it."))
        rank = 1 if values.pop("first_only") else None
        booking = holds.by_hand(by=actor(request), now=timezone.now(), rank=rank, **values)
        where = request.build_absolute_uri(reverse("api-booking", args=[booking.pk]))
        return Response(self.detail(booking), status=201, headers={"Location": where})


class BookingDetail(Visits):
    """A visit by its id, with the steps that the reader may take now."""

    @operation("One visit", shapes.BookingDetailSerializer, errors=(401, 404))
    def get(self, request: Request, pk: int) -> Response:
        return Response(self.detail(self.get_object()))


class Step(Visits):
    """A step of the agreement, for the side that may take it."""

    action: str
    verb: Callable[..., Booking]
    serializer_class: type[serializers.Serializer[Any]] = shapes.NothingSerializer

    def post(self, request: Request, pk: int) -> Response:
        booking = self.get_object()
        self.check(request.user, booking)
        sent = self.get_serializer(data=request.data)
        sent.is_valid(raise_exception=True)
        done = type(self).verb(booking, by=actor(request), now=timezone.now(), **sent.validated_data)
        return Response(self.detail(done))

    def check(self, user: Person, booking: Booking) -> None:
        """Whether the step is for the user's side, and possible from the state; the verb looks at the deadline."""
        if not set(ACTIONS[self.action].sides) & set(sides_of(user, booking)):
            raise PermissionDenied(_("This step is for the other side of the agreement."))
        if not may_take(user, booking, ACTIONS[self.action]):
            raise NotNow(
                _("This cannot be done now: the visit is %(state)s.")
                % {"state": booking.get_status_display()},
                booking=booking.pk,
                status=booking.status,
            )


def step(summary: str) -> Any:
    """Describe a step for the schema: what it is called, what it answers, how it is refused."""
    answers = operation(summary, shapes.BookingDetailSerializer, errors=(*WRITING, 404, 409))
    return extend_schema_view(post=answers)


@step("Send the offer")
class OfferBooking(Step):
    """The producer asks the presenter, by a mail with an answer link and in their inbox."""

    action, verb, serializer_class = "offer", lifecycle.offer, shapes.OfferSerializer


@step("Confirm")
class ConfirmBooking(Step):
    """The presenter says yes, or the producer for them. It shows in the calendars unless the tour waits."""

    action, verb, serializer_class = "confirm", lifecycle.confirm, shapes.MessageSerializer


@step("Decline")
class DeclineBooking(Step):
    """The presenter says no, and why. The slot is free again."""

    action, verb, serializer_class = "decline", lifecycle.decline, shapes.ReasonSerializer


@step("Propose another date")
class CounterBooking(Step):
    """The presenter proposes times, days or words instead: the offer ends, and the producer decides."""

    action, verb, serializer_class = "counter", lifecycle.counter, shapes.CounterSerializer


@step("Withdraw the offer")
class WithdrawBooking(Step):
    """The producer takes an offer back; the presenter is told."""

    action, verb, serializer_class = "withdraw", lifecycle.withdraw, shapes.OptionalReasonSerializer


@step("Take back before it is sent")
class RecallBooking(Step):
    """The producer takes an offer back whose mail has not left: it is held again, and nobody is told."""

    action, verb, serializer_class = "recall", offering.recall, shapes.NothingSerializer


@step("Release")
class ReleaseBooking(Step):
    """The producer gives a held slot back, and it goes to the next in line. The presenter was not asked, nor told."""

    action, verb, serializer_class = "release", lifecycle.release, shapes.OptionalReasonSerializer


@step("Hold longer or shorter")
class ExtendBooking(Step):
    """The producer changes until when a visit is held. A challenge keeps its deadline."""

    action, verb, serializer_class = "extend", holds.extend, shapes.ExtendSerializer


@step("Take the first option")
class PromoteBooking(Step):
    """The producer of a further option takes the slot, now that it is free."""

    action, verb, serializer_class = "promote", holds.promote, shapes.NothingSerializer


@step("Challenge the first option")
class ChallengeBooking(Step):
    """The next in line asks the first to offer, confirm or release; without an answer the slot changes hands."""

    action, verb, serializer_class = "challenge", holds.challenge, shapes.NothingSerializer


@step("Move")
class MoveBooking(Step):
    """The producer moves a held visit to another time."""

    action, verb, serializer_class = "move", lifecycle.move, shapes.MoveSerializer


@step("Cancel")
class CancelBooking(Step):
    """Either side cancels a confirmed visit. Calendars keep showing it, as cancelled."""

    action, verb, serializer_class = "cancel", lifecycle.cancel, change_shapes.CancelSerializer


@step("Publish")
class PublishBooking(Step):
    """The producer shows a confirmed visit of a tour that waited in the public calendars."""

    action, verb, serializer_class = "publish", lifecycle.publish, shapes.NothingSerializer


@step("Settle")
class SettleBooking(Step):
    """The producer settles a visit that has been reported and whose every line has its amount."""

    action, verb, serializer_class = "settle", settling.settle, shapes.SettlementNoteSerializer


@step("Open the settlement again")
class ReopenBooking(Step):
    """The producer opens a settlement, so that report, costs and figures can be corrected."""

    action, verb, serializer_class = "reopen", settling.reopen, shapes.ReasonSerializer


@step("Report")
class ReportBooking(Step):
    """Either side tells who came to a visit that is over, or that it was not played. A later report replaces it."""

    action, serializer_class = "report", shapes.ReportSerializer

    @staticmethod
    def verb(booking: Booking, *, not_played: str = "", figures: Any = (), **rest: Any) -> Booking:
        """The one of the two verbs that the body asks for."""
        if not_played:
            return reporting.report_not_played(booking, reason=not_played, **rest)
        return reporting.report_played(booking, figures=figures, **rest)

    def check(self, user: Person, booking: Booking) -> None:
        """The verbs look at the state."""
        if not can_report(user, booking):
            raise PermissionDenied(_("Only the two sides of the visit report it."))
