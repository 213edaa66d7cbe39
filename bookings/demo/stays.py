"""Invented residencies for the demo region: one agreed and public with what is open, and one that is planned."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from bookings.demo.names import DOMAIN
from bookings.demo.stay_events import AGREED_EVENTS, PLANNED_EVENTS, make_days, make_events
from bookings.models import Residency
from bookings.residencies import contracts, money, people_to_reach, publishing, reserving, staying
from bookings.residencies.money import Cost
from bookings.residencies.people_to_reach import Contact
from bookings.residencies.staying import StayInput
from venues import dwellings, people
from venues.dwellings import DwellingInput
from venues.models import Membership, Organisation, Region, User, Venue

WEEK = timedelta(days=7)
ARTIST = f"residenskonstnar@{DOMAIN}"


@transaction.atomic
def make_stays(region: Region, now: datetime) -> list[str]:
    """Add them where there are none; what was done, a sentence a line."""
    hosts = Organisation.objects.filter(
        region=region, is_demo=True, roles__role="presenter", venues__isnull=False
    )
    members = User.objects.filter(memberships__role=Membership.Role.PRESENTER)
    hosts = hosts.filter(memberships__user__in=members).order_by("name").distinct()
    office = Organisation.objects.filter(region=region, is_demo=True, roles__role="region").first()
    if office is None or len(hosts) < 2 or Residency.objects.filter(region=region).exists():
        return []
    officer = office.memberships.filter(role=Membership.Role.OFFICER)[0].user
    artist = people.applicant(ARTIST, "sv")
    artist.name = "Residenskonstnär"
    artist.save(update_fields=["name"])
    _agreed(hosts[0], officer, artist, now)
    _planned(hosts[1], officer, artist, now)
    return [
        "2 invented residencies: one agreed with a room and a dwelling, one planned; 2 dwellings.",
        "5 invented sub-events: a rehearsal, a workshop and a showing, a talk that is cancelled, one planned.",
    ]


def _monday(now: datetime, weeks: int) -> date:
    day = timezone.localdate(now) + weeks * WEEK
    return day - timedelta(days=day.weekday())


def _agreed(host: Organisation, officer: User, artist: User, now: datetime) -> None:
    """Two periods of two weeks, the room in the day, and a flat; both sides have said yes, and everybody may know."""
    room = Venue.objects.filter(organisation=host).select_related("place").order_by("pk")[0]
    home = dwellings.make(
        host,
        DwellingInput("Gästlägenheten", room.place, 3, "Kyrkvägen 1", has_kitchen=True, takes_children=True),
    )
    dwellings.make(host, DwellingInput("Lilla rummet", room.place, 1, has_kitchen=False))
    first, second = _monday(now, 30), _monday(now, 42)
    made = staying.make(
        host,
        room.place,
        StayInput(
            title="Röster ur snön (påhittat)",
            title_en="Voices from the snow (invented)",
            artist_name="Duon Norrsken (påhittad)",
            art_form="music",
            about="Nya sånger skrivna med kören på orten, och en visning för alla.",
            about_en="New songs written with the local choir, and a showing for everybody.",
            people_count=2,
            artist_email=artist.email,
        ),
        [(start, start + 2 * WEEK - timedelta(days=3)) for start in (first, second)],
        by=officer,
        now=now,
    )

    def seen() -> int:
        return Residency.objects.get(pk=made.pk).version

    reserving.reserve_room(made, room, version=seen(), by=officer, now=now)
    reserving.reserve_dwelling(made, home, version=seen(), by=officer, now=now)
    lines = [
        Cost("stipend", "region", Decimal(30_000)),
        Cost("salary", "region", Decimal(56_000), "fyra veckor"),
        Cost("housing", "host", Decimal(8_000)),
        Cost("travel", "region", Decimal(3_500)),
    ]
    money.set_costs(made, lines, version=seen(), by=officer, now=now)
    caretaker = Contact("Vaktmästare", "Värdens jour", "063-00 00 00")
    people_to_reach.set_contacts(made, [caretaker], version=seen(), by=officer, now=now)
    contracts.send(made, answer_by=now + 2 * WEEK, version=seen(), by=officer, now=now)
    member = host.memberships.filter(role=Membership.Role.PRESENTER)[0].user
    contracts.agree(made, "host", number=1, by=member, now=now)
    contracts.agree(made, "artist", number=1, by=artist, now=now)
    make_events(made, AGREED_EVENTS, by=member, now=now)
    make_days(made, now)
    publishing.publish(made, version=seen(), by=member, now=now)


def _planned(host: Organisation, officer: User, artist: User, now: datetime) -> None:
    """A stay of a week, of which nothing is settled yet."""
    place = Venue.objects.filter(organisation=host).select_related("place").order_by("pk")[0].place
    first = _monday(now, 36)
    made = staying.make(
        host,
        place,
        StayInput(
            title="Dansgolvet (påhittat)",
            artist_name="Residenskonstnär (påhittad)",
            art_form="dance",
            about="Ett dansverk för bygdegårdar, med öppna repetitioner.",
            artist_email=artist.email,
        ),
        [(first, first + timedelta(days=6))],
        by=officer,
        now=now,
    )
    make_events(made, PLANNED_EVENTS, by=officer, now=now)
