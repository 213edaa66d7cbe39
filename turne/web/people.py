"""Pages about who is who in a region: officers read, administrators change."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bookings import bounces, permissions, reach
from turne.web.errors import say
from turne.web.refusals import DONE, led
from turne.web.region import region_of
from venues import people as who
from venues.errors import NotPossible
from venues.geocoding import folded
from venues.models import HOSTS, Membership, Organisation, Region


class OrganisationForm(forms.Form):
    """A new organisation."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=160)
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("What it is"),
        choices=Organisation.Role.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    municipality: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=gettext_lazy("Municipality"), queryset=None, required=False, empty_label=gettext_lazy("None")
    )
    email = forms.EmailField(
        label=gettext_lazy("Role address"),
        required=False,
        help_text=gettext_lazy("An address of the role, not of a person."),
    )

    def __init__(self, region: Region, *args: Any) -> None:
        super().__init__(*args)
        self.fields["municipality"].queryset = region.municipalities.all()  # type: ignore[attr-defined]


class MemberForm(forms.Form):
    """Somebody who may act for an organisation."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail"), help_text=gettext_lazy("Codes for logging in are mailed here.")
    )
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120, required=False)
    role = forms.ChoiceField(label=gettext_lazy("May act as"), choices=Membership.Role.choices)


class AddressForm(forms.Form):
    """Where notices to an organisation go, in which language, and where it is called when mail does not help."""

    email = forms.EmailField(
        label=gettext_lazy("Role address"),
        required=False,
        help_text=gettext_lazy("An address of the role, not of a person."),
    )
    phone = forms.CharField(
        label=gettext_lazy("Telephone"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("A number of the role. The other side of an agreement sees it."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of mail"), choices=settings.LANGUAGES, required=False
    )

    @classmethod
    def of(cls, organisation: Organisation, sent: Any = None) -> "AddressForm":
        """Filled in with what is known, or as it was sent."""
        known = {name: getattr(organisation, name) for name in ("email", "phone", "language")}
        return cls(sent, initial=known)


class RiksteaternForm(forms.Form):
    """Whether an organisation is a Riksteatern association or works with one, in three values."""

    is_riksteatern = forms.NullBooleanField(
        label=gettext_lazy("Is a Riksteatern association, or presents together with one"), required=False
    )


@require_safe
@login_required
def people(request: HttpRequest) -> HttpResponse:
    """The organisations of the region with what they are and who belongs to them."""
    region = region_of(request)
    words, role = request.GET.get("namn", "").strip(), request.GET.get("roll", "")
    members = Prefetch(
        "memberships", Membership.objects.select_related("user").order_by("role", "user__email")
    )
    found = Organisation.objects.filter(region=region).select_related("municipality")
    found = found.prefetch_related("roles", members)
    if role in Organisation.Role.values:
        found = found.with_role(role)
    asked = folded(words)
    context = {
        "region": region,
        "organisations": [organisation for organisation in found if asked in folded(organisation.name)],
        "words": words,
        "chips": _role_chips(role, words),
        "can_change": permissions.administers(request.user, region),
    }
    return render(request, "region/people.html", context)


def _role_chips(chosen: str, words: str) -> list[dict[str, Any]]:
    def url(role: str) -> str:
        query = {"namn": words, "roll": role}
        return "?" + urlencode({name: value for name, value in query.items() if value})

    chips = [{"label": _("All"), "url": url(""), "current": not chosen}]
    for role in Organisation.Role:
        label = str(role.label)
        chips.append(
            {"label": label[:1].upper() + label[1:], "url": url(role.value), "current": role == chosen}
        )
    return chips


def _administered(request: HttpRequest, organisation: Organisation) -> None:
    """Let administrators of the region through; for everybody else the page does not exist."""
    if not permissions.administers(request.user, organisation.region):
        raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def organisation_new(request: HttpRequest) -> HttpResponse:
    """Add an organisation to the region."""
    region = region_of(request)
    if not permissions.administers(request.user, region):
        raise Http404
    form = OrganisationForm(region, request.POST if request.method == "POST" else None)
    status, made = led(form, lambda: who.create_organisation(region, **form.cleaned_data))
    if status == DONE:
        messages.success(request, _("%(name)s is there. Now add the people.") % {"name": made})
        return redirect("organisation", made.slug)
    return render(request, "region/organisation_new.html", {"form": form, "region": region}, status=status)


@require_safe
@login_required
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """One organisation: its role address, its people, and how to add one."""
    organisation = get_object_or_404(Organisation.objects.select_related("region", "municipality"), slug=slug)
    if not permissions.oversees(request.user, organisation):
        raise Http404
    told = {name: request.GET.get(name, "") for name in ("email", "name", "role")}
    return _organisation_page(request, organisation, MemberForm(initial=told))


def _organisation_page(
    request: HttpRequest,
    organisation: Organisation,
    form: MemberForm,
    address_form: AddressForm | None = None,
) -> HttpResponse:
    fitting = _fitting_roles(organisation)
    role = form.fields["role"]
    assert isinstance(role, forms.ChoiceField)
    role.choices = fitting
    context = {
        "organisation": organisation,
        "members": organisation.memberships.select_related("user").order_by("role", "user__email"),
        "form": form,
        "fitting": fitting,
        "address_form": address_form or AddressForm.of(organisation),
        "riksteatern_form": RiksteaternForm(initial={"is_riksteatern": organisation.is_riksteatern}),
        "dead": reach.unreachable(organisation.email),
        "can_change": permissions.administers(request.user, organisation.region),
    }
    status = 422 if form.errors or (address_form and address_form.errors) else 200
    return render(request, "region/organisation.html", context, status=status)


def _fitting_roles(organisation: Organisation) -> list[tuple[str, str]]:
    """What somebody can be in the organisation, by what it is."""
    bodies = set(organisation.roles.values_list("role", flat=True))
    return [(role.value, str(role.label)) for role in Membership.Role if who.FITTING[role] & bodies]


@require_POST
@login_required
def member_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Let somebody act for an organisation."""
    organisation = get_object_or_404(Organisation.objects.select_related("region", "municipality"), slug=slug)
    _administered(request, organisation)
    form = MemberForm(request.POST)
    status, made = led(form, lambda: who.add_member(organisation, **form.cleaned_data))
    if status == DONE:
        told = {"user": made.user, "role": made.get_role_display(), "organisation": organisation}
        messages.success(request, _("%(user)s is now %(role)s in %(organisation)s.") % told)
        return redirect("organisation", slug)
    return _organisation_page(request, organisation, form)


