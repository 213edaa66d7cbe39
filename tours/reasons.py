"""Why a wish is not in a plan and what would let it in, and how a plan breaks a rule: codes -> sentences.

The planner and the brief give stable codes with numbers; the words are made here, in the active language.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tours.planner import Breach, Caution
from tours.windows import DAY_MIN
from venues.dates import clock, duration_text, money_text, short_day_text

Detail = Mapping[str, Any]
#: So many days are named in a sentence; the rest are counted.
DAYS_NAMED = 3


@dataclass(frozen=True)
class Reason:
    """Why, in a sentence; `remedy` is what would let the wish in, empty where nothing is known to."""

    text: str
    remedy: str = ""


@dataclass(frozen=True)
class Glossary:
    """What the planner's numbers and names stand for: its day 0, who wished for a candidate, the currency."""

    first_day: date
    names: Mapping[str, str] = field(default_factory=dict)
    currency: str = "SEK"

    def beside(self, names: Mapping[str, str]) -> "Glossary":
        """The same with the names of others too."""
        return replace(self, names={**self.names, **names})

    def day(self, number: int) -> str:
        """ "tors 4 feb"."""
        return short_day_text(self.first_day + timedelta(days=number))

    def days(self, numbers: Sequence[int]) -> str:
        """ "tis 2 feb, ons 3 feb, tors 4 feb and 2 more days"."""
        named = [self.day(number) for number in numbers[:DAYS_NAMED]]
        more = len(numbers) - len(named)
        if more:
            named.append(ngettext("%(count)d more day", "%(count)d more days", more) % {"count": more})
        return joined(named)

    def who(self, candidates: Iterable[str]) -> str:
        """The presenters' names; a candidate that nobody knows is called by its own."""
        return joined([self.names.get(candidate, candidate) for candidate in candidates])

    def money(self, amount: float) -> str:
        """Whole units: an estimate with decimals pretends too much."""
        return money_text(round(amount), self.currency)


def joined(words: Sequence[str]) -> str:
    """ "a, b and c"."""
    return str(get_text_list(list(words), _("and")))


def clock_of(minute: int) -> str:
    """A minute of a day as a clock time; minutes past midnight are the next day's."""
    return clock(time(*divmod(minute % DAY_MIN, 60)))


# -- Wishes that the planner left out ---------------------------------------


def unplaced_reason(code: str, detail: Detail, glossary: Glossary) -> Reason:
    """Why the planner does not play a wish. A code that is not known here is said as it stands."""
    if code.startswith("would_break_") or code == "day_full":
        return _in_the_way(code, detail, glossary)
    written = UNPLACED.get(code)
    return written(detail, glossary) if written else Reason(_("The planner left it out: %s.") % code)


def _too_dear(detail: Detail, glossary: Glossary) -> Reason:
    short = glossary.money(detail["short_by"])
    when = _when(detail, glossary)
    return Reason(
        _("Costs %(amount)s more than it brings. The best time would be %(when)s.")
        % {"amount": short, "when": when},
        _open_on(detail, glossary)
        or _("A stop nearby lets it in, or %(amount)s more in fee.") % {"amount": short},
    )


def _time_was_up(detail: Detail, glossary: Glossary) -> Reason:
    gain = glossary.money(detail["worth"] - detail["extra_cost"])
    return Reason(
        _("It fits %(when)s and would bring %(amount)s more; the time to plan was up.")
        % {"when": _when(detail, glossary), "amount": gain},
        _("Plan again, or lock it to that time."),
    )


def _no_day(detail: Detail, glossary: Glossary) -> Reason:
    if not detail.get("days"):
        return Reason(_("It has no time at which it may start."), _("Ask for other days or times."))
    return Reason(
        _("Its days are days off: %(days)s.") % {"days": glossary.days(detail["days"])},
        _("Ask for other days."),
    )


def _no_fit(detail: Detail, glossary: Glossary) -> Reason:
    text = _("Even on a day of its own it does not fit: %(why)s.") % {"why": _overstepped(detail)}
    return Reason(
        text,
        _open_on(detail, glossary)
        or _("Fewer shows in one visit, other hours or a place to sleep nearer by would let it in."),
    )


def _not_tried(detail: Detail, glossary: Glossary) -> Reason:
    return Reason(
        _("It could come %(days)s, but there was no time to try it beside what is played.")
        % {"days": glossary.days(detail["days"])},
        _("Plan again with more time."),
    )


