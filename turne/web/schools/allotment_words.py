"""An allotment in words: who is left out and why, what would help, what it costs, what is broken, what was ordered."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bookings.allotment_names import pk_of, unit_of
from bookings.allotting import plan_of
from tours import allotment as solver
from tours.grade_answers import week_in
from tours.models import Allotment, AllotmentOrder, Need, Production
from turne.templatetags.region import grouped
from venues.dates import money_text
from venues.models import Organisation, School, Venue

Row = dict[str, Any]
NEEDS = dict(Need.choices)
#: What a fact of a room is called, by its key in `tours.rooms`; "seats" where nobody knows how many it takes.
FACTS: dict[str, Any] = {
    "seats": gettext_lazy("Audience"),
    "capacity": gettext_lazy("Audience"),
    "stage_width": gettext_lazy("Stage width"),
    "stage_depth": gettext_lazy("Stage depth"),
    "height": gettext_lazy("Height"),
    "power": gettext_lazy("Power"),
    "blackout": gettext_lazy("Blackout"),
    "floor": gettext_lazy("Floor"),
    "flat_floor": gettext_lazy("Flat floor"),
    "piano": gettext_lazy("Tuned piano"),
    "sound": gettext_lazy("Sound system"),
    "light": gettext_lazy("Stage lights"),
    "warm_floor": gettext_lazy("At least 22 °C"),
    "vehicle": gettext_lazy("Vehicle to the door"),
    "dressing_rooms": gettext_lazy("Dressing rooms"),
}


@dataclass(frozen=True)
class Names:
    """What the documents' ids are called."""

    schools: Mapping[int, Organisation]
    productions: Mapping[int, Production]
    venues: Mapping[int, Venue]

    def unit(self, key: str) -> str:
        """ "Krokoms skola, grade 4"."""
        school, grade = unit_of(key)
        return _("%(school)s, grade %(grade)s") % {"school": self.schools[school].name, "grade": grade}

    def production(self, key: str) -> str:
        """The production's title."""
        found = self.productions.get(pk_of(key))
        return str(found) if found else "–"

    def site(self, key: str) -> str:
        """The room with its place."""
        venue = self.venues.get(pk_of(key))
        return f"{venue}, {venue.place}" if venue else "–"

    def fact(self, name: str) -> str:
        """What a fact of a room is called."""
        return str(FACTS.get(name, name))


def names_of(allotment: Allotment) -> Names:
    """The names of everything in its problem; three queries."""
    problem = allotment.problem
    schools = {unit_of(unit["id"])[0] for unit in problem.get("units", ())}
    rows = School.objects.filter(pk__in=schools).select_related("organisation__municipality")
    return Names(
        schools={school.pk: school.organisation for school in rows},
        productions=Production.objects.in_bulk([pk_of(one["id"]) for one in problem.get("productions", ())]),
        venues=Venue.objects.select_related("place").in_bulk(
            [pk_of(one["id"]) for one in problem.get("sites", ())]
        ),
    )


def money(amount: float, allotment: Allotment) -> str:
    """An amount in the region's currency, without fractions."""
    return money_text(round(amount), allotment.season.region.currency)


def bound_text(told: Mapping[str, Any], allotment: Allotment) -> str:
    """How much better another plan could be, in plain words; empty where nothing is known."""
    parts = []
    bound, reached = told.get("reached_bound"), told.get("reached")
    if bound is not None and reached is not None:
        more = max(bound - reached, 0)
        parts.append(
            _("No plan reaches more pupils.")
            if not more
            else ngettext(
                "At most %(count)s pupil more could be reached.",
                "At most %(count)s pupils more could be reached.",
                more,
            )
            % {"count": grouped(more)}
        )
    cost, least = told.get("cost"), told.get("cost_bound")
    if cost and least is not None:
        saved = max(cost - least, 0)
        parts.append(
            _("None that reaches as many costs less.")
            if saved < 1
            else _("One that reaches as many could be at most %(amount)s cheaper (%(percent)s %%).")
            % {"amount": money(saved, allotment), "percent": number_format(100 * saved / cost, 1)}
        )
    return " ".join(parts)


#: Kind of a line of the cost -> its heading, in the order of the table.
COSTS = {
    "fee": gettext_lazy("Fees, first show of a day"),
    "fee_next": gettext_lazy("Fees, further shows"),
    "travel": gettext_lazy("Ensembles on the road, estimated"),
    "night": gettext_lazy("Nights away"),
    "rent": gettext_lazy("Rent of rooms"),
    "bus": gettext_lazy("Buses for pupils"),
}


