"""A producer's ensembles: who travels, and when they do not work."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from bookings import ensembles as verbs
from bookings import permissions
from tours.errors import TurneError
from tours.models import Ensemble, EnsembleDayOff
from turne.web.ensemble_forms import DayOffForm, EnsembleForm
from turne.web.refusals import blame
from venues.models import Membership, Organisation


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def ensemble_new(request: HttpRequest) -> HttpResponse:
    """A new ensemble of the reader's organisation."""
    if not _producers(request).exists():
        raise Http404
    return _edit(request, Ensemble())


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def ensemble_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """An ensemble and its days off."""
    return _edit(request, _own_ensemble(request, slug))


@require_POST
@login_required
def day_off_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Note days on which the ensemble does not work."""
    ensemble = _own_ensemble(request, slug)
    form = DayOffForm(request.POST)
    if form.is_valid():
        try:
            verbs.add_day_off(ensemble, **form.cleaned_data, today=timezone.localdate())
        except TurneError as error:
            blame(form, error)
        else:
            messages.success(request, _("The days off are noted. Nothing new will be planned then."))
            return redirect(_days_off_url(slug))
    return _show(request, ensemble, EnsembleForm(instance=ensemble, producers=_producers(request)), form)


@require_POST
@login_required
def day_off_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take days off away again."""
    ensemble = _own_ensemble(request, slug)
    verbs.remove_day_off(get_object_or_404(EnsembleDayOff, ensemble=ensemble, pk=pk))
    messages.success(request, _("The ensemble works on those days again."))
    return redirect(_days_off_url(slug))


def _own_ensemble(request: HttpRequest, slug: str) -> Ensemble:
    """The ensemble, if the user may write about it; otherwise it does not exist."""
    found = get_object_or_404(Ensemble.objects.select_related("producer", "home"), slug=slug)
    if not permissions.can_edit_ensemble(request.user, found):
        raise Http404
    return found


def _producers(request: HttpRequest) -> "QuerySet[Organisation]":
    return permissions.organisations_of(request.user, Membership.Role.PRODUCER)


def _days_off_url(slug: str) -> str:
    return f"{reverse('ensemble-edit', args=[slug])}#days-off"


def _edit(request: HttpRequest, ensemble: Ensemble) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = EnsembleForm(data, instance=ensemble, producers=_producers(request))
    if data is not None and form.is_valid():
        try:
            saved = verbs.save_ensemble(form.instance, timezone.now(), form.shared())
        except TurneError as error:
            blame(form, error)
        else:
            messages.success(request, _("%(ensemble)s is saved.") % {"ensemble": saved})
            return redirect("ensemble-edit", saved.slug)
    return _show(request, ensemble, form, DayOffForm())


def _show(request: HttpRequest, ensemble: Ensemble, form: EnsembleForm, days: DayOffForm) -> HttpResponse:
    """The page of an ensemble, with one of its forms as it was sent."""
    stored = Ensemble.objects.filter(pk=ensemble.pk).first()
    context = {
        "ensemble": stored,
        "form": form,
        "day_off_form": days,
        "days_off": stored.days_off.filter(ends_on__gte=timezone.localdate()) if stored else [],
        "productions": stored.productions.order_by("title") if stored else [],
    }
    status = 422 if form.errors or days.errors else 200
    return render(request, "repertoire/ensemble.html", context, status=status)
