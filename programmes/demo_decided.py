"""An invented call that was decided some months ago: scores, a meeting, minutes, and answers that have been sent."""

from datetime import datetime, timedelta

from programmes import answers_to_calls, assignments, conflicts, decisions, meetings, minutes, panels, reviews
from programmes.decisions import DecisionInput
from programmes.demo_panel import APPLIED, EXTERNAL, MEMBER, SEATS, apply
from programmes.meetings import MeetingInput
from programmes.models import Assessment, Assessor, Call, Criterion, Meeting
from programmes.panels import PanelInput
from programmes.reviews import Given, ReviewInput
from venues.models import User

DAY = timedelta(days=1)
#: What each of APPLIED was given by the two who read it, and what was decided: outcome and place among the reserves.
SCORED = ((5, 4), (4, 4), (2, 5), (3, 2), (4, 3))
DECIDED = (("granted", None), ("granted", None), ("reserve", 1), ("refused", None), ("reserve", 2))
WHY = {
    "granted": "Tydlig konstnärlig idé och en plan som håller (påhittat).",
    "reserve": "Stark ansökan, men platserna räckte inte (påhittat).",
    "refused": "Idén är god, men genomförandet är ännu oklart (påhittat).",
}


def make_decided(call: Call, by: User, now: datetime) -> str:
    """Applications to a call that was decided, up to answers that have left; what was done, a sentence."""
    for number, row in enumerate(APPLIED):
        apply(call, number, row, call.opens_at + DAY)
    met = call.closes_at + 14 * DAY
    seats = _panel(call, by)
    for seat, column in zip(seats, (0, 1), strict=True):
        _score(seat, column, call.closes_at + 7 * DAY)
    assessment = Assessment.objects.get(call=call)
    panels.close(call, version=assessment.version, by=by, now=met)
    held = MeetingInput(met.date(), "Påhittad ordförande", "Påhittad sekreterare", seats)
    meetings.hold(call, held, now=met)
    for application, (outcome, place) in zip(call.applications.order_by("number"), DECIDED, strict=True):
        data = DecisionInput(outcome, WHY[outcome], place)
        decisions.decide(application, data, by=by, now=met)
    minutes.fix(call, version=Meeting.objects.get(call=call).version, by=by, now=met)
    at = answers_to_calls.default_at(call, met)
    answers_to_calls.schedule(call, at, version=Meeting.objects.get(call=call).version, now=met)
    return "An invented call that is decided, with 5 applications, its minutes and its answers."


def _panel(call: Call, by: User) -> list[Assessor]:
    """Two who read all, and have declared that they are close to nobody."""
    opened, closed = call.opens_at + DAY, call.closes_at + DAY
    panels.set_up(call, PanelInput(5, 2, (call.closes_at + 10 * DAY).date()), version=0, by=by, now=opened)
    for email, name, kind in SEATS:
        if email in (MEMBER, EXTERNAL):
            version = Assessment.objects.get(call=call).version
            panels.seat(call, email, kind, name=name, version=version, by=by, now=opened)
    seats = list(Assessor.objects.filter(call=call).select_related("user", "call"))
    for seat in seats:
        seen = [one.name for one in conflicts.names(seat)]
        conflicts.declare(seat, seen=seen, conflicts={}, by=seat.user, now=closed)
    assessment = Assessment.objects.get(call=call)
    assignments.deal(assessment, version=assessment.version, by=by, now=closed)
    return seats


def _score(seat: Assessor, column: int, now: datetime) -> None:
    criteria = list(Criterion.objects.filter(call=seat.call))
    for one in reviews.mine(seat):
        number = one.application.number or 1
        given = {row.pk: Given(SCORED[number - 1][column], "Påhittat omdöme.") for row in criteria}
        said = ReviewInput(given, "Ett påhittat omdöme i sin helhet.")
        reviews.save(seat, one.application, said, finish=True, version=0, by=seat.user, now=now)