def cost_lines(allotment: Allotment) -> list[Row]:
    """The cost by kind, with how many there are; the last line is the sum."""
    problem = solver.Problem.from_json(allotment.problem)
    lines = solver.account(problem, plan_of(allotment))
    amounts: dict[str, float] = defaultdict(float)
    counts: dict[str, float] = defaultdict(float)
    for line in lines:
        amounts[line.kind] += float(line.amount)
        counts[line.kind] += float(line.count)
    rows = [
        {
            "label": label,
            "count": _("%(count)s km") % {"count": grouped(round(counts[kind]))}
            if kind == "travel"
            else grouped(round(counts[kind])),
            "amount": money(amounts[kind], allotment),
        }
        for kind, label in COSTS.items()
        if amounts.get(kind)
    ]
    return [*rows, {"label": _("In all"), "count": "", "amount": money(sum(amounts.values()), allotment)}]


#: Reason of the solver -> sentence; its facts are told after it.
REASONS: dict[str, Any] = {
    "by_hand": gettext_lazy("Somebody has decided that they get nothing."),
    "locked_impossible": gettext_lazy("What somebody has decided for them cannot be."),
    "no_production": gettext_lazy("No production is for this grade."),
    "all_had": gettext_lazy("They have had every production that is for them."),
    "no_language": gettext_lazy("No production is in a language that all of them understand."),
    "all_forbidden": gettext_lazy("Every production for them is ruled out by hand."),
    "none_suits": gettext_lazy("Each production for them is had, in another language or ruled out by hand."),
    "no_room_near": gettext_lazy("No room is as near as they may go."),
    "no_room_fits": gettext_lazy("No room as near as they may go is known to fit a production for them."),
    "need": gettext_lazy("Some need what neither the productions nor the rooms have."),
    "class_too_large": gettext_lazy("The largest class is larger than any show within reach takes."),
    "forbidden_rooms": gettext_lazy(
        "The rooms that are left are ruled out: by hand, or as they cannot travel."
    ),
    "capacity": gettext_lazy("Others have all the shows that the productions can give in the season."),
    "no_week": gettext_lazy("The weeks that the school has named are none of the season's."),
    "no_common_week": gettext_lazy(
        "There would be room among others, but they have no week in common with any of those who come."
    ),
}


def unreached(allotment: Allotment, names: Names) -> list[Row]:
    """Whoever gets nothing: unit, pupils, why in words, and what would help, the cheapest first."""
    plan = plan_of(allotment)
    return [
        {
            "unit": one.unit,
            "who": names.unit(one.unit),
            "pupils": one.pupils,
            "why": reason_text(one.reason, one.facts, names),
            "remedies": [remedy_row(remedy, allotment, names) for remedy in one.remedies[:3]],
        }
        for one in sorted(plan.unreached, key=lambda one: -one.pupils)
    ]


def reason_text(code: str, facts: Mapping[str, Any], names: Names) -> str:
    """Why a grade gets nothing, with the figures that it rests on."""
    parts = [str(REASONS.get(code, _("Nothing could be found for them."))), *_figures(facts, names)]
    return " ".join(parts)


def _figures(facts: Mapping[str, Any], names: Names) -> list[str]:
    found = []
    if facts.get("nearest_km") is not None:
        found.append(_("The nearest by bus is %(km)s km away.") % {"km": number_format(facts["nearest_km"])})
    if "seats" in facts and "capacity" in facts:
        found.append(
            _("It takes %(seats)d seats; there are %(capacity)d.")
            % {"seats": facts["seats"], "capacity": facts["capacity"]}
        )
    if facts.get("needs"):
        words = ", ".join(str(NEEDS.get(need, need)) for need in facts["needs"])
        found.append(_("Missing: %(what)s.") % {"what": words})
    return found


def remedy_row(remedy: solver.Remedy, allotment: Allotment, names: Names) -> Row:
    """What would let a grade in, in words, what that would cost, and the rules that its button changes, if any."""
    return {
        "text": remedy_text(remedy, names),
        "what": _("%(production)s in %(room)s")
        % {"production": names.production(remedy.production), "room": names.site(remedy.site)},
        "cost": money(remedy.cost, allotment),
        "rules": rules_of(remedy, allotment),
    }


def rules_of(remedy: solver.Remedy, allotment: Allotment) -> dict[str, Any]:
    """The rules that a remedy changes, with what they become; none where it is no rule that it changes."""
    facts = remedy.facts
    if remedy.kind == "bus_distance":
        found = {"bus_max_km": max(allotment.bus_max_km, ceil(facts["km"]))}
        if facts.get("minutes") is not None:
            found["bus_max_min"] = max(allotment.bus_max_min, ceil(facts["minutes"]))
        return found
    if remedy.kind == "more_shows" and allotment.days_max is not None:
        return {"days_max": facts["days"]}
    return {"unknown_fits": "yes"} if remedy.kind == "ask_facts" else {}


