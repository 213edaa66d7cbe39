"""Calendars that come in: one's own houses' and rooms', and those of the people in an ensemble.

An address is a secret: it is shown while it is typed and never after it was saved.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from bookings.permissions import can_edit_ensemble, organisations_of
from tours import own_calendars
from tours.models import Ensemble
from turne.web.refusals import DONE, led
from venues.dates import day_text, moment_text
from venues.errors import NotPossible
from venues.incoming import keeping
from venues.incoming.addresses import LONGEST, shown
from venues.incoming.errors import SENTENCES
from venues.incoming.fetching import LIMITS
from venues.models import HOSTS, IncomingCalendar, Organisation, Venue

Thing = Organisation | Venue | Ensemble


class CalendarForm(forms.Form):
    """Whose calendar it is, what it is called, and its address or its file."""

    what = forms.ChoiceField(label=gettext_lazy("Whose calendar"))
    label = forms.CharField(
        label=gettext_lazy("What you call it"),
        max_length=IncomingCalendar.LABEL_MAX,
        required=False,
        help_text=gettext_lazy("Such as “Bookings”. Nobody but you sees it."),
    )
    address = forms.CharField(
        label=gettext_lazy("Address of the calendar"),
        max_length=LONGEST,
        required=False,
        help_text=gettext_lazy(
            "It begins with https:// or webcal:// and often ends with .ics. An address that only shows when you are "
            "busy is enough."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "inputmode": "url"}),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file"),
        required=False,
        help_text=gettext_lazy("A calendar file (.ics) of at most 2 MB. It is read once and not kept."),
        widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"}),
    )

    def __init__(
        self, things: Mapping[str, Thing], *args: Any, by_part: bool = False, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        what: Any = self.fields["what"]
        what.choices = [(key, _name(thing)) for key, thing in things.items()]
        if len(things) == 1:
            what.widget, what.initial = forms.HiddenInput(), next(iter(things))
        if by_part:
            self.fields["label"].label = _("Whose in the ensemble")
            self.fields["label"].help_text = _("By part, such as “the violinist”, not by name.")

    def clean(self) -> dict[str, Any]:
        """One of the two, and no larger file than is read."""
        read = super().clean() or {}
        if bool(read.get("address")) == bool(read.get("file")) and not self.errors:
            self.add_error("address", _("Give either an address or a file."))
        if read.get("file") and read["file"].size > LIMITS.bytes_max:
            self.add_error("file", str(SENTENCES["too_large"]))
        return read


@sensitive_post_parameters("address")
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_calendars_page(request: HttpRequest) -> HttpResponse:
    """The calendars of one's own houses and rooms, and one more."""
    houses = _houses(request)
    things: dict[str, Thing] = {}
    for house in houses:
        things[f"hus-{house.slug}"] = house
        things |= {f"lokal-{room.slug}": room for room in house.venues.all() if not room.is_closed_down}
    found = IncomingCalendar.objects.of_houses(houses)
    asked = next((f"{name}-{request.GET[name]}" for name in ("lokal", "hus") if name in request.GET), "")
    form = CalendarForm(
        things,
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        initial={"what": asked},
    )
    page = {"back_url": reverse("closures"), "back": _("When we are closed"), "act": "own-calendar-act"}
    return _page(request, form, found, page, reverse("own-calendars"), things)


@sensitive_post_parameters("address")
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ensemble_calendars(request: HttpRequest, slug: str) -> HttpResponse:
    """The calendars of the people in an ensemble, and one more."""
    ensemble = _ensemble(request, slug)
    things: dict[str, Thing] = {"ensemble": ensemble}
    form = CalendarForm(
        things, request.POST if request.method == "POST" else None, request.FILES or None, by_part=True
    )
    page = {"back_url": reverse("ensemble-edit", args=[slug]), "back": ensemble.name, "ensemble": ensemble}
    found = own_calendars.calendars_of(ensemble)
    return _page(request, form, found, page, reverse("ensemble-calendars", args=[slug]), things)


