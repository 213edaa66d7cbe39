"""A school's visit through the API: groups, who comes to know what, workshops, and what classes thought."""

from typing import Any

import pytest

from bookings.models import Booking, ClassFeedback
from tests import factories as make
from tests.api.callers import API, caller
from tests.races import at_once
from tests.school import OVER, confirmed_visit, group, pedagogue
from tests.world import World

pytestmark = pytest.mark.usefixtures("season_is_open")
TIME = {"starts_at": "2027-02-02T09:00:00+01:00", "ends_at": "2027-02-02T10:00:00+01:00", "place": "4A"}


@pytest.fixture
def visit(world: World) -> Booking:
    """Two shows, a class at each; a pupil of each needs a place for a wheelchair."""
    return confirmed_visit(world, [group(world, "4A"), group(world, "4B")], 2, wheelchair=1)


def groups(user: Any, visit: Booking) -> Any:
    return caller(user).get(f"{API}/bookings/{visit.pk}/groups").json()


def test_groups_stand_by_show(world: World, visit: Booking) -> None:
    found = groups(world.producer, visit)
    assert [(row["group"]["name"], row["show_number"], row["pupils_count"]) for row in found["groups"]] == [
        ("4A", 1, 24),
        ("4B", 2, 24),
    ]
    assert [(show["number"], show["most"], show["left"]) for show in found["shows"]] == [
        (1, 120, 94),
        (2, 120, 94),
    ]


def test_needs_are_for_the_two_sides(world: World, visit: Booking) -> None:
    people = (world.school_contact, world.producer, world.officer)
    told = [groups(user, visit)["groups"][0]["needs"] for user in people]
    assert told == [{"wheelchair": 1}, {"wheelchair": 1}, None]


@pytest.mark.django_db(transaction=True)
def test_of_many_who_saw_the_same_workshop_one_changes_it(world: World) -> None:
    found = confirmed_visit(world, [group(world, "4A")], 1)
    who = pedagogue(world)
    body = {**TIME, "kind": "before", "groups": [row.group_id for row in found.groups.all()]}
    made = caller(who).post(f"{API}/bookings/{found.pk}/workshops", body).json()
    calls = [(world.school_contact, "confirm", {}), (who, "cancel", {"reason": "Sjukdom."})] * 4

    def send(call: Any) -> int:
        user, step, told = call
        seen = {"If-Match": f'"{made["version"]}"'}
        address = f"{API}/workshops/{made['id']}/{step}"
        return int(caller(user).post(address, told, headers=seen).status_code)

    assert at_once(send, calls) == {200: 1, 412: 7}


@pytest.mark.parametrize("path", ["wishes", "bookings", "bookings/{pk}", "performances", "organisations"])
def test_no_list_tells_what_somebody_needs(world: World, visit: Booking, path: str) -> None:
    for user in (None, world.school_contact, world.producer, world.officer):
        text = caller(user).get(f"{API}/{path.format(pk=visit.pk)}").content.decode()
        assert "wheelchair" not in text


def test_who_came_is_told_for_all_of_ones_schools_at_once(world: World, visit: Booking, clock: Any) -> None:
    theirs = make.GroupFactory(name="1C")
    visit.groups.create(group=theirs, show_number=1, pupils_count=9, adults_count=1)
    make.MembershipFactory(
        user=world.school_contact, organisation=theirs.school.organisation, role="school_contact"
    )
    clock.now = OVER
    keys = [row.group_id for row in visit.groups.all()]
    body = {"groups": [{"group": key, "came": 8} for key in keys]}
    answer = caller(world.school_contact).post(f"{API}/bookings/{visit.pk}/groups/came", body)
    assert [row["came_count"] for row in answer.json()["groups"]] == [8, 8, 8]


def test_the_producer_sets_and_the_groups_are_dealt(world: World, visit: Booking) -> None:
    keys = [row.group_id for row in visit.groups.all()]
    body = {"groups": [{"group": keys[0], "pupils": 20}, {"group": keys[1], "show": 1}]}
    answer = caller(world.producer).put(f"{API}/bookings/{visit.pk}/groups", body)
    assert [(row["show_number"], row["pupils_count"]) for row in answer.json()["groups"]] == [
        (1, 24),
        (2, 20),
    ]


