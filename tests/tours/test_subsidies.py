"""Which subsidies a visit qualifies for: three values, and amounts that never exceed a cost."""

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tours.money import Money, total
from tours.subsidies import Answer, Funding, Scheme, Visit, check
from venues.facts import DATA

JAMTLAND, VASTERBOTTEN, DALARNA = 23, 24, 20
READ = json.loads((DATA / "subsidy_schemes.json").read_text("utf-8"))
SCHEMES = [Scheme(row["id"], row["label"], int(row["region"]), row["rules"]) for row in READ]
SMALL, YOUNG = SCHEMES[:2]


def kr(amount: int | str) -> Money:
    return Money(Decimal(amount), "SEK")


#: A village of Jämtland Härjedalen; everything that a scheme may ask is known and as it should be.
VISIT = Visit(
    key="w1", presenter=1, region=JAMTLAND, neighbours=frozenset({VASTERBOTTEN}), day=0, shows=1, vehicle="car",
    eligible=kr(9800), lodging=kr(1000), fee=kr(8000), km=Decimal(200), is_centre=False, inhabitants=535,
    is_riksteatern=True, is_recommended=True, is_free_group=True, age_max=12,
)  # fmt: skip


def loop(*changes: dict[str, Any]) -> list[Visit]:
    """One visit for each of the changes, each to a presenter of its own."""
    return [
        replace(VISIT, **{"key": f"w{n}", "presenter": n, "day": n, **change})
        for n, change in enumerate(changes, start=1)
    ]


def asked(scheme: Scheme, *changes: dict[str, Any]) -> Funding:
    """What the scheme says of the first visit."""
    (found,) = check([scheme], loop(*changes))["w1"]
    return found


def answers(funding: Funding) -> dict[str, str]:
    return {criterion.kind: criterion.answer.value for criterion in funding.criteria}


def test_a_village_on_a_loop_of_three_qualifies_for_small_stages() -> None:
    found = asked(SMALL, {}, {}, {})
    assert (found.answer, found.amount) == (Answer.MET, kr(5000))
    assert answers(found) == {"presenters": "met", "place": "met", "riksteatern": "met"}
    assert found.stated == ["audience"]


def test_one_presenter_within_the_county_is_missing() -> None:
    found = asked(SMALL, {}, {}, {"region": VASTERBOTTEN})
    assert found.answer == Answer.NOT_MET
    assert found.criteria[0].detail == {"count": 2, "asked": 3, "missing": 1, "within": "region"}


def test_a_neighbouring_county_counts_for_children() -> None:
    assert asked(YOUNG, {}, {}, {"region": VASTERBOTTEN}).answer == Answer.MET
    assert asked(YOUNG, {}, {}, {"region": DALARNA}).answer == Answer.NOT_MET


def test_two_visits_to_one_presenter_are_one_presenter() -> None:
    assert asked(SMALL, {}, {}, {"presenter": 2}).answer == Answer.NOT_MET


@pytest.mark.parametrize(
    ("is_centre", "inhabitants", "answer"),
    [
        (False, 49_806, Answer.MET),
        (False, None, Answer.MET),
        (True, 3_499, Answer.MET),
        (True, 3_500, Answer.NOT_MET),
        (True, None, Answer.UNKNOWN),
        (None, 3_499, Answer.MET),
        (None, 3_500, Answer.UNKNOWN),
    ],
)
def test_a_centre_must_be_small(is_centre: bool | None, inhabitants: int | None, answer: Answer) -> None:
    found = asked(SMALL, {"is_centre": is_centre, "inhabitants": inhabitants}, {}, {})
    assert answers(found)["place"] == answer


@pytest.mark.parametrize(
    ("scheme", "fact", "kind"),
    [
        (SMALL, "is_riksteatern", "riksteatern"),
        (YOUNG, "is_recommended", "catalogue"),
        (YOUNG, "is_free_group", "free_group"),
    ],
)
def test_a_fact_that_nobody_has_told_is_unknown_and_no_is_no(scheme: Scheme, fact: str, kind: str) -> None:
    for value, answer in ((None, Answer.UNKNOWN), (False, Answer.NOT_MET)):
        found = asked(scheme, {fact: value}, {}, {})
        assert (answers(found)[kind], found.answer) == (answer, answer)


