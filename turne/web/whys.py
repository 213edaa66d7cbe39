"""Why a stop lies where it does, and what would let a wish in: a page for one wish of a plan."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from bookings.candidates import hosts_of, wish_of
from bookings.standing import Course, course_of
from tours import planner, reasons, why_words
from tours.models import Proposal
from tours.models.tour import FINISHED
from tours.reasons import Glossary
from tours.windows import moment
from turne.web.board_days import moment_short
from turne.web.planning import tour_or_404
from venues.models import Municipality, School


@login_required
@require_safe
def stop_why(request: HttpRequest, slug: str, pk: int, candidate: str) -> HttpResponse:
    """One wish of a plan: why here and then, or why not and what would let it in."""
    tour = tour_or_404(request, slug)
    shown = get_object_or_404(tour.proposals.exclude(plan=None), pk=pk)
    course = course_of(shown)
    if candidate not in {one.id for one in course.problem.candidates}:
        raise Http404
    names = _hosts(course)
    glossary = Glossary(course.problem.days[0].date, names, tour.production.currency)
    board = f"{reverse('board', args=[tour.slug])}?forslag={shown.pk}"
    context = {"tour": tour, "name": names[candidate], "board_url": f"{board}#besok-{candidate}"}
    stop = next((stop for stop in course.plan.stops if stop.candidate == candidate), None)
    context |= _placed(course, stop, glossary) if stop else _left_out(shown, course, candidate, glossary)
    context["school_url"] = _school_url(candidate, course, stop)
    if stop:
        context["day_url"] = _day_url(shown, course, stop.day)
    return render(request, "planning/why.html", context)


def _school_url(candidate: str, course: Course, stop: planner.Stop | None) -> str:
    """The days of the school that the wish is of, in the stop's month or the tour's first; empty where it is none."""
    wish = wish_of(candidate)
    school = (
        School.objects.filter(organisation__wishes=wish).select_related("organisation").first()
        if wish
        else None
    )
    if school is None:
        return ""
    month = course.problem.days[stop.day if stop else 0].date
    return f"{reverse('school-days', args=[school.organisation.slug])}?manad={month:%Y-%m}"


def _hosts(course: Course) -> dict[str, str]:
    """Who is behind each candidate of the plan."""
    names = [one.id for one in course.problem.candidates]
    return {name: name for name in names} | hosts_of(names)


def _placed(course: Course, stop: planner.Stop, glossary: Glossary) -> dict[str, object]:
    found = planner.explain_placed(course.problem, course.plan, stop.candidate)
    codes = {place.municipality for place in course.problem.places}
    names = why_words.Names(
        places={place.id: place.name for place in course.problem.places},
        municipalities=dict(Municipality.objects.filter(code__in=codes).values_list("code", "name")),
    )
    starts_at = moment(course.problem.days[stop.day].date, stop.start_min)
    return {"when": moment_short(starts_at), "lines": why_words.placed_lines(found, glossary, names)}


def _left_out(shown: Proposal, course: Course, candidate: str, glossary: Glossary) -> dict[str, object]:
    entry = next((one for one in course.plan.unplaced if one.candidate == candidate), None)
    reason = reasons.unplaced_reason(entry.reason, entry.detail, glossary) if entry else None
    ways = [
        {
            "text": why_words.way_text(way, glossary),
            "effects": why_words.way_effects(way, glossary),
            "day": glossary.day(way.day),
            "day_url": _day_url(shown, course, way.day),
            "try": _move(course, way),
        }
        for way in planner.ways_in(course.problem, course.plan, candidate)
    ]
    can_try = shown.adopted_at is None and shown.state in FINISHED
    return {
        "reason": reason,
        "ways": ways,
        "candidate": candidate,
        "try_url": reverse("stop-try", args=[shown.tour.slug, shown.pk]) if can_try else "",
    }


def _day_url(shown: Proposal, course: Course, day: int) -> str:
    """The day on the plan's board."""
    board = reverse("board", args=[shown.tour.slug])
    return f"{board}?forslag={shown.pk}#dag-{course.problem.days[day].date.isoformat()}"


def _move(course: Course, way: planner.WayIn) -> dict[str, str]:
    """When the way in would have the wish played, as the form that tries a stop sends it."""
    local = timezone.localtime(moment(course.problem.days[way.day].date, way.start_min))
    return {"date": f"{local:%Y-%m-%d}", "time": f"{local:%H:%M}"}
