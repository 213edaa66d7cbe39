"""A school's rooms: what nobody has told of them, and a new one."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from bookings import permissions
from tours import questions
from turne.web.refusals import DONE, led
from turne.web.schools.keeping import head, school_or_404
from venues import premises
from venues.models import School, Venue


class RoomForm(forms.Form):
    """A new room."""

    name = forms.CharField(label=gettext_lazy("What the room is called"), max_length=80)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def rooms(request: HttpRequest, slug: str) -> HttpResponse:
    """The rooms with what is unknown of each; posted, a new one."""
    school = school_or_404(request, slug)
    form = RoomForm(request.POST if request.method == "POST" else None)
    status, room = led(form, lambda: premises.add_room(school, form.cleaned_data["name"]))
    if status == DONE:
        messages.success(request, _("%(room)s is added. Tell what you know of it.") % {"room": room.name})
        return redirect("school-rooms", slug)
    context = {
        **head(school, "school-rooms"),
        "form": form,
        "rows": _rows(request, school),
        "facts_count": len(premises.ROOM) + len(premises.ACCESS),
    }
    return render(request, "schools/rooms.html", context, status=status)


def _rows(request: HttpRequest, school: School) -> list[dict[str, Any]]:
    today = timezone.localdate()
    found = list(
        Venue.objects.open().with_ground().filter(organisation=school.organisation_id).order_by("name")
    )
    productions = questions.asking(today) if found else []
    wished = questions.wished([room.pk for room in found], today)
    rows = []
    for room in found:
        asked = questions.open_questions(room, productions, wished.get(room.pk, ()))
        rows.append(
            {
                "room": room,
                "known": premises.known_count(room),
                "asked": list(dict.fromkeys(question.label for question in asked)),
                "may_open": permissions.can_see_venue(request.user, room),
            }
        )
    return rows
