"""What becomes of offers beside yes and no: free times, reminders, more time, other dates, and several at once."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import generics
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from api.actors import actor
from api.schema import WRITING, operation
from api.serializers import bookings as shapes
from api.serializers import offers as offer_shapes
from api.views.bookings import Step, Visits, step
from bookings import counters, offers, postponing, visible
from bookings.free_slots import free_slots
from bookings.permissions import can_answer, can_plan
from tours.models import Tour


class FreeTimes(Visits):
    """When a visit could be played instead: the tour's own trial, which takes some seconds at the most."""

    serializer_class: Any = offer_shapes.FreeTimesSerializer

    @operation("Free times for a visit", offer_shapes.FreeTimesSerializer, errors=(401, 404, 422))
    def get(self, request: Request, pk: int) -> Response:
        booking = self.get_object()
        found = free_slots(booking, timezone.now())
        return Response(offer_shapes.FreeTimesSerializer(found).data)


@step("Remind")
class RemindBooking(Step):
    """The producer reminds the presenter of an offer: one mail, and none within two days of the last."""

    action, verb, serializer_class = "remind", offers.remind, shapes.NothingSerializer


@step("Give more time to answer")
class ExtendAnswer(Step):
    """The producer moves the answer date to a later moment; the presenter is told, unless it was by telephone."""

    action, verb, serializer_class = (
        "extend_answer",
        offers.extend_answer,
        offer_shapes.ExtendAnswerSerializer,
    )


@step("Take the other date")
class TakeBooking(Step):
    """The producer takes a time that the presenter has asked for: the visit moves there and is confirmed."""

    action, verb, serializer_class = "take", counters.take, shapes.MoveSerializer


@step("Say no to the other date")
class TurnDownBooking(Step):
    """The producer says no to what was proposed; the presenter is told why."""

    action, verb, serializer_class = "turn_down", counters.turn_down, shapes.ReasonSerializer


@step("Postpone")
class PostponeBooking(Step):
    """Either side puts a confirmed visit off; calendars show its day as cancelled."""

    action, verb, serializer_class = "postpone", postponing.postpone, shapes.ReasonSerializer


@step("Give it a new date")
class RescheduleBooking(Step):
    """The producer gives a postponed visit, or one with another date proposed, a new date: offered, or held."""

    action, verb, serializer_class = (
        "reschedule",
        postponing.reschedule,
        offer_shapes.RescheduleSerializer,
    )


class AnswerSeveral(Visits):
    """A presenter's answers to several offers. Each succeeds or is refused by itself; the status is 200 for all."""

    serializer_class: Any = offer_shapes.AnswersSerializer

    @operation(
        "Answer several offers",
        offer_shapes.ResultsSerializer,
        request=offer_shapes.AnswersSerializer,
        errors=(*WRITING, 404),
    )
    def post(self, request: Request) -> Response:
        sent = self.get_serializer(data=request.data)
        sent.is_valid(raise_exception=True)
        rows = sent.validated_data["answers"]
        known = self.get_queryset().in_bulk([row["booking"] for row in rows])
        if len(known) != len({row["booking"] for row in rows}):
            raise Http404
        if not all(can_answer(request.user, booking) for booking in known.values()):
            raise PermissionDenied(_("This step is for the other side of the agreement."))
        answers = [(known[row["booking"]], row["version"], row["answer"], row["words"]) for row in rows]
        results = offers.answer_several(answers, by=actor(request), now=timezone.now())
        return Response(offer_shapes.ResultsSerializer({"results": results}).data)


class TourOffers(generics.GenericAPIView[Tour]):
    """One step with several of a tour's offers. Each succeeds or is refused by itself; the status is 200 for all."""

    serializer_class: Any = offer_shapes.SeveralSerializer
    permission_classes = [IsAuthenticated]
    lookup_field = "slug"

    def get_queryset(self) -> "QuerySet[Tour]":
        return visible.tours(self.request.user).with_ground()

    @operation(
        "One step with several offers",
        offer_shapes.ResultsSerializer,
        request=offer_shapes.SeveralSerializer,
        errors=(*WRITING, 404),
    )
    def post(self, request: Request, slug: str) -> Response:
        tour = self.get_object()
        if not can_plan(request.user, tour):
            raise PermissionDenied(_("Only the tour's producer does this."))
        sent = self.get_serializer(data=request.data)
        sent.is_valid(raise_exception=True)
        values = dict(sent.validated_data)
        versions = {row["booking"]: row["version"] for row in values["visits"]}
        names = {"extend_answer": ["answer_by"], "withdraw": ["reason"]}.get(values["step"], [])
        more = {name: values[name] for name in names}
        results = offers.act_on_several(
            tour, values["step"], versions, by=actor(request), now=timezone.now(), **more
        )
        return Response(offer_shapes.ResultsSerializer({"results": results}).data)
