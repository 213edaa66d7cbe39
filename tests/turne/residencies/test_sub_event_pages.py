"""Sub-events by the pages: written, warned of, cancelled, told of, and seen by the school whose class is invited."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from bookings.models import SubEvent
from tests.bookings.residencies.moments import OVER, added, confirmed, group, workshop
from tests.bookings.residencies.stays_made import Stay
from tests.factories import GroupFactory
from tests.turne.pages import get
from tests.world import World
from venues.models import SchoolBreak

SENT = {
    "kind": "workshop",
    "title": "Låtskrivande",
    "on": "2027-05-04",
    "starts": "13:00",
    "ends": "14:30",
    "click": "1",
}


@pytest.fixture(autouse=True)
def in_april(later: Any) -> None:
    later(datetime(2027, 4, 20, 9, tzinfo=UTC))


@pytest.fixture
def stay(world: World) -> Stay:
    return confirmed(world)


def test_one_is_added_by_the_form_once(stay: Stay, as_user: Any) -> None:
    client = as_user(stay.world.presenter)
    address = f"/residenser/{stay.residency.pk}/delar/ny/"
    assert [client.post(address, SENT).status_code for _turn in range(2)] == [302, 302]
    event = SubEvent.objects.get()
    assert (event.title, event.starts_at) == ("Låtskrivande", datetime(2027, 5, 4, 11, tzinfo=UTC))


@pytest.mark.parametrize(
    "query",
    [
        "dag=2027-02-31&kind=concert&starts=25:00&ends=x",
        "dag=%00&title=%00&room=%00&kind=%00",
        "title=" + "x" * 161 + "&room=" + "x" * 121,
        "groups=x&groups=99999999999999999999&groups=-1&groups=",
        "venue=1&is_public=on&despite=on&about=Hej",
        "",
    ],
)
def test_of_what_its_address_asks_for_only_what_can_be_is_filled_in(
    stay: Stay, as_user: Any, query: str
) -> None:
    group(stay)
    page = get(as_user(stay.world.presenter), f"/residenser/{stay.residency.pk}/delar/ny/?{query}")
    initial = {name: value for name, value in page.context["form"].initial.items() if value}
    assert initial == {"kind": "open_rehearsal", "on": date(2027, 5, 3)}


@pytest.mark.parametrize(
    ("today", "asked", "day"),
    [
        (date(2027, 4, 20), "", date(2027, 5, 3)),
        (date(2027, 5, 5), "", date(2027, 5, 5)),
        (date(2027, 5, 17), "", date(2027, 8, 9)),
        (date(2027, 8, 23), "", None),
        (date(2027, 5, 5), "?dag=2027-05-04", date(2027, 5, 4)),
    ],
)
def test_the_day_is_the_one_that_was_clicked_or_the_next_of_the_stay(
    stay: Stay, as_user: Any, later: Any, today: date, asked: str, day: date | None
) -> None:
    later(datetime(today.year, today.month, today.day, 9, tzinfo=UTC))
    page = get(as_user(stay.artist), f"/residenser/{stay.residency.pk}/delar/ny/{asked}")
    assert page.context["form"].initial["on"] == day


def test_classes_stand_by_school_folded_until_one_is_ticked(stay: Stay, as_user: Any) -> None:
    first, _second = group(stay), group(stay, "5B")
    client, address = as_user(stay.world.presenter), f"/residenser/{stay.residency.pk}/delar/ny/"
    for query, chosen, is_open in (("", 0, False), (f"?groups={first.pk}", 1, True)):
        page = get(client, f"{address}{query}")
        [school] = page.context["form"].schools()
        labels = [box.choice_label for box in school.boxes]
        assert (school.school, labels, school.chosen_count) == (
            "Krokoms skola", ["4A, 24 pupils", "5B, 24 pupils"], chosen,
        )  # fmt: skip
        assert ('<details class="more" open><summary>Krokoms skola' in page.content.decode()) is is_open


def test_a_class_of_elsewhere_is_not_filled_in(stay: Stay, as_user: Any) -> None:
    own, other = group(stay), GroupFactory(school__place=stay.world.places["Åre"])
    page = get(
        as_user(stay.world.presenter),
        f"/residenser/{stay.residency.pk}/delar/ny/?groups={other.pk}&groups={own.pk}&groups={own.pk}",
    )
    assert page.context["form"].initial["groups"] == [own.pk]


def test_an_evening_over_midnight_ends_the_next_day(stay: Stay, as_user: Any) -> None:
    sent = {**SENT, "starts": "22:30", "ends": "00:30"}
    as_user(stay.artist).post(f"/residenser/{stay.residency.pk}/delar/ny/", sent)
    assert SubEvent.objects.get().ends_at == datetime(2027, 5, 4, 22, 30, tzinfo=UTC)


def test_a_day_off_asks_for_a_word_that_the_school_knows(stay: Stay, as_user: Any) -> None:
    klass = group(stay)
    SchoolBreak.objects.create(
        school=stay.world.school.school, starts_on="2027-05-04", ends_on="2027-05-04", name="Studiedag"
    )
    client, address = as_user(stay.world.presenter), f"/residenser/{stay.residency.pk}/delar/ny/"
    sent = {**SENT, "groups": [klass.pk]}
    first = client.post(address, sent)
    assert (first.status_code, first.context["form"].asks_despite) == (422, True)
    assert "Studiedag" in str(first.context["form"].errors)
    assert client.post(address, {**sent, "despite": "on", "click": "2"}).status_code == 302


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"on": "2027-02-31"}, "on"),
        ({"starts": "25:00"}, "starts"),
        ({"title": ""}, "title"),
        ({"venue": "99999999999999999999"}, "venue"),
        ({"groups": ["x"]}, "groups"),
        ({"on": "2027-06-30"}, "on"),
    ],
)
def test_bad_input_is_told_beside_its_field(
    stay: Stay, as_user: Any, changes: dict[str, Any], field: str
) -> None:
    group(stay)
    answer = as_user(stay.world.presenter).post(
        f"/residenser/{stay.residency.pk}/delar/ny/", {**SENT, **changes}
    )
    assert (answer.status_code, field in answer.context["form"].errors) == (422, True)


def test_a_stale_form_changes_nothing(stay: Stay, as_user: Any) -> None:
    event = added(stay)
    client = as_user(stay.world.presenter)
    sent = {**SENT, "version": "1"}
    first = client.post(f"/residenser/delar/{event.pk}/andra/", sent)
    late = client.post(f"/residenser/delar/{event.pk}/andra/", {**sent, "title": "Annat"})
    event.refresh_from_db()
    assert (first.status_code, late.status_code, event.title) == (302, 409, "Låtskrivande")


def test_a_school_sees_its_own_classes_and_may_say_no(stay: Stay, as_user: Any) -> None:
    event = workshop(stay)
    client = as_user(stay.world.school_contact)
    page = get(client, f"/residenser/delar/{event.pk}/")
    assert ([one.name for one in page.context["groups"]], page.context["may_change"]) == (["4A"], False)
    assert len(get(client, f"/skola/{stay.world.school.slug}/hem/").context["invited"]) == 1
    client.post(f"/residenser/delar/{event.pk}/kommer-inte/", {"why": "Prov.", "version": "1"})
    assert event.groups.count() == 0


def test_what_came_of_it_is_told_when_it_is_over(stay: Stay, as_user: Any, later: Any) -> None:
    event = added(stay)
    later(OVER)
    sent = {"held": "ja", "attendance": "40", "attendance_young": "41", "version": "1"}
    client, address = as_user(stay.world.presenter), f"/residenser/delar/{event.pk}/beratta/"
    assert client.post(address, sent).status_code == 422
    assert client.post(address, {**sent, "attendance_young": "12"}).status_code == 302
    event.refresh_from_db()
    assert (event.attendance, event.attendance_young) == (40, 12)
