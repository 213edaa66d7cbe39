"""The demo's short sessions at preschools and a library, and the hours and rooms of some schools."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone
from django.utils.text import slugify

from bookings import crew_invitations, lifecycle
from bookings.demo.bodies import make_organisation
from bookings.demo.hosts import Hosts, make_speaker
from bookings.demo.names import DOMAIN
from bookings.models import Booking
from bookings.models.booking import Status
from tours import wishes
from tours.group_rules import GroupChoice
from tours.models import Ensemble, Production, Rider, Season, Tour
from tours.wish_rules import Span, WishInput
from venues import school_hours
from venues.models import Group, Organisation, Place, Region, School, User, Venue
from venues.models.school_years import school_year_of, year_label
from venues.school_forms import STAGES
from venues.school_hours import Hours
from venues.schools import set_forms

#: Preschools and the library: name, place, groups with their children. Invented, as all of the demo.
PRESCHOOLS = (
    ("Förskolan Tussilagon", "Östersund", (("Knopparna", 14), ("Blomman", 17), ("Bladet", 12))),
    ("Förskolan Videkissen", "Krokom", (("Stora Viden", 16), ("Lilla Viden", 11))),
)
LIBRARY = ("Exempelbiblioteket", "Strömsund")
TITLE, ENSEMBLE = "Sagostund under granen", "Sagovagnen"
SYNOPSIS = (
    "Två berättare, en gran och en korg full av saker. Tjugo minuter för en grupp i taget, flera gånger på en "
    "förmiddag."
)
#: The tour's days from today, and so many sessions each has.
FIRST_DAY, LAST_DAY, SHOWS = 12, 30, (3, 2, 4)
#: Every second school has told its hours, every fifth one a further room. Source: an example.
TOLD_EVERY, ROOM_EVERY = 2, 5
HOURS = (
    Hours(time(8, 10), time(14), time(10, 45), time(11, 30)),
    Hours(time(8, 20), time(13, 40), time(11, 10), time(12)),
)
FRIDAY = Hours(time(8, 10), time(12, 30), time(10, 45), time(11, 20))


def make_sessions(region: Region, hosts: Hosts, now: datetime) -> list[str]:
    """Hours and rooms of some schools, and a tour of story time that is agreed; what was made."""
    told = [_tell_hours(venue, number) for number, venue in enumerate(hosts.schools[::TOLD_EVERY])]
    rooms = [_room(venue) for venue in hosts.schools[::ROOM_EVERY]]
    day = timezone.localdate(now)
    season = Season.objects.filter(region=region, closes_at__lte=now).latest("starts_on")
    production = _production(region)
    season.productions.add(production)
    tour = _tour(season, production, day)
    houses = [*(_preschool(region, row, day) for row in PRESCHOOLS), _library(region)]
    shows = [_visit(tour, venue, number, now) for number, venue in enumerate(houses)]
    tour.bookings.update(created_at=now)
    _ask_a_crew(houses, now)
    return [
        f"{len(told)} schools have told their hours, {len(rooms)} a further room.",
        f"{tour}: {sum(shows)} short sessions at {len(houses)} preschools and libraries.",
    ]


def _tell_hours(venue: Venue, number: int) -> bool:
    usual = HOURS[number % len(HOURS)]
    school = School.objects.get(organisation=venue.organisation_id)
    return school_hours.write(school, {**dict.fromkeys(range(4), usual), 4: FRIDAY})


def _room(venue: Venue) -> Venue:
    """The school's music room, smaller than its hall; some of it unknown, as of the others."""
    return _venue(venue.organisation, venue.place, "Musiksalen", Venue.Kind.SCHOOL, 40)


def _venue(house: Organisation, place: Place, name: str, kind: str, seats: int) -> Venue:
    return Venue.objects.create(
        organisation=house,
        place=place,
        name=name,
        slug=slugify(f"{name} {place.name} {house.pk}"),
        kind=kind,
        seats=seats,
        max_persons=seats + 5,
        floor_flat=True,
        step_free_entrance=True,
        is_demo=True,
    )


def _preschool(region: Region, row: tuple[str, str, tuple[tuple[str, int], ...]], day: date) -> Venue:
    name, town, groups = row
    place = Place.objects.get(municipality__region=region, name=town)
    house = _house(region, name, place, "school")
    school = School.objects.create(organisation=house, place=place)
    set_forms(school, STAGES["preschool"])
    make_speaker(house)
    for group, children in groups:
        Group.objects.create(
            school=school,
            name=group,
            grade="förskola",
            school_year=year_label(school_year_of(day)),
            pupils_count=children,
            adults_count=3,
        )
    return _venue(house, place, "Samlingsrummet", Venue.Kind.SCHOOL, 25)


