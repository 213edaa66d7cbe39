"""The invented residencies of the demo."""

import pytest

from bookings.demo.stays import ARTIST, make_stays
from bookings.models import Allocation, Residency
from tests.conftest import DEMO_NOON
from venues.models import Dwelling, Region, User

pytestmark = pytest.mark.django_db


def test_one_is_agreed_and_one_planned(demo_region: Region) -> None:
    assert len(make_stays(demo_region, DEMO_NOON)) == 1
    found = Residency.objects.filter(region=demo_region).order_by("pk")
    assert [one.status for one in found] == ["confirmed", "planned"]
    assert {one.artist for one in found} == {User.objects.get(email=ARTIST)}
    assert Allocation.objects.filter(residency=found[0]).count() == 4
    assert Dwelling.objects.count() == 2


def test_it_is_added_once(demo_region: Region) -> None:
    make_stays(demo_region, DEMO_NOON)
    assert make_stays(demo_region, DEMO_NOON) == []
