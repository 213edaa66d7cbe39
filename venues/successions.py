"""Which school went on as which: links made and taken away by hand, which never lead back to where they began."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

import structlog
from django.db import transaction
from django.utils.translation import gettext as _

from venues.errors import NotPossible
from venues.models import Region, School, Succession, User

log = structlog.get_logger(__name__)


def reached(start: Any, after: Mapping[Any, Collection[Any]]) -> set[Any]:
    """Every school that one leads to, itself among them.

    Args:
        after: school -> those that it went on as.
    """
    found, waiting = {start}, [start]
    while waiting:
        for one in set(after.get(waiting.pop(), ())) - found:
            found.add(one)
            waiting.append(one)
    return found


@transaction.atomic
def link(predecessor: School, successor: School, on: date | None, by: User) -> Succession:
    """Note that a school went on as another; noting it again changes the day.

    Raises:
        NotPossible: it is the same school, one of another region, or one that led to the first.
    """
    list(Region.objects.select_for_update().order_by("pk"))  # two links at once could make a circle
    if predecessor.organisation.region_id != successor.organisation.region_id:
        raise NotPossible(_("The two schools are in different regions."), field="successor")
    if predecessor.pk in reached(successor.pk, _after()):
        text = _("%(successor)s came before %(predecessor)s, or is the same. Choose another school.")
        told = {"successor": successor, "predecessor": predecessor}
        raise NotPossible(text % told, field="successor")
    made, _created = Succession.objects.update_or_create(
        predecessor=predecessor, successor=successor, defaults={"on": on, "by": by}
    )
    log.info("schools linked", predecessor=predecessor.pk, successor=successor.pk, by=by.pk)
    return made


@transaction.atomic
def unlink(predecessor: School, successor: School, by: User) -> None:
    """Take the link between two schools away; where there is none nothing happens."""
    Succession.objects.filter(predecessor=predecessor, successor=successor).delete()
    log.info("schools unlinked", predecessor=predecessor.pk, successor=successor.pk, by=by.pk)


def _after() -> dict[int, set[int]]:
    after: dict[int, set[int]] = {}
    for before, one in Succession.objects.values_list("predecessor", "successor"):
        after.setdefault(before, set()).add(one)
    return after
