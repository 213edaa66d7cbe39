"""The frame of a tour: made, changed, and its offers sent."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from bookings import lifecycle, planner, tours
from bookings.briefing import make_brief
from bookings.errors import NotNow, Refused
from bookings.models import Notice, Production, Tour, Wish
from bookings.models.booking import Status
from bookings.models.season import SHOWS_MAX
from bookings.tours import Frame
from tests import factories as make
from tests.agreements import NOW, confirmed, held, offered
from tests.world import World
from venues.models import WorkRuleProfile

FRAME = Frame(name="Trumman i norr", starts_on=date(2027, 2, 1), ends_on=date(2027, 2, 12))


def test_a_frame_begins_as_a_tour_does() -> None:
    kept = {
        name: value for name, value in FRAME.columns().items() if name not in ("name", "starts_on", "ends_on")
    }
    assert kept == {name: getattr(Tour(), name) for name in kept}


def create(world: World, **changes: object) -> Tour:
    return tours.create_tour(world.production, world.season, replace(FRAME, **changes))


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
        ({"wish_worth": 7 * 10**8 + 1}, "wish_worth", "700000000"),
    ],
)
def test_a_frame_that_cannot_be_is_refused_at_its_field(
    world: World, changes: dict[str, object], field: str, words: str
) -> None:
    with pytest.raises(Refused, match=words) as refusal:
        create(world, **changes)
    assert (refusal.value.field, Tour.objects.count()) == (field, 1)


def test_the_largest_amounts_that_a_frame_takes_can_be_planned(world: World) -> None:
    dearest = Decimal("99999999.99")
    Production.objects.update(fee=dearest, fee_next_show=dearest, shows_per_day_max=6)
    Wish.objects.update(shows_count=SHOWS_MAX, rank=1)
    amounts = ("municipality_bonus", "cost_per_night", "cost_per_change", "cost_per_offered_change")
    frame = replace(
        FRAME, **dict.fromkeys(amounts, 10**9), cost_per_km=10**5, wish_worth=7 * 10**8, moves_offered=True
    )
    tour = tours.edit_tour(world.tour, frame, version=1)
    offered(world)
    document = make_brief(Tour.objects.with_ground().get(pk=tour.pk)).problem
    assert planner.Problem.from_json(document).to_json() == document


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


def test_a_change_raises_the_version_and_keeps_the_address(world: World) -> None:
    changed = tours.edit_tour(world.tour, FRAME, version=1)
    assert (changed.name, changed.slug, changed.version) == ("Trumman i norr", "trumman-varen-2027", 2)


def test_a_change_over_somebody_elses_is_refused(world: World) -> None:
    tours.edit_tour(world.tour, FRAME, version=1)
    with pytest.raises(NotNow, match="Somebody has changed the tour"):
        tours.edit_tour(world.tour, replace(FRAME, name="Annat"), version=1)
    assert Tour.objects.get(pk=world.tour.pk).name == "Trumman i norr"


@pytest.mark.parametrize(
    ("days", "field"),
    [
        ((date(2027, 2, 4), date(2027, 2, 12)), "starts_on"),
        ((date(2027, 2, 1), date(2027, 2, 2)), "ends_on"),
    ],
)
def test_standing_visits_stay_within_the_days(world: World, days: tuple[date, date], field: str) -> None:
    held(world)
    with pytest.raises(Refused, match="Backe bygdegård is held for Wed 3 Feb 2027") as refusal:
        tours.edit_tour(world.tour, replace(FRAME, starts_on=days[0], ends_on=days[1]), version=1)
    assert refusal.value.field == field


def test_a_released_visit_is_in_nobodys_way(world: World) -> None:
    lifecycle.release(held(world), by=world.producer, now=NOW)
    changed = tours.edit_tour(world.tour, replace(FRAME, starts_on=date(2027, 2, 8)), version=1)
    assert changed.starts_on == date(2027, 2, 8)


# -- Offers ---------------------------------------


ANSWER_BY = NOW + timedelta(days=10)


def two_held(world: World) -> dict[int, int]:
    later = timezone.make_aware(datetime(2027, 2, 4, 18))
    both = [held(world), held(world, wish=world.neighbour_wish, starts_at=later)]
    return {booking.pk: booking.version for booking in both}


def offer(world: World, versions: dict[int, int]) -> list:
    return tours.offer_stops(world.tour, versions, by=world.producer, now=NOW, answer_by=ANSWER_BY)


def test_several_offers_are_sent_at_once(world: World) -> None:
    sent = offer(world, two_held(world))
    assert [(booking.status, booking.answer_by) for booking in sent] == [(Status.OFFERED, ANSWER_BY)] * 2
    assert Notice.objects.filter(kind="offered").count() == 2


def test_if_one_cannot_be_sent_none_is(world: World) -> None:
    versions = two_held(world)
    world.neighbouring.memberships.all().delete()
    type(world.neighbouring).objects.filter(pk=world.neighbouring.pk).update(email="")
    with pytest.raises(Refused, match="No mail reaches Folkets hus Strömsund"):
        offer(world, versions)
    assert set(world.tour.bookings.values_list("status", flat=True)) == {Status.HELD}
    assert not Notice.objects.exists()


def test_a_visit_that_has_changed_stops_them_all(world: World) -> None:
    versions = two_held(world)
    first = world.tour.bookings.first()
    lifecycle.offer(first, by=world.producer, now=NOW)
    with pytest.raises(NotNow, match="Somebody has changed this visit"):
        offer(world, versions)
    assert world.tour.bookings.filter(status=Status.OFFERED).count() == 1


@pytest.mark.parametrize("versions", [{}, {999_999: 1}])
def test_without_a_visit_nothing_is_offered(world: World, versions: dict[int, int]) -> None:
    with pytest.raises(Refused, match="Choose at least one"):
        offer(world, versions)


def test_another_tours_visit_is_not_offered(world: World) -> None:
    versions = two_held(world)
    other = make.TourFactory(production=world.production, season=world.season)
    with pytest.raises(Refused, match="Choose at least one"):
        tours.offer_stops(other, versions, by=world.producer, now=NOW, answer_by=ANSWER_BY)


@pytest.mark.parametrize(
    ("cut_off_on", "today", "expected"),
    [
        (None, date(2026, 12, 18), date(2027, 1, 1)),
        (date(2026, 12, 28), date(2026, 12, 18), date(2026, 12, 28)),
        (date(2026, 12, 1), date(2026, 12, 18), date(2027, 1, 1)),
        (None, date(2027, 1, 28), date(2027, 1, 31)),
        (None, date(2027, 2, 3), date(2027, 2, 4)),
    ],
)
def test_the_suggested_answer_day(cut_off_on: date | None, today: date, expected: date) -> None:
    tour = Tour(starts_on=date(2027, 2, 1), cut_off_on=cut_off_on)
    assert tours.default_answer_day(tour, today) == expected


class TestTurnStages:
    def test_a_tour_with_a_confirmed_visit_runs_from_its_first_day(self, world: World) -> None:
        confirmed(world)
        assert tours.turn_stages(world.tour.starts_on) == 1
        world.tour.refresh_from_db()
        assert world.tour.stage == Tour.Stage.RUNNING

    def test_without_one_it_does_not(self, world: World) -> None:
        offered(world)
        assert tours.turn_stages(world.tour.starts_on) == 0

    def test_it_closes_after_its_last_day(self, world: World) -> None:
        confirmed(world)
        assert tours.turn_stages(world.tour.ends_on + timedelta(days=1)) == 1
        world.tour.refresh_from_db()
        assert world.tour.stage == Tour.Stage.CLOSED

    def test_a_draft_stays_a_draft(self, world: World) -> None:
        assert tours.turn_stages(world.tour.ends_on + timedelta(days=1)) == 0
