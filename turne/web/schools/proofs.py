"""What shows that an ensemble is professional: its producer tells it, whoever pays looks at it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from bookings import grants
from bookings.models import ProfessionalProof
from bookings.school_permissions import can_check_proof, can_see_proof, can_tell_proof
from tours.models import Ensemble
from turne.web.logged_in import user_of
from turne.web.refusals import DONE, done, led
from turne.web.schools.creative_forms import ProofForm


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def proofs(request: HttpRequest, slug: str) -> HttpResponse:
    """The proofs of an ensemble; POST tells one more."""
    ensemble = _ensemble(request, slug)
    sent = request.POST if request.method == "POST" else None
    form = ProofForm(sent)
    if sent is not None:
        _check_tells(request, ensemble)

    def act() -> ProfessionalProof:
        return grants.tell_proof(ensemble, **form.cleaned_data, by=user_of(request), now=timezone.now())

    status, _made = led(form, act)
    if status == DONE:
        messages.success(request, _("Noted. Somebody on the side of who pays looks at it."))
        return redirect("proofs", slug)
    checks = can_check_proof(request.user, ensemble)
    context = {
        "ensemble": ensemble,
        "rows": [
            {"proof": proof, "can_see": checks and proof.can_be_seen_by(user_of(request))}
            for proof in ProfessionalProof.objects.filter(ensemble=ensemble).select_related(
                "told_by", "seen_by"
            )
        ],
        "today": timezone.localdate(),
        "tells": can_tell_proof(request.user, ensemble),
        "form": form,
    }
    return render(request, "schools/proofs.html", context, status=status)


@login_required
@require_POST
def proof_see(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Note that one has looked at it."""
    ensemble = _ensemble(request, slug)
    if not can_check_proof(request.user, ensemble):
        raise PermissionDenied(_("Whoever pays looks at it."))
    proof = get_object_or_404(ProfessionalProof, pk=pk, ensemble=ensemble)

    def act() -> None:
        grants.see_proof(proof, by=user_of(request), now=timezone.now())

    return done(request, act, _("Noted that you have seen it."), "proofs", slug)


@login_required
@require_POST
def proof_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take it away."""
    ensemble = _ensemble(request, slug)
    _check_tells(request, ensemble)
    grants.remove_proof(get_object_or_404(ProfessionalProof, pk=pk, ensemble=ensemble))
    messages.success(request, _("Taken away."))
    return redirect("proofs", slug)


def _ensemble(request: HttpRequest, slug: str) -> Ensemble:
    """The ensemble, for whoever tells or looks at its proofs."""
    ensemble = get_object_or_404(Ensemble.objects.select_related("producer"), slug=slug)
    if not can_see_proof(request.user, ensemble):
        raise Http404
    return ensemble


def _check_tells(request: HttpRequest, ensemble: Ensemble) -> None:
    if not can_tell_proof(request.user, ensemble):
        raise PermissionDenied(_("The ensemble's producer tells it."))