def test_the_school_counts_its_own(world: World, visit: Booking) -> None:
    key = visit.groups.all()[0].group_id
    body = {"groups": [{"group": key, "pupils": 22, "adults": 2, "needs": {"relaxed": 1}}]}
    answer = caller(world.school_contact).post(f"{API}/bookings/{visit.pk}/groups/counts", body)
    assert answer.json()["groups"][0]["needs"] == {"relaxed": 1}
    body["groups"][0]["pupils"] = 200
    answer = caller(world.school_contact).post(f"{API}/bookings/{visit.pk}/groups/counts", body)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "#/groups")


def test_a_workshop_from_proposal_to_yes(world: World, visit: Booking) -> None:
    keys = [row.group_id for row in visit.groups.all()]
    who = pedagogue(world)
    answer = caller(who).post(
        f"{API}/bookings/{visit.pk}/workshops", {**TIME, "kind": "before", "groups": keys}
    )
    assert (answer.status_code, answer.json()["status"]) == (201, "proposed")
    path = f"{API}/workshops/{answer.json()['id']}"
    assert caller(world.school_contact).post(f"{path}/confirm").json()["status"] == "confirmed"
    assert [row["id"] for row in caller(who).get(f"{API}/workshops").json()["results"]] == [
        answer.json()["id"]
    ]
    moved = caller(who).post(f"{path}/move", {**TIME, "place": "Gymnastiksalen", "groups": keys})
    assert (moved.json()["status"], moved.json()["place"]) == ("proposed", "Gymnastiksalen")


def test_a_school_asks_and_is_answered(world: World, visit: Booking) -> None:
    keys, who = [row.group_id for row in visit.groups.all()], pedagogue(world)
    ask = {"kind": "before", "groups": keys[:1], "wish": "Helst en tisdag"}
    path = f"{API}/bookings/{visit.pk}/workshop-requests"
    first = caller(world.school_contact).post(path, ask)
    assert (first.status_code, first.json()["status"]) == (201, "waiting")
    assert caller(world.school_contact).post(path, ask).status_code == 409
    no = caller(who).post(f"{API}/workshop-requests/{first.json()['id']}/decline", {"reason": "Fullt."})
    assert (no.json()["status"], no.json()["answer"]) == ("declined", "Fullt.")
    again = caller(world.school_contact).post(path, ask).json()
    proposed = {**TIME, "kind": "before", "groups": keys[:1], "request": again["id"]}
    made = caller(who).post(f"{API}/bookings/{visit.pk}/workshops", proposed).json()
    (row, *_old) = reversed(caller(world.school_contact).get(f"{API}/workshop-requests").json()["results"])
    assert (row["id"], row["status"], row["workshop"]) == (again["id"], "proposed", made["id"])


def test_what_classes_thought_is_summed(world: World, visit: Booking) -> None:
    row = visit.groups.all()[0]
    ClassFeedback.objects.create(
        visit_group=row, glad_count=20, so_so_count=2, answers={"fits": 4}, told_at=OVER, changed_at=OVER
    )
    found = caller(world.officer).get(f"{API}/bookings/{visit.pk}/evaluation").json()
    faces = {"glad": 20, "so_so": 2, "sad": 0}
    assert found == {"classes": 1, "faces": faces, "answers": [], "comments": []}


def test_a_workshop_names_no_more_groups_than_a_visit_has(
    world: World, visit: Booking, django_assert_max_num_queries: Any
) -> None:
    """Each is looked up by itself; a body holds a million of them."""
    key = visit.groups.values_list("group", flat=True)[0]
    body = {**TIME, "kind": "before", "groups": [key] * 5_000}
    client = caller(pedagogue(world))
    with django_assert_max_num_queries(40):
        answer = client.post(f"{API}/bookings/{visit.pk}/workshops", body)
    assert (answer.status_code, [row["pointer"] for row in answer.json()["errors"]]) == (422, ["#/groups"])


def test_a_workshop_is_in_a_year_that_can_be_meant(world: World, visit: Booking) -> None:
    body = {"starts_at": "9000-02-01T09:00:00Z", "ends_at": "9000-02-01T10:00:00Z", "place": "Salen"}
    body |= {"kind": "after", "groups": [row.group_id for row in visit.groups.all()]}
    client = caller(pedagogue(world))
    answer = client.post(f"{API}/bookings/{visit.pk}/workshops", body)
    where = {row["pointer"] for row in answer.json()["errors"]}
    assert (answer.status_code, where) == (422, {"#/starts_at", "#/ends_at"})
