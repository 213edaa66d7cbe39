"""What a producer adds to the region's checklist or leaves out, for all its productions or for one: the verbs.

Lists that are made from then on have it; those that stand stay as they are.
"""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings.models import OwnItem
from bookings.models.advancing import Phase
from tours.errors import Refused
from tours.models import Production
from venues.checklist_facts import FARTHEST
from venues.models import ChecklistTemplate, Organisation, User


def add(
    producer: Organisation,
    *,
    text: str,
    phase: str,
    who: str,
    due_days: int,
    production: Production | None = None,
    by: User,
    now: datetime,
) -> OwnItem:
    """Add an item.

    Args:
        due_days: days after the visit; before it they are negative.

    Raises:
        Refused: it has no words, or is due on the wrong side of the visit or too far away.
    """
    if not text.strip():
        raise Refused(_("Say what is to be settled."), field="text")
    if abs(due_days) > FARTHEST:
        raise Refused(
            _("Choose a day within %(days)d days of the visit.") % {"days": FARTHEST}, field="due_days"
        )
    if (phase == Phase.BEFORE and due_days > 0) or (phase == Phase.AFTER and due_days < 0):
        raise Refused(_("Days before the visit are negative, days after it positive."), field="due_days")
    return OwnItem.objects.create(
        producer=producer,
        production=production,
        kind=OwnItem.Kind.ADDED,
        text=text.strip(),
        phase=phase,
        who=who,
        due_days=0 if phase == Phase.DAY else due_days,
        by=by,
        at=now,
    )


def leave_out(
    producer: Organisation, key: str, *, production: Production | None = None, by: User, now: datetime
) -> OwnItem:
    """Leave an item of the region's template out.

    Raises:
        Refused: the template has no such item, or it is left out already.
    """
    if key not in {item["key"] for item in template_items(producer, timezone.localdate(now))}:
        raise Refused(_("The region's checklist has no such item."), field="key")
    try:
        with transaction.atomic():
            return OwnItem.objects.create(
                producer=producer, production=production, kind=OwnItem.Kind.LEFT_OUT, key=key, by=by, at=now
            )
    except IntegrityError as error:
        raise Refused(_("It is left out already."), field="key") from error


def take_back(own: OwnItem) -> None:
    """Undo what was added or left out; lists that were made with it stay as they are."""
    own.delete()


def template_items(producer: Organisation, day: date) -> list[dict[str, str]]:
    """The items of the template that holds in the producer's region on the day."""
    template = ChecklistTemplate.objects.filter(region=producer.region_id).valid_on(day).first()
    return list(template.items) if template else []