@require_POST
@login_required
def address_set(request: HttpRequest, slug: str) -> HttpResponse:
    """Change an organisation's role address, telephone and language."""
    organisation = get_object_or_404(Organisation.objects.select_related("region", "municipality"), slug=slug)
    _administered(request, organisation)
    form = AddressForm(request.POST)
    if form.is_valid():
        who.set_contact(organisation, **form.cleaned_data)
        messages.success(request, _("Saved. Mail goes there, in that language."))
        return redirect("organisation", slug)
    return _organisation_page(request, organisation, MemberForm(), form)


@require_POST
@login_required
def address_works(request: HttpRequest, slug: str) -> HttpResponse:
    """The role address works after all."""
    organisation = get_object_or_404(Organisation.objects.select_related("region"), slug=slug)
    _administered(request, organisation)
    bounces.note_working(organisation.email)
    messages.success(request, _("It is written to again."))
    return redirect("organisation", slug)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def contact(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for one's own organisation."""
    mine = permissions.organisations_of(request.user, *HOSTS, Membership.Role.PRODUCER)
    organisation = get_object_or_404(mine, slug=slug)
    form = AddressForm.of(organisation, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        who.set_contact(organisation, **form.cleaned_data)
        messages.success(request, _("Saved. Mail goes there, in that language."))
        return redirect("profile")
    context = {"organisation": organisation, "form": form, "dead": reach.unreachable(organisation.email)}
    return render(request, "account/contact.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def riksteatern_set(request: HttpRequest, slug: str) -> HttpResponse:
    """Note whether an organisation is a Riksteatern association; subsidies ask for it."""
    organisation = get_object_or_404(Organisation.objects.select_related("region"), slug=slug)
    _administered(request, organisation)
    form = RiksteaternForm(request.POST)
    if form.is_valid():  # three values, and anything else is not known
        who.set_riksteatern(organisation, form.cleaned_data["is_riksteatern"])
        messages.success(request, _("Saved. The subsidies of its visits are reckoned with that."))
    return redirect("organisation", slug)


@require_POST
@login_required
def member_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody no longer acts for an organisation; the next page says how to undo it."""
    found = Membership.objects.select_related("user", "organisation__region")
    membership = get_object_or_404(found, pk=pk)
    _administered(request, membership.organisation)
    slug = membership.organisation.slug
    try:
        who.remove_member(membership)
    except NotPossible as error:
        say(request, error)
        return redirect("organisation", slug)
    told = {"user": membership.user, "role": membership.get_role_display()}
    text = _("%(user)s is no longer %(role)s. To undo it, press Add: the form below is filled in.")
    messages.success(request, text % told)
    query = {"email": membership.user.email, "name": membership.user.name, "role": membership.role}
    return redirect(f"{reverse('organisation', args=[slug])}?{urlencode(query)}#member-add")
