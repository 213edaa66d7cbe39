"""Wishes: what stands, what is refused with which words, and who may change what when."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from tests import factories as make
from tests.tours.wishing import CLOSED, NOW, SPAN, another, data, ranks, refusal, submit
from tests.world import World
from tours import wish_rules, wishes
from tours.errors import Refused, SeasonClosed
from tours.models import Season, Wish
from venues.models import Road

pytestmark = pytest.mark.usefixtures("without_wishes")


# -- submit ---------------------------------------


def test_a_wish_stands_with_its_spans(world: World) -> None:
    wish = submit(world, message="  Gärna kväll.  ", spans=(SPAN, SPAN))
    assert Wish.objects.standing().get() == wish
    assert (wish.message, wish.created_by, wish.changed_at) == ("Gärna kväll.", world.presenter, NOW)
    assert [(s.starts_on, s.ends_on, s.earliest, s.latest) for s in wish.spans.all()] == [
        (SPAN.starts_on, SPAN.ends_on, SPAN.earliest, SPAN.latest)
    ]


def test_before_the_season_opens(world: World) -> None:
    with pytest.raises(SeasonClosed, match="opens for wishes Tue 1 Sep 2026"):
        submit(world, now=datetime(2026, 8, 1, tzinfo=UTC))


def test_after_the_season_has_closed(world: World) -> None:
    with pytest.raises(SeasonClosed, match="Ask the producer for a change instead"):
        submit(world, now=CLOSED)


def test_the_moment_of_closing_is_too_late(world: World) -> None:
    with pytest.raises(SeasonClosed):
        submit(world, now=world.season.closes_at)


def test_a_production_that_is_not_on_the_menu(world: World) -> None:
    other = make.ProductionFactory(title="Under isen")
    assert refusal(world, production=other) == (
        "production",
        "Under isen is not on the menu of Våren 2027. Choose one that is.",
    )


def test_a_production_without_a_rider(world: World) -> None:
    bare = make.ProductionFactory(title="Under isen")
    world.season.productions.add(bare)
    assert refusal(world, production=bare)[0] == "production"


def test_another_regions_season(world: World) -> None:
    far = make.RegionFactory(slug="gotland", name="Gotland", code="09")
    elsewhere = make.SeasonFactory(region=far)
    with pytest.raises(Refused, match="belongs to Gotland"):
        wishes.submit(elsewhere, world.presenting, data(world), world.presenter, NOW)


def test_a_neighbouring_regions_season(world: World) -> None:
    near = make.RegionFactory(slug="vasternorrland", name="Västernorrland", code="22")
    near.neighbours.add(world.season.region)
    theirs = make.SeasonFactory(region=near, starts_on=date(2027, 1, 11), ends_on=date(2027, 5, 28))
    theirs.productions.add(world.production)
    assert wishes.submit(theirs, world.presenting, data(world), world.presenter, NOW).season == theirs


def test_somebody_elses_venue(world: World) -> None:
    assert refusal(world, venue=world.neighbour_venue) == ("venue", "Choose one of your own venues.")


def test_a_venue_that_is_closed_down(world: World) -> None:
    world.venue.is_closed_down = True
    assert refusal(world) == (
        "venue",
        "Backe bygdegård, salen is no longer in use. Choose another venue.",
    )


@pytest.mark.parametrize("ended", [{"status": "ceased"}, {"ceased_on": SPAN.starts_on}])
def test_a_school_that_is_no_more(world: World, ended: dict) -> None:
    make.SchoolFactory(organisation=world.presenting, place=world.places["Backe"], **ended)
    assert refusal(world) == (
        "spans",
        "Backe bygdegård is no more on these days. Wish for the school that it went on as.",
    )


def test_a_school_wishes_for_days_before_it_ceases(world: World) -> None:
    make.SchoolFactory(organisation=world.presenting, place=world.places["Backe"], ceased_on=SPAN.ends_on)
    assert submit(world) == Wish.objects.standing().get()


def test_an_audience_over_the_productions_maximum(world: World) -> None:
    assert refusal(world, audience_expected=121) == (
        "audience_expected",
        "Trumman och tystnaden takes at most 120 at each show. Ask for more shows or fewer people.",
    )


@pytest.mark.parametrize("fact", ["seats", "max_persons", "fire_approved_capacity"])
def test_an_audience_over_what_the_room_takes(world: World, fact: str) -> None:
    setattr(world.venue, fact, 59)
    assert refusal(world) == (
        "audience_expected",
        "Backe bygdegård, salen takes at most 59. Ask for more shows or choose another venue.",
    )


def test_a_room_of_unknown_size_refuses_nobody(world: World) -> None:
    world.venue.seats = world.venue.max_persons = None
    assert submit(world, audience_expected=120).audience_expected == 120


def test_an_audience_of_nobody(world: World) -> None:
    assert refusal(world, audience_expected=0)[0] == "audience_expected"


def test_an_unknown_kind_of_audience(world: World) -> None:
    assert refusal(world, audience="everyone")[0] == "audience"


def test_more_shows_a_day_than_the_production_plays(world: World) -> None:
    assert refusal(world, shows_count=3) == (
        "shows_count",
        "Trumman och tystnaden is played at most 2 times a day. Ask for no more than that.",
    )


def test_no_show_at_all(world: World) -> None:
    assert refusal(world, shows_count=0)[0] == "shows_count"


def test_shows_that_do_not_fit_into_a_day(world: World) -> None:
    long = another(world, duration_min=480)
    assert refusal(world, production=long, shows_count=2) == (
        "shows_count",
        "With get-in and get-out that takes 18\N{NO-BREAK SPACE}h 30\N{NO-BREAK SPACE}min, more than a day "
        "holds. Ask for fewer shows.",
    )


def test_no_days_at_all(world: World) -> None:
    assert refusal(world, spans=()) == ("spans", "Say when you can: choose weeks or days.")


@pytest.mark.parametrize(
    ("first", "last"),
    [(date(2027, 1, 10), date(2027, 1, 12)), (date(2027, 5, 28), date(2027, 5, 29))],
)
def test_days_outside_the_season(world: World, first: date, last: date) -> None:
    field, sentence = refusal(world, spans=(replace(SPAN, starts_on=first, ends_on=last),))
    assert (field, "is outside the season, which is played 11 Jan" in sentence) == ("spans", True)


def test_the_seasons_first_and_last_day_are_inside(world: World) -> None:
    whole = replace(SPAN, starts_on=world.season.starts_on, ends_on=world.season.ends_on)
    assert submit(world, spans=(whole,)).spans.count() == 1


def test_days_in_the_wrong_order(world: World) -> None:
    wrong = replace(SPAN, starts_on=date(2027, 2, 5), ends_on=date(2027, 2, 1))
    assert refusal(world, spans=(wrong,)) == ("spans", "The last day is before the first.")


def test_times_in_the_wrong_order(world: World) -> None:
    assert refusal(world, spans=(replace(SPAN, earliest=time(20)),)) == (
        "latest",
        "The latest start is before the earliest.",
    )


def test_a_time_inside_get_in(world: World) -> None:
    assert refusal(world, spans=(replace(SPAN, earliest=time(7, 14)),)) == (
        "earliest",
        "Get-in takes 1\N{NO-BREAK SPACE}h 15\N{NO-BREAK SPACE}min and begins at 06:00 at the earliest, so the "
        "show can start at 07:15 at the earliest.",
    )


def test_the_first_start_after_get_in_stands(world: World) -> None:
    assert submit(world, spans=(replace(SPAN, earliest=time(7, 15)),)).pk


def test_a_start_whose_get_out_would_end_after_midnight(world: World) -> None:
    assert refusal(world, spans=(replace(SPAN, latest=time(22, 31)),)) == (
        "latest",
        "Playing and get-out take 1\N{NO-BREAK SPACE}h 30\N{NO-BREAK SPACE}min and must end by midnight, so the "
        "first show can start at 22:30 at the latest.",
    )


def test_two_shows_must_start_earlier_than_one(world: World) -> None:
    late = (replace(SPAN, latest=time(22, 30)),)
    assert refusal(world, spans=late, shows_count=2)[0] == "latest"
    assert submit(world, spans=(replace(SPAN, latest=time(21, 15)),), shows_count=2).shows_count == 2


def test_a_venue_that_no_road_reaches(world: World) -> None:
    Road.objects.filter(end=world.places["Backe"]).delete()
    assert refusal(world) == (
        "venue",
        "No road leads from Östersund to Backe: the ensemble can not come. Choose another venue.",
    )


def test_days_on_which_the_road_is_closed(world: World) -> None:
    Road.objects.filter(end=world.places["Backe"]).update(closed_from="01-15", closed_to="04-30")
    field, sentence = refusal(world)
    assert (field, "The road to Backe is closed 1–12 Feb 2027" in sentence) == ("spans", True)


def test_days_on_the_edge_of_a_closed_road_stand(world: World) -> None:
    Road.objects.filter(end=world.places["Backe"]).update(closed_from="02-10", closed_to="04-30")
    assert submit(world).pk


def test_a_rank_that_is_taken(world: World) -> None:
    submit(world, production=another(world))
    with pytest.raises(Refused, match="Fjällfolk already has rank 1. Choose 2") as caught:
        submit(world)
    assert caught.value.field == "rank"


def test_reserves_are_ranked_for_themselves(world: World) -> None:
    submit(world, production=another(world))
    submit(world, is_reserve=True)
    assert ranks(world) == [("Fjällfolk", 1, False), ("Trumman och tystnaden", 1, True)]


@pytest.mark.parametrize("rank", [0, 9])
def test_a_rank_out_of_range(world: World, rank: int) -> None:
    assert refusal(world, rank=rank) == ("rank", "Give a rank from 1 to 8.")


def test_the_same_production_twice(world: World) -> None:
    submit(world)
    with pytest.raises(Refused, match="You already have a wish for Trumman och tystnaden") as caught:
        submit(world, rank=2)
    assert caught.value.field == "production"


def test_more_wishes_than_the_season_takes(world: World) -> None:
    world.season.wishes_max = 1
    submit(world, production=another(world))
    with pytest.raises(Refused, match="You have 1 wish already, which is the most in this season"):
        submit(world, rank=2)


def test_others_wishes_do_not_count(world: World) -> None:
    world.season.wishes_max = 1
    wishes.submit(
        world.season, world.neighbouring, data(world, venue=world.neighbour_venue), world.neighbour, NOW
    )
    assert submit(world).rank == 1


# -- weeks ---------------------------------------


def spans(season: Season, *weeks: tuple[int, int], audience: str = "public") -> list[tuple[date, date]]:
    found = wish_rules.spans_of_weeks(weeks, time(9), time(19), season, audience)
    return [(span.starts_on, span.ends_on) for span in found]


def test_a_week_is_monday_to_sunday(world: World) -> None:
    assert spans(world.season, (2027, 6)) == [(date(2027, 2, 8), date(2027, 2, 14))]


def test_weeks_in_a_row_are_one_span(world: World) -> None:
    assert spans(world.season, (2027, 7), (2027, 6), (2027, 9)) == [
        (date(2027, 2, 8), date(2027, 2, 21)),
        (date(2027, 3, 1), date(2027, 3, 7)),
    ]


def test_weeks_for_schools_are_monday_to_friday(world: World) -> None:
    assert spans(world.season, (2027, 6), (2027, 7), audience="school") == [
        (date(2027, 2, 8), date(2027, 2, 12)),
        (date(2027, 2, 15), date(2027, 2, 19)),
    ]


def test_weeks_are_cut_to_the_season(world: World) -> None:
    world.season.ends_on = date(2027, 2, 10)
    assert spans(world.season, (2027, 6)) == [(date(2027, 2, 8), date(2027, 2, 10))]


@pytest.mark.parametrize(
    ("week", "sentence"),
    [
        ((2027, 53), "There is no week 53 in 2027."),
        ((2027, 1), "Week 1 is outside the season, which is played 11 Jan – 28 May 2027."),
    ],
)
def test_weeks_that_can_not_be(world: World, week: tuple[int, int], sentence: str) -> None:
    with pytest.raises(Refused) as caught:
        spans(world.season, week)
    assert (caught.value.field, str(caught.value)) == ("weeks", sentence)


def test_the_weeks_of_a_season(world: World) -> None:
    weeks = wish_rules.weeks_of(world.season)
    assert (weeks[0], weeks[-1], len(weeks)) == ((2027, 2), (2027, 21), 20)


def test_the_weeks_over_new_year() -> None:
    season = Season(starts_on=date(2026, 12, 22), ends_on=date(2027, 1, 5))
    assert wish_rules.weeks_of(season) == [(2026, 52), (2026, 53), (2027, 1)]
