"""The invented residencies of the demo."""

import pytest

from bookings.demo.stays import ARTIST, make_stays
from bookings.models import Allocation, Residency, SubEvent
from bookings.residencies import day_plans, publishing
from tests.conftest import DEMO_NOON
from venues.models import Dwelling, Region, User

pytestmark = pytest.mark.django_db


def test_one_is_agreed_and_one_planned(demo_region: Region) -> None:
    assert len(make_stays(demo_region, DEMO_NOON)) == 2
    found = Residency.objects.filter(region=demo_region).order_by("pk")
    assert [one.status for one in found] == ["confirmed", "planned"]
    assert {one.artist for one in found} == {User.objects.get(email=ARTIST)}
    assert Allocation.objects.filter(residency=found[0]).count() == 4
    assert Dwelling.objects.count() == 2


def test_the_agreed_one_is_public_with_what_is_open_to_everybody(demo_region: Region) -> None:
    make_stays(demo_region, DEMO_NOON)
    assert [one.status for one in publishing.listed()] == ["confirmed"]
    assert [(one.kind, one.cancelled_at is not None) for one in publishing.open_events()] == [
        ("open_rehearsal", False),
        ("workshop", False),
        ("talk", True),
        ("showing", False),
    ]
    assert list(SubEvent.objects.exclude(title__endswith="(påhittat)")) == []


def test_what_the_planned_one_plans_nobody_else_sees(demo_region: Region) -> None:
    make_stays(demo_region, DEMO_NOON)
    hidden = SubEvent.objects.exclude(pk__in=SubEvent.objects.public())
    assert [one.residency.status for one in hidden] == ["planned"]


def test_the_agreed_one_has_a_plan_of_its_first_days(demo_region: Region) -> None:
    make_stays(demo_region, DEMO_NOON)
    planned = day_plans.days(Residency.objects.get(status="confirmed"))
    assert [len([one for one in day.lines if one.line]) for day in planned[:4]] == [2, 3, 1, 0]
    assert [day.overlaps for day in planned[:4]] == [[]] * 4


def test_it_is_added_once(demo_region: Region) -> None:
    make_stays(demo_region, DEMO_NOON)
    assert make_stays(demo_region, DEMO_NOON) == []
