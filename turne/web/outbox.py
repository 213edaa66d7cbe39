"""The outbox: what was mailed about whose visits, what was not, why, and trying again."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Case, Count, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_POST, require_safe

from bookings import notices
from bookings.models import Notice
from bookings.permissions import has_role
from venues.models import Membership, User

PER_PAGE = 30
State = Notice.State
#: Filter as it stands in the address -> its name and its states.
FILTERS: dict[str, tuple[str | Promise, list[str]]] = {
    "alla": (_lazy("All"), [state.value for state in State]),
    "inte-skickade": (_lazy("Not sent"), [State.FAILED]),
    "vantar": (_lazy("Waiting"), [State.WAITING, State.CLAIMED]),
    "skickade": (_lazy("Sent"), [State.SENT]),
}
KINDS: dict[str, str | Promise] = {
    "offered": _lazy("Offer"),
    "confirmed": _lazy("Confirmation"),
    "answered": _lazy("Answer"),
    "withdrawn": _lazy("Withdrawal"),
    "expired": _lazy("Answer date passed"),
    "cancelled": _lazy("Cancellation"),
    notices.LOGIN_CODE: _lazy("Login code"),
}


@login_required
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """The mails that the user may see; those that were not sent stand first, with the reason."""
    mine = _visible(request)
    sums = {name: Count("pk", filter=Q(state__in=states)) for name, (_name, states) in FILTERS.items()}
    counts = mine.aggregate(**{name.replace("-", "_"): each for name, each in sums.items()})
    chosen = request.GET.get("visa", "")
    chosen = chosen if chosen in FILTERS else "alla"
    found = mine.filter(state__in=FILTERS[chosen][1]).select_related("booking__presenter")
    urgency = Case(When(state=State.FAILED, then=Value(0)), When(state=State.SENT, then=Value(2)), default=1)
    page = Paginator(found.order_by(urgency, "-created_at", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [_row(notice) for notice in page],
        "failed_count": counts["inte_skickade"],
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


@login_required
@require_safe
def notice(request: HttpRequest, pk: str) -> HttpResponse:
    """One mail as text, without the secret of its link; a login code is never shown."""
    found = get_object_or_404(_visible(request).select_related("booking"), pk=pk)
    is_code = found.kind == notices.LOGIN_CODE
    context = {**_row(found), "text": "" if is_code else notices.without_token(found.body_text)}
    return render(request, "outbox/notice.html", context)


@login_required
@require_POST
def retry(request: HttpRequest, pk: str) -> HttpResponse:
    """Try a mail that was not sent once more."""
    found = get_object_or_404(_visible(request), pk=pk)
    if found.state != State.FAILED or found.kind == notices.LOGIN_CODE:
        messages.error(request, _("Only a mail that was given up can be tried again."))
    else:
        notices.retry(found, timezone.now())
        messages.success(request, _("It is tried again within a minute."))
    return redirect("outbox")


def _visible(request: HttpRequest) -> QuerySet[Notice]:
    """What the user may see, or 403 for roles without an outbox."""
    assert isinstance(request.user, User)
    if not has_role(request.user, Membership.Role.PRODUCER, Membership.Role.ADMINISTRATOR):
        raise PermissionDenied(_("The outbox is for producers and administrators."))
    return Notice.objects.visible_to(request.user)


def _row(notice: Notice) -> dict[str, Any]:
    return {
        "notice": notice,
        "kind": KINDS.get(notice.kind, notice.kind),
        "can_retry": notice.state == State.FAILED and notice.kind != notices.LOGIN_CODE,
    }
