"""A register that several import at the same moment: each of its schools is made once."""

from collections import Counter
from typing import Any
from unittest import mock

import pytest
from django.db import connection

from tests.races import at_once
from tests.venues.units import NOW, Told, documents, read
from tests.world import World
from venues import school_register
from venues.models import Organisation, School
from venues.school_register import import_sheet

#: A preschool without code or id: nothing but its name is unique.
PRESCHOOL = Told(code=None, name="Förskolan Enen", forms={"förskola": ()}, email="")


def created(_number: int) -> int:
    return import_sheet(read(documents(PRESCHOOL)), None, NOW).report.created


def test_a_school_that_many_import_is_made_once(transactional_db: None, world: World) -> None:
    assert at_once(created, list(range(6))) == Counter({0: 5, 1: 1})
    assert Organisation.objects.filter(name="Förskolan Enen").count() == 1
    assert School.objects.filter(organisation__name="Förskolan Enen").count() == 1


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets only one write at a time")
def test_without_the_lock_some_are_refused(transactional_db: None, world: World) -> None:
    """Control: without waiting for each other they collide over its name in addresses."""
    nobody: Any = mock.Mock()
    nobody.objects.select_for_update.return_value.order_by.return_value = []
    with mock.patch.object(school_register, "Region", nobody):
        outcomes = at_once(created, list(range(6)))
    assert outcomes != Counter({0: 5, 1: 1})
