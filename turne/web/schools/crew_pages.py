"""A house's own crews: the list, what a crew is, who is in it, what it has learnt and has, and its class link."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bookings import class_links
from bookings.models import Booking, CrewInvitation, CrewVisit
from bookings.models.booking import Status
from bookings.permissions import organisations_of
from bookings.school_permissions import can_keep_crew, can_see_crew
from tours.models.production import LANGUAGE_TAGS
from turne.web.logged_in import user_of
from turne.web.particulars import LANGUAGES
from turne.web.refusals import DONE, led
from turne.web.schools import crew_words
from turne.web.schools.crew_forms import CrewForm, ItemForm, MemberForm, SignupForm, TrainingForm
from venues import crews, network_meetings
from venues.crews import CrewWords
from venues.models import HOSTS, Crew, CrewMember, CrewTraining, NetworkMeeting, Organisation
from venues.models.crews import CrewRole, Topic

Row = dict[str, Any]


@login_required
@require_safe
def crew_list(request: HttpRequest) -> HttpResponse:
    """The crews of one's own houses."""
    houses = _houses(request)
    own = list(Crew.objects.filter(organisation__in=houses).select_related("organisation"))
    asked = Counter(
        CrewInvitation.objects.waiting(timezone.now()).filter(crew__in=own).values_list("crew", flat=True)
    )
    rows = [{"crew": crew, "people": crew_words.people_text(crew), "asked": asked[crew.pk]} for crew in own]
    return render(request, "crews/list.html", {"rows": rows, "houses": houses})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def crew_new(request: HttpRequest) -> HttpResponse:
    """A new crew of one of one's own houses."""
    houses = _houses(request)
    asked = request.POST.get("house") or request.GET.get("hus")
    house = next((one for one in houses if one.slug == asked), houses[0])
    form = CrewForm(request.POST if request.method == "POST" else None)

    def save() -> Crew:
        return crews.make_crew(house, form.words(), known_languages=LANGUAGE_TAGS)

    context = {"houses": houses, "house": house, "crew": None}
    return _edited(request, form, save, context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def crew_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What the crew is, told anew."""
    crew = own_crew(request, pk)
    told = {name: getattr(crew, name) for name in CrewWords.__dataclass_fields__}
    form = CrewForm(request.POST if request.method == "POST" else None, initial=told)
    version = request.POST.get("version", "")

    def save() -> Crew:
        shown = int(version) if version.isdecimal() and len(version) < 9 else 0
        return crews.change_crew(crew, form.words(), version=shown, known_languages=LANGUAGE_TAGS)

    context = {"crew": crew, "version": version or crew.version}
    return _edited(request, form, save, context)


@login_required
@require_safe
def crew(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one crew; officers read it too."""
    return crew_page(request, seen_crew(request, pk))


@login_required
@require_POST
def member_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody does something in the crew this school year."""
    crew, form = own_crew(request, pk), MemberForm(request.POST)
    return _kept(
        request,
        crew,
        "member_form",
        form,
        lambda values: crews.add_member(crew, today=timezone.localdate(), **values),
    )


@login_required
@require_POST
def member_remove(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    """Somebody does it no longer."""
    crew = own_crew(request, pk)
    crews.remove_member(crew, get_object_or_404(CrewMember, pk=member, crew=crew).pk)
    messages.success(request, _("Taken away."))
    return redirect("crew", pk)


@login_required
@require_POST
def training_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A training day that the crew has had."""
    crew, form = own_crew(request, pk), TrainingForm(request.POST)
    return _kept(
        request,
        crew,
        "training_form",
        form,
        lambda values: crews.add_training(crew, today=timezone.localdate(), **values),
    )


@login_required
@require_POST
def training_remove(request: HttpRequest, pk: int, training: int) -> HttpResponse:
    """A training day that was noted by mistake."""
    crew = own_crew(request, pk)
    crews.remove_training(crew, get_object_or_404(CrewTraining, pk=training, crew=crew).pk)
    messages.success(request, _("Taken away."))
    return redirect("crew", pk)


@login_required
@require_POST
def item_set(request: HttpRequest, pk: int) -> HttpResponse:
    """How many T-shirts of a size, or folders, the crew has."""
    crew, form = own_crew(request, pk), ItemForm(request.POST)

    def save(values: Row) -> Any:
        kind, size = form.thing()
        counts = {name: values[name] for name in ("total_count", "lent_count")}
        return crews.set_item(crew, kind, size, **counts)

    return _kept(request, crew, "item_form", form, save)


@login_required
@require_POST
def meeting_sign_up(request: HttpRequest, pk: int, meeting: int) -> HttpResponse:
    """How many of the crew come to a network meeting."""
    crew, form = own_crew(request, pk), SignupForm(request.POST, prefix=str(meeting))
    found = get_object_or_404(NetworkMeeting, pk=meeting, region=crew.organisation.region_id)

    def save(values: Row) -> Any:
        return network_meetings.sign_up(found, crew, today=timezone.localdate(), **values)

    return _kept(request, crew, f"meeting_{meeting}", form, save)


@login_required
@never_cache
@require_POST
def link_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A fresh class link, shown in this answer and never again; the one before it stops working."""
    crew = own_crew(request, pk)
    token = class_links.make_crew_link(crew, by=user_of(request), now=timezone.now())
    address = settings.BASE_URL + reverse("crew-link", args=[token])
    return crew_page(request, crew, {"made": address})


@login_required
@require_POST
def link_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """The class link stops working."""
    class_links.revoke_crew_link(own_crew(request, pk), now=timezone.now())
    messages.success(request, _("The class link no longer works."))
    return redirect("crew", pk)


def own_crew(request: HttpRequest, pk: int) -> Crew:
    """The crew, or 404 for whoever does not keep it."""
    found = get_object_or_404(Crew.objects.select_related("organisation__region"), pk=pk)
    if not can_keep_crew(request.user, found):
        raise Http404
    return found


def seen_crew(request: HttpRequest, pk: int) -> Crew:
    """The crew, or 404 for whoever may not read about it."""
    found = get_object_or_404(Crew.objects.select_related("organisation__region"), pk=pk)
    if not can_see_crew(request.user, found):
        raise Http404
    return found


def crew_page(
    request: HttpRequest, crew: Crew, more: Row | None = None, *, status: int = 200
) -> HttpResponse:
    """The page of a crew, with whichever of its forms was sent, or its link just made."""
    now = timezone.now()
    forms = {
        "member_form": MemberForm(),
        "training_form": TrainingForm(),
        "item_form": ItemForm(),
        **(more or {}),
    }
    context = {
        "crew": crew,
        "keeps": can_keep_crew(request.user, crew),
        "people": crew_words.people_text(crew),
        "skills": [CrewRole(skill).label for skill in crew.skills],
        "languages": [LANGUAGES[tag] for tag in crew.languages],
        "warnings": crews.size_warnings(crew),
        "members": list(crews.members(crew, timezone.localdate(now))),
        "trainings": [
            {"training": row, "topics": [Topic(topic).label for topic in row.topics]}
            for row in crew.trainings.all()
        ],
        "items": list(crew.items.all()),
        "visits": _visits(crew),
        "asked": list(crew.invitations.waiting(now).with_ground()),
        "meetings": _meetings(crew, forms),
        "ballots": list(crew.ballots.select_related("season").prefetch_related("votes__production")),
        "link": crew.links.working(now).first(),
        **forms,
    }
    return render(request, "crews/crew.html", context, status=status)


def coming(crew: Crew) -> "list[Booking]":
    """Confirmed visits of the crew's house to come, announced, that no crew has taken."""
    found = Booking.objects.filter(
        presenter=crew.organisation_id, status=Status.CONFIRMED, occupied_to__gt=timezone.now()
    )
    taken = CrewVisit.objects.filter(left_at=None).values("booking")
    return list(found.exclude(pk__in=taken).exclude(published_at=None).with_ground())


def hosted_visits(crew: Crew) -> list[CrewVisit]:
    """The visits that the crew hosts and that are not over, the next first."""
    found = crew.visits.filter(left_at=None, booking__occupied_to__gt=timezone.now())
    return list(found.with_ground().order_by("booking__occupied_from", "pk"))


def _visits(crew: Crew) -> Row:
    hosts = [
        crew_words.visit_row(visit, reverse("crew-visit", args=[visit.booking_id]))
        for visit in hosted_visits(crew)
    ]
    return {"hosted": hosts, "open": coming(crew)}


def _meetings(crew: Crew, forms: Row) -> list[Row]:
    """The meetings to come, with how many of the crew come and the form to say it by."""
    rows = crew_words.meeting_rows(crew)
    for row in rows:
        mine, meeting = row["signup"], row["meeting"]
        told = {
            "pupils_count": mine.pupils_count if mine else crew.pupils_count,
            "mentors_count": mine.mentors_count if mine else min(1, crew.mentors_count),
        }
        sent = forms.get(f"meeting_{meeting.pk}")
        row["form"] = sent or SignupForm(prefix=str(meeting.pk), initial=told)
    return rows


def _houses(request: HttpRequest) -> list[Organisation]:
    houses = list(organisations_of(request.user, *HOSTS).order_by("name"))
    if not houses:
        raise Http404
    return houses


def _edited(request: HttpRequest, form: CrewForm, save: Callable[[], Crew], context: Row) -> HttpResponse:
    status, saved = led(form, save)
    if status == DONE:
        messages.success(request, _("%(crew)s is saved.") % {"crew": saved})
        return redirect("crew", saved.pk)
    return render(request, "crews/edit.html", {**context, "form": form}, status=status)


def _kept(
    request: HttpRequest, crew: Crew, name: str, form: Form, save: Callable[[Row], Any]
) -> HttpResponse:
    """Back to the crew's page: with what was saved, or with the form that has to be put right."""
    status, _made = led(form, lambda: save(form.cleaned_data))
    if status == DONE:
        messages.success(request, _("Saved."))
        return redirect("crew", crew.pk)
    return crew_page(request, crew, {name: form}, status=status)
