"""The list of buses and the page of one: what stands there, who may do what, and the file for the bus company."""

import csv
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest

from bookings import bus_orders
from bookings.models import Booking, BusOrder, VisitGroup
from tests.bookings.buses import NOW, away, bus_rule, coming, school_in, school_of
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory
from tests.turne.pages import errors_of, get, post, said, text_of
from tests.world import World
from venues.models import Organisation, User

pytestmark = pytest.mark.usefixtures("in_january")


@pytest.fixture
def booking(world: World) -> Booking:
    """A visit in Strömsund to which the school in Krokom comes."""
    bus_rule()
    found = away(world)
    coming(found, school_of(world), wheelchair=1)
    return found


def address(booking: Booking, step: str = "") -> str:
    return f"/bussar/{booking.pk}/krokoms-skola/1/{step}"


def cells(response: Any) -> list[dict[str, Any]]:
    return [row for _day, rows in response.context["days"] for row in rows]


def table(response: Any) -> list[dict[str, str]]:
    text = response.content.decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text), delimiter=";"))


def coordinator(world: World, of: Organisation | None = None) -> User:
    """The coordinator of Krokom, or of another owner."""
    owner = of or OrganisationFactory(roles=["school_owner"], municipality=world.school.municipality)
    user: User = UserFactory()
    MembershipFactory(user=user, organisation=owner, role="coordinator")
    return user


def test_the_list_says_who_goes_when_and_who_orders(world: World, booking: Booking, as_user: Any) -> None:
    (row,) = cells(get(as_user(world.officer), "/bussar/"))
    assert (row["school"], row["pick_up"], row["there"], row["seats"], row["wheelchairs"]) == (
        "Krokoms skola",
        "08:05",
        "09:45",
        26,
        1,
    )
    assert (row["orders"], row["pays"], row["state"]) == ("the school", "the school", "needed")


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 1),
        ("?lage=oppet", 1),
        ("?lage=ordered", 0),
        ("?lage=andrad", 0),
        ("?kommun=kommun-2309", 1),
        ("?kommun=kommun-2313", 0),
        ("?bolag=Bussbolaget", 0),
        ("?fran=2027-02-05", 0),
        ("?fran=2027-02-01&till=2027-02-04", 1),
        ("?fran=x&till=2999-99-99&lage=nix&kommun=%00", 1),
    ],
)
def test_the_filters_stand_in_the_address(
    world: World, booking: Booking, as_user: Any, query: str, count: int
) -> None:
    assert len(cells(get(as_user(world.officer), f"/bussar/{query}"))) == count


def test_an_empty_list_says_what_comes_here(world: World, as_user: Any) -> None:
    page = get(as_user(world.officer), "/bussar/")
    assert "No school goes anywhere in this period" in text_of(page)


def test_each_sees_their_own(world: World, booking: Booking, as_user: Any) -> None:
    coming(booking, school_in(world, "Östersund", "Fria skolan"))
    seen = {
        name: len(cells(get(as_user(getattr(world, name)), "/bussar/")))
        for name in ("producer", "officer", "neighbour", "school_contact", "presenter")
    }
    assert seen == {"producer": 2, "officer": 2, "neighbour": 2, "school_contact": 1, "presenter": 0}


def test_a_coordinator_sees_and_arranges_for_the_owners_schools(
    world: World, booking: Booking, as_user: Any
) -> None:
    coming(booking, school_in(world, "Östersund", "Fria skolan"))
    client = as_user(coordinator(world))
    assert [row["school"] for row in cells(get(client, "/bussar/"))] == ["Krokoms skola"]
    post(client, address(booking, "order/"), {"version": 0})
    assert BusOrder.objects.get().status == "ordered"


def test_a_coordinator_of_another_owner_sees_nothing(world: World, booking: Booking, as_user: Any) -> None:
    client = as_user(coordinator(world, OrganisationFactory(roles=["school_owner"])))
    assert (get(client, address(booking)).status_code, cells(get(client, "/bussar/"))) == (404, [])


def test_the_school_does_not_order_where_the_rule_says_another(
    world: World, booking: Booking, as_user: Any
) -> None:
    rule = bus_orders.transport.rows([booking], NOW)[0].trip.rule
    rule.parameters |= {"orders": "region"}
    rule.save()
    client = as_user(world.school_contact)
    assert get(client, address(booking)).context["buttons"] == []
    assert post(client, address(booking, "order/"), {"version": 0}).status_code == 403


def test_the_page_of_a_bus_says_the_rule_and_its_source(world: World, booking: Booking, as_user: Any) -> None:
    text = text_of(get(as_user(world.school_contact), address(booking)))
    assert "The school pays, because the school wished for the visit itself" in text
    assert "Rule: Antagandet. Source: beslut." in text


def test_ordering_and_confirming_with_what_is_told(world: World, booking: Booking, as_user: Any) -> None:
    client = as_user(world.school_contact)
    told = {"version": 0, "operator": "Bussbolaget", "project_number": "P-17", "cost": "4200"}
    post(client, address(booking, "order/"), told)
    post(client, address(booking, "confirm/"), {**told, "version": 1, "reference": "4711"})
    order = BusOrder.objects.get()
    assert (order.status, order.operator, order.reference, order.project_number, order.cost) == (
        "confirmed",
        "Bussbolaget",
        "4711",
        "P-17",
        4200,
    )


