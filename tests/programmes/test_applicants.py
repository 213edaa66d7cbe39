"""What is forgotten of those who applied for nothing in the end."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import update_last_login

from bookings.models import Residency
from bookings.needs import NEEDS_KEPT
from programmes import applicants, applications, calls
from programmes.applicants import DRAFTS_KEPT, NEEDS_KEPT_LONGEST, UNUSED_KEPT
from programmes.models import Application, Call, Decision
from tests.bookings.residencies.moments import planned
from tests.programmes.applying import artist, draft, sent
from tests.programmes.deciding import ANSWERED, told
from tests.programmes.open_calls import CLOSES, published
from tests.world import World
from venues.models import User

DAY = timedelta(days=1)


@pytest.fixture
def call(world: World) -> Call:
    return Call.objects.with_ground().get(pk=published(world).pk)


def test_an_account_that_was_never_opened_is_deleted_after_a_week(world: World) -> None:
    user, stands = artist(), []
    for at in (user.created_at + UNUSED_KEPT, user.created_at + UNUSED_KEPT + DAY):
        applicants.forget_due(at)
        stands.append(User.objects.filter(pk=user.pk).exists())
    assert stands == [True, False]


def test_who_has_logged_in_belongs_somewhere_or_has_written_stays(world: World, call: Call) -> None:
    seen, applying = artist("Sedd"), artist("Söker")
    update_last_login(None, seen)
    sent(call, applying)
    applicants.forget_due(CLOSES + DRAFTS_KEPT * 10)
    kept = [seen.pk, applying.pk, world.presenter.pk]
    assert User.objects.filter(pk__in=kept).count() == 3


def test_a_draft_goes_three_months_after_its_call_has_closed_and_what_was_sent_stays(call: Call) -> None:
    draft(call, artist("Ett"))
    kept = sent(call, artist("Två"))
    applicants.forget_due(CLOSES + DRAFTS_KEPT)
    assert Application.objects.count() == 2
    applicants.forget_due(CLOSES + DRAFTS_KEPT + DAY)
    assert [one.pk for one in Application.objects.all()] == [kept.pk]


# -- What they need ---------------------------------------


def needing(now: datetime) -> list[str]:
    """Whose needs are kept after a week more."""
    applicants.forget_due(now + NEEDS_KEPT + DAY)
    kept = Application.objects.exclude(access_needs="")
    return list(kept.order_by("number").values_list("applicant_name", flat=True))


def test_needs_are_forgotten_once_nothing_can_come_of_it(world: World) -> None:
    """One who was granted it and one in reserve may still come."""
    made = told(world)
    gone = made["Bosse"]
    assert needing(ANSWERED - 2 * NEEDS_KEPT) == ["Anna", "Bosse", "Cilla"]
    assert needing(ANSWERED) == ["Anna", "Bosse"]
    applications.withdraw(gone, by=gone.applicant, version=gone.version, now=ANSWERED)
    assert needing(ANSWERED) == ["Anna"]


def test_the_residency_keeps_its_own(world: World) -> None:
    made = told(world)
    Decision.objects.filter(application=made["Anna"]).update(residency=planned(world).residency)
    assert (needing(ANSWERED), Residency.objects.get().access_needs) == (["Bosse"], "Hiss.")


def test_a_year_after_the_call_has_closed_none_is_kept(world: World) -> None:
    told(world)
    assert needing(CLOSES + NEEDS_KEPT_LONGEST - NEEDS_KEPT) == []


def test_needs_of_a_call_that_is_withdrawn_are_forgotten(world: World, call: Call) -> None:
    sent(call, artist("Ett"))
    calls.withdraw(call, why="Inga pengar.", version=call.version, by=world.officer, now=CLOSES)
    assert needing(CLOSES) == []