def _group_taken(detail: Detail, glossary: Glossary) -> Reason:
    played = {"who": glossary.who([detail["played"]]), "day": glossary.day(detail["day"])}
    return Reason(_("Groups that would come see it at %(who)s %(day)s already.") % played)


def _visited_by_another(detail: Detail, glossary: Glossary) -> Reason:
    return Reason(
        _("Another tour of the season visits them too near its days: %(days)s.")
        % {"days": glossary.days(detail["days"])},
        _("Ask for other days, or plan the season with fewer days between visits."),
    )


def _neighbour_plays(detail: Detail, glossary: Glossary) -> Reason:
    return Reason(
        _("A neighbour has the tour in each week in which it could come."),
        _("Ask for another week, or plan the season with neighbours nearer by."),
    )


UNPLACED: dict[str, Callable[[Detail, Glossary], Reason]] = {
    "costs_more_than_worth": _too_dear,
    "time_was_up": _time_was_up,
    "no_admissible_day": _no_day,
    "does_not_fit_a_day": _no_fit,
    "group_taken": _group_taken,
    "not_tried": _not_tried,
    "visited_by_another": _visited_by_another,
    "neighbour_plays": _neighbour_plays,
}


def _in_the_way(code: str, detail: Detail, glossary: Glossary) -> Reason:
    """Something else is played on its days; what would have to go, and what that costs."""
    day = glossary.day(detail["day"])
    if code == "day_full":
        text = _("There is no room for it %(day)s beside what is played then.") % {"day": day}
    else:
        text = _("%(day)s it does not fit beside the others: %(why)s.") % {
            "day": day[:1].upper() + day[1:],
            "why": _overstepped(detail),
        }
    remedy = _open_on(detail, glossary) or _instead(detail, glossary) or _other_days(detail, glossary)
    return Reason(text, remedy)


def _open_on(detail: Detail, glossary: Glossary) -> str:
    """What to ask for where only a road that is closed on its days is in the way."""
    if "open_on" not in detail:
        return ""
    return _(
        "Over the roads that are open %(day)s it could be played. Ask for days on which they are open."
    ) % {"day": glossary.day(detail["open_on"])}


def _instead(detail: Detail, glossary: Glossary) -> str:
    if not detail.get("instead_of"):
        return ""
    told = {"who": glossary.who(detail["instead_of"]), "amount": glossary.money(detail["short_by"])}
    if not detail["short_by"]:
        return _("It could be played instead of %(who)s.") % told
    return _("It could be played instead of %(who)s; the plan would be worth %(amount)s less.") % told


def _other_days(detail: Detail, glossary: Glossary) -> str:
    others = [day for day in detail.get("days", ()) if day != detail["day"]]
    return _("Its other days are full too: %(days)s.") % {"days": glossary.days(others)} if others else ""


def _when(detail: Detail, glossary: Glossary) -> str:
    told = {"day": glossary.day(detail["day"]), "time": clock_of(detail["start_min"])}
    return _("%(day)s at %(time)s") % told


def _overstepped(detail: Detail) -> str:
    """By how much which rule would be broken: "the night's rest would be 45 min too short"."""
    rule, over = detail.get("rule", ""), detail.get("over", 0)
    sentences = {
        "rest_night": _("the night's rest would be %(over)s too short"),
        "rest_week": _("the week's rest would be %(over)s too short"),
        "span_max": _("the working day would be %(over)s too long"),
        "drive_max": _("the driving would be %(over)s too long"),
        "day_open": _("they would have to leave %(over)s too early"),
        "day_close": _("they would be there %(over)s too late at night"),
        "overlap": _("they would arrive %(over)s too late"),
        "break": _("they would have %(over)s too little time for a break"),
        "window": _("it would start %(over)s outside the times that were wished for"),
        "performances_per_day": _("there would be too many shows that day"),
        "day_kind": _("they would work on a day off"),
        "off_night": _("they would not be at home before their day off"),
        "beds": _("there are no beds for the night"),
        "no_beds": _("every bed is taken that night"),
        "home": _("they would not be home by the last day"),
    }
    return sentences.get(rule, _("the rule %(rule)s would be broken")) % {
        "over": duration_text(int(over)),
        "rule": rule,
    }


# -- Broken rules ---------------------------------------


