"""How every verb of a residency begins and ends: locked in the house's order, compared, written, noted.

The order of locks is that of `bookings.slots`: venues first, then dwellings, then the residency itself.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from bookings import slots
from bookings.errors import ItemChanged
from bookings.models import Allocation, DayLine, Residency, ResidencyChange, ResidencyTravel
from tours.errors import NotNow
from venues.models import Dwelling, User


def lock(residency: Residency) -> Residency:
    """The residency as it stands, locked until the transaction ends; nothing that it reserves is locked with it."""
    return Residency.objects.select_for_update(of=("self",), no_key=True).get(pk=residency.pk)


def lock_standing(residency: Residency) -> Residency:
    """The same for who has seen a part of it that has a version of its own. Raises NotNow where it is cancelled."""
    return _standing(lock(residency))


@transaction.atomic
def remove(part: DayLine | ResidencyTravel, *, version: int, name: str) -> None:
    """Take away a part that has a version of its own; nothing where somebody else has done so.

    Args:
        name: what a refusal calls its id.

    Raises:
        ItemChanged: somebody has changed it since that version.
    """
    lock(part.residency)
    found = type(part)._default_manager.filter(pk=part.pk).first()
    if found is not None:
        check_version(version, found.version, **{name: found.pk})
        found.delete()


def begin(residency: Residency, version: int, *, with_cancelled: bool = False) -> Residency:
    """The same for who has seen it in that version.

    Raises:
        ItemChanged: somebody has changed it since.
        NotNow: it is cancelled.
    """
    return _as_seen(lock(residency), version, with_cancelled)


def begin_with_rooms(
    residency: Residency,
    version: int,
    *,
    venues: Iterable[int] = (),
    dwellings: Iterable[int] = (),
    with_cancelled: bool = False,
) -> Residency:
    """The same, with all that it reserves and these venues and dwellings locked before it.

    What is let go goes to whoever waits in the same transaction: locking a venue locks what its line needs.

    Raises:
        ItemChanged, NotNow: as `begin`.
    """
    found = lock_with_rooms(residency, venues=venues, dwellings=dwellings)
    return _as_seen(found, version, with_cancelled)


def lock_with_rooms(
    residency: Residency, *, venues: Iterable[int] = (), dwellings: Iterable[int] = ()
) -> Residency:
    """The same for who has seen a part of it that has a version of its own: whatever its version and state."""
    rooms, homes = set(venues), set(dwellings)
    while True:
        savepoint = transaction.savepoint()
        theirs = _reserved(residency)
        slots.lock_resources((), rooms | theirs[0])
        wanted = homes | theirs[1]
        list(
            Dwelling.objects.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk").values("pk")
        )
        found = lock(residency)
        now_theirs = _reserved(found)
        if now_theirs[0] <= theirs[0] and now_theirs[1] <= theirs[1]:
            transaction.savepoint_commit(savepoint)
            return found
        transaction.savepoint_rollback(savepoint)  # it has got another room since


def write(
    residency: Residency,
    action: str,
    by: User | None,
    now: datetime,
    *,
    fields: Iterable[str] = (),
    reason: str = "",
    details: Any = None,
    before: str | None = None,
) -> Residency:
    """Keep the residency as its next version, with a line in its history.

    Args:
        fields: what has changed of the row itself.
        details: what the line says beside the action; never who somebody is.
        before: the status that it had, where the verb has changed it.
    """
    residency.version += 1
    residency.changed_at = now
    residency.save(update_fields=["version", "changed_at", *fields])
    note(residency, action, by, now, reason=reason, details=details, before=before)
    return residency


def note(
    residency: Residency,
    action: str,
    by: User | None,
    now: datetime,
    *,
    reason: str = "",
    details: Any = None,
    before: str | None = None,
) -> None:
    """Add a line to its history alone, such as of a part of it; arguments as of `write`."""
    ResidencyChange.objects.create(
        residency=residency,
        at=now,
        by=by,
        action=action,
        from_status=residency.status if before is None else before,
        to_status=residency.status,
        reason=reason,
        details=details or {},
    )


def check_version(seen: int, stands: int, **ids: Any) -> None:
    """Raises ItemChanged where somebody has changed the thing since it was shown."""
    if seen != stands:
        raise ItemChanged(
            _("Somebody has changed it since you opened the page. Look again; nothing was changed."),
            version=stands,
            **ids,
        )


def _as_seen(found: Residency, version: int, with_cancelled: bool) -> Residency:
    check_version(version, found.version, residency=found.pk)
    return found if with_cancelled else _standing(found)


def _standing(found: Residency) -> Residency:
    if found.status == Residency.Status.CANCELLED:
        raise NotNow(_("The residency is cancelled."), residency=found.pk)
    return found


def _reserved(residency: Residency) -> tuple[set[int], set[int]]:
    rows = Allocation.objects.filter(residency=residency.pk)
    venues = {pk for pk in rows.values_list("venue", flat=True) if pk}
    return venues, {pk for pk in rows.values_list("dwelling", flat=True) if pk}
