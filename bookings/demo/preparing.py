"""How far the demo's confirmed visits have been prepared, and whom to ask there: invented like all of it."""

from datetime import datetime, timedelta

from bookings import advancing, checklists, contacts
from bookings.checklists import Entry, State
from bookings.demo.hosts import Hosts
from bookings.demo.names import DOMAIN
from bookings.models import Booking, Checklist, ChecklistItem
from bookings.models.advancing import Phase
from bookings.models.booking import Status
from tours.models import Tour
from venues.models import User

#: A number that belongs to nobody. Source: PTS's numbers for film and books, 070-174 06 05 to 99.
PHONE = "070-174 06 {:02d}"
#: How the room's shortcomings are solved in the demo.
SOLUTION = "Löst per telefon: ensemblen tar med det som fattas."


def prepare(tour: Tour, hosts: Hosts, by: User, now: datetime) -> None:
    """Settle all of what has been played, and all, half or nothing of what is to come, in turn."""
    visits = tour.bookings.filter(status=Status.CONFIRMED).with_ground().order_by("occupied_from")
    Checklist.objects.filter(booking__in=visits, remind_at__lte=now).update(remind_at=None)
    coming = [booking for booking in visits if booking.occupied_from > now]
    for booking in visits:
        if booking not in coming:
            _settle_all(booking, hosts.speakers[booking.presenter_id])
    for number, booking in enumerate(coming):
        if checklists.list_of(booking):
            _settle_some(booking, (1.0, 0.5, 0.0)[number % 3], hosts.speakers[booking.presenter_id], by, now)
            _name_contacts(booking, number, hosts.speakers[booking.presenter_id], by, now)


def _settle_all(booking: Booking, speaker: User) -> None:
    """What has been played was prepared; its visits' histories are left short."""
    items = ChecklistItem.objects.filter(checklist__booking=booking)
    items.exclude(rider_line="").update(note=SOLUTION)
    items.update(state=State.DONE, by=speaker, at=booking.occupied_to, version=2)


def _settle_some(booking: Booking, share: float, speaker: User, by: User, now: datetime) -> None:
    found = [e for e in checklists.entries(booking, now) if e.item.phase == Phase.BEFORE and not e.is_settled]
    for number, entry in enumerate(found[: round(len(found) * share)]):
        at = now - timedelta(days=1, minutes=-number)
        advancing.settle(
            booking,
            entry.item.key,
            version=entry.item.version,
            state=State.DONE,
            note=_note(entry),
            by=by if entry.item.who == "both" else speaker,
            now=at,
        )


def _note(entry: Entry) -> str:
    if entry.is_of_room:
        return SOLUTION
    return "Vi ses vid lastporten." if entry.item.key == "times_agreed" else ""


def _name_contacts(booking: Booking, number: int, speaker: User, by: User, now: datetime) -> None:
    at = now - timedelta(days=2)
    numbers = PHONE.format(5 + number % 45), PHONE.format(50 + number % 45)
    host, company = f"varden@{DOMAIN}", f"pa-vagen@{DOMAIN}"
    contacts.name(
        booking, "artist_host", name="Artistvärden", phone=numbers[0], email=host, by=speaker, now=at
    )
    contacts.name(booking, "company", name="Turnéledaren", phone=numbers[1], email=company, by=by, now=at)
    advancing.tell(booking, {"parking": "På gården bakom huset."}, version=0, by=speaker, now=at)
