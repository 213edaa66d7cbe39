"""A residency made, described anew, given other periods, and told what the artist needs."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bookings.models import Residency
from bookings.residencies import days, people_to_reach, permissions, staying
from turne.web.logged_in import user_of
from turne.web.once import click, once
from turne.web.refusals import DONE, led
from turne.web.residencies.form_pages import form_page, version_sent
from turne.web.residencies.found import residency_of, run_by
from turne.web.residencies.stay_forms import (
    AboutForm,
    ContactsForm,
    NeedsForm,
    NewForm,
    PeriodsForm,
    about_initial,
)
from venues.models import Organisation, Place

#: The form's names for what a verb's refusal names.
_NAMES = {"periods": "period_1_from", "email": "artist_email"}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def residency_new(request: HttpRequest) -> HttpResponse:
    """Plan a residency with a host."""
    hosts = permissions.hosts_chosen_by(request.user)
    if not hosts.exists():
        raise Http404
    form = NewForm(hosts, request.POST if request.method == "POST" else None, initial=_only(hosts))

    def act() -> Residency:
        read = form.cleaned_data
        spans = [(read["first"], read["last"])]
        return staying.make(
            read["host"], read["place"], form.data_read(), spans, by=user_of(request), now=timezone.now()
        )

    status, made = led(form, act, {"periods": "first", "email": "artist_email"})
    if status == DONE:
        messages.success(request, _("Planned. Reserve rooms, say who pays what, then send the contract."))
        return redirect("residency", made.pk)
    context = {"form": form, "click": click(request)}
    return render(request, "residencies/new.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def residency_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Say anew what it is."""
    found = run_by(request, pk)
    form = AboutForm(request.POST if request.method == "POST" else None, initial=about_initial(found))

    def act() -> None:
        version = version_sent(request)
        staying.change(found, form.data_read(), version=version, by=user_of(request), now=timezone.now())

    return form_page(request, found, form, act, _("Saved."), title=_("About the residency"), names=_NAMES)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def residency_periods(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it other periods; what is reserved moves with them. ?fran= and ?till= are filled in as a further one."""
    found = run_by(request, pk)
    standing = [(row.pk, row.starts_on, row.ends_on) for row in found.periods.all()]
    asked = {
        f"period_{len(standing) + 1}_{end}": request.GET.get(name, "")
        for end, name in (("from", "fran"), ("to", "till"))
    }
    form = PeriodsForm(standing, request.POST if request.method == "POST" else None, initial=asked)

    def act() -> None:
        version = version_sent(request)
        days.set_days(found, form.spans(), version=version, by=user_of(request), now=timezone.now())

    lead = _("Empty a row to take the period away. Rooms and dwellings move with the period they are for.")
    return form_page(
        request, found, form, act, _("The periods are saved."), title=_("Periods"), lead=lead, names=_NAMES
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def residency_contacts(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whom to reach."""
    found = residency_of(request, pk)
    form = ContactsForm(people_to_reach.standing(found), request.POST if request.method == "POST" else None)

    def act() -> None:
        people_to_reach.set_contacts(
            found, form.people(), version=version_sent(request), by=user_of(request), now=timezone.now()
        )

    lead = _(
        "Those who are in the residency see them, until a while after the stay. Empty a row to take it away."
    )
    return form_page(request, found, form, act, _("Saved."), title=_("Whom to reach"), lead=lead)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def residency_needs(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what the artist needs to take part; the host and the artist alone see the page."""
    found = residency_of(request, pk)
    if not permissions.can_see_needs(request.user, found):
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = NeedsForm(sent, initial={"access_needs": found.access_needs})

    def act() -> None:
        words = form.cleaned_data["access_needs"]
        staying.tell_needs(
            found, words, version=version_sent(request), by=user_of(request), now=timezone.now()
        )

    lead = _("The host and the artist alone read this. It is forgotten after the stay.")
    return form_page(
        request, found, form, act, _("Saved."), title=_("What they need to take part"), lead=lead
    )


def _only(hosts: "QuerySet[Organisation]") -> dict[str, Any]:
    """Where there is one host to choose: it, and where its first room is."""
    found = list(hosts[:2])
    if len(found) != 1:
        return {}
    return {"host": found[0], "place": Place.objects.filter(venues__organisation=found[0]).first()}
