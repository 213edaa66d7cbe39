"""The page of rules about buses: read by officers, chosen and written by administrators."""

from typing import Any

import pytest

from tests.bookings.buses import bus_rule
from tests.turne.pages import get, post, said, text_of
from tests.world import World
from venues.models import BusRule, BusRuleChoice

pytestmark = pytest.mark.usefixtures("in_january")
OWN = {
    "label": "Vår regel", "from_km": "2.5", "orders": "region", "pays_region": "region", "pays_school": "owner",
    "short": "school", "share_side": "school", "share_amount": "1000", "bus_seats": "60", "boarding_min": "5",
    "drive_factor": "1.2",
}  # fmt: skip


@pytest.fixture
def rule(db: None, world: World) -> BusRule:
    return bus_rule()


def choose(client: Any, rule: BusRule, **more: Any) -> Any:
    sent = {"rule": rule.pk, "valid_from": "2027-02-01", **more}
    return post(client, "/bussar/regler/valj/", sent)


def test_officers_read_what_holds_and_why(world: World, rule: BusRule, as_user: Any) -> None:
    page = get(as_user(world.officer), "/bussar/regler/")
    assert "A bus is due when it is farther than 3 km by road." in text_of(page)
    assert {row["rule"] for row in page.context["holding"]} == {rule}
    assert page.context["can_change"] is False


def test_where_there_is_no_rule_it_is_said(world: World, as_user: Any) -> None:
    text = text_of(get(as_user(world.officer), "/bussar/regler/"))
    assert "no rule: nobody knows who orders and who pays" in text


def test_an_administrator_chooses_for_a_municipality(world: World, rule: BusRule, as_user: Any) -> None:
    client, where = as_user(world.administrator), world.school.municipality
    sent = choose(client, rule, municipality=where.pk)
    choice = BusRuleChoice.objects.get()
    assert (choice.municipality, choice.by) == (where, world.administrator)
    assert said(get(client, sent.headers["Location"])) == ["Chosen: Antagandet for Krokom."]


def test_days_in_the_wrong_order_are_told_beside_the_field(world: World, rule: BusRule, as_user: Any) -> None:
    answer = choose(as_user(world.administrator), rule, valid_to="2027-01-01")
    assert answer.status_code == 422
    assert answer.context["form"].errors["valid_to"] == ["The last day comes before the first."]


def test_a_choice_is_ended(world: World, rule: BusRule, as_user: Any) -> None:
    client = as_user(world.administrator)
    choose(client, rule, valid_from="2027-01-01")
    post(client, f"/bussar/regler/{BusRuleChoice.objects.get().pk}/avsluta/")
    assert str(BusRuleChoice.objects.get().valid_to) == "2027-01-20"


def test_an_administrator_writes_a_rule_of_the_regions_own(world: World, rule: BusRule, as_user: Any) -> None:
    post(as_user(world.administrator), "/bussar/regler/ny/", OWN)
    terms = BusRule.objects.get(key="egen-1").terms
    assert (str(terms.from_km), terms.orders, terms.pays["school"], terms.bus_seats) == (
        "2.5",
        "region",
        "owner",
        60,
    )


@pytest.mark.parametrize(
    ("change", "field"),
    [({"share_amount": ""}, "share_amount"), ({"bus_seats": "0"}, "bus_seats"), ({"label": " "}, "label")],
)
def test_a_rule_that_cannot_be_followed_is_told_beside_the_field(
    world: World, as_user: Any, change: dict[str, str], field: str
) -> None:
    answer = post(as_user(world.administrator), "/bussar/regler/ny/", {**OWN, **change})
    assert answer.status_code == 422
    assert list(answer.context["rule_form"].errors) == [field]
