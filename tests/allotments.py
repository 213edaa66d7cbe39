"""A small allotment: three schools in three municipalities, a room in one of them, two productions."""

from datetime import UTC, datetime
from typing import Any

from bookings import allotment_publishing, allotment_runs, allotting
from bookings.allotting import Choice, Terms
from tests import factories as make
from tests.world import World
from tours.models import Allotment, AllotmentOrder, Production, SeasonWay
from venues.models import Group, School

#: While schools answer: before the season of `tests.world` is played.
NOW = datetime(2026, 12, 16, 12, tzinfo=UTC)
YEAR = "2026/27"


def group(school: School, name: str, pupils: int, *, grade: str = "4", **fields: Any) -> Group:
    """A group of the season's school year."""
    given = {"adults_count": 1, "school_year": YEAR, **fields}
    return Group.objects.create(school=school, name=name, grade=grade, pupils_count=pupils, **given)


def school_in(world: World, place: str, name: str) -> School:
    """A school there, without a room of its own."""
    found = world.places[place]
    body = make.OrganisationFactory(
        name=name, slug=f"skola-{found.slug}", roles=["school"], municipality=found.municipality
    )
    return make.SchoolFactory(organisation=body, place=found)


def production_for(world: World, title: str, grades: str, **fields: Any) -> Production:
    """A production on the season's menu for these grades."""
    found = make.ProductionFactory(
        ensemble=world.ensemble, title=title, slug=title.lower(), grades=grades, **fields
    )
    make.RiderFactory(production=found)
    world.season.productions.add(found)
    return found


def set_ground(world: World, way: str = "allotment") -> dict[str, School]:
    """Krokom has a room and two grades, Östersund a small grade 4 at 20 km, Åre one at 80 km; all are allotted to."""
    schools = {
        "Krokom": world.school.school,
        "Östersund": school_in(world, "Östersund", "Östersunds skola"),
        "Åre": school_in(world, "Åre", "Åre skola"),
    }
    group(schools["Krokom"], "4A", 22)
    group(schools["Krokom"], "4B", 20)
    group(schools["Krokom"], "5A", 25, grade="5")
    group(schools["Östersund"], "4", 12)
    group(schools["Åre"], "4", 9)
    Production.objects.filter(pk=world.production.pk).update(grades="4–6")
    for school in schools.values():
        SeasonWay.objects.create(
            season=world.season,
            municipality=school.organisation.municipality,
            way=way,
            by=world.officer,
            at=NOW,
        )
    return schools


def terms(world: World, **changed: Any) -> Terms:
    """Grade 4 and 5 in all of them, of everything on the menu."""
    places = ("Krokom", "Östersund", "Åre")
    given = {
        "name": "Årskurs 4 och 5",
        "municipalities": [world.places[place].municipality for place in places],
        "productions": list(world.season.productions.all()),
        "grades": ["4", "5"],
        "rules": {"seconds": 5, **changed.pop("rules", {})},
        **changed,
    }
    return Terms(**given)


def made(world: World, **changed: Any) -> Allotment:
    """Such an allotment, with its ground."""
    set_ground(world)
    return allotting.make(world.season, terms(world, **changed), by=world.officer, now=NOW)


def computed(world: World, **changed: Any) -> Allotment:
    """The same, computed."""
    return run(made(world, **changed), world)


def asked(world: World) -> Allotment:
    """One that waits to be computed."""
    return allotting.ask(made(world), by=world.officer, now=NOW)


def published(world: World) -> Allotment:
    """One that is published."""
    found = computed(world)
    allotment_publishing.publish(found, by=world.officer, now=NOW)
    return found


def ordered(world: World) -> AllotmentOrder:
    """One that is computed, in which grade 4 of Krokom was given nothing by hand; schools wish from the menu too."""
    set_ground(world, way="both")
    found = run(allotting.make(world.season, terms(world), by=world.officer, now=NOW), world)
    nothing = Choice(world.school.school, "4")
    return allotting.choose(found, nothing, by=world.officer, now=NOW)


def run(allotment: Allotment, world: World) -> Allotment:
    """Ask for its plan, and compute it as a worker does."""
    asked = allotting.ask(allotment, by=world.officer, now=NOW)
    Allotment.objects.filter(pk=asked.pk).update(state=Allotment.State.RUNNING, claimed_until=NOW)
    asked.refresh_from_db()
    return allotment_runs.run(asked)


_RUNNERS = (401, 404, 404, 404, 404)
#: Rows of the API's matrix: who runs a season reads and runs its allotments.
API_ROWS = {
    ("api-allotment", "GET"): (*_RUNNERS, 200, 200, 200, 200),
    ("api-allotment-compute", "POST"): (*_RUNNERS, 202, 202, 202, 202),
    ("api-allotment-stop", "POST"): (*_RUNNERS, 200, 200, 200, 200),
    ("api-allotment-publish", "POST"): (*_RUNNERS, 200, 200, 200, 200),
    ("api-allotment-take-back", "POST"): (*_RUNNERS, 200, 200, 200, 200),
}
#: Route -> what makes the allotment that it is about.
API_THINGS = {
    "api-allotment": made,
    "api-allotment-compute": made,
    "api-allotment-stop": asked,
    "api-allotment-publish": computed,
    "api-allotment-take-back": published,
}
