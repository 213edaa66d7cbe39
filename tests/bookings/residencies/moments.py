"""The small world’s residency as rows, in whatever state, with sub-events and groups; nothing is reserved for it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bookings.models import Notice, Residency, ResidencyPeriod, SubEvent
from bookings.residencies import sub_events
from bookings.residencies.sub_events import SubEventInput
from tests.bookings.residencies.stays_made import AUGUST, MAY, NOW, Stay, artist, dwelling
from tests.factories import GroupFactory
from tests.world import World
from venues.models import Group

#: A Tuesday of the stay in May, one to two in the afternoon.
DAY = date(2027, 5, 4)
STARTS, ENDS = datetime(2027, 5, 4, 11, tzinfo=UTC), datetime(2027, 5, 4, 12, tzinfo=UTC)
#: The evening after it.
OVER = datetime(2027, 5, 4, 18, tzinfo=UTC)


def planned(world: World, **changes: Any) -> Stay:
    """A residency as rows: two people, planned with the presenter; nothing is reserved, nobody was told."""
    who = changes.pop("artist", None) or artist()
    periods = changes.pop("periods", [MAY, AUGUST])
    values: dict[str, Any] = {
        "region": world.season.region,
        "host": world.presenting,
        "place": world.places["Backe"],
        "artist_name": "Trion",
        "artist": who,
        "slug": "vindens-vag",
        "title": "Vindens väg",
        "about": "Låtar om vind.",
        "art_form": "music",
        "people_count": 2,
        "access_needs": "Hiss.",
        "currency": world.season.region.currency,
        "created_at": NOW,
        "changed_at": NOW,
    }
    residency = Residency.objects.create(**{**values, **changes})
    ResidencyPeriod.objects.bulk_create(
        ResidencyPeriod(residency=residency, starts_on=first, ends_on=last, changed_at=NOW)
        for first, last in periods
    )
    return Stay(world, who, Residency.objects.with_ground().get(pk=residency.pk), dwelling(world))


def confirmed(world: World, **changes: Any) -> Stay:
    """The same, agreed by both sides."""
    agreed = {"status": "confirmed", "host_agreed_at": NOW, "artist_agreed_at": NOW}
    return planned(world, **{**agreed, **changes})


def said(**changes: Any) -> SubEventInput:
    """An open rehearsal where the residency is."""
    data = SubEventInput(kind="open_rehearsal", title="Öppen repetition", starts_at=STARTS, ends_at=ENDS)
    return replace(data, **changes)


def added(stay: Stay, **changes: Any) -> SubEvent:
    return sub_events.add(stay.residency, said(**changes), by=stay.world.presenter, now=NOW)


def workshop(stay: Stay, *groups: Group, **changes: Any) -> SubEvent:
    values = {"kind": "workshop", "title": "Låtskrivande", "groups": groups or [group(stay)], **changes}
    return added(stay, **values)


def later() -> dict[str, Any]:
    """The same hour a week after."""
    return {"starts_at": STARTS + timedelta(days=7), "ends_at": ENDS + timedelta(days=7)}


def group(stay: Stay, name: str = "4A", **more: Any) -> Group:
    """A class of the world's school, which is moved to the municipality of the stay."""
    school = stay.world.school
    school.municipality = stay.residency.place.municipality
    school.save(update_fields=["municipality"])
    made: Group = GroupFactory(school=school.school, name=name, **more)
    return made


def kinds_mailed() -> list[str]:
    """What was mailed, in order."""
    return list(Notice.objects.order_by("created_at", "kind").values_list("kind", flat=True))
