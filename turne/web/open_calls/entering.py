"""The way into an application: by an address and a mailed code, with no account before."""

from typing import Any

from allauth.account.views import RequestLoginCodeView
from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone, translation

from bookings.languages import in_language
from programmes.models import Call
from venues import people


class Enter(RequestLoginCodeView):  # type: ignore[misc]
    """Ask for an address and mail a code to it, whoever has it or nobody; then lead on to the application."""

    template_name = "open_calls/enter.html"

    def dispatch(self, request: HttpRequest, *args: Any, slug: str, **kwargs: Any) -> HttpResponseBase:
        """Only where the call is open; who is logged in has no need of a code."""
        self.call = get_object_or_404(Call.objects.public().select_related("owner"), slug=slug)
        if not self.call.is_open(timezone.now()):
            return redirect("open-call", slug)
        if request.user.is_authenticated:
            return redirect("application-write", slug)
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """The limits on codes have let it pass by now; an address that is new gets its account here."""
        if form._user is None:  # type: ignore[attr-defined]
            language = translation.get_language() or "sv"
            form._user = people.applicant(form.cleaned_data["email"], language)  # type: ignore[attr-defined]
        response: HttpResponse = super().form_valid(form)
        self.request.session["applies_to"] = self.call.slug  # whom the page of the code speaks to
        return response

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """What is wrong, as every form here says it."""
        response: HttpResponse = self.render_to_response(self.get_context_data(form=form), status=422)
        return response

    def get_form(self, form_class: Any = None) -> forms.Form:
        """The label says what to write."""
        form: forms.Form = super().get_form(form_class)
        form.fields["email"].widget.attrs.pop("placeholder", None)
        return form

    def get_success_url(self) -> str:
        """The page of the code, which leads on to the application."""
        onward = reverse("application-write", args=[self.call.slug])
        return f"{reverse('account_confirm_login_code')}?next={onward}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The call beside the form."""
        told: dict[str, Any] = super().get_context_data(**kwargs)
        return told | {"call": self.call, "title": in_language(self.call, "title")}
