"""What calendars and the public page say of one visit beside its time: access services, and where it is streamed.

Either side may say it, of a visit that is confirmed. It changes nothing of what was agreed.
"""

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit, urlunsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _

from bookings import advancing
from bookings.errors import ItemChanged
from bookings.models import Booking
from bookings.steps import write
from tours.errors import Refused
from tours.models import AccessService
from tours.models.production import services_of
from venues.models import User

#: As long as `Booking.stream_url` holds.
URL_MAX = 500


@transaction.atomic
def tell(
    booking: Booking, *, services: Iterable[str], stream_url: str, version: int, by: User, now: datetime
) -> Booking:
    """Say which access services this visit has, and at which address it can be seen; what is so already stays.

    Args:
        services: values of `AccessService`, beside those that the production always has.
        stream_url: https; empty where it is not streamed.
        version: of the visit, as it was shown.

    Raises:
        ItemChanged: somebody has changed the visit since that version.
        NotNow: it is not confirmed (any more).
        Refused: there is no such service, or the address is none that a calendar may give.
    """
    booking = advancing.lock_confirmed(booking)
    wanted = _checked_services(booking, services)
    address = _checked_address(booking, stream_url)
    if (booking.access_services, booking.stream_url) == (wanted, address):
        return booking
    if booking.version != version:
        raise ItemChanged(
            _("Somebody has changed this visit since you opened the page. Compare, and save again."),
            booking=booking.pk,
            version=booking.version,
        )
    booking.access_services, booking.stream_url = wanted, address
    details = {"services": wanted, "streamed": bool(address)}
    write(booking, "describe", by, now, fields=["access_services", "stream_url"], details=details)
    return booking


def _checked_services(booking: Booking, services: Iterable[str]) -> list[str]:
    wanted = set(services)
    if wanted - set(AccessService.values):
        raise Refused(_("There is no such access service."), field="services", booking=booking.pk)
    return list(services_of(list(wanted)))


def _checked_address(booking: Booking, stream_url: str) -> str:
    address = stream_url.strip()
    if not address:
        return ""
    try:
        URLValidator(schemes=["https"])(address)
        address = _in_ascii(address)
    except (ValidationError, ValueError):
        address = ""
    if not address or "@" in urlsplit(address).netloc or len(address) > URL_MAX:
        raise Refused(
            _("Give an address that begins with https:// and holds neither user name nor password."),
            field="stream_url",
            booking=booking.pk,
        )
    return address


def _in_ascii(address: str) -> str:
    """The address as a calendar writes a URI (RFC 3986): its host in punycode, the rest with escapes."""
    parts = urlsplit(address)
    netloc = parts.netloc.encode("idna").decode()
    return iri_to_uri(urlunsplit(parts._replace(netloc=netloc)))
