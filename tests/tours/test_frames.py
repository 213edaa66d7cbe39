"""The frame of a tour: what it may say, and the address that it gets."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests import factories as make
from tests.world import World
from tours import frames
from tours.errors import Refused
from tours.frames import Frame
from tours.models import Tour
from venues.models import WorkRuleProfile

FRAME = Frame(name="Trumman i norr", starts_on=date(2027, 2, 1), ends_on=date(2027, 2, 12))


def test_a_frame_begins_as_a_tour_does() -> None:
    kept = {
        name: value for name, value in FRAME.columns().items() if name not in ("name", "starts_on", "ends_on")
    }
    assert kept == {name: getattr(Tour(), name) for name in kept}


def create(world: World, **changes: object) -> Tour:
    return frames.create_tour(world.production, world.season, replace(FRAME, **changes))


def profile(world: World, key: str = "avtal", **fields: object) -> WorkRuleProfile:
    values = {"region": world.season.region, "severity": "warn", "label": key, **fields}
    return WorkRuleProfile.objects.create(key=key, **values)


def test_a_new_tour_is_a_draft_with_its_frame(world: World) -> None:
    made = create(world, cost_per_km=40, winter_factor=Decimal("1.25"))
    made.refresh_from_db()
    assert (made.stage, made.version, made.slug) == (Tour.Stage.DRAFT, 1, "trumman-i-norr")
    assert (made.cost_per_km, made.winter_factor) == (40, Decimal("1.25"))


def test_the_working_time_rules_come_along(world: World) -> None:
    rule = profile(world)
    assert list(create(world, work_rules=(rule,)).work_rules.all()) == [rule]


def test_two_tours_of_one_name_have_addresses_of_their_own(world: World) -> None:
    assert [create(world).slug for _ in range(3)] == [
        "trumman-i-norr",
        "trumman-i-norr-varen-2027",
        "trumman-i-norr-varen-2027-2",
    ]


def test_a_tour_cannot_take_the_address_of_a_page(world: World) -> None:
    assert create(world, name="Ny").slug == "ny-varen-2027"


def test_a_production_off_the_menu_is_refused(world: World) -> None:
    world.season.productions.clear()
    with pytest.raises(Refused, match="is not on the menu of Våren 2027") as refusal:
        create(world)
    assert refusal.value.field == "production"


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"name": "  "}, "name", "Give the tour a name"),
        ({"ends_on": date(2027, 1, 31)}, "ends_on", "before the first"),
        ({"starts_on": date(2027, 1, 1)}, "starts_on", "is played 11 Jan – 28 May 2027"),
        ({"ends_on": date(2027, 6, 1)}, "ends_on", "is played 11 Jan – 28 May 2027"),
        ({"ends_on": date(2027, 5, 28), "starts_on": date(2027, 1, 11)}, "ends_on", "at most 120 days"),
        ({"cut_off_on": date(2027, 2, 1)}, "cut_off_on", "before the first day, Mon 1 Feb 2027"),
        ({"day_open_min": 600, "day_close_min": 700}, "day_close_min", "at least two hours"),
        ({"winter_factor": Decimal("2.5")}, "winter_factor", "2"),
        ({"trailer_factor": Decimal("0.5")}, "trailer_factor", "1"),
        ({"performances_per_day": 0}, "performances_per_day", "1"),
        ({"day_close_min": 1500}, "day_close_min", "1440"),
        ({"name": "x" * 121}, "name", "120"),
        ({"municipality_bonus": 10**9 + 1}, "municipality_bonus", "1000000000"),
        ({"cost_per_km": 10**5 + 1}, "cost_per_km", "100000"),
        ({"wish_worth": 4 * 10**8 + 1}, "wish_worth", "400000000"),
    ],
)
def test_a_frame_that_cannot_be_is_refused_at_its_field(
    world: World, changes: dict[str, object], field: str, words: str
) -> None:
    with pytest.raises(Refused, match=words) as refusal:
        create(world, **changes)
    assert (refusal.value.field, Tour.objects.count()) == (field, 1)


def test_a_neighbours_rules_may_be_chosen(world: World) -> None:
    neighbour = make.RegionFactory(slug="trondelag", code="50", name="Trøndelag")
    world.season.region.neighbours.add(neighbour)
    rule = profile(world, region=neighbour)
    assert list(create(world, work_rules=(rule,)).work_rules.all()) == [rule]


def test_rules_of_a_region_far_away_are_refused(world: World) -> None:
    other = make.RegionFactory(slug="trondelag", code="50", name="Trøndelag")
    with pytest.raises(Refused, match="own region or of a neighbour"):
        create(world, work_rules=(profile(world, region=other),))
    assert Tour.objects.count() == 1
