"""Calls of the small world, made by the verbs."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from programmes import calls
from programmes.calls import CallInput, Place, Weighed
from programmes.models import Call
from tests.world import World
from venues.models import Organisation

#: It is Monday morning; calls open on Wednesday and close three weeks later.
NOW = datetime(2027, 1, 11, 9, 0, tzinfo=UTC)
OPENS, CLOSES = NOW + timedelta(days=2), NOW + timedelta(days=23)
OPEN, CLOSED = OPENS + timedelta(days=1), CLOSES + timedelta(days=1)
MAY = (date(2027, 5, 3), date(2027, 5, 16))
AUGUST = (date(2027, 8, 9), date(2027, 8, 22))


def office(world: World) -> Organisation:
    return Organisation.objects.get(slug="kulturkontoret")


def said(world: World, **changes: Any) -> CallInput:
    """A residency in Backe or anywhere in Krokom, in May or August."""
    data = CallInput(
        title="Residens för folkmusik",
        title_en="Residency for folk music",
        purpose="Tid att arbeta, nära dem som lyssnar.",
        purpose_en="Time to work, close to those who listen.",
        who_may_apply="Den som arbetar yrkesmässigt med musik.",
        opens_at=OPENS,
        closes_at=CLOSES,
        answers_on=date(2027, 3, 1),
        art_forms=["music"],
        stipend=Decimal(30_000),
        paid_weeks=4,
        gives_housing=True,
        gives_room=True,
        chosen_count=2,
        periods=[MAY, AUGUST],
        places=[
            Place(world.school.municipality),
            Place(world.venue.organisation.municipality, world.venue.organisation),
        ],
        criteria=[Weighed("Kvalitet", 60, "Quality"), Weighed("Genomförbarhet", 40)],
    )
    return replace(data, **changes)


def draft(world: World, kind: str = "residency", **changes: Any) -> Call:
    return calls.make(
        world.season.region, office(world), kind, said(world, **changes), by=world.officer, now=NOW
    )


def published(world: World, **changes: Any) -> Call:
    made = draft(world, **changes)
    return calls.publish(made, version=made.version, by=world.officer, now=NOW)


def grant(world: World, **changes: Any) -> Call:
    """A working grant, which has no places and no periods."""
    return draft(world, "working_grant", periods=[], places=[], **changes)
