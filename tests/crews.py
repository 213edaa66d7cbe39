"""Crews that host visits, vote and meet: a crew of the world's presenter, a short template, a hosted visit."""

from datetime import date
from typing import Any

from bookings import crews
from bookings.models import Booking, CrewVisit
from tests.agreements import NOW, confirmed
from tests.world import World
from tours.models import Panel, Production
from venues.crews import CrewWords, make_crew
from venues.models import Crew, CrewTaskTemplate, NetworkMeeting, Organisation

TODAY = date(2026, 12, 18)
TASKS = [
    {"key": "posters", "role": "press", "phase": "before", "offset_days": -7, "sv": "Affischer", "en": "Posters"},
    {"key": "meet", "role": "artist_host", "phase": "day", "moment": "get_in", "offset_min": -15, "sv": "Möt dem",
     "en": "Meet them"},
    {"key": "doors", "role": "audience_host", "phase": "day", "moment": "audience", "offset_min": 0,
     "each_show": True, "sv": "Öppna", "en": "Open the doors"},
    {"key": "thanks", "role": "presenter", "phase": "day", "moment": "end", "offset_min": 0, "sv": "Tacka",
     "en": "Thank them"},
    {"key": "tidy", "role": "technique", "phase": "after", "moment": "get_out", "offset_min": 0, "sv": "Städa",
     "en": "Tidy"},
]  # fmt: skip
WORDS = CrewWords("Lyktan", 7, 2, 12, 15, languages=("sv",), skills=("presenter",))


def crew_of(organisation: Organisation, **changes: Any) -> Crew:
    """A crew of the house: seven pupils and two mentors unless told otherwise."""
    told = CrewWords(**{**WORDS.__dict__, **changes})
    return make_crew(organisation, told, known_languages=("sv", "en"))


def template(world: World) -> CrewTaskTemplate:
    """The tasks of the world's region."""
    return CrewTaskTemplate.objects.create(
        region=world.season.region,
        label="Uppgifter",
        tasks=TASKS,
        valid_from=date(2026, 1, 1),
        source="sju sidor",
    )


def hosted(world: World, booking: Booking | None = None) -> CrewVisit:
    """The presenter's visit, confirmed and taken by its crew, with its ground."""
    template(world)
    booking = booking or confirmed(world)
    visit = crews.take(booking, crew_of(booking.presenter), by=world.presenter, now=NOW)
    return fresh(visit)


def fresh(visit: CrewVisit) -> CrewVisit:
    """As it stands in the database, with its ground."""
    return CrewVisit.objects.with_ground().get(pk=visit.pk)


def panel_of(world: World, **changes: Any) -> Panel:
    """A young reference group of the world's region."""
    values = {"region": world.season.region, "name": "Ung referensgrupp", "members_count": 8}
    return Panel.objects.create(**{**values, **changes})


def menu_of(world: World, count: int) -> list[Production]:
    """So many further productions on the season's menu, A, B, C ..."""
    made = [
        Production.objects.create(
            ensemble=world.ensemble, title=letter, slug=f"stycke-{letter.lower()}", synopsis="", art_form="theatre",
            duration_min=45, audience_max=100, languages=["sv"], fee=1000, fee_next_show=500, currency="SEK",
        )
        for letter in "ABCDEFG"[:count]
    ]  # fmt: skip
    world.season.productions.add(*made)
    return made


def meeting_of(world: World, **changes: Any) -> NetworkMeeting:
    """A network meeting in the spring."""
    values: dict[str, Any] = {
        "region": world.season.region, "title": "Crewträff", "held_on": date(2027, 3, 10), "starts_at": "10:00",
        "ends_at": "15:00", "venue": "Folkets hus Strömsund", "programme": "Prova på ljus.",
    }  # fmt: skip
    return NetworkMeeting.objects.create(**{**values, **changes})
