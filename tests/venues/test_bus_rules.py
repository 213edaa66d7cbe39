"""Which rule about buses holds where and when: a municipality's choice, the region's, else the default."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.factories import MunicipalityFactory, RegionFactory, UserFactory
from tests.venues.test_bus_terms import RULE
from venues import bus_rules
from venues.errors import NotPossible
from venues.models import BusRule, BusRuleChoice, Municipality, Region

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
FIRST = date(2027, 1, 1)


def rule(key: str, **fields: Any) -> BusRule:
    values = {"label": key, "parameters": RULE, "valid_from": date(2026, 1, 1), "source": "beslut", **fields}
    return BusRule.objects.create(region=RegionFactory(), key=key, **values)


@pytest.fixture
def default() -> BusRule:
    return rule("antagande", is_default=True)


@pytest.fixture
def other(default: BusRule) -> BusRule:
    return rule("vart")


def choose(chosen: BusRule, where: Municipality | None, first: date = FIRST, **more: Any) -> BusRuleChoice:
    return bus_rules.choose(chosen, where, valid_from=first, by=UserFactory(), now=NOW, **more)


def holds(where: Municipality, day: date) -> str:
    found = bus_rules.Rules(Region.objects.get()).of(where.pk, day)
    return found.key if found else ""


def test_without_a_choice_the_default_holds(default: BusRule, other: BusRule) -> None:
    assert holds(MunicipalityFactory(), FIRST) == "antagande"


def test_where_the_region_has_no_rule_nobody_knows() -> None:
    assert holds(MunicipalityFactory(), FIRST) == ""


def test_a_municipalitys_choice_comes_before_the_regions(default: BusRule, other: BusRule) -> None:
    here, there = MunicipalityFactory(), MunicipalityFactory(code="2303", name="Ragunda")
    choose(default, here)
    choose(other, None)
    assert (holds(here, FIRST), holds(there, FIRST)) == ("antagande", "vart")


def test_a_choice_holds_from_its_day(default: BusRule, other: BusRule) -> None:
    here = MunicipalityFactory()
    choose(other, here, valid_to=date(2027, 6, 30))
    days = [date(2026, 12, 31), FIRST, date(2027, 6, 30), date(2027, 7, 1)]
    assert [holds(here, day) for day in days] == ["antagande", "vart", "vart", "antagande"]


def test_a_new_choice_ends_the_one_before(default: BusRule, other: BusRule) -> None:
    here = MunicipalityFactory()
    earlier = choose(other, here)
    choose(default, here, date(2027, 3, 1))
    earlier.refresh_from_db()
    assert earlier.valid_to == date(2027, 2, 28)


def test_a_choice_that_was_to_begin_later_is_taken_away(default: BusRule, other: BusRule) -> None:
    here = MunicipalityFactory()
    choose(other, here, date(2027, 3, 1))
    kept = choose(default, here)
    assert list(BusRuleChoice.objects.all()) == [kept]


def test_a_choice_after_the_new_ones_last_day_stays(default: BusRule, other: BusRule) -> None:
    here = MunicipalityFactory()
    choose(other, here, date(2027, 8, 1))
    choose(default, here, valid_to=date(2027, 6, 30))
    assert holds(here, date(2027, 8, 1)) == "vart"


def test_a_choice_is_ended_or_taken_away(default: BusRule, other: BusRule) -> None:
    here, there = MunicipalityFactory(), MunicipalityFactory(code="2303", name="Ragunda")
    begun, coming = choose(other, here, date(2026, 1, 1)), choose(other, there, date(2028, 1, 1))
    for choice in (begun, coming):
        bus_rules.end_choice(choice, on=FIRST)
    assert [choice.valid_to for choice in BusRuleChoice.objects.all()] == [FIRST]


def test_what_has_ended_is_not_ended_again(default: BusRule) -> None:
    choice = choose(default, None, date(2026, 1, 1), valid_to=date(2026, 6, 30))
    with pytest.raises(NotPossible, match="ended already"):
        bus_rules.end_choice(choice, on=FIRST)


def test_days_in_the_wrong_order_and_another_regions_municipality_are_refused(default: BusRule) -> None:
    far = MunicipalityFactory(code="2401", region=RegionFactory(slug="vasterbotten", code="24"))
    with pytest.raises(NotPossible, match="before the first"):
        choose(default, None, valid_to=date(2026, 1, 1))
    with pytest.raises(NotPossible, match="not in the rule's region"):
        choose(default, far)


def test_a_region_writes_rules_of_its_own(default: BusRule) -> None:
    by, region = UserFactory(), RegionFactory()
    made = [
        bus_rules.write_rule(region, label, RULE, on=FIRST, by=by) for label in (" Vår  regel ", "En till")
    ]
    assert [(one.key, one.label, one.by) for one in made] == [
        ("egen-1", "Vår regel", by),
        ("egen-2", "En till", by),
    ]


@pytest.mark.parametrize(
    ("label", "change", "said"), [("  ", {}, "name"), ("Vår", {"bus_seats": 0}, "bus_seats must be")]
)
def test_a_rule_that_cannot_be_followed_is_refused(label: str, change: dict[str, Any], said: str) -> None:
    with pytest.raises(NotPossible, match=said):
        bus_rules.write_rule(RegionFactory(), label, {**RULE, **change}, on=FIRST, by=UserFactory())
