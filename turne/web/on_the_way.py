"""Where else on the way: for a day of a tour, who else could be played, by detour, money or worth."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from bookings import on_the_way as ways
from bookings.on_the_way import Ground, Suggestion
from bookings.standing import Course
from tours import planner, reasons
from tours.models import Wish
from tours.reasons import Glossary, clock_of
from turne.web import boards, matches
from turne.web.board_days import km_text
from turne.web.desk import AGREED, Desk, read_desk
from turne.web.form_fields import time_value
from turne.web.planning import tour_or_404
from venues.dates import duration_text, money_text, short_day_text, signed_text
from venues.errors import NoRoad
from venues.models import Place

Row = dict[str, Any]
#: In the address: what the list is sorted by, and what is shown.
DETOUR, NET, WORTH = "omvag", "netto", "varde"
WISHES_ONLY = "onskemal"


@dataclass(frozen=True)
class Asked:
    """What the address asks for."""

    on: date | None
    sort: str
    wishes_only: bool
    fitting_only: bool
    view: str

    def query(self, **changes: Any) -> str:
        """The address's question with some of it changed."""
        said = {**vars(self), **changes}
        fields = {
            "dag": said["on"].isoformat() if said["on"] else "",
            "visa" if said["view"] == AGREED else "forslag": said["view"],
            "ordning": "" if said["sort"] == DETOUR else said["sort"],
            "vilka": WISHES_ONLY if said["wishes_only"] else "",
            "passar": "1" if said["fitting_only"] else "",
        }
        return "?" + urlencode({name: value for name, value in fields.items() if value})


@login_required
@require_safe
def on_the_way(request: HttpRequest, slug: str) -> HttpResponse:
    """The days of a tour, and for one of them who else could be played."""
    tour = tour_or_404(request, slug)
    asked = _asked(request)
    desk = read_desk(tour, timezone.now(), asked=asked.view)
    context: Row = {"tour": tour, "desk": desk, "board_url": f"{reverse('board', args=[slug])}?{desk.query}"}
    if desk.course:
        context["days"] = days(desk, desk.course, asked)
        try:
            context |= _of_day(desk, desk.course, asked, context["days"])
        except (NoRoad, planner.PlannerError) as error:
            context["fault"] = _("The roads cannot be reckoned: %(why)s") % {"why": error}
    return render(request, "planning/on_the_way.html", context)


def _asked(request: HttpRequest) -> Asked:
    try:
        on = date.fromisoformat(request.GET.get("dag", ""))
    except ValueError:
        on = None
    sort = request.GET.get("ordning", DETOUR)
    return Asked(
        on=on,
        sort=sort if sort in SORTS else DETOUR,
        wishes_only=request.GET.get("vilka") == WISHES_ONLY,
        fitting_only=request.GET.get("passar") == "1",
        view=request.GET.get("forslag") or request.GET.get("visa", ""),
    )


def days(desk: Desk, course: Course, asked: Asked) -> list[Row]:
    """Every day of the course in words; one on which something may be played has an address."""
    names = {place.id: place.name for place in course.problem.places}
    glossary = boards.glossary_of(desk)
    found = []
    for day in course.days:
        on = course.problem.days[day.day].date
        stops = [f"{clock_of(stop.start)} {glossary.who([stop.candidate])}" for stop in day.stops]
        way = [names[leg.origin] for leg in day.legs[:1]] + [names[leg.destination] for leg in day.legs]
        found.append(
            {
                "name": short_day_text(on),
                "url": asked.query(on=on) if _is_open(desk, course, day.day) else "",
                "current": on == asked.on,
                "stops": stops,
                "route": " → ".join(way),
                "night": _("at home") if day.night == course.problem.home else names[day.night],
            }
        )
    return found


def _is_open(desk: Desk, course: Course, day: int) -> bool:
    """Whether something may still be played on the day."""
    row = course.problem.days[day]
    return row.kind == "work" and row.date > timezone.localdate(desk.now)


def _of_day(desk: Desk, course: Course, asked: Asked, rows: list[Row]) -> Row:
    """The list of the day that is asked for; nothing where none is, or nothing may be played then."""
    day = next((i for i, row in enumerate(course.problem.days) if row.date == asked.on), None)
    if day is None or asked.on is None:
        return {}
    context: Row = {"on": asked.on, "day": rows[day]}
    if not _is_open(desk, course, day):
        return context | {"is_closed": True}
    ground = ways.ground_of(desk.tour, course, desk.shown)
    found = ways.suggestions(ground, day)
    wanted = [one for one in found if one.match.wish or not asked.wishes_only]
    written = _Rows(desk, ground, day, wanted)
    fitting = sorted((one for one in wanted if one.found.detour), key=SORTS[asked.sort])
    return context | {
        "fitting": [written.fitting(one) for one in fitting],
        "unfit": None
        if asked.fitting_only
        else written.unfit([one for one in wanted if not one.found.detour]),
        "heads": _heads(asked),
        "chips": _chips(asked, found),
        "has_any": bool(found),
    }


def _gain(one: Suggestion) -> float:
    return float(one.found.detour.gain) if one.found.detour else 0.0


def _minutes(one: Suggestion) -> int:
    return one.found.detour.minutes if one.found.detour else 0


#: What the list is sorted by -> the key, best first.
SORTS = {
    DETOUR: lambda one: (_minutes(one), -_gain(one)),
    NET: lambda one: (-_gain(one), _minutes(one)),
    WORTH: lambda one: (-float(one.found.value), _minutes(one)),
}


