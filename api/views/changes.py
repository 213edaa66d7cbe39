"""Changes of confirmed visits, asked for and answered, and days of a tour that move together."""

from datetime import date

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from api import parameters, versions
from api.actors import actor
from api.schema import WRITING, operation
from api.serializers import bookings as shapes
from api.serializers import changes as change_shapes
from api.views.bookings import Step, step
from api.views.days import DAY, Days
from bookings import changing, moving_days


@step("Propose a change")
class ProposeChange(Step):
    """Either side asks for another time, room or number of shows of a confirmed visit; the other side answers."""

    action, verb, serializer_class = (
        "propose_change",
        changing.propose_change,
        change_shapes.ProposeChangeSerializer,
    )


@step("Ask to cancel")
class AskToCancel(Step):
    """A school asks that a confirmed visit is cancelled; the producer answers as to a change."""

    action, verb, serializer_class = "ask_to_cancel", changing.ask_to_cancel, shapes.ReasonSerializer


@step("Accept the change")
class AcceptChange(Step):
    """The other side says yes: the visit is set down anew."""

    action, verb, serializer_class = "accept_change", changing.accept_change, shapes.MessageSerializer


@step("Say no to the change")
class RefuseChange(Step):
    """The other side says no, and why: the visit stays as it was."""

    action, verb, serializer_class = "refuse_change", changing.refuse_change, shapes.ReasonSerializer


@step("Take the change back")
class TakeBackChange(Step):
    """Who asked for it asks no longer."""

    action, verb, serializer_class = (
        "take_back_change",
        changing.take_back_change,
        shapes.OptionalReasonSerializer,
    )


class MoveDays(Days):
    """The visits of a day, or of several in a row, so many days later: what that leads to, and doing it."""

    serializer_class: type = change_shapes.MoveDaysSerializer

    @operation(
        "What moving days leads to",
        change_shapes.ConsequencesSerializer,
        errors=(400, 401, 403, 404, 422),
        parameters=(
            DAY,
            OpenApiParameter("until", date, description="The last of the days; without it the one."),
            OpenApiParameter("by_days", int, description="So many days later, below 0 sooner; 7 without it."),
        ),
    )
    def get(self, request: Request, slug: str, day: date) -> Response:
        tour = self.tour_on(slug, day)
        asked = parameters.read(request, change_shapes.MoveQuerySerializer)
        until = max(day, asked.get("until") or day)
        found = moving_days.consequences(tour, day, until, asked["by_days"], timezone.now())
        shown = change_shapes.ConsequencesSerializer({"visits": found})
        return Response(shown.data, headers={"ETag": versions.etag(tour.version)})

    @operation(
        "Move days",
        change_shapes.DaysMovedSerializer,
        request=change_shapes.MoveDaysSerializer,
        errors=(*WRITING, 404, 409),
        parameters=(DAY,),
    )
    def post(self, request: Request, slug: str, day: date) -> Response:
        tour = self.tour_on(slug, day)
        sent = self.get_serializer(data=request.data)
        sent.is_valid(raise_exception=True)
        values = sent.validated_data
        order = moving_days.Move(
            day,
            max(day, values.get("until") or day),
            values["by_days"],
            values["reason"],
            seen={row["booking"]: row["version"] for row in values["visits"]},
            moves=frozenset(values["moves"]),
        )
        done = moving_days.move_days(
            tour, order, by=actor(request), now=timezone.now(), version=versions.seen(request)
        )
        return Response({name: [booking.pk for booking in rows] for name, rows in vars(done).items()})
