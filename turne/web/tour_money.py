"""What each presenter pays: the price list of a tour's course as a page, and as a table for a spreadsheet."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from bookings.accounts import Account
from turne.web import board_money
from turne.web.desk import AGREED, Desk, read_desk
from turne.web.planning import tour_or_404
from turne.web.price_list import price_list, price_rows
from turne.web.tables import csv_response


@login_required
@require_safe
def tour_prices(request: HttpRequest, slug: str) -> HttpResponse:
    """The all-in price of each visit, sorted as asked, with what each subsidy says of it."""
    desk = _desk(request, slug)
    context = {"tour": desk.tour, "desk": desk, "back_url": _board_url(desk)}
    if desk.course:
        found = board_money.account(desk, desk.course)
        context |= price_list(desk, found, request.GET.get("ordning", ""))
        context |= {"money": board_money.money(desk, found)}
    return render(request, "planning/prices.html", context)


@login_required
@require_safe
def tour_prices_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The same as a table."""
    return csv_response(f"{slug}-priser.csv", price_rows(_account(_desk(request, slug))))


def _account(desk: Desk) -> Account:
    if desk.course is None:
        raise Http404
    return board_money.account(desk, desk.course)


def _desk(request: HttpRequest, slug: str) -> Desk:
    asked = request.GET.get("forslag") or (AGREED if request.GET.get("visa") == AGREED else "")
    return read_desk(tour_or_404(request, slug), timezone.now(), asked=asked)


def _board_url(desk: Desk) -> str:
    return f"{reverse('board', args=[desk.tour.slug])}?{desk.query}"