def _library(region: Region) -> Venue:
    name, town = LIBRARY
    place = Place.objects.get(municipality__region=region, name=town)
    house = _house(region, name, place, "library")
    make_speaker(house)
    return _venue(house, place, "Sagorummet", Venue.Kind.LIBRARY, 30)


def _house(region: Region, name: str, place: Place, role: str) -> Organisation:
    named = f"{name}, {place.name}"
    return make_organisation(region, named, slugify(named), role, municipality=place.municipality)


def _production(region: Region) -> Production:
    producer = Organisation.objects.get(slug="exempelscenen")
    ensemble = Ensemble.objects.create(
        producer=producer,
        name=ENSEMBLE,
        slug=slugify(ENSEMBLE),
        home=Place.objects.get(municipality__region=region, name="Östersund"),
        people_count=2,
        vehicle="car",
        is_free_group=False,
        is_demo=True,
    )
    production = Production.objects.create(
        ensemble=ensemble,
        title=TITLE,
        slug=slugify(TITLE),
        synopsis=SYNOPSIS,
        kind=Production.Kind.SESSION,
        art_form=Production.ArtForm.STORYTELLING,
        age_min=3,
        age_max=6,
        grades="förskola",
        duration_min=20,
        audience_max=22,
        shows_per_day_max=max(SHOWS),
        languages=["sv"],
        fee=Decimal(3_200),
        fee_next_show=Decimal(700),
        is_recommended=True,
        is_demo=True,
    )
    Rider.objects.create(
        production=production, get_in_min=30, get_out_min=20, changeover_min=15, stage_w_m=2, stage_d_m=2
    )
    return production


def _tour(season: Season, production: Production, day: date) -> Tour:
    name = f"{TITLE}, {season.name.lower()}"
    return Tour.objects.create(
        production=production,
        season=season,
        name=name,
        slug=slugify(name),
        starts_on=day + timedelta(days=FIRST_DAY),
        ends_on=day + timedelta(days=LAST_DAY),
        performances_per_day=max(SHOWS),
        cost_per_night=2_800,
        mileage=Tour.Mileage.COMPANY_CAR,
        fuel=Tour.Fuel.DIESEL,
        uses_latest_rates=True,
    )


def _visit(tour: Tour, venue: Venue, number: int, now: datetime) -> int:
    """A house wishes, and is agreed with, for a morning of sessions; how many they are."""
    house, shows = venue.organisation, SHOWS[number]
    groups = Group.objects.filter(school__organisation=house)
    is_school = groups.exists()
    told = WishInput(
        production=tour.production,
        venue=venue,
        rank=1,
        is_reserve=False,
        shows_count=shows,
        audience="school" if is_school else "family",
        audience_expected=17,
        spans=(Span(tour.starts_on, tour.ends_on, time(8), time(14)),),
        groups=tuple(GroupChoice(group) for group in groups) if is_school else None,
    )
    speaker = User.objects.get(memberships__organisation=house)
    wished_at = tour.season.closes_at - timedelta(days=5)
    wish = wishes.submit(tour.season, house, told, speaker, wished_at)
    by = User.objects.get(email=f"producent@{DOMAIN}")
    booking = lifecycle.hold(tour=tour, wish=wish, starts_at=_morning(tour, number), by=by, now=now)
    lifecycle.offer(booking, by=by, now=now)
    lifecycle.confirm(booking, by=speaker, now=now)
    return shows


def _ask_a_crew(houses: list[Venue], now: datetime) -> None:
    """A house without a crew of its own asks that of another in its municipality: the library, if there is one."""
    coming = Booking.objects.filter(status=Status.CONFIRMED, occupied_from__gt=now, crew_visits=None)
    ours = [house.organisation_id for house in reversed(houses)]
    visits = sorted(
        coming.filter(presenter__is_demo=True).with_ground(),
        key=lambda visit: (
            ours.index(visit.presenter_id) if visit.presenter_id in ours else len(ours),
            visit.occupied_from,
            visit.pk,
        ),
    )
    for visit in visits:
        crew = crew_invitations.nearby(visit).first()
        if crew is not None:
            by = User.objects.filter(memberships__organisation=visit.presenter_id).earliest("pk")
            crew_invitations.invite(visit, crew, by=by, now=now)
            return


def _morning(tour: Tour, number: int) -> datetime:
    """A quarter past nine on the tour's first Tuesday and the days after."""
    first = tour.starts_on + timedelta(days=(1 - tour.starts_on.weekday()) % 7)
    return timezone.make_aware(datetime.combine(first + timedelta(days=number), time(9, 15)))