def remedy_text(remedy: solver.Remedy, names: Names) -> str:
    """What is to be done, as a call to do it."""
    facts = remedy.facts
    if remedy.kind == "bus_distance":
        told = {"km": ceil(facts["km"]), "minutes": ceil(facts.get("minutes") or 0)}
        return _("Let buses go %(km)d km and %(minutes)d minutes.") % told
    if remedy.kind == "ask_facts":
        missing = ", ".join(names.fact(fact) for fact in facts.get("missing", ()))
        return _("Find out about the room, or let such rooms count: %(what)s.") % {"what": missing}
    if remedy.kind == "meet_need":
        needs = ", ".join(str(NEEDS.get(need, need)) for need in facts.get("needs", ()))
        return _("Arrange what they need: %(what)s.") % {"what": needs}
    if remedy.kind == "more_shows":
        return _("Let the production play %(days)d days.") % {"days": facts["days"]}
    if remedy.kind == "ask_weeks" and facts.get("weeks"):
        weeks = ", ".join(week_text(week) for week in facts["weeks"])
        return _("Ask the school whether they can in %(weeks)s.") % {"weeks": weeks}
    return str(REMEDIES.get(remedy.kind, _("Look for another way.")))


#: Kind of a remedy that needs no figures -> sentence.
REMEDIES: dict[str, Any] = {
    "admit_grade": gettext_lazy("Let the production be for this grade too."),
    "allow_repeat": gettext_lazy("Let them see the production again: give it to them by hand."),
    "offer_language": gettext_lazy("Find a way around the language."),
    "open_site": gettext_lazy("Open the room."),
    "raise_audience": gettext_lazy("Let more in at each show, or divide the largest class."),
    "lift_forbidden": gettext_lazy("Take back what rules it out, or let them travel."),
    "unlock": gettext_lazy("Take the decision by hand back."),
    "ask_weeks": gettext_lazy("Ask the school in which weeks of the season they can."),
}


def week_text(name: str) -> str:
    """ "week 9": a week as it is stored, as people say it."""
    week = week_in(name)
    return _("week %(number)d") % {"number": week[1]} if week else name


def breach_texts(breaches: Iterable[Mapping[str, Any]], names: Names) -> list[str]:
    """What a plan breaks, a sentence each, as far as the place is known."""
    return [breach_text(one, names) for one in breaches]


#: Broken rule -> sentence.
BREACHES: dict[str, Any] = {
    "grade": gettext_lazy("The production is not for this grade."),
    "had": gettext_lazy("They have had the production before."),
    "language": gettext_lazy("Not all of them understand the language."),
    "forbidden": gettext_lazy("It is ruled out by hand, or they cannot travel."),
    "closed": gettext_lazy("The room is closed."),
    "no_tour_road": gettext_lazy("No road leads from the ensemble to the room."),
    "room": gettext_lazy("The production does not fit the room."),
    "unknown": gettext_lazy("Nobody has told enough about the room."),
    "need": gettext_lazy("Some need what neither the production nor the room has."),
    "class_size": gettext_lazy("A class is larger than a show takes."),
    "no_road": gettext_lazy("No road leads from the school to the room."),
    "bus_distance": gettext_lazy("It is farther than a bus may go."),
    "bus_minutes": gettext_lazy("It takes longer by bus than allowed."),
    "seats": gettext_lazy("A show is overfull."),
    "shows_max": gettext_lazy("The production plays more shows than it can."),
    "days_max": gettext_lazy("The production plays more days than it can."),
    "locked": gettext_lazy("It is not what was decided by hand."),
    "shows_per_day": gettext_lazy("There are more shows on a day than allowed."),
    "weeks": gettext_lazy("They have no week in common with the others who come that day."),
}


def breach_text(breach: Mapping[str, Any], names: Names) -> str:
    """ "Krokoms skola, grade 4, Fjällfolk: It is farther than a bus may go. (52, limit 40)"."""
    where = [
        names.unit(breach["unit"]) if breach.get("unit") else "",
        names.production(breach["production"]) if breach.get("production") else "",
        names.site(breach["site"]) if breach.get("site") else "",
    ]
    sentence = BREACHES.get(breach["rule"], _("A rule is broken."))
    figures = ""
    if breach["rule"] != "weeks" and (breach.get("limit") or breach.get("actual")):
        figures = " " + _("(%(actual)s, limit %(limit)s)") % {
            "actual": number_format(breach["actual"]),
            "limit": number_format(breach["limit"]),
        }
    return f"{', '.join(filter(None, where))}: {sentence}{figures}"


def order_text(order: AllotmentOrder) -> str:
    """ "gets Fjällfolk in Aulan", "gets nothing", "does not get Fjällfolk"."""
    told = {"production": order.production, "venue": order.venue}
    if order.production is None:
        text = _("gets nothing")
    elif order.kind == AllotmentOrder.Kind.LOCKED:
        text = _("gets %(production)s in %(venue)s") if order.venue else _("gets %(production)s")
    else:
        text = (
            _("does not get %(production)s in %(venue)s") if order.venue else _("does not get %(production)s")
        )
    return str(text % told)


def sentence(text: str) -> str:
    """The text with a capital at its beginning."""
    return str(capfirst(text))
