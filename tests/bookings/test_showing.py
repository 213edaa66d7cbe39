"""What calendars say of one visit beside its time: who may say it, and what is refused."""

import pytest

from bookings import showing
from bookings.entries import entry_of
from bookings.errors import ItemChanged
from bookings.models import Booking, BookingChange, Performance
from tests.agreements import NOW, confirmed, offered
from tests.world import World
from tours.errors import NotNow, Refused

STREAM = "https://play.example.org/trumman"


def tell(world: World, booking: Booking, **changes: object) -> Booking:
    given = {"services": [], "stream_url": "", "version": booking.version, "by": world.presenter, "now": NOW}
    return showing.tell(booking, **{**given, **changes})


def test_what_is_told_stands_in_calendars(world: World) -> None:
    booking = confirmed(world)
    tell(world, booking, services=["captions", "sign_language"], stream_url=f" {STREAM} ")
    entry = entry_of(Performance.objects.with_ground().get(booking=booking))
    assert (entry.services, entry.stream_url) == (("sign_language", "captions"), STREAM)


def test_the_production_and_the_visit_add_up(world: World) -> None:
    world.production.access_services = ["relaxed", "captions"]
    world.production.save()
    booking = tell(world, confirmed(world), services=["captions", "audio_description"])
    assert booking.services == ("relaxed", "audio_description", "captions")


def test_an_address_is_kept_in_ascii(world: World) -> None:
    booking = tell(world, confirmed(world), stream_url="https://å.example.org/kväll?plats=Åre")
    assert booking.stream_url == "https://xn--5ca.example.org/kv%C3%A4ll?plats=%C3%85re"


def test_the_history_says_that_it_was_told(world: World) -> None:
    booking = confirmed(world)
    told = tell(world, booking, stream_url=STREAM)
    line = BookingChange.objects.get(booking=booking, action="describe")
    assert (line.by, line.details) == (world.presenter, {"services": [], "streamed": True})
    assert told.version == booking.version + 1


def test_the_same_again_changes_nothing(world: World) -> None:
    booking = tell(world, confirmed(world), stream_url=STREAM)
    assert tell(world, booking, stream_url=STREAM, version=0).version == booking.version


def test_an_old_version_is_refused(world: World) -> None:
    booking = confirmed(world)
    with pytest.raises(ItemChanged) as refused:
        tell(world, booking, stream_url=STREAM, version=0)
    assert refused.value.ids["version"] == booking.version


@pytest.mark.parametrize(
    "address",
    [
        "http://play.example.org/a",
        "javascript:alert(1)",
        "play.example.org",
        "https://",
        "https://maj:hemligt@play.example.org/",
        f"https://play.example.org/{'a' * 500}",
        "https://[",
    ],
)
def test_an_address_that_no_calendar_may_give_is_refused(world: World, address: str) -> None:
    with pytest.raises(Refused) as refused:
        tell(world, confirmed(world), stream_url=address)
    assert refused.value.field == "stream_url"


def test_an_unknown_service_is_refused(world: World) -> None:
    with pytest.raises(Refused) as refused:
        tell(world, confirmed(world), services=["champagne"])
    assert refused.value.field == "services"


def test_only_of_a_confirmed_visit(world: World) -> None:
    with pytest.raises(NotNow):
        tell(world, offered(world), stream_url=STREAM)
