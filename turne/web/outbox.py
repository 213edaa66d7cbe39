"""The outbox: what waits, what was mailed about whose visits, what was not and why; and what can be done about it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Case, Count, Q, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from bookings import bounces
from bookings import outbox as verbs
from bookings.mail_kinds import kind_of
from bookings.models import Booking, Notice
from bookings.models.outgoing import LOGIN_CODE, Notices
from bookings.permissions import has_role
from bookings.secrets_in_mail import without_token
from tours.errors import Refused, TurneError
from turne.web import errors
from turne.web.form_fields import MomentField
from turne.web.logged_in import user_of
from turne.web.mail_views import framed, with_frames
from turne.web.refusals import done
from venues.models import Membership, User

PER_PAGE = 30
State = Notice.State
#: Filter as it stands in the address -> its name and its states.
FILTERS: dict[str, tuple[str | Promise, list[str]]] = {
    "alla": (_lazy("All"), [state.value for state in State]),
    "inte-skickade": (_lazy("Not arrived"), [State.FAILED, State.BOUNCED]),
    "vantar": (_lazy("Waiting"), [State.WAITING, State.CLAIMED]),
    "skickade": (_lazy("Sent"), [State.SENT]),
    "stoppade": (_lazy("Stopped"), [State.STOPPED]),
}


class TimeForm(forms.Form):
    send_after = MomentField(label=_lazy("Send at"))


class SeenForm(forms.Form):
    """When the list was read, whose mails are meant: what has been written since has not been seen."""

    seen = forms.DateTimeField(widget=forms.HiddenInput)


class BounceForm(forms.Form):
    reason = forms.CharField(label=_lazy("What it said"), max_length=bounces.REASON_MAX, required=False)


@login_required
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """The mails that the user may see; those that did not arrive stand first, then those that wait."""
    mine = _visible(request).mails()
    sums = {name: Count("pk", filter=Q(state__in=states)) for name, (_name, states) in FILTERS.items()}
    counts = mine.aggregate(**{name.replace("-", "_"): each for name, each in sums.items()})
    chosen = request.GET.get("visa", "")
    chosen = chosen if chosen in FILTERS else "alla"
    found = mine.filter(state__in=FILTERS[chosen][1]).select_related("booking__presenter")
    lost, done = When(state__in=[State.FAILED, State.BOUNCED], then=0), [State.SENT, State.STOPPED]
    urgency = Case(lost, When(state__in=done, then=Value(2)), default=1)
    page = Paginator(found.order_by(urgency, "-created_at", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [_row(notice) for notice in page],
        "failed_count": counts["inte_skickade"],
        "waiting": _waiting(request).count() if chosen == "vantar" else 0,
        "seen": timezone.now().isoformat(),
        "chips": [
            {
                "label": label,
                "url": f"?visa={name}",
                "current": name == chosen,
                "count": counts[name.replace("-", "_")],
            }
            for name, (label, _states) in FILTERS.items()
        ],
    }
    return render(request, "outbox/outbox.html", context)


@with_frames
@login_required
@require_safe
def notice(request: HttpRequest, pk: str) -> HttpResponse:
    """One mail as it is read, without the secret of its link; a login code is never shown."""
    found = get_object_or_404(_visible(request).select_related("booking", "digest"), pk=pk)
    is_code = found.kind == LOGIN_CODE
    mine = Notice.objects.plannable_by(user_of(request)).filter(pk=pk).exists()
    context = {
        **_row(found),
        "text": "" if is_code else without_token(found.body_text),
        "items": [_row(item) for item in _items(found)],
        "can_change": mine and found.is_unsent,
        "can_stop": mine and verbs.can_stop(found),
        "can_bounce": mine and bounces.can_bounce(found),
        "time_form": TimeForm(initial={"send_after": found.send_after}),
        "bounce_form": BounceForm(),
    }
    return render(request, "outbox/notice.html", context)


@framed
@login_required
@require_safe
def notice_html(request: HttpRequest, pk: str) -> HttpResponse:
    """The HTML part of one mail, without the secret of its link."""
    found = get_object_or_404(_visible(request), pk=pk)
    return HttpResponse("" if found.kind == LOGIN_CODE else without_token(found.body_html))


@login_required
@require_POST
def retry(request: HttpRequest, pk: str) -> HttpResponse:
    """Try a mail that was not sent once more."""
    found = get_object_or_404(_visible(request), pk=pk)
    told = _("It is tried again within a minute.")
    return done(request, lambda: verbs.retry(found, timezone.now()), told, "outbox")


@login_required
@require_POST
def stop(request: HttpRequest, pk: str) -> HttpResponse:
    """Keep a mail from leaving."""

    def act(found: Notice, user: User) -> str:
        back = len(verbs.stop(found, by=user, now=timezone.now()))
        taken_back = ngettext(
            "It is stopped. %(count)d offer is taken back: the visit is held again.",
            "It is stopped. %(count)d offers are taken back: the visits are held again.",
            back,
        )
        return (
            taken_back % {"count": back}
            if back
            else _("It is stopped. Tell the other side in some other way.")
        )

    return _change(request, pk, act)


@login_required
@require_POST
def send_now(request: HttpRequest, pk: str) -> HttpResponse:
    """Let a waiting mail leave at once."""

    def act(found: Notice, user: User) -> str:
        verbs.send_now(found, timezone.now())
        return _("It leaves within a minute.")

    return _change(request, pk, act)


@login_required
@require_POST
def set_time(request: HttpRequest, pk: str) -> HttpResponse:
    """Let a waiting mail leave at another time."""
    form = TimeForm(request.POST)

    def act(found: Notice, user: User) -> str:
        if not form.is_valid():
            raise Refused(_("Give a day and a time."))
        verbs.send_at(found, form.cleaned_data["send_after"], timezone.now())
        return _("The time is changed.")

    return _change(request, pk, act)


@login_required
@require_POST
def stop_all(request: HttpRequest) -> HttpResponse:
    """Keep everything that waited when the list was read from leaving, so far as it may be stopped."""
    back: list[Booking] = []

    def stopped(found: Notice) -> None:
        back.extend(verbs.stop(found, by=user_of(request), now=timezone.now()))

    done, left = _each_waiting(request, stopped)
    told = [
        ngettext("%(count)d mail is stopped.", "%(count)d mails are stopped.", done) % {"count": done},
        ngettext("%(count)d offer is taken back.", "%(count)d offers are taken back.", len(back))
        % {"count": len(back)},
        ngettext("%(count)d mail leaves all the same.", "%(count)d mails leave all the same.", left)
        % {"count": left},
    ]
    counts = (done or not left, back, left)
    messages.success(request, " ".join(text for text, count in zip(told, counts, strict=True) if count))
    return redirect("outbox")


@login_required
@require_POST
def send_all(request: HttpRequest) -> HttpResponse:
    """Let everything that waited when the list was read leave at once."""
    done, _left = _each_waiting(request, lambda found: verbs.send_now(found, timezone.now()))
    told = ngettext("%(count)d mail leaves within a minute.", "%(count)d mails leave within a minute.", done)
    messages.success(request, told % {"count": done})
    return redirect("outbox")


def _waiting(request: HttpRequest) -> Notices:
    """The mails about the user's own tours that nobody has tried to send."""
    return _visible(request).mails().unsent().plannable_by(user_of(request))


