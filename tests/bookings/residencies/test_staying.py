"""A residency is planned, described anew, and told what somebody needs."""

from datetime import date

import pytest

from bookings.models import Residency
from bookings.residencies import contracts, staying
from tests.bookings.residencies.stays_made import ANSWER_BY, MAY, NOW, Stay, artist, offered, planned, said
from tests.world import World
from tours.errors import NotNow, Refused
from venues.errors import NotPossible
from venues.models import User


@pytest.fixture
def stay(world: World) -> Stay:
    return planned(world)


def make(world: World, **changes: object) -> Residency:
    spans = changes.pop("spans", [MAY])
    data = said(**changes)
    return staying.make(world.presenting, world.places["Backe"], data, spans, by=world.officer, now=NOW)  # type: ignore[arg-type]


def test_it_is_planned_with_its_host_in_the_regions_currency(stay: Stay) -> None:
    residency = stay.residency
    seen = (residency.status, residency.host, residency.currency, residency.slug, residency.artist)
    assert seen == ("planned", stay.world.presenting, "SEK", "vindens-vag", stay.artist)
    assert [change.action for change in residency.changes.all()] == ["make"]


def test_a_second_of_the_same_title_has_another_address(stay: Stay) -> None:
    assert make(stay.world).slug == "vindens-vag-2027"


def test_a_slug_is_no_address_of_another_page(world: World) -> None:
    assert make(world, title="Ny").slug == "ny-2027"


def test_an_artist_without_an_account_gets_one_by_the_address(world: World) -> None:
    made = make(world, artist_email="Ny.Artist@example.org")
    assert (made.artist, made.artist and made.artist.has_usable_password()) == (
        User.objects.get(email="ny.artist@example.org"),
        False,
    )


def test_an_address_that_is_none_is_told(world: World) -> None:
    with pytest.raises(NotPossible) as refused:
        make(world, artist_email="ingen adress")
    assert refused.value.field == "email"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"artist_name": ""}, "artist_name"),
        ({"art_form": "opera"}, "art_form"),
        ({"people_count": 0}, "people_count"),
        ({"title": "x" * 161}, "title"),
        ({"spans": []}, "periods"),
        ({"spans": [(date(2027, 5, 3), date(2027, 5, 2))]}, "periods"),
        ({"spans": [(date(2026, 5, 3), date(2026, 5, 9))]}, "periods"),
        ({"spans": [MAY, MAY]}, "periods"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(world: World, changes: dict[str, object], field: str) -> None:
    with pytest.raises(Refused) as refused:
        make(world, **changes)
    assert (refused.value.field, Residency.objects.count()) == (field, 0)


def test_a_place_elsewhere_is_refused(world: World) -> None:
    world.presenting.region.is_served = False
    world.presenting.region.save()
    with pytest.raises(Refused) as refused:
        make(world)
    assert refused.value.field == "host"


def test_a_change_is_kept_with_a_line_of_its_fields(stay: Stay) -> None:
    data = said(artist_email=stay.artist.email, title="Skogens väg", people_count=3)
    staying.change(stay.residency, data, **stay.act())
    line = stay.residency.changes.last()
    assert line is not None
    assert (stay.fresh().title, line.action, line.details) == (
        "Skogens väg",
        "change",
        {"fields": ["title", "people_count"]},
    )


def test_nothing_changed_is_no_change(stay: Stay) -> None:
    staying.change(stay.residency, said(artist_email=stay.artist.email), **stay.act())
    assert stay.fresh().version == 1


def test_the_second_of_two_is_told(stay: Stay) -> None:
    staying.change(stay.residency, said(artist_email=stay.artist.email, title="Ett"), **stay.act())
    with pytest.raises(NotNow, match="Somebody has changed"):
        staying.change(stay.residency, said(title="Två"), **stay.act(version=1))
    assert stay.fresh().title == "Ett"


def test_whoever_has_agreed_as_the_artist_stays(world: World) -> None:
    stay = offered(world)
    contracts.agree(stay.residency, "artist", number=1, by=stay.artist, now=NOW)
    other = artist("Någon annan")
    with pytest.raises(Refused) as refused:
        staying.change(stay.residency, said(artist_email=other.email), **stay.act())
    assert (refused.value.field, stay.fresh().artist) == ("artist_email", stay.artist)


def test_needs_are_told_and_the_history_does_not_say_which(stay: Stay) -> None:
    staying.tell_needs(stay.residency, " Hörslinga. ", **stay.act(by=stay.artist))
    line = stay.residency.changes.last()
    assert line is not None
    assert (stay.fresh().access_needs, line.action, line.details, line.reason) == (
        "Hörslinga.",
        "needs",
        {},
        "",
    )


def test_a_contract_needs_somebody_who_answers_for_the_artist(world: World) -> None:
    made = make(world)
    with pytest.raises(NotNow, match="Nobody can answer"):
        contracts.send(made, answer_by=ANSWER_BY, version=1, by=world.officer, now=NOW)
