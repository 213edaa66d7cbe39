"""What producers ask of a room and nobody has told."""

from datetime import UTC, date, datetime

import pytest

from tests import factories as make
from tours.models import Rider, Wish
from tours.questions import Fits, asking, fits, open_questions, wished
from tours.rooms import room_check
from venues.models import Venue

SPRING = date(2027, 2, 1)


@pytest.fixture
def needs(world):
    """The world's production, changed to need these things."""

    def change(**fields) -> Venue:
        Rider.objects.filter(production=world.production).update(**fields)
        return Venue.objects.get(pk=world.venue.pk)

    return change


def asked(venue: Venue) -> list[str]:
    return [question.fact for question in open_questions(venue, asking(SPRING))]


def test_a_need_that_the_room_has_not_told_is_asked(needs):
    assert asked(needs(needs_piano=True)) == ["piano"]


def test_what_is_told_is_not_asked_whether_yes_or_no(needs):
    needs(needs_piano=True)
    Venue.objects.update(piano=False)
    assert asked(needs(needs_piano=True)) == []


def test_the_outlet_that_is_needed_is_asked_for(needs):
    assert asked(needs(power="32a")) == ["power_32a_cee"]


def test_the_most_asked_comes_first(world, needs):
    other = make.ProductionFactory(ensemble=world.ensemble)
    make.RiderFactory(production=other, needs_piano=True)
    world.season.productions.add(other)
    venue = needs(needs_piano=True, blackout_need="full")
    assert [(q.fact, q.asked_count) for q in open_questions(venue, asking(SPRING))] == [
        ("piano", 2),
        ("blackout", 1),
    ]


def test_the_productions_of_a_season_that_is_over_do_not_ask(needs):
    assert open_questions(needs(needs_piano=True), asking(date(2028, 1, 1))) == []


def test_every_line_of_the_room_check_has_a_fact(needs, world):
    venue = needs(
        stage_w_m=6, stage_d_m=5, stage_h_m=3, power="16a", blackout_need="dim", floor_need="wood",
        needs_flat_floor=True, needs_piano=True, needs_sound=True, needs_light=True, needs_warm_floor=True,
        needs_vehicle_access=True, dressing_rooms=1,
    )  # fmt: skip
    empty = make.VenueFactory()
    world.production.refresh_from_db()
    lines = room_check(Rider.objects.get(production=world.production), world.production, empty)
    questions = open_questions(empty, asking(SPRING))
    assert len(questions) == len(lines) == 14
    assert all(hasattr(venue, question.fact) for question in questions)


def test_it_asks_the_database_once(needs, django_assert_num_queries):
    venue = needs(needs_piano=True)
    with django_assert_num_queries(1):
        open_questions(venue, asking(SPRING))


def test_what_wishes_for_the_room_hang_on_comes_before_the_most_asked(world, needs):
    for _other in range(2):
        made = make.RiderFactory(production__ensemble=world.ensemble, needs_piano=True).production
        world.season.productions.add(made)
    venue = needs(blackout_need="full")
    found = open_questions(venue, asking(SPRING), wished([venue.pk], SPRING)[venue.pk])
    assert [(q.fact, q.asked_count, q.wished_count) for q in found] == [("blackout", 1, 1), ("piano", 2, 0)]


def test_wishes_that_are_withdrawn_or_for_other_rooms_do_not_count(world):
    assert wished([world.venue.pk], SPRING) == {world.venue.pk: {world.production.pk}}
    Wish.objects.update(withdrawn_at=datetime(2026, 12, 1, tzinfo=UTC))
    assert wished([world.venue.pk], SPRING) == {}


def test_how_many_fit(world, needs):
    other = make.RiderFactory(production__ensemble=world.ensemble, needs_piano=True).production
    world.season.productions.add(other)
    room = world.venue
    assert fits(room, asking(SPRING)) == Fits(fits=1, unknown=1, asked=2)
    room.piano = False
    assert fits(room, asking(SPRING)) == Fits(fits=1, unknown=0, asked=2)