def _each_waiting(request: HttpRequest, act: Callable[[Notice], None]) -> tuple[int, int]:
    """How many waiting mails it was done to, and how many refused."""
    form, waiting = SeenForm(request.POST), _waiting(request)
    seen = waiting.filter(created_at__lte=form.cleaned_data["seen"]) if form.is_valid() else waiting.none()
    done = left = 0
    for each in seen:
        try:
            act(each)
            done += 1
        except TurneError:
            left += 1
    return done, left


@login_required
@require_POST
def bounced(request: HttpRequest, pk: str) -> HttpResponse:
    """Note that a mail has come back."""
    form = BounceForm(request.POST)

    def act(found: Notice, user: User) -> str:
        reason = form.cleaned_data.get("reason", "") if form.is_valid() else ""
        bounces.note_bounce(found, reason=reason, by=user, now=timezone.now())
        return _("Noted. Nothing more goes to that address until it is changed.")

    return _change(request, pk, act)


def _change(request: HttpRequest, pk: str, act: Callable[[Notice, User], str]) -> HttpResponse:
    """Do something about a mail of the user's own tours, and come back to it."""
    user = user_of(request)
    found = get_object_or_404(Notice.objects.plannable_by(user).select_related("digest"), pk=pk)
    try:
        messages.success(request, act(found, user))
    except TurneError as error:
        errors.say(request, error)
    return redirect("outbox-notice", pk=pk)


def _visible(request: HttpRequest) -> Notices:
    """What the user may see, or 403 for roles without an outbox."""
    user = user_of(request)
    if not has_role(user, Membership.Role.PRODUCER, Membership.Role.ADMINISTRATOR):
        raise PermissionDenied(_("The outbox is for producers and administrators."))
    return Notice.objects.visible_to(user)


def _items(digest: Notice) -> Notices:
    """What is in a digest, in the mail's own order."""
    found: Notices = digest.items.select_related("booking__presenter")
    return found.order_by("booking__occupied_from", "created_at")


def _row(notice: Notice) -> dict[str, Any]:
    return {
        "notice": notice,
        "kind": kind_of(notice.kind).label,
        "can_retry": verbs.can_retry(notice),
    }
