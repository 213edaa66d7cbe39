"""The page of days out to schools near a residency."""

from datetime import date, time

from tests.bookings.residencies.moments import confirmed
from tests.bookings.residencies.stays_made import Stay
from tests.bookings.residencies.test_combining import group, school
from tests.turne.pages import get, text_of
from tests.world import World

DAYS = (date(2027, 5, 3), date(2027, 5, 5))


def made(world: World, **more: object) -> Stay:
    return confirmed(world, **{"periods": [DAYS], **more})


def url(stay: Stay, query: str = "") -> str:
    return f"/residenser/{stay.residency.pk}/skolor/{query}"


def test_a_day_out_with_its_reasons(world: World, as_user) -> None:
    group(school(world))
    told = text_of(get(as_user(world.presenter), url(made(world))))
    assert "Mon 3 May 2027 24 pupils · 0 min on the road, away 08:45–10:15" in told
    assert "09:00–10:00 Backe skola Workshop with a class · 4A · 24 pupils" in told
    assert "Backe skola has not said when it receives" in told


def test_a_session_opens_the_form_of_its_sub_event_filled_in(world: World, as_user) -> None:
    klass = group(school(world))
    client, stay = as_user(world.presenter), made(world)
    [row] = get(client, url(stay)).context["rows"]
    [session] = row["sessions"]
    page = get(client, session["url"])
    assert page.context["form"].initial == {
        "kind": "workshop",
        "on": DAYS[0],
        "title": "Workshop with a class, Backe skola",
        "starts": time(9),
        "ends": time(10),
        "room": "Backe skola",
        "groups": [klass.pk],
    }
    assert f'value="{klass.pk}" id="id_groups_0" checked' in page.content.decode()


def test_narrowed_to_a_production(world: World, as_user) -> None:
    stay = made(world, ensemble=world.ensemble)
    group(school(world))
    response = get(as_user(world.officer), url(stay, f"?vad=p{world.production.pk}"))
    [row] = response.context["rows"]
    assert [session["title"] for session in row["sessions"]] == ["Trumman och tystnaden"]
    assert [chip["label"] for chip in response.context["chips"] if chip["current"]] == [
        "Trumman och tystnaden"
    ]


def test_what_is_no_offer_is_everything(world: World, as_user) -> None:
    group(school(world))
    response = get(as_user(world.officer), url(made(world), "?vad=nonsens"))
    assert len(response.context["rows"]) == 1


def test_no_class_near_by(world: World, as_user) -> None:
    assert "No class near by could be met" in text_of(get(as_user(world.officer), url(made(world))))


def test_no_days_yet(world: World, as_user) -> None:
    assert "The residency has no days yet" in text_of(
        get(as_user(world.officer), url(made(world, periods=[])))
    )


def test_the_artist_does_not_see_it(world: World, as_user) -> None:
    stay = made(world)
    assert get(as_user(stay.artist), url(stay)).status_code == 404