def test_no_bus_is_needed_with_a_reason(world: World, booking: Booking, as_user: Any) -> None:
    client = as_user(world.school_contact)
    sent = post(client, address(booking, "not_needed/"), {"version": 0, "why": "walks", "note": ""})
    page = get(client, sent.headers["Location"])
    assert (said(page), page.context["row"]["why"]) == (["Noted: no bus is needed."], "they walk")


def test_a_reason_in_words_is_asked_for_beside_the_field(
    world: World, booking: Booking, as_user: Any
) -> None:
    client = as_user(world.school_contact)
    answer = post(client, address(booking, "not_needed/"), {"version": 0, "why": "other", "note": ""})
    assert answer.status_code == 422
    assert answer.context["no_bus"].errors["note"] == ["Say in a few words why no bus is needed."]


def test_a_cost_below_nothing_is_refused_beside_its_field(
    world: World, booking: Booking, as_user: Any
) -> None:
    answer = post(as_user(world.school_contact), address(booking, "tell/"), {"version": 0, "cost": "-1"})
    assert errors_of(answer) == {"cost": ["Write 0 or more."]}


def test_who_comes_second_is_told(world: World, booking: Booking, as_user: Any) -> None:
    client = as_user(world.school_contact)
    post(client, address(booking, "order/"), {"version": 0})
    sent = post(client, address(booking, "cancel/"), {"version": 0})
    assert (said(get(client, sent.headers["Location"]))[1:], BusOrder.objects.get().status) == (
        ["Somebody has changed this bus since you opened the page. Look again; nothing was changed."],
        "ordered",
    )


def test_a_group_that_grows_is_said_in_words(world: World, booking: Booking, as_user: Any) -> None:
    client = as_user(world.school_contact)
    post(client, address(booking, "order/"), {"version": 0})
    VisitGroup.objects.update(pupils_count=30)
    page = get(client, address(booking))
    assert page.context["row"]["changes"] == ["Pupils and adults: 32 now, 26 when it was ordered."]
    assert [button["name"] for button in page.context["buttons"]] == ["reorder", "cancel", "tell"]


def test_an_unknown_step_and_a_school_that_does_not_come_do_not_exist(
    world: World, booking: Booking, as_user: Any
) -> None:
    client = as_user(world.officer)
    answers = [
        post(client, address(booking, "fly/")).status_code,
        get(client, f"/bussar/{booking.pk}/krokoms-skola/2/").status_code,
        get(client, f"/bussar/{booking.pk}/ingen-skola/1/").status_code,
    ]
    assert answers == [404, 404, 404]


def test_the_visits_page_has_the_way(world: World, booking: Booking, as_user: Any) -> None:
    text = text_of(get(as_user(world.producer), f"/bokning/{booking.pk}/"))
    assert "Leaves 08:05, there 09:45 · home 10:55 (at school 12:25)" in text


def test_the_file_has_role_addresses_alone(world: World, booking: Booking, as_user: Any) -> None:
    response = as_user(world.officer).get("/bussar.csv", headers={"accept-language": "en"})
    (row,) = table(response)
    assert (row["Date"], row["From"], row["To be there"], row["km one way"], row["Contact"]) == (
        "2027-02-04",
        "Krokoms skola",
        "09:45",
        "123.0",
        "krokoms-skola@example.org",
    )
    assert response.content.startswith(b"\xef\xbb\xbf")


def test_a_formula_in_the_file_is_not_run(world: World, booking: Booking, as_user: Any) -> None:
    bus_orders.order(
        booking, school_of(world), 1, version=0, by=world.officer, now=NOW, operator='=HYPERLINK("x")'
    )
    (row,) = table(as_user(world.officer).get("/bussar.csv", headers={"accept-language": "en"}))
    assert row["Bus company"] == '\'=HYPERLINK("x")'


def test_the_sums_count_a_shared_bus_once(world: World, booking: Booking, as_user: Any) -> None:
    coming(booking, school_in(world, "Krokom", "Ås skola"), 20, 1)
    sums = get(as_user(world.officer), "/bussar/").context["sums"]
    assert (sums["to_order"], sums["seats"], sums["buses"]) == (2, 47, 1)


def test_an_old_period_shows_what_was(world: World, booking: Booking, as_user: Any, monkeypatch: Any) -> None:
    bus_orders.order(booking, school_of(world), 1, version=0, by=world.officer, now=NOW)
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(days=60))
    (row,) = cells(get(as_user(world.officer), "/bussar/?fran=2027-02-01"))
    assert (row["state"], row["changes"]) == ("ordered", [])


def test_the_bus_that_a_school_is_to_order_stands_on_its_page_until_it_has(
    world: World, booking: Booking, as_user: Any
) -> None:
    client = as_user(world.school_contact)
    home = "/skola/krokoms-skola/hem/"
    [row] = [row for row in get(client, home).context["tasks"] if row["url"] == address(booking)]
    assert row["title"] == f"Order the bus: {booking.tour.production}"
    bus_orders.order(booking, world.school.school, 1, version=0, by=world.school_contact, now=NOW)
    assert [row for row in get(client, home).context["tasks"] if row["url"] == address(booking)] == []
    VisitGroup.objects.update(pupils_count=40)
    [row] = [row for row in get(client, home).context["tasks"] if row["url"] == address(booking)]
    assert row["title"] == f"The bus is not as it was ordered: {booking.tour.production}"