@pytest.mark.parametrize(
    ("age_max", "schools", "answer"),
    [
        (12, False, "met"),
        (19, False, "met"),
        (20, False, "not_met"),
        (None, False, "unknown"),
        (None, True, "met"),
    ],
)
def test_children_are_a_school_or_a_young_piece(age_max: int | None, schools: bool, answer: str) -> None:
    found = asked(YOUNG, {"age_max": age_max, "is_for_schools": schools}, {}, {})
    assert answers(found)["children"] == answer


@pytest.mark.parametrize(("vehicle", "travel"), [("car", 750), ("light_lorry_or_bus", 1000), ("heavy", 1400)])
def test_travel_is_paid_by_mil_and_vehicle(vehicle: str, travel: int) -> None:
    """20 mil at 37.50, 50 and 70 kr."""
    assert asked(SMALL, {"vehicle": vehicle}, {}, {}).covers["travel"] == kr(travel)


def test_travel_and_lodging_come_first_and_the_fee_gets_the_rest() -> None:
    assert asked(SMALL, {}, {}, {}).covers == {"travel": kr(750), "lodging": kr(1000), "fee": kr(3250)}


def test_the_cap_is_for_each_show() -> None:
    assert asked(SMALL, {"shows": 2}, {}, {}).amount == kr(9750)  # 10 000, but the costs are lower


def test_a_presenters_later_days_give_less_and_the_same_day_nothing() -> None:
    visits = loop({}, {"presenter": 1}, {"presenter": 1, "day": 2}, {}, {})
    found = check([YOUNG], visits)
    assert [found[key][0].amount for key in ("w1", "w2", "w3")] == [kr(5000), kr(1500), kr(0)]


def test_nothing_is_exchanged() -> None:
    norwegian = {name: Money(Decimal(5000), "NOK") for name in ("eligible", "lodging", "fee")}
    assert asked(SMALL, norwegian, {}, {}).covers == {}


def test_only_the_schemes_of_the_presenters_region_are_asked() -> None:
    found = check(SCHEMES, loop({"region": VASTERBOTTEN}, {"region": DALARNA}))
    assert [one.scheme.region for one in found["w1"]] == [VASTERBOTTEN]
    assert found["w2"] == []


def test_what_qualifies_comes_before_what_may_and_what_does_not() -> None:
    found = check([SMALL, YOUNG], loop({"is_riksteatern": None}, {}, {}))["w1"]
    assert [one.scheme.key for one in found] == ["barn", "sma-scener"]


AMOUNT = st.integers(0, 20_000).map(kr)


@given(
    st.sampled_from([SMALL, YOUNG]),
    AMOUNT,
    AMOUNT,
    AMOUNT,
    st.integers(0, 2000),
    st.integers(1, 3),
    st.booleans(),
)
def test_a_visit_never_gets_more_than_its_cost(
    scheme: Scheme, eligible: Money, lodging: Money, fee: Money, km: int, shows: int, heavy: bool
) -> None:
    costs = {"eligible": eligible, "lodging": lodging, "fee": fee, "km": Decimal(km), "shows": shows}
    found = asked(scheme, {**costs, "vehicle": "heavy" if heavy else "car"}, {}, {})
    travel = kr(km * 7) if heavy else kr(str(Decimal("3.75") * km))
    limits = {"travel": travel, "lodging": lodging, "fee": fee}
    assert all(kr(0).amount <= paid.amount <= limits[name].amount for name, paid in found.covers.items())
    assert found.amount == total(found.covers.values(), "SEK")
    assert found.amount.amount <= min(eligible.amount, scheme.cap * shows)


@given(st.lists(st.sampled_from([JAMTLAND, VASTERBOTTEN, DALARNA]), min_size=1, max_size=6))
def test_one_more_presenter_never_takes_a_subsidy_away(regions: list[int]) -> None:
    visits = [{"region": region} for region in regions]
    before = asked(SMALL, {}, *visits).answer
    assert before != Answer.MET or asked(SMALL, {}, *visits, {}).answer == Answer.MET