def _heads(asked: Asked) -> Row:
    """The heads by which the list is sorted."""
    return {
        name: {"url": asked.query(sort=key), "current": asked.sort == key}
        for name, key in (("detour", DETOUR), ("net", NET), ("worth", WORTH))
    }


def _chips(asked: Asked, found: list[Suggestion]) -> list[Row]:
    wishes = sum(one.match.wish is not None for one in found)
    fitting = sum(one.found.detour is not None for one in found)
    return [
        {
            "label": _("All"),
            "url": asked.query(wishes_only=False, fitting_only=False),
            "current": not (asked.wishes_only or asked.fitting_only),
            "count": len(found),
        },
        {
            "label": _("Only wishes"),
            "url": asked.query(wishes_only=not asked.wishes_only),
            "current": asked.wishes_only,
            "count": wishes,
        },
        {
            "label": _("Only what fits"),
            "url": asked.query(fitting_only=not asked.fitting_only),
            "current": asked.fitting_only,
            "count": fitting,
        },
    ]


class _Rows:
    """Writes the rows of one day's list."""

    def __init__(self, desk: Desk, ground: Ground, day: int, found: list[Suggestion]) -> None:
        self.desk, self.ground, self.day = desk, ground, day
        asked = {one.found.candidate: str(one.match.organisation) for one in found}
        self.glossary = boards.glossary_of(desk).beside(asked)

    def fitting(self, one: Suggestion) -> Row:
        detour = one.found.detour
        assert detour is not None
        return self._who(one) | {
            "minutes": signed_text(detour.minutes, duration_text),
            "km": signed_text(detour.km, km_text),
            "nights": nights_text(detour.nights),
            "costs": self.glossary.money(float(detour.costs)),
            "gain": money_text(round(detour.gain), self.glossary.currency),
            "value": self.glossary.money(float(one.found.value)),
            "brings": one.found.brings,
            "time": clock_of(detour.start_min),
            "order": order_text(detour.plan, self.day, one.found.candidate, self.glossary),
            "night": night_text(detour.plan, self.day, self.ground.problem),
            "acts": self._acts(one, detour.start_min),
        }

    def unfit(self, found: list[Suggestion]) -> Row:
        """Who does not fit, together with those for whom the same is in the way."""
        told: dict[tuple[str, str], list[Row]] = {}
        for one in found:
            told.setdefault(self._obstacle(one), []).append(self._who(one))
        rows = [{"title": title, "detail": detail, "who": who} for (title, detail), who in told.items()]
        return {"count": len(found), "rows": sorted(rows, key=lambda row: -len(row["who"]))}

    def _obstacle(self, one: Suggestion) -> tuple[str, str]:
        """What is in the way, in a title and more words."""
        breach = one.found.breach
        if breach is None:
            return _("No way was found to fit it in beside the visits of the day."), ""
        return reasons.breach_title(breach.rule), reasons.breach_text(breach, self.glossary)

    def _who(self, one: Suggestion) -> Row:
        wish, place = one.match.wish, one.match.venue.place
        return {
            "name": str(one.match.organisation),
            "venue": str(one.match.venue),
            "place": place_text(place),
            "rank": rank_text(wish),
            "is_asking": wish is not None and not one.is_given,
            "match": matches.told(one.match),
        }

    def _acts(self, one: Suggestion, start_min: int) -> Row:
        """What can be done: tried on the board, locked once they agree, or asked through the match page."""
        tour, wish = self.desk.tour, one.match.wish
        if wish is None:
            return {"match_url": reverse("matching", args=[tour.season.slug, tour.production.slug])}
        acts: Row = {
            "date": self.ground.date_of(self.day).isoformat(),
            "time": time_value(start_min),
        }
        if self.desk.shown and one.is_given and one.found.candidate in self.desk.movable:
            acts["candidate"] = one.found.candidate
            acts["url"] = reverse("stop-set", args=[tour.slug, self.desk.shown.pk])
        else:
            acts["url"] = reverse("stop-lock", args=[tour.slug, wish.pk])
        return acts


def place_text(place: Place) -> str:
    """ "Järpen, Åre"; the municipality once where it bears the place's name."""
    area = str(place.municipality)
    return place.name if area == place.name else f"{place.name}, {area}"


def rank_text(wish: Wish | None) -> str:
    """How much they want it."""
    if wish is None:
        return _("Has not wished for it")
    return (_("Reserve %(rank)d") if wish.is_reserve else _("Wish number %(rank)d")) % {"rank": wish.rank}


def order_text(plan: planner.Plan, day: int, candidate: str, glossary: Glossary) -> str:
    """Between whom a stop is played on its day."""
    row = [stop.candidate for stop in planner.in_order(plan.stops) if stop.day == day]
    at = row.index(candidate)
    told = {
        "before": glossary.who(row[at - 1 : at] if at else []),
        "after": glossary.who(row[at + 1 : at + 2]),
    }
    if told["before"] and told["after"]:
        return _("after %(before)s, before %(after)s") % told
    if told["before"]:
        return _("after %(before)s") % told
    return _("before %(after)s") % told if told["after"] else _("alone that day")


def night_text(plan: planner.Plan, day: int, problem: planner.Problem) -> str:
    """Where the night after a day is slept."""
    night = plan.nights[day]
    if night == problem.home:
        return _("the night at home")
    return _("the night in %(place)s") % {
        "place": next(place.name for place in problem.places if place.id == night)
    }


def nights_text(more: int) -> str:
    """How many more nights away, or fewer; empty where it is the same."""
    if not more:
        return ""
    if more > 0:
        return ngettext("%(count)d night more", "%(count)d nights more", more) % {"count": more}
    return ngettext("%(count)d night less", "%(count)d nights less", -more) % {"count": -more}
