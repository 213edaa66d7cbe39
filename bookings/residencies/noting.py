"""Lines of a residency's history, and the row locked for whoever writes one."""

from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from bookings.errors import ItemChanged
from bookings.models import Residency, ResidencyChange
from tours.errors import NotNow, Refused
from venues.models import User


def lock(residency: Residency) -> Residency:
    """The residency as it stands, locked until the transaction ends; resources are locked before it, groups after."""
    Residency.objects.select_for_update(no_key=True).filter(pk=residency.pk).order_by().values("pk").first()
    return Residency.objects.with_ground().get(pk=residency.pk)


def lock_standing(residency: Residency) -> Residency:
    """The same. Raises NotNow where it is cancelled."""
    found = lock(residency)
    if found.status == Residency.Status.CANCELLED:
        raise NotNow(_("The residency is cancelled."), residency=found.pk)
    return found


def check_version(seen: int, stands: int, **ids: Any) -> None:
    """Raises ItemChanged where somebody has changed the thing since it was shown."""
    if seen != stands:
        raise ItemChanged(
            _("Somebody has changed it since you opened the page. Look again; nothing was changed."),
            version=stands,
            **ids,
        )


def check_length(model: type[Model], name: str, text: str) -> None:
    """Raises Refused where a text is longer than its column has it."""
    most: int | None = getattr(model._meta.get_field(name), "max_length", None)
    if most and len(text) > most:
        raise Refused(_("Write at most %(most)d letters.") % {"most": most}, field=name)


def note(
    residency: Residency,
    action: str,
    by: User | None,
    now: datetime,
    *,
    reason: str = "",
    details: Any = None,
) -> None:
    """Write what was done about it, by whom and why. Its state is what it was; that is changed elsewhere."""
    ResidencyChange.objects.create(
        residency=residency,
        at=now,
        by=by,
        action=action,
        from_status=residency.status,
        to_status=residency.status,
        reason=reason,
        details=details or {},
    )
