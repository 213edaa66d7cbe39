"""Dwellings: told by their house, three-valued, and lent no more."""

from datetime import time
from typing import Any

import pytest

from bookings.residencies import reserving
from tests.bookings.residencies.stays_made import dwelling, planned, reserved
from tests.turne.pages import errors_of, get, post, queries_of, source_of, text_of
from tests.world import World
from venues.models import Dwelling


def told(world: World, **more: Any) -> dict[str, Any]:
    form = {
        "owner": world.presenting.pk, "name": "Prästgården", "place": world.places["Backe"].pk, "beds": 4,
        "has_kitchen": "True", "takes_children": "False", "click": "1",
    }  # fmt: skip
    return {**form, **more}


def test_a_house_tells_of_one(world: World, en: Any) -> None:
    post(en(world.presenter), "/bostader/ny/", told(world))
    made = Dwelling.objects.get()
    facts = (made.has_kitchen, made.takes_children, made.takes_animals, made.beds, made.owner)
    assert facts == (True, False, None, 4, world.presenting)


def test_what_is_not_known_is_said_to_be_that(world: World, en: Any) -> None:
    dwelling(world)
    assert "not known" in text_of(get(en(world.presenter), "/bostader/"))


@pytest.mark.parametrize(
    ("changes", "field"), [({"beds": 0}, "beds"), ({"name": "LÄGENHETEN i Backe"}, "name")]
)
def test_what_cannot_be_is_told_at_its_field(
    world: World, en: Any, changes: dict[str, Any], field: str
) -> None:
    dwelling(world)
    answer = en(world.presenter).post("/bostader/ny/", told(world, **changes))
    assert (answer.status_code, list(errors_of(answer)), Dwelling.objects.count()) == (422, [field], 1)


def test_it_is_changed_and_lent_no_more(world: World, en: Any) -> None:
    home = dwelling(world)
    post(en(world.presenter), f"/bostader/{home.pk}/", told(world, name="Nya lägenheten", version=1))
    post(en(world.presenter), f"/bostader/{home.pk}/lana-ut/", {"lend": "0", "version": 2})
    home.refresh_from_db()
    assert (home.name, home.is_in_use) == ("Nya lägenheten", False)


def test_hours_that_nobody_has_told_are_said_to_be_usual(world: World, en: Any) -> None:
    home, client = dwelling(world), en(world.presenter)
    form = text_of(get(client, f"/bostader/{home.pk}/"))
    assert [f"Left empty: {at}, as is usual." in form for at in ("15:00", "11:00")] == [True, True]
    assert "One comes from 15:00 and leaves by 11:00, as is usual" in text_of(get(client, "/bostader/"))


def test_hours_are_told_and_shown(world: World, en: Any) -> None:
    home, client = dwelling(world, "Prästgården"), en(world.presenter)
    post(client, f"/bostader/{home.pk}/", told(world, comes_at="17:00", leaves_at="09.30", version=1))
    home.refresh_from_db()
    shown = text_of(get(client, "/bostader/"))
    assert (home.hours, "from 17:00 and leaves by 09:30" in shown, "usual" in shown) == (
        (time(17), time(9, 30)),
        True,
        False,
    )


def test_no_time_of_day_is_told_at_its_field(world: World, en: Any) -> None:
    answer = en(world.presenter).post("/bostader/ny/", told(world, comes_at="25:00"))
    assert (list(errors_of(answer)), Dwelling.objects.count()) == (["comes_at"], 0)


def test_who_reserves_one_reads_its_hours(world: World, en: Any) -> None:
    stay = planned(world)
    Dwelling.objects.update(comes_at=time(17))
    page = text_of(get(en(world.presenter), f"/residenser/{stay.residency.pk}/bostad/"))
    assert "Lägenheten i Backe, Backe. One comes from 17:00 and leaves by 11:00" in page


def test_the_second_of_two_is_told_and_keeps_its_words(world: World, en: Any) -> None:
    home, client = dwelling(world, "Prästgården"), en(world.presenter)
    address = f"/bostader/{home.pk}/"
    post(client, address, told(world, beds=6, version=1))
    late = post(client, address, told(world, beds=2, version=1, click="2"))
    home.refresh_from_db()
    assert (late.status_code, home.beds, late.context["form"]["beds"].value()) == (409, 6, "2")
    assert "It says now: beds: 6" in text_of(late)
    again = post(client, address, told(world, beds=2, version=late.context["version"], click="3"))
    home.refresh_from_db()
    assert (again.status_code, home.beds) == (302, 2)


def test_the_forms_bear_the_version_that_they_show(world: World, en: Any) -> None:
    home, client = dwelling(world, version=1_234), en(world.presenter)
    pages = [source_of(get(client, address)) for address in ("/bostader/", f"/bostader/{home.pk}/")]
    assert ['name="version" value="1234"' in page for page in pages] == [True, True]


def test_what_was_changed_meanwhile_is_not_lent_no_more_unseen(world: World, en: Any) -> None:
    home, client = dwelling(world, version=2), en(world.presenter)
    answer = post(client, f"/bostader/{home.pk}/lana-ut/", {"lend": "0", "version": 1})
    home.refresh_from_db()
    told_so = text_of(get(client, answer.headers["Location"]))
    assert ("Somebody has changed the dwelling" in told_so, home.is_in_use) == (True, True)


def test_another_house_does_not_write_it(world: World, en: Any) -> None:
    home = dwelling(world)
    assert en(world.neighbour).get(f"/bostader/{home.pk}/").status_code == 404
    assert "Lägenheten i Backe" not in text_of(get(en(world.neighbour), "/bostader/"))


def test_the_region_reads_it(world: World, en: Any) -> None:
    dwelling(world)
    assert "Lägenheten i Backe" in text_of(get(en(world.officer), "/bostader/"))


def test_it_says_who_has_each_next_by_as_many_queries_for_more(world: World, as_user: Any) -> None:
    stay = reserved(world)
    client = as_user(world.presenter)
    assert "Vindens väg" in text_of(get(client, "/bostader/"))
    one = queries_of(client, "/bostader/")
    reserving.reserve_dwelling(stay.residency, dwelling(world, "Prästgården"), **stay.act())
    assert queries_of(client, "/bostader/") == one
