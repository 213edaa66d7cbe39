"""The groups of a school's visit on their page: set by the producer, counted by the school, seen by a guest."""

from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone

from bookings.models import Booking
from tests import factories as make
from tests.school import NOW, OVER, confirmed_visit, group
from tests.turne.pages import errors_of, get, post, source_of, text_of
from tests.world import World
from venues.models import Group


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch):
    """Set the clock of pages: `at(OVER)`."""

    def stop(moment: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    stop(NOW)
    return stop


@pytest.fixture
def groups(world: World) -> list[Group]:
    return [group(world, "4A"), group(world, "4B")]


@pytest.fixture
def visit(world: World, groups: list[Group], at) -> Booking:
    """Two shows, a group at each; a pupil of each needs a place for a wheelchair."""
    return confirmed_visit(world, groups, 2, wheelchair=1)


def page(visit: Booking) -> str:
    return f"/bokning/{visit.pk}/grupper/"


def sent(visit: Booking, **fields: Any) -> dict[str, Any]:
    """What the form sends as it stands."""
    found: dict[str, Any] = {"version": visit.version}
    for row in visit.groups.all():
        key = row.group_id
        found |= {
            f"pupils_{key}": row.pupils_count,
            f"adults_{key}": row.adults_count,
            f"show_{key}": row.show_number,
            f"need_{key}_wheelchair": row.needs.get("wheelchair", ""),
        }
    return {**found, **fields}


def stands(visit: Booking) -> list[tuple[str, int, int]]:
    return list(visit.groups.values_list("group__name", "show_number", "pupils_count"))


def test_it_says_who_comes_when(world: World, visit: Booking, as_user) -> None:
    response = get(as_user(world.school_contact), page(visit))
    show = response.context["shows"][1]
    assert [row.group.name for row in show["groups"]] == ["4B"]
    assert "2 12:15 12:20 12:30–13:15 4B (24) 24 2 94" in text_of(response)


def test_both_sides_know_what_is_needed_and_the_officer_does_not(
    world: World, visit: Booking, as_user
) -> None:
    def needs(user) -> list:
        return get(as_user(user), page(visit)).context["needs"]

    wheelchairs = [{"need": "place for a wheelchair", "count": 2}]
    people = (world.producer, world.school_contact, world.officer)
    assert [needs(user) for user in people] == [wheelchairs, wheelchairs, []]


def test_the_school_counts(world: World, visit: Booking, groups: list[Group], as_user) -> None:
    fields = {f"pupils_{groups[0].pk}": 20, f"need_{groups[0].pk}_wheelchair": ""}
    answer = post(as_user(world.school_contact), page(visit), sent(visit, **fields))
    assert (answer.status_code, stands(visit)) == (302, [("4A", 1, 20), ("4B", 2, 24)])
    assert [row.needs for row in visit.groups.all()] == [{}, {"wheelchair": 1}]


def test_the_school_can_not_say_which_show(
    world: World, visit: Booking, groups: list[Group], as_user
) -> None:
    post(as_user(world.school_contact), page(visit), sent(visit, **{f"show_{groups[0].pk}": 2}))
    assert stands(visit) == [("4A", 1, 24), ("4B", 2, 24)]


def test_too_many_are_refused_in_words(world: World, visit: Booking, groups: list[Group], as_user) -> None:
    answer = post(as_user(world.school_contact), page(visit), sent(visit, **{f"pupils_{groups[0].pk}": 119}))
    assert answer.status_code == 422
    text = "4A is 121 with the adults, and a show takes at most 120 there."
    assert errors_of(answer) == {"__all__": [text]}


def test_the_producer_moves_takes_out_and_adds(
    world: World, visit: Booking, groups: list[Group], as_user
) -> None:
    more = group(world, "5A")
    fields = {f"show_{groups[0].pk}": 2, f"leave_{groups[1].pk}": "on", "more": [more.pk]}
    post(as_user(world.producer), page(visit), sent(visit, **fields))
    assert stands(visit) == [("5A", 1, 24), ("4A", 2, 24)]


def test_what_somebody_else_has_changed_is_not_written_over(
    world: World, visit: Booking, groups: list[Group], as_user
) -> None:
    old = sent(visit, **{f"pupils_{groups[0].pk}": 20}, version=visit.version - 1)
    answer = post(as_user(world.school_contact), page(visit), old)
    assert (answer.status_code, stands(visit)) == (302, [("4A", 1, 24), ("4B", 2, 24)])


@pytest.fixture
def guest(world: World, visit: Booking):
    """The contact of another school, whose 1C comes along at the first show."""
    theirs = make.GroupFactory(name="1C")
    visit.groups.create(group=theirs, show_number=1, pupils_count=9, adults_count=1, needs={"relaxed": 1})
    user = make.UserFactory()
    make.MembershipFactory(user=user, organisation=theirs.school.organisation, role="school_contact")
    return user


def test_a_guest_sees_its_own_groups_and_needs_only(world: World, visit: Booking, guest, as_user) -> None:
    client = as_user(guest)
    context = get(client, page(visit)).context
    names = [row.group.name for show in context["shows"] for row in show["groups"]]
    assert (names, context["needs"]) == (["1C"], [{"need": "relaxed performance", "count": 1}])
    assert client.get(f"/bokning/{visit.pk}/").status_code == 404


def test_a_guest_counts_its_own(world: World, visit: Booking, guest, as_user) -> None:
    key = visit.groups.get(group__name="1C").group_id
    post(as_user(guest), page(visit), sent(visit, **{f"pupils_{key}": 8}))
    assert stands(visit)[0] == ("1C", 1, 8)


def test_a_guest_is_led_to_its_groups_from_its_lists(world: World, visit: Booking, guest, as_user) -> None:
    client = as_user(guest)
    home = get(client, f"/skola/{guest.memberships.get().organisation.slug}/hem/")
    (row,) = home.context["coming"]
    assert (row["url"], row["groups"], row["host"]) == (page(visit), "1C (9)", str(visit.presenter))
    (goes,) = get(client, "/inkorg/?visa=kommer").context["goes"]
    assert (goes["url"], "1C (9)" in goes["text"], "4A" in goes["text"]) == (page(visit), True, False)


def test_after_the_visit_its_page_says_what_is_left_to_do(world: World, visit: Booking, at, as_user) -> None:
    client = as_user(world.school_contact)
    before = get(client, f"/bokning/{visit.pk}/")
    assert (before.context["school"]["after"], "fits" in source_of(before)) == ([], True)
    at(OVER)
    after = get(as_user(world.school_contact), f"/bokning/{visit.pk}/")
    school = after.context["school"]
    assert (school["bell"], [row["is_done"] for row in school["after"]]) == ("", [False, False, False])
    assert 'class="fits"' not in source_of(after)
    assert get(as_user(world.producer), f"/bokning/{visit.pk}/").context["school"]["after"] == []


def test_who_came_begins_the_report(world: World, visit: Booking, groups: list[Group], at, as_user) -> None:
    at(OVER)
    client = as_user(world.school_contact)
    told = {f"came_{groups[0].pk}": 21, f"came_{groups[1].pk}": 24, "version": visit.version}
    assert post(client, page(visit), told).status_code == 302
    form = get(client, f"/bokning/{visit.pk}/rapport/").context["form"]
    assert [form[name].value() for name in ("audience_1", "young_1", "adults_2")] == [23, 21, 2]


@pytest.mark.parametrize("where", ["", "forberedelser/", "dagen/"])
def test_the_visits_pages_say_it_too(world: World, visit: Booking, where: str, as_user) -> None:
    text = text_of(get(as_user(world.school_contact), f"/bokning/{visit.pk}/{where}"))
    assert "What some of them need: place for a wheelchair (2)" in text
