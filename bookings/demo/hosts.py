"""The demo's presenters, schools and venues, when they can not, and who speaks for them."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from bookings.demo.bodies import make_organisation
from bookings.demo.names import DOMAIN, HOSTS, PEOPLE, PRESENTER_FORMS, PRESENTERS, SCHOOLS
from bookings.demo.owners import make_owners
from venues.models import (
    Closure,
    Group,
    Membership,
    Municipality,
    Organisation,
    Place,
    Region,
    School,
    SchoolBreak,
    User,
    Venue,
)
from venues.people import set_riksteatern
from venues.school_forms import STAGES
from venues.schools import set_forms

#: Weeks of school breaks in Jämtland 2020/21 (venues/data/season_dates.json); the demo uses them every year.
BREAK_WEEKS = {"Höstlov": 44, "Sportlov": 10, "Påsklov": 14}
BREAK_SOURCE = "exempel: veckor som i Jämtland 2020/21, att ersätta med kommunens egna"
#: How often a fact of a demo venue is left unknown, so that "unknown" is seen everywhere.
UNKNOWN_SHARE = 0.3


@dataclass
class Hosts:
    """Who can receive a performance, each with one venue, and the user who speaks for it."""

    presenters: list[Venue] = field(default_factory=list)
    schools: list[Venue] = field(default_factory=list)
    speakers: dict[int, User] = field(default_factory=dict)

    def lines(self) -> list[str]:
        """What was made."""
        municipalities = {v.place.municipality.name for v in self.presenters + self.schools}
        return [
            f"{len(self.presenters)} presenters and {len(self.schools)} schools "
            f"in {len(municipalities)} municipalities, each with a venue."
        ]


def make_hosts(region: Region, random: Random, now: datetime) -> Hosts:
    """Presenters and schools in real places of the region."""
    hosts = Hosts()
    places = {
        place.name: place
        for place in Place.objects.filter(municipality__region=region).select_related("municipality")
    }
    presenters, schools = iter(PRESENTERS), iter(SCHOOLS)
    for name, presenter_count, school_count in HOSTS:
        for _number in range(presenter_count):
            hosts.presenters.append(_presenter(places[name], next(presenters), random, len(hosts.presenters)))
        for _number in range(school_count):
            hosts.schools.append(_school(places[name], next(schools), random))
    make_owners(hosts.schools)
    for venue in hosts.presenters + hosts.schools:
        hosts.speakers[venue.organisation_id] = make_speaker(venue.organisation)
    _close_some(hosts, random, now)
    _school_breaks(region, now)
    return hosts


def make_people(region: Region) -> None:
    """The users of the region's own bodies; presenters and schools get theirs with their organisation."""
    make_organisation(region, "Exempelregionens kulturkontor", "exempelregionen", "region")
    for local, name, slug, role in PEOPLE:
        user = User.objects.create_user(f"{local}@{DOMAIN}", name)
        Membership.objects.create(user=user, organisation=Organisation.objects.get(slug=slug), role=role)


def _presenter(place: Place, noun: str, random: Random, number: int) -> Venue:
    name = f"{PRESENTER_FORMS[number % len(PRESENTER_FORMS)].format(noun)}, {place.name}"
    organisation = make_organisation(
        place.municipality.region, name, slugify(name), "presenter", municipality=place.municipality
    )
    if number % 2 == 0:  # of the others nobody has said
        set_riksteatern(organisation, told=True)
    kind = random.choice([Venue.Kind.ASSEMBLY_HALL] * 4 + [Venue.Kind.THEATRE, Venue.Kind.LIBRARY])
    seats = random.choice([60, 80, 90, 110, 120, 150, 180, 220])
    return _venue(
        organisation, place, f"{noun}s scen" if noun[-1] != "s" else f"{noun} scen", kind, seats, random
    )


