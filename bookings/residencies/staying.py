"""The verbs of a residency: planned with a host, described, and told what somebody needs to take part."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from bookings.models import Residency, ResidencyPeriod
from bookings.residencies import days, locking
from bookings.residencies.days import Days
from tours.errors import NotNow, Refused
from tours.lengths import check_column
from tours.models import Ensemble, Production
from venues import people
from venues.models import Organisation, Place, User
from venues.slugs import slug_of, taken_slugs

#: So many people come at the most. Source: the house's choice, far beyond what is known.
PEOPLE_MAX = 60
#: Words that are addresses of their own beside public residencies.
RESERVED_SLUGS = ("ny", "residenser")


@dataclass(frozen=True)
class StayInput:
    """What a residency says of itself, beside its days, rooms and money.

    Attributes:
        artist_email: whose account acts for the artist; empty: nobody's yet, or the ensemble's producer.
        ensemble: whose producer acts for the artist too.
    """

    title: str
    artist_name: str
    art_form: str
    about: str = ""
    title_en: str = ""
    about_en: str = ""
    people_count: int = 1
    artist_email: str = ""
    ensemble: Ensemble | None = None


#: What is a column of its own; whose account acts for the artist is looked up.
COLUMNS = [field.name for field in fields(StayInput) if field.name != "artist_email"]


@transaction.atomic
def make(
    host: Organisation,
    place: Place,
    data: StayInput,
    spans: Sequence[tuple[date, date]],
    *,
    by: User,
    now: datetime,
    access_needs: str = "",
) -> Residency:
    """A residency that is planned with a host; nothing is reserved and nobody is told yet.

    Raises:
        Refused: something cannot be; `field` names it.
        NotPossible: the artist's address is none (field "email").
    """
    _check(data)
    check_where(host, place)
    residency = Residency(
        region=host.region,
        host=host,
        place=place,
        currency=host.region.currency,
        access_needs=access_needs.strip(),
        created_at=now,
        changed_at=now,
    )
    _write(residency, data)
    taken = [*taken_slugs(Residency), *RESERVED_SLUGS]
    residency.slug = slug_of(
        data.title, taken=taken, beside=str(min(spans)[0].year) if spans else "", longest=120
    )
    checked = days.checked([Days(first, last) for first, last in spans], now)
    residency.save()
    ResidencyPeriod.objects.bulk_create(
        ResidencyPeriod(residency=residency, starts_on=span.first, ends_on=span.last, changed_at=now)
        for span in checked
    )
    locking.note(residency, "make", by, now, before="")
    return residency


@transaction.atomic
def change(residency: Residency, data: StayInput, *, version: int, by: User, now: datetime) -> Residency:
    """Say anew what it is. What stands in the contract is agreed anew by sending a new one.

    Raises:
        NotNow: it is cancelled, or somebody has changed it since that version.
        Refused, NotPossible: as `make`; whoever has agreed as the artist stays.
    """
    residency = locking.begin(residency, version)
    _check(data)
    before = {name: getattr(residency, name) for name in [*COLUMNS, "artist"]}
    had_agreed = residency.artist_agreed_at is not None
    _write(residency, data)
    if had_agreed and (residency.artist_id, residency.ensemble_id) != (
        before["artist"].pk if before["artist"] else None,
        before["ensemble"].pk if before["ensemble"] else None,
    ):
        raise Refused(
            _("The artist has agreed already. Another artist is another residency."), field="artist_email"
        )
    changed = [name for name, value in before.items() if getattr(residency, name) != value]
    if not changed:
        return residency
    return locking.write(residency, "change", by, now, fields=changed, details={"fields": changed})


@transaction.atomic
def tell_needs(residency: Residency, words: str, *, version: int, by: User, now: datetime) -> Residency:
    """What the artist needs to take part: the host and the artist alone read and write it, until the stay is over.

    The history says that it was told, never what.

    Raises:
        NotNow: it is cancelled, or somebody has changed it since that version.
        Refused: there are too many words.
    """
    residency = locking.begin(residency, version)
    check_column(Residency, "access_needs", words.strip())
    residency.access_needs = words.strip()
    return locking.write(residency, "needs", by, now, fields=["access_needs"])


def check_where(host: Organisation, place: Place) -> None:
    """See that the host and the place belong together.

    Raises:
        Refused: the region is not served, or the place lies in another (fields "host" and "place").
    """
    if not host.region.is_served:
        raise Refused(_("Residencies are planned for hosts of the region alone."), field="host")
    if place.municipality.region_id != host.region_id:
        raise Refused(_("The place must lie in the host's region."), field="place")


def check_artist(residency: Residency) -> None:
    """See that somebody can answer for the artist.

    Raises:
        NotNow: there is neither an account nor an ensemble.
    """
    if residency.artist_id is None and residency.ensemble_id is None:
        raise NotNow(
            _("Nobody can answer for the artist yet. Write the artist's e-mail address first."),
            residency=residency.pk,
        )


def _check(data: StayInput) -> None:
    for name in ("title", "artist_name"):
        if not getattr(data, name).strip():
            raise Refused(_("This must be filled in."), field=name)
    for name in COLUMNS:
        check_column(Residency, name, str(getattr(data, name)))
    if data.art_form not in Production.ArtForm.values:
        raise Refused(_("Choose an art form."), field="art_form")
    if not 1 <= data.people_count <= PEOPLE_MAX:
        raise Refused(_("Write %(low)d to %(high)d.") % {"low": 1, "high": PEOPLE_MAX}, field="people_count")


def _write(residency: Residency, data: StayInput) -> None:
    for name in COLUMNS:
        value = getattr(data, name)
        setattr(residency, name, value.strip() if isinstance(value, str) else value)
    known = residency.artist.email if residency.artist else ""
    wanted = data.artist_email.strip()
    if wanted.casefold() != known.casefold():
        residency.artist = people.applicant(wanted, "sv") if wanted else None
