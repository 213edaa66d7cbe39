"""Several offers answered on one page: in the inbox, and by one mailed link without an account."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from bookings import answering, counter_words, notices, offers
from bookings.errors import LinkProblem
from bookings.models import Booking
from bookings.models.booking import Bookings, Status
from bookings.states import shown_state
from turne.web import visits
from turne.web.answers import by_mailed_link, dead_link
from turne.web.form_fields import WORDS_MAX, number_in
from turne.web.logged_in import user_of
from turne.web.ways_in import Links
from venues.dates import moment_text
from venues.models import User

Row = dict[str, Any]
#: What can be chosen for each; nothing leaves it open.
CHOICES = (
    ("", gettext_lazy("Later")),
    ("confirm", gettext_lazy("Yes")),
    ("decline", gettext_lazy("No")),
    ("counter", gettext_lazy("Another date")),
)


class AnswersForm(forms.Form):
    """For each open offer an answer, words where they are needed, and the version that was looked at."""

    def __init__(self, open_offers: Iterable[Booking], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offers = {booking.pk: booking for booking in open_offers}
        for pk in self.offers:
            self.fields[f"svar-{pk}"] = forms.ChoiceField(choices=CHOICES, required=False)
            self.fields[f"ord-{pk}"] = forms.CharField(max_length=WORDS_MAX, required=False)

    def clean(self) -> dict[str, Any]:
        """A no and another date need words, said at their own field."""
        for pk in self.offers:
            answer = self.cleaned_data.get(f"svar-{pk}")
            if answer in ("decline", "counter") and not self.cleaned_data.get(f"ord-{pk}", "").strip():
                self.add_error(
                    f"ord-{pk}",
                    _("Say in a few words why, so that the producer can plan on.")
                    if answer == "decline"
                    else _("Say in words when it would suit you."),
                )
        return self.cleaned_data

    def answers(self) -> list[tuple[Booking, int, str, str]]:
        """As `offers.answer_several` takes them."""
        found: list[tuple[Booking, int, str, str]] = []
        for pk, booking in self.offers.items():
            answer, words = self.cleaned_data.get(f"svar-{pk}"), self.cleaned_data.get(f"ord-{pk}", "")
            if answer:
                found.append((booking, number_in(self.data.get(f"version-{pk}")), answer, words))
        return found


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer_several(request: HttpRequest) -> HttpResponse:
    """All offers that wait for the user's houses; POST answers those that are chosen, each by itself."""
    user = user_of(request)
    waiting = _read(Booking.objects.hosted_by(user).to_answer())
    return _page(request, list(waiting.order_by("occupied_from")), by=user)


# No CSRF token, as on the page of a single offer: the secret in the address is the whole authority.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@by_mailed_link
def answer_batch(request: HttpRequest, token: str) -> HttpResponse:
    """The offers of one mail and how each stands; POST answers those that are chosen."""
    try:
        batch = answering.find_batch(token, timezone.now())
    except LinkProblem as problem:
        return dead_link(request, problem, token)
    found = list(_read(Booking.objects.filter(batches=batch)))
    houses = {booking.presenter_id: booking.presenter for booking in found}.values()
    more = {
        "presenter": next(iter(houses)) if len(houses) == 1 else "",
        "calendars": [(house, Links(notices.calendar_url(house), str(house)).webcal) for house in houses],
        "plain_bar": True,
        "base": "hosting/bearer.html",
    }
    return _page(request, found, by=None, **more)


def _page(request: HttpRequest, found: list[Booking], *, by: User | None, **more: Any) -> HttpResponse:
    """Show the offers, or answer them: on with what went well, or the page again with what did not."""
    open_offers = [booking for booking in found if booking.status == Status.OFFERED]
    form = AnswersForm(open_offers, request.POST if request.method == "POST" else None)
    status, refused = 200, list[offers.Result]()
    if request.method == "POST" and form.is_valid():
        results = offers.answer_several(form.answers(), by=by, now=timezone.now())
        refused = [one for one in results if one.refusal]
        if results and not refused:
            if by:
                messages.success(request, _done_text(len(results)))
            return redirect(f"{request.path}?klart={len(results)}")
        status = 409 if refused else 422
        found = [_fresh(booking) for booking in found]
    elif request.method == "POST":
        status = 422
    context = {
        "form": form,
        "rows": [_row(booking, form) for booking in found],
        "refused": refused,
        "nothing_chosen": status == 422 and not form.errors,
        "done": _done_text(number_in(request.GET.get("klart"))) if "klart" in request.GET else "",
        "base": "base.html",
        **more,
    }
    return render(request, "hosting/answer_several.html", context, status=status)


def _read(offers: Bookings) -> Bookings:
    """With all that a row shows, in few queries however many they are."""
    return offers.with_ground().select_related("counter_offer").prefetch_related("price_lines")


def _fresh(booking: Booking) -> Booking:
    return _read(Booking.objects.filter(pk=booking.pk)).get()


def _row(booking: Booking, form: AnswersForm) -> Row:
    now = timezone.now()
    row = {
        "booking": booking,
        "title": booking.tour.production,
        "when": moment_text(booking.starts_at),
        "facts": visits.facts(booking),
        "state": shown_state(booking, now),
        "is_open": booking.status == Status.OFFERED,
        "left": visits.days_left(booking, now),
        "proposal": counter_words.proposal(booking) if booking.open_counter else "",
    }
    if booking.pk in form.offers:
        words = form[f"ord-{booking.pk}"]
        chosen = form[f"svar-{booking.pk}"].value() or ""
        row |= {
            "words": words,
            "choices": [
                {"value": value, "label": label, "checked": value == chosen} for value, label in CHOICES
            ],
        }
    return row


def _done_text(count: int) -> str:
    text = ngettext("%(count)d offer is answered.", "%(count)d offers are answered.", count)
    return text % {"count": count}
