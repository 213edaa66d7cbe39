"""A season's tours planned together: asking, computing, and proposals that respect each other."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bookings import planning, season_plan
from tests import factories as make
from tests.bookings.visits import STARTS_AT, visit
from tests.world import World
from tours.errors import Refused
from tours.models import Proposal, SeasonRun, Tour
from tours.reasons import Glossary, unplaced_reason
from venues.models import Road

NOW = datetime(2026, 12, 18, 9, tzinfo=UTC)


@pytest.fixture
def second(world: World) -> Tour:
    """Another ensemble's tour in the same weeks, for which the same three have wished."""
    ensemble = make.EnsembleFactory(producer=world.producing, home=world.places["Östersund"])
    production = make.ProductionFactory(ensemble=ensemble, title="Vinterns låtar", slug="vinterns-latar")
    make.RiderFactory(production=production)
    world.season.productions.add(production)
    for wish in (world.wish, world.neighbour_wish, world.school_wish):
        other = make.WishFactory(
            season=world.season, production=production, organisation=wish.organisation, venue=wish.venue,
            created_by=wish.created_by, audience=wish.audience, rank=wish.rank + 1,
        )  # fmt: skip
        span = wish.spans.get()
        make.WishSpanFactory(
            wish=other,
            starts_on=span.starts_on,
            ends_on=span.ends_on,
            earliest=span.earliest,
            latest=span.latest,
        )
    return make.TourFactory(
        production=production, season=world.season, name="Låtar våren 2027", slug="latar-varen-2027",
        starts_on=world.tour.starts_on, ends_on=world.tour.ends_on,
    )  # fmt: skip


def asked(world: World, *tours: Tour, **manners: int) -> SeasonRun:
    return season_plan.propose(world.season, tours, by=world.producer, seconds=1, **manners)


def computed(world: World, *tours: Tour, **manners: int) -> SeasonRun:
    return season_plan.run(asked(world, *tours, **manners))


def visits(run: SeasonRun) -> dict[int, list[date]]:
    """Organisation -> the days on which the run's tours would visit it."""
    found: dict[int, list[date]] = {}
    for proposal in run.proposals.all():
        hosts = dict(proposal.tour.production.wishes.values_list("pk", "organisation"))
        for stop in proposal.plan["stops"]:
            host = hosts[int(stop["candidate"][1:])]
            found.setdefault(host, []).append(proposal.tour.starts_on + timedelta(days=stop["day"]))
    return found


def test_every_tour_gets_a_proposal_that_can_be_adopted(world: World, second: Tour) -> None:
    run = computed(world, world.tour, second, apart_days=1)
    assert {proposal.tour for proposal in run.proposals.all()} == {world.tour, second}
    proposal = run.proposals.get(tour=world.tour)
    done = planning.adopt(proposal, by=world.producer, now=NOW)
    assert (run.state, done.held) == (SeasonRun.State.DONE, len(proposal.plan["stops"]))


def test_a_presenters_visits_lie_apart(world: World, second: Tour) -> None:
    run = computed(world, world.tour, second, apart_days=7)
    for days in visits(run).values():
        assert all(abs((one - other).days) >= 7 for i, one in enumerate(days) for other in days[:i])


def test_planned_apart_from_each_other_they_meet(world: World, second: Tour) -> None:
    """The control: without the run both tours take the same days."""
    alone = [planning.propose(tour, by=world.producer, seconds=1) for tour in (world.tour, second)]
    stops = [{(s["day"], s["start_min"]) for s in proposal.plan["stops"]} for proposal in alone]
    assert stops[0] & stops[1]


def test_a_tour_that_is_not_planned_keeps_its_days(world: World, second: Tour) -> None:
    visit(world)
    run = computed(world, second, apart_days=3)
    played = visits(run).get(world.presenting.pk, [])
    assert all(abs((day - STARTS_AT.date()).days) >= 3 for day in played)


