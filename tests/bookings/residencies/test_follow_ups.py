"""A year after: asked once and once more, answered by the artist, and the earlier answer kept."""

from datetime import UTC, datetime, timedelta

import pytest

from bookings.errors import ItemChanged
from bookings.models import Notice, ResidencyFollowUp
from bookings.residencies import follow_ups, residency_reports
from bookings.residencies.follow_ups import Answer
from tests.bookings.residencies.moments import confirmed
from tests.bookings.residencies.stays_made import MAY, Stay
from tests.world import World
from tours.errors import NotNow, Refused

#: The morning after the last day, and of the same day a year later.
AFTER, YEAR = datetime(2027, 5, 17, 8, tzinfo=UTC), datetime(2028, 5, 16, 8, tzinfo=UTC)
SAID = Answer(was_shown=True, performances_count=8, words="Turné i fyra kommuner.")


@pytest.fixture
def stay(world: World) -> Stay:
    found = confirmed(world, periods=[MAY])
    residency_reports.ask_due(AFTER)
    Notice.objects.all().delete()
    return found


def answer(stay: Stay, said: Answer = SAID, version: int = 1, now: datetime = YEAR) -> ResidencyFollowUp:
    return follow_ups.answer(stay.residency, said, version=version, by=stay.artist, now=now)


def test_it_is_asked_a_year_later_and_once_more(stay: Stay) -> None:
    days = [-1, 0, 1, 20, 21, 22, 60]
    asked = [follow_ups.ask_due(YEAR + timedelta(days=day)) for day in days]
    assert asked == [0, 1, 0, 0, 1, 0, 0]
    assert set(Notice.objects.values_list("to_email", "kind")) == {(stay.artist.email, "residency_follow_up")}


def test_the_host_is_asked_where_nobody_answers_for_the_artist(stay: Stay) -> None:
    type(stay.residency).objects.update(artist=None)
    follow_ups.ask_due(YEAR)
    assert Notice.objects.get().to_email == stay.world.presenting.email


def test_it_is_answered_and_may_be_answered_anew(stay: Stay) -> None:
    answer(stay)
    again = answer(stay, Answer(True, 9, "En till."), version=2)
    assert (again.performances_count, again.version) == (9, 3)
    kept = stay.residency.changes.filter(action="follow_up").last()
    assert kept is not None
    assert kept.details["before"]["performances_count"] == 8
    assert follow_ups.ask_due(YEAR + timedelta(days=30)) == 0


def test_not_before_its_day_and_not_over_anothers_answer(stay: Stay) -> None:
    with pytest.raises(NotNow):
        answer(stay, now=YEAR - timedelta(days=1))
    answer(stay)
    with pytest.raises(ItemChanged):
        answer(stay)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (Answer(True, -1, ""), "performances_count"),
        (Answer(False, 3, ""), "was_shown"),
        (Answer(True, None, "x" * 4001), "words"),
    ],
)
def test_what_can_not_be_is_refused(stay: Stay, said: Answer, field: str) -> None:
    with pytest.raises(Refused) as refused:
        answer(stay, said)
    assert refused.value.field == field