def _school(place: Place, noun: str, random: Random) -> Venue:
    name = f"{noun}skolan, {place.name}"
    organisation = make_organisation(
        place.municipality.region, name, slugify(name), "school", municipality=place.municipality
    )
    stage = random.choice(["f-6", "f-6", "f-9", "7-9"])
    school = School.objects.create(organisation=organisation, place=place)
    set_forms(school, STAGES[stage])
    for grade in range(1, 4):
        Group.objects.create(
            school=school,
            name=f"Klass {grade}",
            grade=str(grade + (6 if stage == "7-9" else 0)),
            school_year="2026/27",
            pupils_count=random.randint(9, 27),
        )
    return _venue(organisation, place, f"{noun}skolans idrottssal", Venue.Kind.SCHOOL, 120, random)


def _venue(
    organisation: Organisation, place: Place, name: str, kind: str, seats: int, random: Random
) -> Venue:
    width = random.choice([5, 6, 7, 8, 8, 10])
    facts: dict[str, Any] = {
        "max_persons": seats + 20,
        "stage_width_m": Decimal(width),
        "stage_depth_m": Decimal(random.choice([4, 5, 6, 6, 8])),
        "ceiling_m": Decimal(random.choice(["2.8", "3.2", "3.6", "4.0", "4.5", "6.0"])),
        "power_16a": random.choice([0, 1, 1, 2]),
        "power_32a_cee": random.choice([0, 0, 1]),
        "blackout": random.choice(["none", "dim", "dim", "full", "full"]),
        "floor_type": random.choice(["wood", "wood", "sprung", "stone"]),
        "floor_flat": True,
        "piano": random.random() < 0.5,
        "vehicle_access": random.random() < 0.9,
        "dressing_rooms": random.choice([0, 1, 2]),
        "lighting_fixtures": random.choice([0, 6, 12]),
        "temperature_ok_dance": random.random() < 0.7,
        "step_free_entrance": random.random() < 0.8,
        "accessible_toilet": random.random() < 0.8,
        "hearing_loop": random.random() < 0.5,
        "wheelchair_places": random.choice([1, 2, 4]),
    }
    known = {key: value for key, value in facts.items() if random.random() > UNKNOWN_SHARE}
    return Venue.objects.create(
        organisation=organisation,
        place=place,
        name=name,
        slug=slugify(f"{name} {place.name} {organisation.pk}"),
        kind=kind,
        seats=seats,
        is_demo=True,
        **known,
    )


def make_speaker(organisation: Organisation) -> User:
    """The user who speaks for a house: a school's contact, or a presenter."""
    is_school = hasattr(organisation, "school")
    user = User.objects.create_user(
        f"{'skola' if is_school else 'arrangor'}.{organisation.slug}@{DOMAIN}",
        "Skolkontakt" if is_school else "Arrangör",
    )
    role = Membership.Role.SCHOOL_CONTACT if is_school else Membership.Role.PRESENTER
    Membership.objects.create(user=user, organisation=organisation, role=role)
    return user


def _close_some(hosts: Hosts, random: Random, now: datetime) -> None:
    reasons = ("Marknad i salen", "Renovering av golvet", "Årsmöte", "Prov i matematik", "Friluftsdag")
    for venue in hosts.presenters[::3] + hosts.schools[::4]:
        start = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
        start += timedelta(days=random.randint(20, 150))
        Closure.objects.create(
            venue=venue,
            starts_at=start,
            ends_at=start + timedelta(days=random.choice([1, 1, 2, 5])),
            reason=random.choice(reasons),
        )


def _school_breaks(region: Region, now: datetime) -> None:
    for municipality in Municipality.objects.filter(region=region):
        for year in (now.year, now.year + 1):
            for name, week in BREAK_WEEKS.items():
                monday = date.fromisocalendar(year, week, 1)
                _school_break(municipality, name, monday, monday + timedelta(days=4))
            _school_break(municipality, "Jullov", date(year, 12, 21), date(year + 1, 1, 8))


def _school_break(municipality: Municipality, name: str, first: date, last: date) -> None:
    SchoolBreak.objects.get_or_create(
        municipality=municipality,
        name=name,
        starts_on=first,
        defaults={"ends_on": last, "source": BREAK_SOURCE},
    )
