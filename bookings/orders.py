"""What a producer orders about whole days: no work on this one. Orders about wishes are in `planning`."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tours.errors import Refused
from tours.frames import take_turn
from tours.models import ForbiddenDay, Tour
from venues.models import User


@transaction.atomic
def forbid_day(
    tour: Tour, day: date, *, by: User, version: int | None = None, reason: str = ""
) -> ForbiddenDay:
    """From now on no plan of the tour works on that day; the night may be away. Forbidding twice is one order.

    Args:
        reason: why the day was cancelled; empty where it is kept free.

    Raises:
        BoardChanged: see `frames.take_turn`.
        Refused: the day is outside the tour's, or an agreed or held visit is on it.
    """
    take_turn(tour, version)
    if not tour.has_day(day):
        raise Refused(
            _("The day is outside the tour's days. Choose one of them."), field="date", tour=tour.pk
        )
    visit = tour.bookings.live().filter(performances__starts_at__date=day).select_related("presenter").first()
    if visit:
        raise Refused(
            _(
                "%(presenter)s has a visit that day. Move, withdraw or cancel it first, then keep the day free."
            )
            % {"presenter": visit.presenter},
            booking=visit.pk,
        )
    order, is_new = ForbiddenDay.objects.get_or_create(
        tour=tour, day=day, defaults={"by": by, "reason": reason}
    )
    if reason and not is_new:
        order.reason, order.by = reason, by
        order.save(update_fields=["reason", "by"])
    return order


@transaction.atomic
def allow_day(tour: Tour, day: date, *, version: int | None = None) -> None:
    """Let plans work on the day again.

    Raises:
        BoardChanged: see `frames.take_turn`.
    """
    take_turn(tour, version)
    ForbiddenDay.objects.filter(tour=tour, day=day).delete()
