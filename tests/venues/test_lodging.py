"""Full houses: what is noted about a town's beds, what is refused, and which nights that gives."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests import factories as make
from venues import lodging
from venues.errors import NotPossible
from venues.models import NoBeds, Place, User

pytestmark = pytest.mark.django_db
TODAY = date(2027, 1, 20)
DAY = timedelta(days=1)


def feb(day: int) -> date:
    return date(2027, 2, day)


@pytest.fixture
def town() -> Place:
    return make.PlaceFactory(name="Sveg")


@pytest.fixture
def user() -> User:
    return make.UserFactory()


def note(town: Place, user: User, **changes: Any) -> NoBeds:
    values = {"first_night": feb(3), "last_night": feb(5), "reason": "Skidtävling", **changes}
    return lodging.note_full(town, **values, by=user, today=TODAY)


def nights(town: Place, first: date = TODAY, last: date = TODAY + 40 * DAY) -> list[int]:
    return sorted(night.day for night in lodging.full_nights([town.pk], first, last).get(town.pk, ()))


def test_both_ends_of_a_note_are_full(town, user):
    note(town, user)
    assert nights(town) == [3, 4, 5]


def test_a_note_says_who_knows_it_and_why(town, user):
    noted = note(town, user, reason=" Skidtävling ")
    assert (noted.by, noted.reason) == (user, "Skidtävling")


def test_only_the_nights_that_are_asked_for_are_given(town, user):
    note(town, user)
    assert nights(town, feb(4), feb(4)) == [4]


def test_a_town_that_has_beds_is_not_named(town, user):
    note(town, user)
    assert lodging.full_nights([town.pk], feb(6), feb(9)) == {}


def test_notes_side_by_side_add_up(town, user):
    note(town, user)
    note(town, user, first_night=feb(6), last_night=feb(6))
    assert nights(town) == [3, 4, 5, 6]


def test_one_night_may_be_tonight(town, user):
    note(town, user, first_night=TODAY, last_night=TODAY)
    assert nights(town, TODAY, TODAY) == [20]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"last_night": feb(2)}, "last_night"),
        ({"first_night": TODAY - 2 * DAY, "last_night": TODAY - DAY}, "last_night"),
        ({"last_night": feb(3) + lodging.MOST_NIGHTS * DAY}, "last_night"),
        ({"reason": "x" * 201}, "reason"),
    ],
)
def test_what_can_not_be_right_is_refused(town, user, changes, field):
    with pytest.raises(NotPossible) as caught:
        note(town, user, **changes)
    assert (caught.value.field, NoBeds.objects.count()) == (field, 0)


@pytest.mark.parametrize("has_lodging", [None, False])
def test_a_place_without_beds_can_not_be_full(town, user, has_lodging):
    town.has_lodging = has_lodging
    with pytest.raises(NotPossible, match="No beds are known in Sveg") as caught:
        note(town, user)
    assert caught.value.field == "place"


def test_a_night_is_noted_once(town, user):
    note(town, user)
    with pytest.raises(NotPossible, match="full already, 3–5") as caught:
        note(town, user, first_night=feb(5), last_night=feb(8))
    assert caught.value.field == "first_night"


def test_from_the_night_on_which_it_ends_there_are_beds(town, user):
    lodging.end_full(note(town, user), feb(4))
    assert nights(town) == [3]


@pytest.mark.parametrize("on", [TODAY, feb(3)])
def test_a_note_that_ends_before_it_began_is_gone(town, user, on):
    lodging.end_full(note(town, user), on)
    assert NoBeds.objects.count() == 0


def test_to_end_what_is_over_changes_nothing(town, user):
    lodging.end_full(note(town, user), feb(20))
    assert nights(town) == [3, 4, 5]


def test_to_end_what_somebody_has_taken_away_changes_nothing(town, user):
    noted = note(town, user)
    lodging.take_away(NoBeds.objects.get(pk=noted.pk))
    lodging.end_full(noted, feb(4))
    assert nights(town) == []


def test_what_is_taken_away_was_never_full(town, user):
    lodging.take_away(note(town, user))
    assert nights(town) == []