@login_required
@require_POST
def own_calendar_act(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Read a calendar anew, believe that it is empty, or take it away."""
    found = IncomingCalendar.objects.of_houses(_houses(request))
    return _act(request, found, pk, action, reverse("own-calendars"))


@login_required
@require_POST
def ensemble_calendar_act(request: HttpRequest, slug: str, pk: int, action: str) -> HttpResponse:
    """The same with one of an ensemble's."""
    found = own_calendars.calendars_of(_ensemble(request, slug))
    return _act(request, found, pk, action, reverse("ensemble-calendars", args=[slug]))


def _page(
    request: HttpRequest,
    form: CalendarForm,
    found: "QuerySet[IncomingCalendar]",
    page: dict[str, Any],
    url: str,
    things: Mapping[str, Thing],
) -> HttpResponse:
    now = timezone.now()
    status, _made = led(form, lambda: _give(things[form.cleaned_data["what"]], form.cleaned_data, now))
    if status == DONE:
        messages.success(request, _given_text(form.cleaned_data))
        return redirect(url)
    to_come = Count("busy_times", filter=Q(busy_times__ends_at__gt=now))
    listed = found.select_related("organisation", "venue__organisation").annotate(to_come=to_come)
    rows = [_row(one, page.get("ensemble"), now) for one in listed.order_by("created_at", "pk")]
    return render(request, "hosting/calendars_in.html", {"form": form, "rows": rows, **page}, status=status)


def _give(thing: Thing, read: dict[str, Any], now: datetime) -> None:
    if isinstance(thing, Ensemble):
        if read["file"]:
            own_calendars.give_file(thing, read["file"].read(), read["label"], now=now)
        else:
            own_calendars.give_address(thing, read["address"], read["label"], now=now)
    elif read["file"]:
        keeping.give_file(thing, read["file"].read(), read["label"], now=now)
    else:
        keeping.give_address(thing, read["address"], read["label"], now=now)


def _given_text(read: dict[str, Any]) -> str:
    if read["file"]:
        return _("The file is read. Its busy times count from now on.")
    return _("The address is saved. The calendar is read within a minute.")


def _act(
    request: HttpRequest, found: "QuerySet[IncomingCalendar]", pk: int, action: str, url: str
) -> HttpResponse:
    calendar = get_object_or_404(found, pk=pk)
    verb = ACTIONS.get(action)
    if verb is None:
        raise Http404
    try:
        messages.success(request, verb(calendar, timezone.now()))
    except NotPossible as error:
        messages.error(request, str(error))
    return redirect(url)


def _read_anew(calendar: IncomingCalendar, now: datetime) -> str:
    keeping.ask_again(calendar, now=now)
    return _("The calendar is read within a minute.")


def _believe(calendar: IncomingCalendar, now: datetime) -> str:
    keeping.believe_empty(calendar, now=now)
    return _("The earlier busy times are gone.")


def _take_away(calendar: IncomingCalendar, now: datetime) -> str:
    keeping.remove(calendar)
    return _("The calendar is taken away, with its address and its busy times.")


#: In the address -> what is done.
ACTIONS: dict[str, Callable[[IncomingCalendar, datetime], str]] = {
    "las": _read_anew,
    "tom": _believe,
    "ta-bort": _take_away,
}


def _row(calendar: Any, ensemble: Ensemble | None, now: datetime) -> dict[str, Any]:
    thing = calendar.venue or calendar.organisation or ensemble
    source = shown(calendar.address) if calendar.address else _("a file")
    count = ngettext("%(count)d busy time to come", "%(count)d busy times to come", calendar.to_come)
    return {
        "calendar": calendar,
        "title": calendar.label or _name(thing),
        "whose": " · ".join([_name(thing), source] if calendar.label else [source]),
        "count": count % {"count": calendar.to_come} if calendar.read_at else "",
        "read": _read_text(calendar),
        "warnings": _warnings(calendar),
        "is_waiting": calendar.next_refresh_at is not None and calendar.next_refresh_at <= now,
    }


def _read_text(calendar: IncomingCalendar) -> str:
    if calendar.checked_at is None:
        return "" if calendar.error else _("It has not been read yet.")
    text = _("Last read %(moment)s.") % {"moment": moment_text(calendar.checked_at)}
    if calendar.read_at and calendar.read_until:
        text += " " + _("Known until %(day)s.") % {"day": day_text(calendar.read_until)}
    return text


def _warnings(calendar: IncomingCalendar) -> list[str]:
    """What whoever gave it should know, each as a sentence or two."""
    found = []
    if calendar.error and calendar.error_at:
        found.append(str(SENTENCES.get(calendar.error, SENTENCES["status"])))
        tried = _("Last tried %(moment)s.") % {"moment": moment_text(calendar.error_at)}
        still = " " + _("What was read before still counts.") if calendar.read_at else ""
        found[-1] += f" {tried}{still}"
    if calendar.empty_since:
        until = moment_text(calendar.empty_since + keeping.EMPTY_BELIEVED)
        text = _("It has come without any entries since %(moment)s. The earlier ones count until %(until)s, in case it is a mistake.")  # fmt: skip # noqa: E501
        found.append(text % {"moment": moment_text(calendar.empty_since), "until": until})
    if calendar.is_zone_assumed:
        found.append(_("Some entries have no time zone that is known: they were read as the region's time."))
    return found


def _name(thing: Any) -> str:
    return str(thing)


def _houses(request: HttpRequest) -> list[Organisation]:
    """One's own houses; for who has none the page does not exist."""
    houses = list(organisations_of(request.user, *HOSTS).order_by("name").prefetch_related("venues"))
    if not houses:
        raise Http404
    return houses


def _ensemble(request: HttpRequest, slug: str) -> Ensemble:
    found = get_object_or_404(Ensemble.objects.select_related("producer"), slug=slug)
    if not can_edit_ensemble(request.user, found):
        raise Http404
    return found
