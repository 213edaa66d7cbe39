"""The follow-up's figures: the arithmetic on plain values, then what is read and what is left out."""

from datetime import date, timedelta

import pytest

from bookings import crews
from bookings.coverage import Count, Ground, add_up, ordered, report, season_to_follow
from bookings.crews import Hosted
from bookings.models import Booking, Performance
from tests import factories as make
from tests.bookings.visits import NOW, STARTS_AT, visit
from tests.crews import crew_of, template
from tours.models import Season
from venues.models import School

KROKOM, BERG, ÖSTERSUND = (
    Ground("2309", "Krokom", "krokom", 15_000),
    Ground("2326", "Berg", "berg", 7_000),
    Ground("2380", "Östersund", "ostersund", 64_000),
)
GROUNDS = [BERG, KROKOM, ÖSTERSUND]
DAY = timedelta(days=1)


def count(municipality: Ground = KROKOM, **fields) -> Count:
    return Count(
        **{"municipality": municipality.code, "presenter": 1, "is_young": False, "is_played": True, **fields}
    )


def names(lines) -> list[str]:
    return [line.ground.name for line in lines]


# -- Arithmetic ---------------------------------------


def test_each_municipality_has_a_line_also_with_nothing_in_it():
    found = add_up(GROUNDS, [count(), count()])
    assert [(line.ground.name, line.performances) for line in found.lines] == [
        ("Berg", 0),
        ("Krokom", 2),
        ("Östersund", 0),
    ]


def test_municipalities_without_a_performance_are_named():
    assert [ground.name for ground in add_up(GROUNDS, [count()]).silent] == ["Berg", "Östersund"]


def test_performances_per_thousand_inhabitants():
    [_berg, krokom, _östersund] = add_up(GROUNDS, [count()] * 3).lines
    assert krokom.per_thousand == pytest.approx(0.2)


def test_unknown_inhabitants_make_the_rate_unknown_and_that_of_all_too():
    found = add_up([Ground("2309", "Krokom", "krokom", None), BERG], [count()])
    assert [line.per_thousand for line in [*found.lines, found.total]] == [None, 0, None]


def test_the_share_for_the_young():
    found = add_up(GROUNDS, [count(is_young=True), count(), count(), count()])
    assert found.total.young_share == 0.25


def test_nothing_has_no_shares():
    found = add_up(GROUNDS, [], residence="2380")
    assert (found.total.young_share, found.outside_share) == (None, None)


def test_the_share_outside_the_residence():
    found = add_up(GROUNDS, [count(), count(BERG), count(ÖSTERSUND), count(KROKOM)], residence="2380")
    assert (found.outside_share, found.residence) == (0.75, ÖSTERSUND)


def test_without_a_known_residence_the_share_is_unknown():
    assert add_up(GROUNDS, [count()]).outside_share is None


def test_the_audience_is_what_has_been_told():
    found = add_up(GROUNDS, [count(audience=80, audience_young=30), count(audience=None), count(audience=0)])
    assert (found.total.audience, found.total.audience_young, found.total.reported) == (80, 30, 2)


def test_what_is_to_come_counts_but_is_not_played():
    found = add_up(GROUNDS, [count(), count(is_played=False)])
    assert (found.total.performances, found.total.played) == (2, 1)


def test_what_is_beyond_the_region_is_only_numbered():
    found = add_up(GROUNDS, [count(), Count("NO-5001", 1, False, True)])
    assert (found.total.performances, found.elsewhere) == (1, 1)


def test_the_season_before_is_compared_with():
    found = add_up(GROUNDS, [count()], [count(), count(), count(BERG)])
    assert [(line.before, line.change) for line in found.lines] == [(1, -1), (2, -1), (0, 0)]


def test_lines_are_ordered_by_name_where_equal():
    lines = add_up(GROUNDS, [count(ÖSTERSUND)]).lines
    assert names(ordered(lines, "antal", descending=True)) == ["Östersund", "Berg", "Krokom"]


def test_unknown_rates_come_last_when_the_highest_comes_first():
    lines = add_up([Ground("2303", "Ragunda", "ragunda", None), *GROUNDS], [count(BERG)]).lines
    assert names(ordered(lines, "tusen", descending=True))[-1] == "Ragunda"


AUTUMN = Season(name="Hösten 2026", starts_on=date(2026, 8, 20), ends_on=date(2026, 12, 12))
SPRING = Season(name="Våren 2027", starts_on=date(2027, 1, 11), ends_on=date(2027, 6, 10))


