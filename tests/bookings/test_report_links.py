"""The mailed link to report by: good for one visit, once, for a time."""

import pytest

from bookings import report_links, reporting
from bookings.errors import LinkProblem
from bookings.models import Notice, ReportLink
from bookings.secrets_in_mail import without_token
from tests.agreements import DAY, confirmed
from tests.world import World
from turne.logs import without_secrets


def problem(token: str, now: object) -> str:
    with pytest.raises(LinkProblem) as refusal:
        report_links.find_link(token, now)  # type: ignore[arg-type]
    return refusal.value.code


def test_only_the_digest_is_stored(world: World) -> None:
    booking = confirmed(world)
    token = report_links.make_link(booking, now=booking.occupied_to)
    assert token not in str(ReportLink.objects.values())


def test_it_runs_out(world: World) -> None:
    booking = confirmed(world)
    token = report_links.make_link(booking, now=booking.occupied_to)
    assert problem(token, booking.occupied_to + 61 * DAY) == "expired"


def test_a_newer_one_takes_its_place(world: World) -> None:
    booking = confirmed(world)
    token = report_links.make_link(booking, now=booking.occupied_to)
    report_links.make_link(booking, now=booking.occupied_to)
    assert problem(token, booking.occupied_to) == "revoked"


def test_it_has_served_once_the_visit_is_reported_by_whomever(world: World) -> None:
    booking = confirmed(world)
    token = report_links.make_link(booking, now=booking.occupied_to)
    reporting.report_played(booking, by=world.producer, now=booking.occupied_to, figures=[(80, 70)])
    assert problem(token, booking.occupied_to) == "used"


def test_an_unknown_one(world: World) -> None:
    assert problem("x", confirmed(world).occupied_to) == "unknown"


@pytest.mark.parametrize("cut", [without_token, without_secrets])
def test_its_secret_is_cut_where_others_read(cut: object) -> None:
    assert "abc" not in cut("https://turne.example/rapportera/abc/")  # type: ignore[operator]


def test_no_mail_is_sent_by_a_link_alone(world: World) -> None:
    booking = confirmed(world)
    before = Notice.objects.count()
    report_links.make_link(booking, now=booking.occupied_to)
    assert Notice.objects.count() == before
