"""The planner's figures about one stop or one wish, as sentences."""

from dataclasses import replace
from datetime import date

import pytest

from tours.planner import Detour, Move, Placed, WayIn
from tours.reasons import Glossary
from tours.why_words import Names, placed_lines, way_effects, way_text

GLOSSARY = Glossary(date(2027, 2, 1), {"w1": "Backe bygdegård", "w2": "Folkets hus"})
NAMES = Names({"p1": "Östersund", "p2": "Strömsund"}, {"2313": "Strömsund"})
PLACED = Placed(
    candidate="w1", day=2, start_min=1080, is_fixed=False, value=14_500, brings="2313",
    detour=Detour("p1", "p2", 12, 40), loses=9_300, nights=1, other=Move(3, 600, 2_100), other_days=(3,),
)  # fmt: skip
WAY = WayIn(kind="other_day", day=24, start_min=600, gain=-2_100, nights=1, km=84)


def plain(text: str) -> str:
    """Without the spaces that do not break."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def lines(found: Placed) -> list[str]:
    return [plain(line) for line in placed_lines(found, GLOSSARY, NAMES)]


def test_everything_that_speaks_for_a_stop() -> None:
    assert lines(PLACED) == [
        "It brings Strömsund, which no other stop of the plan reaches.",
        "Without it the plan would be worth 9,300 kr less.",
        "It costs 1 night away.",
        "Between Östersund and Strömsund it is a detour of 12 km and 40 min.",
        "Its best other time is Thu 4 Feb at 10:00; the plan would be worth 2,100 kr less.",
    ]


def test_what_is_fixed_was_not_weighed() -> None:
    assert lines(replace(PLACED, is_fixed=True)) == [
        "It is agreed or locked to this time, so the planner had nothing to weigh."
    ]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            {"detour": Detour("p1", "p2", 0, 0)},
            "It lies on the way from Östersund to Strömsund, without a detour.",
        ),
        (
            {"detour": Detour("p1", "p1", 206, 150)},
            "There and back from Östersund is 206 km and 2 h 30 min.",
        ),
        ({"other": None}, "On its other days it does not fit beside what is played: Thu 4 Feb."),
        ({"other": None, "other_days": ()}, "It is the only day of the tour that they have given."),
        (
            {"other": Move(3, 600, 0)},
            "Its best other time is Thu 4 Feb at 10:00; the plan would be worth as much.",
        ),
        (
            {"loses": -500},
            "Without it the plan would be worth 500 kr more: plan again to see what takes its place.",
        ),
    ],
)
def test_what_speaks_for_it_or_against_it(change: dict, sentence: str) -> None:
    assert sentence in lines(replace(PLACED, **change))


@pytest.mark.parametrize(
    ("kind", "more", "sentence"),
    [
        ("as_wished", {}, "Thu 25 Feb at 10:00, as it was wished for."),
        ("other_day", {}, "Thu 25 Feb at 10:00, a day that they have not given: ask for it."),
        ("instead_of", {"instead_of": "w2"}, "Thu 25 Feb at 10:00, instead of Folkets hus."),
        ("longer_drive", {"lifted_min": 30}, "Thu 25 Feb at 10:00, if the day may have 30 min more driving."),
        ("earlier_start", {"lifted_min": 60}, "Thu 25 Feb at 10:00, if they may leave 1 h earlier."),
    ],
)
def test_a_way_in_says_when_and_what_must_give(kind: str, more: dict, sentence: str) -> None:
    assert plain(way_text(replace(WAY, kind=kind, **more), GLOSSARY)) == sentence


def test_a_way_in_says_what_it_costs() -> None:
    expected = "The plan would be worth 2,100 kr less, with 1 night more, 84 km more."
    assert plain(way_effects(WAY, GLOSSARY)) == expected


def test_a_way_in_that_costs_nothing_more() -> None:
    assert way_effects(replace(WAY, gain=0, nights=0, km=0), GLOSSARY) == "The plan would be worth as much."
