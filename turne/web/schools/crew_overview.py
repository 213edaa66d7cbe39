"""The region's crews for its officers: counts by municipality, network meetings, votes."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bookings.crew_overview import Line, overview
from tours import votes
from turne.web import agenda
from turne.web.form_fields import number_in
from turne.web.refusals import DONE, led
from turne.web.region import region_of, season_of
from turne.web.schools.crew_forms import MeetingForm
from turne.web.schools.crew_words import counted
from venues import network_meetings
from venues.models import NetworkMeeting

Row = dict[str, Any]


@login_required
@require_safe
def crew_overview(request: HttpRequest) -> HttpResponse:
    """All crews of the region, what they did in a season, and the meetings to come."""
    region = region_of(request)
    season, seasons = season_of(request, region)
    found = overview(region, season, timezone.localdate())
    meetings = NetworkMeeting.objects.filter(region=region).prefetch_related("signups__crew__organisation")
    context = {
        "region": region,
        "season": season,
        "chips": agenda.season_chips(seasons, season, reverse("crew-overview")) if season else [],
        "overview": found,
        "totals": _totals(found.total),
        "meetings": [_meeting_row(meeting) for meeting in meetings],
        "sums": votes.sums(season) if season else [],
    }
    return render(request, "crews/overview.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_new(request: HttpRequest) -> HttpResponse:
    """A new network meeting."""
    region = region_of(request)
    form = MeetingForm(request.POST if request.method == "POST" else None)
    return _edited(
        request,
        form,
        lambda: network_meetings.make_meeting(region, form.words(), today=timezone.localdate()),
        {"meeting": None, "region": region},
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """A network meeting, told anew."""
    meeting = get_object_or_404(NetworkMeeting, pk=pk, region=region_of(request))
    told = {name: getattr(meeting, name) for name in MeetingForm.base_fields}
    form = MeetingForm(request.POST if request.method == "POST" else None, initial=told)
    version = number_in(request.POST.get("version")) or meeting.version
    return _edited(
        request,
        form,
        lambda: network_meetings.change_meeting(
            meeting, form.words(), version=version, today=timezone.localdate()
        ),
        {"meeting": meeting, "version": version, "region": meeting.region},
    )


@login_required
@require_POST
def meeting_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a meeting off."""
    network_meetings.cancel_meeting(get_object_or_404(NetworkMeeting, pk=pk, region=region_of(request)))
    messages.success(request, _("The meeting is cancelled. The crews see it on their pages."))
    return redirect("crew-overview")


def _edited(request: HttpRequest, form: MeetingForm, save: Any, context: Row) -> HttpResponse:
    status, saved = led(form, save)
    if status == DONE:
        messages.success(request, _("%(meeting)s is saved.") % {"meeting": saved})
        return redirect("crew-overview")
    return render(request, "crews/meeting.html", {**context, "form": form}, status=status)


def _meeting_row(meeting: NetworkMeeting) -> Row:
    """A meeting with who comes."""
    signups = list(meeting.signups.all())
    pupils = sum(row.pupils_count for row in signups)
    mentors = sum(row.mentors_count for row in signups)
    return {
        "meeting": meeting,
        "people": counted(pupils, mentors),
        "signups": [
            {"signup": row, "people": counted(row.pupils_count, row.mentors_count)} for row in signups
        ],
    }


def _totals(total: Line) -> list[Row]:
    held = _("%(held)d of them held") % {"held": total.held}
    trained = _("%(count)d trained this school year") % {"count": total.trained}
    lent = _("%(count)d lent")
    return [
        {"value": total.crews, "label": _("crews"), "note": trained},
        {
            "value": total.pupils,
            "label": _("pupils"),
            "note": _("%(count)d mentors") % {"count": total.mentors},
        },
        {"value": total.hosted, "label": _("visits hosted by a crew"), "note": held},
        {"value": total.shirts, "label": _("T-shirts"), "note": lent % {"count": total.shirts_lent}},
        {
            "value": total.folders,
            "label": _("checklist folders"),
            "note": lent % {"count": total.folders_lent},
        },
    ]
