"""The mail of a call: receipts and answers, with whether they have arrived, for those who run it."""

from collections import Counter

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from bookings import outbox
from bookings.mail_kinds import kind_of
from bookings.models import Notice
from programmes import call_mail as mail
from programmes.models import CallNotice, Sighting
from turne.web.deciding.finding import Row, find, find_read, frame, see
from turne.web.logged_in import user_of
from turne.web.refusals import done


@login_required
@never_cache
@require_safe
def call_mail(request: HttpRequest, slug: str) -> HttpResponse:
    """Every mail once the call has closed; before, only how many are in which state. ?visa= narrows to a state."""
    call = find(request, slug)
    found, shown = mail.of_call(call), request.GET.get("visa", "")
    counts = Counter(one.notice.state for one in found)
    readable = mail.readable(call, user_of(request), timezone.now())
    if readable:
        see(request, call, Sighting.What.NAMES)
    context = frame(call, "call-mail") | {
        "rows": [_row(one) for one in readable if not shown or one.notice.state == shown],
        "is_narrowed": bool(shown),
        "chips": _chips(counts, shown),
        "total": len(found),
        "hidden": len(found) - len(readable),
    }
    return render(request, "deciding/mail.html", context)


@login_required
@require_POST
def call_mail_retry(request: HttpRequest, slug: str, pk: str) -> HttpResponse:
    """Try a mail that was not sent once more."""
    call = find_read(request, slug)
    readable = [one.pk for one in mail.readable(call, user_of(request), timezone.now())]
    about = get_object_or_404(CallNotice.objects.filter(pk__in=readable).select_related("notice"), notice=pk)

    def act() -> None:
        outbox.retry(about.notice, timezone.now())

    return done(request, act, _("It is tried again within a minute."), "call-mail", slug)


def _row(one: CallNotice) -> Row:
    notice = one.notice
    return {
        "about": one,
        "mail": notice,
        "kind": kind_of(notice.kind).label,
        "can_retry": outbox.can_retry(notice),
        "waits": notice.state == Notice.State.WAITING,
    }


def _chips(counts: "Counter[str]", shown: str) -> list[Row]:
    everything = {"label": _("All"), "url": "?", "current": not shown, "count": counts.total()}
    narrowed = [
        {
            "label": state.label,
            "url": f"?visa={state.value}",
            "current": shown == state,
            "count": counts[state],
        }
        for state in Notice.State
        if counts[state]
    ]
    return [everything, *narrowed]
