"""Names in the addresses of calendars: a new one, and where the old ones lead."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import transaction
from django.utils.translation import gettext as _

from bookings.feed_scopes import KINDS, row_moved
from tours.errors import Refused
from venues.models import FormerName


@transaction.atomic
def rename(kind: str, old: str, new: str) -> None:
    """Give a row another name in addresses. Calendar programs that ask at the old one are sent on for ever.

    A school that is called by its unit code gets another code.

    Raises:
        Refused: there is no such row, or the new name is no name for an address, or is or was that of another.
    """
    row = KINDS[kind].find(old)
    if row is None:
        raise Refused(_("There is no calendar at this address."), field="old")
    try:
        validate_slug(new)
    except ValidationError as error:
        raise Refused(_("Write letters a–z, digits and hyphens."), field="new") from error
    # Kinds of the same rows share their names: presenters and schools, a region and its residencies.
    kinds = [other for other in KINDS if KINDS[other].rows().model is type(row)]
    former = FormerName.objects.filter(kind__in=kinds, name=new)
    standing = KINDS[kind].find(new) or type(row).objects.filter(slug=new).exists()
    if standing or former.exclude(ref=row.pk).exists():
        raise Refused(_("Another has that name already."), field="new")
    if kind == "school" and row.school.unit_code == old:
        row.school.unit_code = new
        row.school.save(update_fields=["unit_code"])
    else:
        row.slug = new
        row.save(update_fields=["slug"])
    former.delete()
    for each in kinds:
        FormerName.objects.update_or_create(kind=each, name=old, defaults={"ref": row.pk})


def moved_to(kind: str, name: str) -> str | None:
    """The name that the feed has now, if it had this one and is still there."""
    row = row_moved(kind, name)
    if row is None:
        return None
    return str((row.school.unit_code or row.slug) if kind == "school" else row.slug)