def test_who_is_visited_too_near_by_another_is_told_so(world: World, second: Tour) -> None:
    visit(world)
    run = computed(world, second, apart_days=180)
    proposal = run.proposals.get()
    mine = next(w for w in second.production.wishes.all() if w.organisation == world.presenting)
    (left,) = [row for row in proposal.plan["unplaced"] if row["candidate"] == f"w{mine.pk}"]
    assert left["reason"] == "visited_by_another"
    told = unplaced_reason(left["reason"], left["detail"], Glossary(second.starts_on))
    assert told.text.startswith("Another tour of the season visits them too near its days:")


def test_neighbours_get_the_tour_in_different_weeks(world: World) -> None:
    run = computed(world, world.tour, neighbour_km=60)
    found = visits(run)
    weeks = [
        {day.isocalendar().week for day in found.get(host.pk, [])}
        for host in (world.presenting, world.neighbouring)
    ]
    assert weeks[0] & weeks[1] == set()
    assert all(weeks)


def test_who_is_near_while_a_road_is_open_is_a_neighbour(world: World) -> None:
    backe = world.places["Backe"]
    Road.objects.filter(end=backe).update(km=20, closed_from="02-04", closed_to="03-01")
    make.RoadFactory(start=world.places["Östersund"], end=backe, km=150)
    found = visits(computed(world, world.tour, neighbour_km=30))
    weeks = [
        {day.isocalendar().week for day in found.get(host.pk, [])}
        for host in (world.presenting, world.neighbouring)
    ]
    assert (weeks[0] & weeks[1], all(weeks)) == (set(), True)


def test_a_school_is_nobodys_neighbour(world: World) -> None:
    run = computed(world, world.tour, neighbour_km=200)
    assert world.school.pk in visits(run)


def test_who_is_visited_by_several_is_listed(world: World, second: Tour) -> None:
    run = computed(world, world.tour, second, apart_days=1)
    expected = {host for host, days in visits(run).items() if len(days) > 1}
    assert set(season_plan.meetings(run)) == expected


# -- Asking ---------------------------------------


def test_no_tour_is_refused(world: World) -> None:
    with pytest.raises(Refused, match="Choose the tours"):
        asked(world)


@pytest.mark.parametrize("stage", ["confirmed", "running", "closed"])
def test_a_tour_under_way_is_refused(world: World, stage: str) -> None:
    world.tour.stage = stage
    with pytest.raises(Refused, match="cannot be planned"):
        asked(world, world.tour)


def test_a_tour_of_another_season_is_refused(world: World) -> None:
    with pytest.raises(Refused, match="cannot be planned"):
        asked(world, make.TourFactory())


def test_the_same_tours_are_not_planned_twice_at_once(world: World) -> None:
    asked(world, world.tour)
    with pytest.raises(Refused, match="being planned already"):
        asked(world, world.tour)


def test_only_draft_and_open_tours_are_on_offer(world: World, second: Tour) -> None:
    Tour.objects.filter(pk=second.pk).update(stage="running")
    assert season_plan.plannable(world.season, world.producer) == [world.tour]
    assert season_plan.plannable(world.season, world.presenter) == []


# -- Working ---------------------------------------


def test_the_worker_takes_what_waits_once(world: World) -> None:
    run = asked(world, world.tour)
    assert [season_plan.run_queued(NOW), season_plan.run_queued(NOW)] == [1, 0]
    run.refresh_from_db()
    assert (run.state, run.proposals.count()) == (SeasonRun.State.DONE, 1)


def test_a_dead_workers_run_is_taken_over(world: World) -> None:
    run = asked(world, world.tour)
    SeasonRun.objects.update(state=SeasonRun.State.RUNNING, claimed_until=NOW - timedelta(seconds=1))
    assert season_plan.run_queued(NOW) == 1
    run.refresh_from_db()
    assert run.state == SeasonRun.State.DONE


def test_a_worker_that_was_taken_for_dead_writes_nothing(world: World) -> None:
    run = asked(world, world.tour)
    SeasonRun.objects.update(state=SeasonRun.State.RUNNING, claimed_until=NOW)
    season_plan.run(run)
    assert Proposal.objects.count() == 0


def test_a_failure_is_kept_in_words(world: World) -> None:
    visit(world)
    Road.objects.all().delete()
    run = computed(world, world.tour)
    assert (run.state, run.proposals.count()) == (SeasonRun.State.FAILED, 0)
    assert "Backe" in run.error
