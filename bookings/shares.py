"""The verb of what ensembles share: who plays in several of them, and what several drive."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from bookings import changes, slots
from bookings.errors import SlotTaken
from bookings.models import Booking
from tours.errors import Refused
from tours.models import Ensemble
from tours.models.shared import Shared
from venues.models import Organisation

#: The longest name, and the most that one ensemble may share. Source: the house's choice.
NAME_MAX, MOST = 80, 20
FIELDS = {Shared.Kind.PERSON: "shared_people", Shared.Kind.VEHICLE: "shared_vehicles"}


@transaction.atomic
def share(ensemble: Ensemble, kind: Shared.Kind, names: Iterable[str], now: datetime) -> None:
    """These are the people, or vehicles, that the ensemble shares with others of its producer.

    What has the same name in two ensembles is the same. Visits to come that have their slot reserve it at once.

    Raises:
        Refused: there are too many, a name is too long, or two visits that stand need the same at the same time; then
            nothing is changed. `field` names the form's field.
    """
    wanted = _named(ensemble.producer, kind, names)
    others = Ensemble.objects.filter(shared__in=wanted).values_list("pk", flat=True)
    slots.lock_resources({ensemble.pk, *others}, [])
    kept = ensemble.shared.exclude(kind=kind)
    ensemble.shared.set([*kept, *wanted])
    Shared.objects.filter(producer=ensemble.producer, ensembles=None, allocations=None).delete()
    standing = Booking.objects.reserving().filter(tour__production__ensemble=ensemble, occupied_to__gt=now)
    for booking in standing.with_ground():
        try:
            slots.reserve(booking)
            if booking.open_change:
                changes.reserve(booking.open_change)
        except SlotTaken as error:
            raise Refused(error.sentence, field=FIELDS[kind], booking=booking.pk) from error


def _named(producer: Organisation, kind: Shared.Kind, names: Iterable[str]) -> list[Shared]:
    """The producer's things of these names; new ones are made. Two who write the same wait for each other."""
    Organisation.objects.select_for_update(no_key=True).get(pk=producer.pk)
    known = {row.name.casefold(): row for row in Shared.objects.filter(producer=producer, kind=kind)}
    clean = {" ".join(name.split()).casefold(): " ".join(name.split()) for name in names if name.strip()}
    if len(clean) > MOST or any(len(name) > NAME_MAX for name in clean):
        raise Refused(
            _("Name at most %(count)d, each with at most %(length)d letters.")
            % {"count": MOST, "length": NAME_MAX},
            field=FIELDS[kind],
        )
    return [
        known.get(key) or Shared.objects.create(producer=producer, kind=kind, name=name)
        for key, name in clean.items()
    ]
