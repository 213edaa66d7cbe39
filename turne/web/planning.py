"""The producer's board: plan, adopt, lock and leave out, offer. Every rule is in the verbs that are called."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bookings import planning, tour_visits
from bookings.models import Booking
from bookings.models.booking import Status
from bookings.permissions import can_plan
from tours.errors import BoardChanged, TurneError
from tours.models import Proposal, Tour, Wish
from turne.web import boards, errors, offering
from turne.web.changed import board_changed, version_in
from turne.web.day_list import day_list
from turne.web.desk import AGREED, Desk, read_desk
from turne.web.form_fields import number_in
from turne.web.logged_in import user_of
from turne.web.once import once
from turne.web.planning_forms import LockForm, OfferForm, PlanForm
from turne.web.refusals import blame
from turne.web.tables import csv_response
from venues.dates import day_text
from venues.models import User

#: In the session: by tour the plan that undo led back to, and the newest one at that time.
UNDONE = "undone"


def tour_or_404(request: HttpRequest, slug: str) -> Tour:
    """The tour, if the user may plan it; for others there is none."""
    tour = get_object_or_404(Tour.objects.with_ground().select_related("production__rider").filter(slug=slug))
    if not can_plan(request.user, tour):
        raise Http404
    return tour


@login_required
@require_safe
def board(request: HttpRequest, slug: str) -> HttpResponse:
    """The tour day by day: a plan, or what has been agreed."""
    desk = desk_of(request, tour_or_404(request, slug))
    return render(request, "planning/board.html", boards.board(desk) | _links(desk))


@login_required
@require_POST
def tour_propose(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for a plan, and show the first one."""
    tour = tour_or_404(request, slug)
    form = PlanForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose how long the planner may look: 10, 30 or 60 seconds."))
        return back_to_board(request, tour)
    near = form.near(tour)
    try:
        made = planning.propose(
            tour,
            by=user_of(request),
            seconds=form.seconds(),
            near=near,
            several=form.cleaned_data["flera"],
        )
    except TurneError as error:
        errors.say(request, error)
        return redirect("board", slug=slug)
    return _to_board(tour, forslag=made.pk)


