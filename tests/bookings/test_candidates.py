"""The planner's names of wishes, visits and presenters, and who is behind them."""

from bookings.candidates import booking_of, candidate_id, hosts_of, presenter_name, wish_of
from tests.agreements import held
from tests.bookings.visits import visit
from tests.world import World


def test_a_name_leads_back_to_its_row() -> None:
    names = ["w17", "b4", presenter_name(9)]
    assert [(wish_of(name), booking_of(name)) for name in names] == [(17, None), (None, 4), (None, None)]


def test_a_visit_bears_the_name_of_its_wish(world: World) -> None:
    assert candidate_id(booking=held(world)) == candidate_id(wish=world.wish) == f"w{world.wish.pk}"


def test_a_visit_without_a_wish_has_a_name_of_its_own(world: World) -> None:
    booking = visit(world).booking
    assert candidate_id(booking=booking) == f"b{booking.pk}"


def test_hosts_are_known_by_the_names(world: World) -> None:
    wish, booking = candidate_id(wish=world.wish), candidate_id(booking=visit(world).booking)
    assert hosts_of([wish, booking, "w999999"]) == dict.fromkeys((wish, booking), "Backe bygdegård")


def test_nobody_is_asked_for_nobody(django_assert_num_queries, db: None) -> None:
    with django_assert_num_queries(0):
        assert hosts_of([]) == {}
