"""What is forgotten of those who applied for nothing in the end."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import update_last_login

from programmes import applicants
from programmes.applicants import DRAFTS_KEPT, UNUSED_KEPT
from programmes.models import Application, Call
from tests.programmes.applying import artist, draft, sent
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
