"""Two courses laid beside each other."""

from datetime import UTC, datetime

from bookings.standing import Change, changes


def at(day: int) -> datetime:
    return datetime(2027, 2, day, 9, tzinfo=UTC)


def test_what_moves_comes_or_goes_is_told_in_order_of_time() -> None:
    was = {"w1": at(1), "w2": at(5), "w3": at(7)}
    becomes = {"w1": at(1), "w3": at(3), "w4": at(4)}
    assert changes(was, becomes) == [
        Change("w3", at(7), at(3)),
        Change("w4", None, at(4)),
        Change("w2", at(5), None),
    ]
