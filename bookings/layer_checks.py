"""Visits that are set down by hand, or stand already, held against the layers of calendars: which says no to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from bookings.availability import visit_of
from bookings.layers import Asked, Layers, asked_for, first_no
from bookings.models import Booking, VisitGroup
from tours.errors import Refused
from tours.layer_words import Layer, No
from tours.models import Tour, Wish
from tours.windows import Visit, minute_of

#: The layers that are the school's own: no other visit has to go for them.
OF_SCHOOLS = (Layer.HOLIDAY, Layer.MUNICIPALITY, Layer.OWN, Layer.HOURS)


@dataclass(frozen=True)
class Moment:
    """A visit, read with its ground, as it would be played from then on."""

    booking: Booking
    starts_at: datetime
    visit: Visit


def against(moments: Sequence[Moment], *, beside: Tour | None = None) -> list[No | None]:
    """For each the first layer that says no to it; none to an audience that is no school's. A visit is in nobody's way.

    Own calendars are not asked: nobody is refused for them.

    Args:
        beside: as in `Layers`.
    """
    of_schools = [one for one in moments if one.booking.audience == Wish.Audience.SCHOOL]
    if not of_schools:
        return [None] * len(moments)
    coming: dict[int, set[int]] = {}
    rows = VisitGroup.objects.filter(booking__in=[one.booking for one in of_schools]).order_by()
    for booking, group in rows.values_list("booking", "group"):
        coming.setdefault(booking, set()).add(group)
    asked = {one: _asked_of(one.booking, coming.get(one.booking.pk, set())) for one in of_schools}
    days = [timezone.localdate(one.starts_at) for one in of_schools]
    country = of_schools[0].booking.tour.season.region.country
    layers = Layers(asked.values(), min(days), max(days), country, beside=beside)
    return [_against(layers, asked.get(one), one) for one in moments]


def check_wish(tour: Tour, wish: Wish, starts_at: datetime) -> None:
    """Refuse a time that somebody sets by hand for a school's wish where the school's days or hours say no to it.

    Rooms, visits and groups are not asked: whoever reserves the time looks at them, and may wait in line for it.

    Raises:
        Refused: in the words of the first layer that says no.
    """
    if wish.audience != Wish.Audience.SCHOOL:
        return
    asked = asked_for(
        wish.organisation, wish.venue, wish.audience, set(wish.groups.values_list("group", flat=True))
    )
    local = timezone.localtime(starts_at)
    layers = Layers([asked], local.date(), local.date(), tour.season.region.country, beside=tour)
    bars = [bar for bar in layers.bars(asked, own_calendars=False) if bar.no.layer in OF_SCHOOLS]
    no = first_no(bars, visit_of(tour, wish.shows_count), local.date(), minute_of(local.time()))
    if no:
        raise Refused(
            _("It can not be played then: %(why)s. Choose another time.") % {"why": no.text},
            field="starts_at",
            wish=wish.pk,
        )


def _asked_of(booking: Booking, groups: set[int]) -> Asked:
    return asked_for(booking.presenter, booking.venue, booking.audience, groups)


def _against(layers: Layers, asked: Asked | None, at: Moment) -> No | None:
    if asked is None:
        return None
    local = timezone.localtime(at.starts_at)
    bars = layers.bars(asked, own_calendars=False, but=[at.booking.pk])
    return first_no(bars, at.visit, local.date(), minute_of(local.time()))