@pytest.mark.parametrize(
    ("today", "season"),
    [
        (date(2026, 8, 1), AUTUMN),
        (date(2026, 12, 24), AUTUMN),
        (date(2027, 1, 11), SPRING),
        (date(2027, 7, 1), SPRING),
    ],
)
def test_the_season_to_follow_is_the_latest_that_has_begun(today: date, season: Season):
    assert season_to_follow([SPRING, AUTUMN], today) is season


def test_there_may_be_no_season_to_follow():
    assert season_to_follow([], date(2027, 1, 1)) is None


# -- Readings ---------------------------------------


@pytest.fixture
def season(world):
    world.places["Östersund"].kind = "residensstad"
    world.places["Östersund"].save()
    return world.season


def total(season) -> int:
    return report(season, NOW).total.performances


def test_a_confirmed_performance_counts(world, season):
    visit(world)
    assert total(season) == 1


@pytest.mark.parametrize(
    "fields", [{"status": "cancelled"}, {"status": "offered"}, {"status": "held"}, {"outcome": "not_held"}]
)
def test_what_is_not_played_never_counts(world, season, fields):
    visit(world, **fields)
    assert total(season) == 0


def test_an_unpublished_performance_counts_for_the_officer(world, season):
    visit(world, published_at=None)
    assert total(season) == 1


def test_the_residence_is_found_by_the_kind_of_its_place(world, season):
    visit(world)
    found = report(season, NOW)
    assert (found.residence.name, found.outside_share) == ("Östersund", 1.0)


@pytest.mark.parametrize(
    ("audience", "age_max", "is_young"),
    [
        ("school", None, 1),
        ("family", None, 1),
        ("public", 12, 1),
        ("public", 19, 1),
        ("public", None, 0),
        ("public", 99, 0),
    ],
)
def test_who_counts_as_young(world, season, audience, age_max, is_young):
    world.production.age_max = age_max
    world.production.save()
    visit(world, audience=audience)
    assert report(season, NOW).total.young == is_young


def test_schools_without_a_visit_are_named(world, season):
    assert [school.name for school in report(season, NOW).unvisited] == ["Krokoms skola"]


def test_a_school_that_is_no_more_does_not_wait_for_a_visit(world, season):
    School.objects.update(status="ceased")
    assert report(season, NOW).unvisited == []


def test_a_visited_school_is_not(world, season):
    visit(world, presenter=world.school, venue=world.school_venue)
    assert report(season, NOW).unvisited == []


def test_a_school_whose_visit_was_cancelled_is_without(world, season):
    visit(world, presenter=world.school, venue=world.school_venue, status="cancelled")
    assert len(report(season, NOW).unvisited) == 1


def test_the_season_before_is_the_latest_earlier_one_of_the_region(world, season):
    older = make.SeasonFactory(starts_on=date(2026, 1, 11), ends_on=date(2026, 5, 28))
    before = make.SeasonFactory(starts_on=date(2026, 8, 11), ends_on=date(2026, 12, 12))
    for found, day in ((older, 100), (before, 60), (before, 61)):
        tour = make.TourFactory(production=world.production, season=found)
        visit(world, STARTS_AT - day * DAY, tour=tour)
    assert report(season, NOW).total.before == 2


def test_the_first_season_has_none_to_compare_with(world, season):
    assert report(season, NOW).has_before is False


def test_the_audience_that_was_told_is_read(world, season):
    performance = visit(world, NOW - DAY)
    Performance.objects.filter(pk=performance.pk).update(attendance=85, attendance_young=20)
    found = report(season, NOW).total
    assert (found.played, found.audience, found.audience_young) == (1, 85, 20)


def test_another_regions_municipalities_are_not_lines(world, season):
    elsewhere = make.RegionFactory(slug="vasternorrland", code="22", name="Västernorrland")
    make.MunicipalityFactory(region=elsewhere, code="2283", name="Sollefteå")
    assert "Sollefteå" not in names(report(season, NOW).lines)


def test_a_report_asks_no_more_for_three_than_for_one(world, season, django_assert_num_queries):
    visit(world)
    with django_assert_num_queries(6):
        report(season, NOW)
    visit(world, STARTS_AT + DAY)
    visit(world, STARTS_AT + 2 * DAY, presenter=world.school, venue=world.school_venue)
    with django_assert_num_queries(6):
        report(season, NOW)


def test_a_visit_hosted_by_a_crew_is_counted_beside_the_rest(world, season):
    booking = visit(world).booking
    template(world)
    crews.take(booking, crew_of(booking.presenter), by=world.presenter, now=STARTS_AT - 3 * DAY)
    before = report(season, NOW).by_crews
    Booking.objects.update(outcome="not_held")
    assert (before, report(season, NOW).by_crews) == (Hosted(1, 0), Hosted(0, 0))