def breach_text(breach: Breach, glossary: Glossary) -> str:
    """What is broken and by how much, as two short sentences at the most."""
    told = {
        "who": glossary.who(breach.candidates),
        "later": glossary.who(breach.candidates[-1:]),
        "limit": breach.limit,
        "actual": breach.actual,
        "over": duration_text(breach.over),
        "limit_time": duration_text(max(breach.limit, 0)),
        "actual_time": duration_text(max(breach.actual, 0)),
        "limit_clock": clock_of(breach.limit),
        "actual_clock": clock_of(breach.actual),
    }
    return _breach_sentence(breach.rule) % told or breach.text


def _breach_sentence(rule: str) -> str:
    sentences = {
        "fixed": _("%(who)s is agreed for another time than the plan has."),
        "repeated": _("%(who)s is played %(actual)d times."),
        "group": _("Only one of these may be played: %(who)s."),
        "window": _("%(who)s is outside the times that were wished for."),
        "overlap": _("They reach %(later)s at %(actual_clock)s, %(over)s after the get-in should begin."),
        "break": _("There is no time for the break at %(later)s: %(over)s are missing."),
        "day_kind": _("There is work on a day without work: %(actual_time)s."),
        "off_night": _("The night beside a day off is not spent at home."),
        "performances_per_day": _("%(actual)d shows on one day, at most %(limit)d are allowed."),
        "drive_max": _("%(actual_time)s of driving, %(over)s more than allowed."),
        "span_max": _("The working day is %(actual_time)s, %(over)s longer than allowed."),
        "day_open": _("They leave at %(actual_clock)s, before %(limit_clock)s."),
        "day_close": _("They arrive at %(actual_clock)s, after %(limit_clock)s."),
        "rest_night": _("The night's rest is %(actual_time)s, %(limit_time)s are required."),
        "rest_week": _("The week's longest rest is %(actual_time)s, %(limit_time)s are required."),
        "beds": _("There are no beds where they sleep."),
        "no_beds": _("Every bed is taken where they sleep that night."),
        "home": _("The tour does not end at home."),
        "departure": _("It is not said when they leave."),
    }
    return sentences.get(rule, "")


def breach_title(rule: str) -> str:
    """The rule in two or three words, for the head of a strip."""
    titles = {
        "rest_night": _("Too little rest."),
        "rest_week": _("Too little weekly rest."),
        "drive_max": _("Too much driving."),
        "span_max": _("Too long a day."),
        "day_open": _("Too early."),
        "day_close": _("Too late."),
        "overlap": _("Not there in time."),
        "break": _("No break."),
        "day_kind": _("Work on a day off."),
        "window": _("Outside the wished times."),
        "off_night": _("Not at home."),
        "performances_per_day": _("Too many shows."),
        "no_beds": _("No bed."),
    }
    return titles.get(rule, _("Breaks a rule."))


# -- Agreements that only warn ---------------------------------------


def caution_text(caution: Caution) -> str:
    """What goes beyond the agreement, and what it allows, in a sentence."""
    sentences = {
        "drive_show_day": _("%(actual)s on the road on a day with a show, %(limit)s at the most."),
        "drive_travel_day": _("%(actual)s on the road on a day of travel, %(limit)s at the most."),
        "work_day": _("%(actual)s of work beside the driving, %(limit)s at the most."),
        "total_day": _("Work and travel take %(actual)s, %(limit)s at the most."),
        "work_week": _("The week has %(actual)s of work and travel, %(limit)s at the most."),
        "departure": _("They leave at %(actual_clock)s, at the earliest it should be %(limit_clock)s."),
        "late_arrival": _("They arrive at %(actual_clock)s, at the latest it should be %(limit_clock)s."),
    }
    return sentences[caution.rule] % {
        "actual": duration_text(caution.actual),
        "limit": duration_text(caution.limit),
        "actual_clock": clock_of(caution.actual),
        "limit_clock": clock_of(caution.limit),
    }


def caution_title(rule: str) -> str:
    """The rule in two or three words, for the head of a strip."""
    titles = {
        "drive_show_day": _("A long way to a show."),
        "drive_travel_day": _("A long way to travel."),
        "work_day": _("Much work in a day."),
        "total_day": _("A long day."),
        "work_week": _("A long week."),
        "departure": _("An early departure."),
        "late_arrival": _("A late evening."),
    }
    return titles[rule]
