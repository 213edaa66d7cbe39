"""Full houses: nights on which a town has no bed left, as producers have found out; the whole region shares them."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from venues.dates import span_text
from venues.errors import NotPossible
from venues.models import NoBeds, Place, User

#: A note on more nights is a slip of the pen. Source: our choice; what is full for longer has no beds at all.
MOST_NIGHTS = 120
LONGEST_REASON = 200
DAY = timedelta(days=1)


@transaction.atomic
def note_full(
    place: Place, first_night: date, last_night: date, reason: str, by: User, *, today: date
) -> NoBeds:
    """Note that a town has no bed left; plans sleep elsewhere on these nights.

    Args:
        first_night, last_night: the days before the nights, both included.
        reason: why, in a few words; may be empty.
        by: who knows it.

    Raises:
        NotPossible: the nights can not be right, nobody sleeps in the place anyhow, or one of them is noted already.
    """
    Place.objects.select_for_update(no_key=True).get(pk=place.pk)
    _check_nights(first_night, last_night, today)
    if not place.has_lodging:
        raise NotPossible(
            _("No beds are known in %(place)s, so nobody is planned to sleep there.") % {"place": place},
            field="place",
        )
    noted = NoBeds.objects.filter(place=place).touching(first_night, last_night).first()
    if noted:
        told = {"place": place, "nights": span_text(noted.first_night, noted.last_night)}
        text = _(
            "%(place)s is noted as full already, %(nights)s. Choose other nights, or take that away first."
        )
        raise NotPossible(text % told, field="first_night")
    if len(reason) > LONGEST_REASON:
        raise NotPossible(
            _("Give the reason in at most %(most)s characters.") % {"most": LONGEST_REASON}, field="reason"
        )
    return NoBeds.objects.create(
        place=place, first_night=first_night, last_night=last_night, reason=reason.strip(), by=by
    )


def _check_nights(first_night: date, last_night: date, today: date) -> None:
    if last_night < first_night:
        raise NotPossible(_("The last night must not come before the first."), field="last_night")
    if last_night < today:
        raise NotPossible(_("These nights are over. Choose nights to come."), field="last_night")
    if (last_night - first_night).days >= MOST_NIGHTS:
        raise NotPossible(
            _("Give at most %(most)s nights at a time.") % {"most": MOST_NIGHTS}, field="last_night"
        )


@transaction.atomic
def end_full(noted: NoBeds, on: date) -> None:
    """There are beds again from the night after that day on; a note of which nothing is left is taken away."""
    left = NoBeds.objects.select_for_update().filter(pk=noted.pk).first()
    if left is None:
        return
    noted = left
    if on <= noted.first_night:
        noted.delete()
        return
    noted.last_night = min(noted.last_night, on - DAY)
    noted.save(update_fields=["last_night", "at"])


def take_away(noted: NoBeds) -> None:
    """There were beds on all of these nights."""
    noted.delete()


def full_nights(places: Iterable[int], first: date, last: date) -> dict[int, frozenset[date]]:
    """For each of the places, by id, its nights without beds; a place that always has some is left out.

    Args:
        first, last: of the nights that are asked for, by the days before them, both included.
    """
    found: dict[int, set[date]] = {}
    for noted in NoBeds.objects.filter(place__in=places).touching(first, last):
        start, end = max(first, noted.first_night), min(last, noted.last_night)
        nights = {start + DAY * ahead for ahead in range((end - start).days + 1)}
        found.setdefault(noted.place_id, set()).update(nights)
    return {place: frozenset(nights) for place, nights in found.items()}
