"""The digest of what an allotment's brief reads: nothing that it reads is left out, and publishing asks it first."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings import allotment_briefs, allotment_digests, allotment_publishing
from bookings.errors import PlanOutdated
from tests import allotments
from tests.allotments import NOW
from tests.world import World
from tours.models import Allotment, AllotmentOrder

#: What people have decided by hand is no part of the brief's fingerprint, nor the allotment's own row of the digest's.
BESIDE = {AllotmentOrder._meta.db_table, Allotment._meta.db_table}


def tables_in(queries: CaptureQueriesContext) -> set[str]:
    """The tables that queries read from."""
    return {table for one in queries for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', one["sql"])}


def no_brief(allotment: Allotment) -> Any:
    raise AssertionError("the brief was written, though no row has changed")


def test_every_table_that_the_brief_reads_is_in_the_digest(world: World) -> None:
    found = allotments.published(world)
    with CaptureQueriesContext(connection) as queries:
        allotment_briefs.make_brief(found)
    digested = {rows.model._meta.db_table for rows in allotment_digests.read(found)}
    assert tables_in(queries) - BESIDE - digested == set()


def test_every_rule_of_the_allotment_is_in_the_digest(world: World) -> None:
    found = allotments.made(world)
    before = allotment_digests.digest_of(found)
    found.bus_max_km += 1
    assert allotment_digests.digest_of(found) != before


def test_unchanged_ground_is_published_without_writing_the_brief(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = allotments.computed(world)
    monkeypatch.setattr(allotment_publishing, "make_brief", no_brief)
    assert allotment_publishing.publish(found, by=world.officer, now=NOW).visits > 0


def test_a_row_that_changes_and_does_not_matter_is_looked_into(world: World) -> None:
    found = allotments.computed(world)
    world.school_venue.name = "Stora aulan"
    world.school_venue.save()
    assert allotment_digests.digest_of(found) != found.ground_digest
    assert allotment_publishing.publish(found, by=world.officer, now=NOW).visits > 0


@pytest.mark.parametrize("change", ["road", "room", "group"])
def test_whatever_matters_is_seen(world: World, change: str) -> None:
    found = allotments.computed(world)
    if change == "road":
        world.places["Krokom"].roads_in.update(km=39)
    elif change == "room":
        type(world.school_venue).objects.filter(pk=world.school_venue.pk).update(seats=30, max_persons=30)
    else:
        world.school.school.groups.filter(name="4A").update(adults_count=2)
    with pytest.raises(PlanOutdated):
        allotment_publishing.publish(found, by=world.officer, now=NOW)