@login_required
@require_safe
def proposal(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """How far the planner has come; when it is done, the whole board takes the place of the old one."""
    tour = tour_or_404(request, slug)
    asked = get_object_or_404(Proposal.objects.only("pk", "state"), pk=pk, tour=tour)
    if not request.htmx:  # type: ignore[attr-defined]
        return _to_board(tour, forslag=asked.pk)
    desk = read_desk(tour, timezone.now(), asked=str(pk))
    if desk.is_working:
        return render(
            request, "planning/progress.html", {"tour": tour, "is_part": True} | boards.under_way(desk)
        )
    context = boards.board(desk) | _links(desk) | {"is_fresh": True}
    response = render(request, "planning/board_content.html", context)
    response["HX-Retarget"], response["HX-Reswap"] = "#board", "outerHTML"
    return response


@login_required
@require_POST
@once
def tour_adopt(request: HttpRequest, slug: str) -> HttpResponse:
    """Hold what the plan plays."""
    tour = tour_or_404(request, slug)
    chosen = get_object_or_404(tour.proposals, pk=number_in(request.POST.get("proposal")))
    try:
        done = planning.adopt(chosen, by=user_of(request), now=timezone.now(), version=version_in(request))
    except BoardChanged as error:
        return board_changed(request, tour, error)
    except TurneError as error:
        errors.say(request, error)
        return _to_board(tour, forslag=chosen.pk)
    messages.success(request, _adopted_text(done))
    return _to_board(tour)


@login_required
@require_POST
def stop_lock(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Have every plan play this wish at that time."""
    tour = tour_or_404(request, slug)
    form = LockForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give a day and a time to lock the stop to."))
        return back_to_board(request, tour)
    starts_at = form.starts_at()
    done = _("%(presenter)s is locked. Plan again, and the others follow.")
    return _order(request, tour, pk, done, partial(planning.lock_stop, starts_at=starts_at))


@login_required
@require_POST
def stop_drop(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Have no plan play this wish."""
    tour = tour_or_404(request, slug)
    done = _("%(presenter)s is left out. Plan again, and the others follow.")
    return _order(request, tour, pk, done, planning.drop_stop)


@login_required
@require_POST
def stop_free(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Let the planner decide about this wish again."""
    tour = tour_or_404(request, slug)
    done = _("The planner decides about %(presenter)s again. Plan again to see what it says.")

    def free(tour: Tour, wish: Wish, *, by: User, version: int | None) -> None:
        planning.free_stop(tour, wish, version=version)

    return _order(request, tour, pk, done, free)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def tour_offer(request: HttpRequest, slug: str) -> HttpResponse:
    """Who gets which offer, and send them."""
    tour, now = tour_or_404(request, slug), timezone.now()
    held = list(tour.bookings.reserving().filter(status=Status.HELD).with_ground())
    asked = number_in(request.GET.get("besok"))
    first_day = {"answer_on": tour_visits.default_answer_day(tour, timezone.localdate(now))}
    form = OfferForm(held, request.POST or None, initial=first_day, only=asked)
    if request.method == "POST" and form.is_valid():
        try:
            sent = tour_visits.offer_stops(
                tour, form.versions(), by=user_of(request), now=now, answer_by=form.answer_by()
            )
        except TurneError as error:
            blame(form, error)
        else:
            messages.success(request, _sent_text(sent, form.answer_by(), now))
            return _to_board(tour, visa=AGREED)
    context = {"tour": tour, "form": form, "letters": offering.letters(held, form, now)}
    return render(request, "planning/offer.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def tour_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The day list as a table for a spreadsheet."""
    tour = tour_or_404(request, slug)
    desk = desk_of(request, tour)
    if desk.course is None:
        raise Http404
    rows = day_list(desk, desk.course)
    return csv_response(f"{tour.slug}.csv", rows)


def desk_of(request: HttpRequest, tour: Tour) -> Desk:
    """The tour as the address asks to see it: a plan, or what has been agreed; else the plan that undo led back to."""
    asked = request.GET.get("forslag") or (AGREED if request.GET.get("visa") == AGREED else "")
    desk = read_desk(tour, timezone.now(), asked=asked or _undone_to(request, tour))
    if asked:
        _remember(request, desk)
    return desk


def _undone_to(request: HttpRequest, tour: Tour) -> str:
    """The plan that was looked at after an undo, unless another one has come since."""
    shown, newest = request.session.get(UNDONE, {}).get(str(tour.pk), ("", 0))
    if not shown:
        return ""
    proposals = tour.proposals.exclude(kind=Proposal.Kind.WAY).order_by("-pk")
    return str(shown) if proposals.values_list("pk", flat=True).first() == newest else ""


def _remember(request: HttpRequest, desk: Desk) -> None:
    """Keep which plan is looked at while the newest one was made from it by hand: its moves have been undone."""
    undone, key = dict(request.session.get(UNDONE, {})), str(desk.tour.pk)
    before = undone.pop(key, None)
    if desk.shown is not None and desk.newest is not None and desk.shown.pk in desk.made_from(desk.newest):
        undone[key] = [desk.shown.pk, desk.newest.pk]
    if undone.get(key) != before:
        request.session[UNDONE] = undone


def _links(desk: Desk) -> dict[str, Any]:
    tour = desk.tour
    return {
        "edit_url": reverse("tour-edit", args=[tour.slug]),
        "offers_url": reverse("tour-offers", args=[tour.slug]),
        "matching_url": reverse("matching", args=[tour.season.slug, tour.production.slug]),
        "ways_url": f"{reverse('on-the-way', args=[tour.slug])}?{desk.query}",
        "back_query": desk.query,
    }


def _order(request: HttpRequest, tour: Tour, pk: int, done: str, verb: Callable[..., Any]) -> HttpResponse:
    """Give an order about one of the tour's wishes, and go back to the board it was given on."""
    wishes = Wish.objects.filter(season=tour.season_id, production=tour.production_id)
    wish = get_object_or_404(wishes.select_related("organisation"), pk=pk)
    try:
        verb(tour, wish, by=user_of(request), version=version_in(request))
    except BoardChanged as error:
        return board_changed(request, tour, error)
    except TurneError as error:
        errors.say(request, error)
    else:
        messages.success(request, done % {"presenter": wish.organisation})
    return back_to_board(request, tour)


def back_to_board(request: HttpRequest, tour: Tour) -> HttpResponse:
    """The board as it was looked at."""
    if request.POST.get("visa") == AGREED:
        return _to_board(tour, visa=AGREED)
    shown = number_in(request.POST.get("forslag"))
    return _to_board(tour, forslag=shown) if shown else _to_board(tour)


def _to_board(tour: Tour, **query: Any) -> HttpResponse:
    address = reverse("board", args=[tour.slug])
    return redirect(f"{address}?{urlencode(query)}" if query else address)


def _adopted_text(done: planning.Adoption) -> str:
    counted = [
        (done.held, ngettext("%(count)d visit is held", "%(count)d visits are held", done.held)),
        (done.moved, ngettext("%(count)d moved", "%(count)d moved", done.moved)),
        (done.released, ngettext("%(count)d released", "%(count)d released", done.released)),
        (
            done.taken_back,
            ngettext("%(count)d offer is taken back", "%(count)d offers are taken back", done.taken_back),
        ),
        (done.kept, ngettext("%(count)d as before", "%(count)d as before", done.kept)),
    ]
    parts = ", ".join(text % {"count": count} for count, text in counted if count)
    if done.taken_back:
        told = _(
            "The plan is adopted: %(what)s. Those whose offers are taken back are told; send the new ones next."
        )
    else:
        told = _("The plan is adopted: %(what)s. Nobody has been told yet: send the offers next.")
    return told % {"what": parts}


def _sent_text(sent: list[Booking], answer_by: datetime, now: datetime) -> str:
    text = ngettext(
        "%(count)d offer is on its way. Answers are due by %(day)s.",
        "%(count)d offers are on their way. Answers are due by %(day)s.",
        len(sent),
    )
    told = text % {"count": len(sent), "day": day_text(answer_by)}
    return f"{told} {offering.leaving_text(sent, now)}".strip()
