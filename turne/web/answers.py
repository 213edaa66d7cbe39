"""A presenter answers an offer by the link in the mail: without an account, on whatever telephone."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from bookings import answering, counter_words, entries, ical, notices
from bookings.errors import LinkProblem
from bookings.models import Booking
from bookings.models.booking import Status
from bookings.offers import ANSWERS
from tours.errors import TurneError
from turne.web import other_dates, too_often, visits
from turne.web.action_forms import ActionForm
from turne.web.hosting_forms import FORMS
from turne.web.refusals import blame
from turne.web.ways_in import Links

View = Callable[..., HttpResponse]


def by_mailed_link(view: View) -> View:
    """A page whose address is a secret: not to be kept, found by search or passed on as a referrer.

    Whoever opens it too often in a minute waits.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        wait = too_often.counted(request, kwargs["token"], timezone.now())
        response = too_often.answer(request, wait) if wait else view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return guarded


# No CSRF token: no cookie takes part, the secret in the address is the whole authority, and some mail
# programs open links without cookies. (With no-referrer browsers also send "Origin: null", which it refuses.)
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@by_mailed_link
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows the offer and changes nothing, because mail scanners open links; POST answers it."""
    try:
        link = answering.find_link(token, timezone.now())
    except LinkProblem as problem:
        if request.method == "POST" and _was_answered_so(
            problem.ids.get("booking"), request.POST.get("answer")
        ):
            return redirect("answer-done", token=token)
        return dead_link(request, problem, token)
    booking = _booking(link.booking_id)
    if request.method != "POST":
        asked = request.GET.get("answer", "")
        form = FORMS[asked](booking) if asked in ("decline", "counter") else FORMS["confirm"](booking)
        return _offer_page(request, booking, form, asked)
    return _act(request, booking, token)


@require_safe
@by_mailed_link
def answer_done(request: HttpRequest, token: str) -> HttpResponse:
    """What was answered, and what happens next."""
    booking = _answered(token)
    if booking is None:
        return redirect("answer", token=token)
    feed = notices.calendar_url(booking.presenter)
    context = {
        "booking": booking,
        "token": token,
        "facts": visits.facts(booking),
        "proposal": counter_words.proposal(booking),
        "producer": booking.tour.production.ensemble.producer,
        "feed": feed,
        "webcal": Links(feed, str(booking.presenter)).webcal,
        "plain_bar": True,
    }
    return render(request, "hosting/answer_done.html", context)


@require_safe
@by_mailed_link
def answer_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The confirmed visit as a calendar file."""
    booking = _answered(token)
    if booking is None or booking.status != Status.CONFIRMED:
        return redirect("answer", token=token)
    return calendar_file(booking)


def calendar_file(booking: Booking) -> HttpResponse:
    """The performances of a visit as one file to import."""
    vevents = [ical.render(entries.entry_of(show), settings.BASE_URL) for show in visits.shows(booking)]
    body = ical.calendar(str(booking.tour.production), vevents)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="turne-{booking.pk}.ics"'
    return response


def _act(request: HttpRequest, booking: Booking, token: str) -> HttpResponse:
    asked = request.POST.get("answer", "")
    if asked not in ANSWERS:
        return _offer_page(request, booking, FORMS["confirm"](booking), "", status=422)
    form = FORMS[asked](booking, request.POST)
    if not form.is_valid():
        return _offer_page(request, booking, form, asked, status=422)
    try:
        verb, _words = ANSWERS[asked]
        verb(booking, by=None, now=timezone.now(), **form.cleaned_data)
    except TurneError as error:
        if _was_answered_so(booking.pk, asked):
            return redirect("answer-done", token=token)
        return _offer_page(request, booking, form, asked, status=blame(form, error))
    return redirect("answer-done", token=token)


def _offer_page(
    request: HttpRequest, booking: Booking, form: ActionForm, asked: str, status: int = 200
) -> HttpResponse:
    context = {
        "booking": booking,
        "question": visits.question(booking),
        "facts": visits.facts(booking),
        "lines": visits.room_lines(booking),
        "producer": booking.tour.production.ensemble.producer,
        "left": visits.days_left(booking, timezone.now()),
        "form": form,
        "asked": asked,
        "plain_bar": True,
        **(other_dates.times(booking, form, timezone.now()) if asked == "counter" else {}),
    }
    return render(request, "hosting/answer.html", context, status=status)


def dead_link(request: HttpRequest, problem: LinkProblem, token: str) -> HttpResponse:
    """Why the link does not work any more, and whom to call; 404 when it never did."""
    booking = _booking(problem.ids["booking"]) if "booking" in problem.ids else None
    context = {
        "problem": problem,
        "booking": booking,
        "token": token,
        "producer": booking.tour.production.ensemble.producer if booking else None,
        "plain_bar": True,
    }
    return render(request, "hosting/answer_dead.html", context, status=410 if booking else 404)


def _booking(pk: int) -> Booking:
    return Booking.objects.with_ground().select_related("tour__production__rider", "counter_offer").get(pk=pk)


def _was_answered_so(pk: int | None, asked: str | None) -> bool:
    """Whether the offer has been given just that answer: a button that was pressed twice is not refused."""
    booking = _booking(pk) if pk else None
    given = booking.changes.last() if booking else None
    return given is not None and given.by is None and given.action == asked


def _answered(token: str) -> Booking | None:
    """The booking that the link has answered, if it has."""
    try:
        answering.find_link(token, timezone.now())
    except LinkProblem as problem:
        return _booking(problem.ids["booking"]) if problem.code == "used" else None
    return None
