"""Mail as it is read: every template with invented data, and the HTML of one mail in a frame that can do nothing."""

from collections.abc import Callable
from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp, csp_update
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from bookings.mail_samples import sample, sample_kinds, sample_label
from bookings.permissions import has_role
from venues.models import Membership

View = Callable[..., HttpResponseBase]


def framed(view: View) -> View:
    """A mail's HTML: with the styles that mail programs need, and in a frame of ours only. Nothing in it can act."""
    policy = {
        "default-src": [NONE],
        "style-src": [UNSAFE_INLINE],
        "form-action": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [SELF],
        "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"],
    }
    return csp(policy)(xframe_options_sameorigin(view))


def with_frames(view: View) -> View:
    """A page that shows such a frame."""
    return csp_update({"frame-src": [SELF]})(view)


@with_frames
@login_required
@require_safe
def mail_samples(request: HttpRequest) -> HttpResponse:
    """Every kind of mail in both languages: subject, HTML and text."""
    _allowed_or_404(request)
    context = {"kinds": [_row(name) for name in sample_kinds()]}
    return render(request, "outbox/samples.html", context)


@framed
@login_required
@require_safe
def mail_sample(request: HttpRequest, name: str, language: str) -> HttpResponse:
    """The HTML of one sample."""
    _allowed_or_404(request)
    if name not in sample_kinds() or language not in dict(settings.LANGUAGES):
        raise Http404
    with translation.override(language):
        return HttpResponse(sample(name).html)


def _allowed_or_404(request: HttpRequest) -> None:
    if not settings.DEBUG and not has_role(request.user, Membership.Role.ADMINISTRATOR):
        raise Http404


def _row(name: str) -> dict[str, Any]:
    return {
        "name": name,
        "label": sample_label(name),
        "mails": [_mail(name, code) for code, _n in settings.LANGUAGES],
    }


def _mail(name: str, language: str) -> dict[str, Any]:
    with translation.override(language):
        letter = sample(name)
    return {
        "language": language,
        "language_name": dict(settings.LANGUAGES)[language],
        "subject": letter.subject,
        "text": letter.text,
        "url": reverse("mail-sample", args=[name, language]),
    }
