"""Codes and numbers of the planner as sentences: why a wish is left out, and how a rule is broken."""

from datetime import date

import pytest

from tours import planner, reasons
from tours.planner import Breach
from tours.reasons import Glossary, Reason

GLOSSARY = Glossary(date(2027, 2, 1), {"w1": "Backe bygdegård", "w2": "Krokoms skola"})
NB = "\u00a0"


def why(code: str, **detail: object) -> Reason:
    return reasons.unplaced_reason(code, detail, GLOSSARY)


def test_what_costs_more_than_it_brings_says_how_much_is_missing() -> None:
    found = why("costs_more_than_worth", day=3, start_min=600, worth=9800, extra_cost=14100, short_by=4300)
    assert found.text == (
        f"Costs 4,300{NB}kr more than it brings. The best time would be Thu 4 Feb at 10:00."
    )
    assert found.remedy == f"A stop nearby lets it in, or 4,300{NB}kr more in fee."


def test_what_time_ran_out_for_can_be_locked() -> None:
    found = why("time_was_up", day=0, start_min=780, worth=9800, extra_cost=800, short_by=0)
    assert (
        found.text == f"It fits Mon 1 Feb at 13:00 and would bring 9,000{NB}kr more; the time to plan was up."
    )
    assert found.remedy == "Plan again, or lock it to that time."


def test_a_full_day_says_what_it_could_be_played_instead_of() -> None:
    found = why("day_full", day=1, rule="overlap", over=30, days=[1], instead_of=["w1", "w2"], short_by=2100)
    assert found.text == "There is no room for it Tue 2 Feb beside what is played then."
    assert found.remedy == (
        "It could be played instead of Backe bygdegård and Krokoms skola; "
        f"the plan would be worth 2,100{NB}kr less."
    )


def test_an_even_swap_costs_nothing() -> None:
    found = why("day_full", day=1, rule="overlap", over=30, days=[1], instead_of=["w1"], short_by=0)
    assert found.remedy == "It could be played instead of Backe bygdegård."


def test_a_rule_in_the_way_says_by_how_much() -> None:
    found = why("would_break_rest_night", day=2, rule="rest_night", over=75, days=[2, 3, 4, 7, 8])
    assert found.text == (
        f"Wed 3 Feb it does not fit beside the others: the night's rest would be 1{NB}h 15{NB}min too short."
    )
    assert found.remedy == "Its other days are full too: Thu 4 Feb, Fri 5 Feb, Mon 8 Feb and 1 more day."


def test_without_a_start_there_is_other_days_to_ask_for() -> None:
    assert why("no_admissible_day", days=[]) == Reason(
        "It has no time at which it may start.", "Ask for other days or times."
    )


def test_days_off_are_named() -> None:
    assert why("no_admissible_day", days=[5, 6]).text == "Its days are days off: Sat 6 Feb and Sun 7 Feb."


def test_what_is_too_far_says_which_rule_stops_it() -> None:
    found = why("does_not_fit_a_day", days=[1], rule="drive_max", over=20)
    assert found.text == (
        f"Even on a day of its own it does not fit: the driving would be 20{NB}min too long."
    )


def test_where_a_closed_road_is_in_the_way_there_are_days_to_ask_for() -> None:
    found = why("does_not_fit_a_day", days=[1], rule="drive_max", over=20, open_on=4)
    assert (
        found.remedy
        == "Over the roads that are open Fri 5 Feb it could be played. Ask for days on which they are open."
    )


def test_what_the_same_groups_see_elsewhere_names_where() -> None:
    found = why("group_taken", group="g", played="w2", day=4)
    assert found.text == "Groups that would come see it at Krokoms skola Fri 5 Feb already."


def test_a_code_of_tomorrow_is_said_as_it_stands() -> None:
    assert why("no_ferry").text == "The planner left it out: no_ferry."


@pytest.mark.parametrize(
    "rule",
    [
        "rest_night",
        "rest_week",
        "span_max",
        "drive_max",
        "day_open",
        "day_close",
        "overlap",
        "window",
        "performances_per_day",
        "day_kind",
        "off_night",
        "beds",
        "home",
    ],
)
def test_every_rule_in_the_way_has_words(rule: str) -> None:
    text = why(f"would_break_{rule}", day=0, rule=rule, over=5, days=[0]).text
    assert "would be broken" not in text


def test_whatever_the_planner_says_becomes_a_sentence() -> None:
    """Every wish that the planner leaves out of tight problems, in its own words."""
    for seed in range(3):
        problem = planner.instance(25, 5, seed=seed)
        plan = planner.solve(problem, seconds=0, seed=seed)
        for entry in plan.unplaced:
            found = reasons.unplaced_reason(entry.reason, entry.detail, GLOSSARY)
            assert found.text.endswith(".")
            assert "%" not in found.text + found.remedy


def test_too_little_rest_says_what_there_is_and_what_there_must_be() -> None:
    breach = Breach("rest_night", 3, 660, 615, 45, ("w1", "w2"), "Only 615 minutes")
    assert reasons.breach_title("rest_night") == "Too little rest."
    assert reasons.breach_text(breach, GLOSSARY) == (
        f"The night's rest is 10{NB}h 15{NB}min, 11{NB}h are required."
    )


def test_hours_past_midnight_are_the_next_days() -> None:
    breach = Breach("day_close", 3, 1440, 1465, 25, (), "x")
    assert reasons.breach_text(breach, GLOSSARY) == "They arrive at 00:25, after 00:00."


def test_of_two_visits_too_near_each_other_the_later_is_reached_late() -> None:
    breach = Breach("overlap", 3, 600, 640, 40, ("w1", "w2"), "x")
    assert reasons.breach_text(breach, GLOSSARY) == (
        f"They reach Krokoms skola at 10:40, 40{NB}min after the get-in should begin."
    )


def test_a_rule_of_tomorrow_keeps_the_planners_sentence() -> None:
    assert reasons.breach_text(Breach("ferry", None, 0, 1, 1, (), "The ferry is full."), GLOSSARY) == (
        "The ferry is full."
    )


@pytest.mark.parametrize(
    "rule",
    [
        "fixed",
        "repeated",
        "group",
        "window",
        "overlap",
        "day_kind",
        "off_night",
        "performances_per_day",
        "drive_max",
        "span_max",
        "day_open",
        "day_close",
        "rest_night",
        "rest_week",
        "beds",
        "home",
        "departure",
    ],
)
def test_every_rule_of_the_planner_has_a_sentence(rule: str) -> None:
    text = reasons.breach_text(Breach(rule, 0, 1, 2, 1, ("w1",), "UNSAID"), GLOSSARY)
    assert text.endswith(".")
    assert text != "UNSAID"


def test_a_glossary_knows_others_too() -> None:
    both = GLOSSARY.beside({"o9": "Folkets hus", "w2": "Krokoms nya skola"})
    assert both.who(["w1", "o9", "w2"]) == "Backe bygdegård, Folkets hus and Krokoms nya skola"
    assert GLOSSARY.who(["w2"]) == "Krokoms skola"
