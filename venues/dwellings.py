"""The verbs of a dwelling: lent by a house to artists in residence, changed, and lent no more."""

from dataclasses import dataclass, fields
from datetime import time

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from venues.dates import clock
from venues.errors import NotPossible, Overtaken
from venues.models import Dwelling, Organisation, Place
from venues.models.dwellings import BEDS_MAX


@dataclass(frozen=True)
class DwellingInput:
    """What a house tells of a dwelling; None is unknown, never a no. Of the hours it is: as is usual."""

    name: str
    place: Place
    beds: int
    address: str = ""
    has_kitchen: bool | None = None
    has_step_free_entrance: bool | None = None
    takes_children: bool | None = None
    takes_animals: bool | None = None
    comes_at: time | None = None
    leaves_at: time | None = None
    notes: str = ""


_COLUMNS = [field.name for field in fields(DwellingInput)]


@transaction.atomic
def make(owner: Organisation, data: DwellingInput) -> Dwelling:
    """A dwelling that the house lends from now on.

    Raises:
        NotPossible: something cannot be; `field` names it.
    """
    dwelling = Dwelling(owner=owner)
    _write(dwelling, data)
    return dwelling


@transaction.atomic
def change(dwelling: Dwelling, data: DwellingInput, *, version: int) -> Dwelling:
    """Tell it anew.

    Args:
        version: of the dwelling as it was shown.

    Raises:
        Overtaken: somebody has changed it since; the sentence says how it stands where that is not what is told.
        NotPossible: as `make`.
    """
    dwelling = _locked(dwelling)
    if dwelling.version != version:
        raise Overtaken(_changed(_standing(dwelling, data)))
    dwelling.version += 1
    _write(dwelling, data)
    return dwelling


@transaction.atomic
def lend(dwelling: Dwelling, is_in_use: bool, *, version: int) -> Dwelling:
    """Lend it again, or no more: who has it keeps it, and nobody new gets it. Once more changes nothing.

    Args:
        version: of the dwelling as it was shown.

    Raises:
        Overtaken: somebody has changed it since.
    """
    dwelling = _locked(dwelling)
    if dwelling.is_in_use == is_in_use:
        return dwelling
    if dwelling.version != version:
        raise Overtaken(_changed([]))
    dwelling.is_in_use, dwelling.version = is_in_use, dwelling.version + 1
    dwelling.save(update_fields=["is_in_use", "version"])
    return dwelling


def _locked(dwelling: Dwelling) -> Dwelling:
    return Dwelling.objects.select_for_update(of=("self",), no_key=True).get(pk=dwelling.pk)


def _changed(standing: list[str]) -> str:
    sentence = _("Somebody has changed the dwelling since you opened the page.")
    if not standing:
        return sentence
    return f"{sentence} {_('It says now: %(what)s') % {'what': ', '.join(standing)}}"


def _standing(dwelling: Dwelling, data: DwellingInput) -> list[str]:
    """What stands and is not what is told: "beds: 4"."""
    labels = {field.name: field.verbose_name for field in Dwelling._meta.fields}
    told = {column: getattr(data, column) for column in _COLUMNS} | {"is_in_use": True}
    return [
        f"{labels[column]}: {_in_words(column, getattr(dwelling, column))}"
        for column, value in told.items()
        if getattr(dwelling, column) != value
    ]


def _in_words(column: str, value: object) -> str:
    if column in ("comes_at", "leaves_at"):
        return clock(value) if isinstance(value, time) else _("as is usual")
    if value is None:
        return _("not known")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value) or "–"


def _write(dwelling: Dwelling, data: DwellingInput) -> None:
    name = " ".join(data.name.split())
    if not name:
        raise NotPossible(_("Give the dwelling a name."), field="name")
    if not 1 <= data.beds <= BEDS_MAX:
        raise NotPossible(_("Write %(low)d to %(high)d.") % {"low": 1, "high": BEDS_MAX}, field="beds")
    if data.place.municipality.region_id != dwelling.owner.region_id:
        raise NotPossible(_("The place must lie in the host's region."), field="place")
    for column in _COLUMNS:
        setattr(dwelling, column, getattr(data, column))
    dwelling.name, dwelling.address, dwelling.notes = name, " ".join(data.address.split()), data.notes.strip()
    others = Dwelling.objects.filter(owner=dwelling.owner_id).exclude(pk=dwelling.pk)
    # Compared here too, because a database knows no large and small å.
    is_taken = name.casefold() in (known.casefold() for known in others.values_list("name", flat=True))
    try:
        with transaction.atomic():
            if not is_taken:
                dwelling.save()
    except IntegrityError:  # two at once
        is_taken = True
    if is_taken:
        raise NotPossible(
            _("You have another dwelling called %(name)s. Give this one a name of its own.") % {"name": name},
            field="name",
        )
