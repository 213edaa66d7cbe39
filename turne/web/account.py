"""Logging in by a mailed code, and who one is: name and language."""

from typing import Any

from allauth.account import views as allauth_views
from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views import i18n
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bookings import notices, reach
from bookings.models import Booking
from bookings.permissions import organisations_of
from turne.web.logged_in import user_of
from venues.models import HOSTS, Membership, User

DEMO_DOMAIN = "@demo.turne.example"


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """How allauth behaves here: accounts are made by an administrator, and mail goes through the outbox."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put the mail into the outbox, in the language of whom it goes to."""
        user = User.objects.filter(email__iexact=email).first()
        language = user.language if user else translation.get_language() or settings.LANGUAGE_CODE
        with translation.override(language):
            message = self.render_mail(template_prefix, email, context)
        notices.post_login_code(
            to=email,
            language=language,
            subject=message.subject,
            body=str(message.body),
            now=timezone.now(),
        )

    def format_email_subject(self, subject: str) -> str:
        return str(subject)

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse:
        """From here on the pages speak the language that the user has chosen."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        assert isinstance(user, User)
        _speak(response, user.language)
        return response


class Login(allauth_views.RequestLoginCodeView):  # type: ignore[misc]
    """Ask for the address, and mail a code to it. The answer is the same whether anybody has that address."""

    template_name = "account/login.html"

    def get_form(self, form_class: Any = None) -> forms.Form:
        form: forms.Form = super().get_form(form_class)
        form.fields["email"].widget.attrs.pop("placeholder", None)  # the label says it
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        demo = demo_users() if settings.DEMO_LOGIN else User.objects.none()
        first = first_of_each(demo)
        return {
            **super().get_context_data(**kwargs),
            "demo_users": list(dict.fromkeys([*first, *demo])),
            "demo_first": f":{len(first)}",
            "demo_rest": f"{len(first)}:",
        }


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = User
        fields = ["name", "language"]


def demo_users() -> "QuerySet[User]":
    """The invented people of the demo region, with what each is; who has an offer to answer stands first."""
    offers = Booking.objects.to_answer().filter(presenter__memberships__user=OuterRef("pk"))
    people = User.objects.filter(email__endswith=DEMO_DOMAIN, is_active=True).annotate(asked=Exists(offers))
    return people.prefetch_related("memberships__organisation").order_by("-asked", "name", "email")


def first_of_each(people: "QuerySet[User]") -> list[User]:
    """The first person of every role, so that nobody has to look for a producer."""
    found: dict[str, User] = {}
    for person in people:
        for membership in person.memberships.all():
            found.setdefault(membership.role, person)
    return list(dict.fromkeys(found[role] for role in Membership.Role if role in found))


@require_safe
def closed_signup(request: HttpRequest) -> HttpResponse:
    """Says that accounts are made by the region, and what to do."""
    return render(request, "account/signup_closed.html")


@require_POST
def demo_login(request: HttpRequest, pk: int) -> HttpResponse:
    """Log in as one of the demo people, in the visitor's language; there is no such address where DEMO_LOGIN is off."""
    if not settings.DEMO_LOGIN:
        raise Http404
    user = get_object_or_404(demo_users(), pk=pk)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    response = redirect(wanted if is_ours else resolve_url(settings.LOGIN_REDIRECT_URL))
    _speak(response, translation.get_language() or user.language)
    return response


@login_required
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """The user's own name and language."""
    reader = user_of(request)
    form = ProfileForm(request.POST or None, instance=reader)
    if request.method == "POST" and form.is_valid():
        user = form.save()
        with translation.override(user.language):
            messages.success(request, _("Saved. Mail and pages come in this language."))
        response: HttpResponse = redirect("profile")
        _speak(response, user.language)
        return response
    memberships = reader.memberships.select_related("organisation")
    roles = [*HOSTS, Membership.Role.PRODUCER]
    switches = [
        {"email": email, "whose": whose, "is_on": reach.wants_reminders(email)}
        for email, whose in _addresses(reader).items()
    ]
    context = {"form": form, "memberships": memberships, "contact_roles": roles, "switches": switches}
    return render(request, "account/profile.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def reminders(request: HttpRequest) -> HttpResponse:
    """Stop reminders to one of the user's addresses, or start them again."""
    email = request.POST.get("email", "")
    if email not in _addresses(user_of(request)):
        raise Http404
    if request.POST.get("on"):
        reach.subscribe(email)
        messages.success(request, _("Reminders come to %(email)s again.") % {"email": email})
    else:
        reach.unsubscribe(email, timezone.now())
        messages.success(request, _("No more reminders go to %(email)s.") % {"email": email})
    return redirect(reverse("profile") + "#reminders")


def _addresses(user: User) -> dict[str, str]:
    """The user's own address and those of the houses that they act for -> whose each is."""
    houses = organisations_of(user, *HOSTS, Membership.Role.PRODUCER).exclude(email="").order_by("name")
    return {**{house.email.lower(): house.name for house in houses}, user.email: _("your own address")}


# No CSRF token: pages that a mailed link opens send "Origin: null" (they give no referrer away), which the
# check refuses. What another site could do with it is change a language; the session cookie stays at home.
@csrf_exempt
def set_language(request: HttpRequest) -> HttpResponse:
    """Change the language of the pages, and remember it for the user who is logged in."""
    response = i18n.set_language(request)
    language = request.POST.get("language", "")
    if request.method == "POST" and request.user.is_authenticated and language in dict(settings.LANGUAGES):
        User.objects.filter(pk=request.user.pk).update(language=language)
    return response


def _speak(response: HttpResponse, language: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        path=settings.LANGUAGE_COOKIE_PATH,
        domain=settings.LANGUAGE_COOKIE_DOMAIN,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,  # type: ignore[arg-type]
    )
