"""Private calendar links: made for somebody who is named, shown once, changed, given anew and revoked."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from bookings import feed_links, feed_scopes, feeds
from bookings.models import Feed
from tours.errors import Refused
from turne.web.calendars import told
from turne.web.logged_in import user_of
from turne.web.narrowing import PrivateNarrowForm, given_in
from turne.web.ways_in import Links
from venues.dates import day_text
from venues.models import User

#: What a link shows that leaves out what is not agreed, where its kind says otherwise.
ONLY_AGREED = {
    Feed.Scope.PRESENTER: gettext_lazy("what is agreed at this presenter or school"),
    Feed.Scope.PRODUCER: gettext_lazy("what is agreed in all tours of this producer"),
    Feed.Scope.PEDAGOGUE: gettext_lazy("the workshops that a pedagogue holds, where they are agreed"),
    Feed.Scope.ARTIST: gettext_lazy("one's own residencies with all that is on, where it is agreed"),
    Feed.Scope.ENSEMBLE: gettext_lazy("working days with drives, get-in and nights, where they are agreed"),
}


class NameForm(forms.Form):
    """Who has the link."""

    name = forms.CharField(
        label=gettext_lazy("Who gets the link?"),
        max_length=Feed.NAME_MAX,
        help_text=gettext_lazy("For example caretaker, school office or ensemble. Make one link for each."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class LinkForm(NameForm):
    """A new private link: for which organisation, and who gets it."""

    whose = forms.ChoiceField(label=gettext_lazy("Which calendar?"))
    field_order = ("whose", "name")

    def __init__(self, kept: list[feed_links.Whose], *args: Any, asked: str = "") -> None:
        super().__init__(*args)
        self.kept = {f"{whose.scope}-{whose.ref}": whose for whose in kept}
        field: Any = self.fields["whose"]
        field.choices = [
            (key, f"{whose}: {Feed.Scope(whose.scope).label}") for key, whose in self.kept.items()
        ]
        if all(whose.scope == Feed.Scope.ARTIST for whose in kept):
            self.fields["name"].help_text = _(
                "For example your telephone, or somebody who works with you. Make one link for each."
            )
        field.initial = asked if asked in self.kept else next(iter(self.kept), None)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def private_feeds(request: HttpRequest) -> HttpResponse:
    """The private links of one's organisations; a new one is shown in the answer that makes it, and never again."""
    kept = feed_links.keeps(request.user)
    if not kept:
        raise PermissionDenied(
            _("Private calendar links are for presenters, schools, producers and artists in residence.")
        )
    if request.method != "POST":
        return _page(request, kept)
    form, narrow = LinkForm(kept, request.POST), PrivateNarrowForm(given_in(request.POST))
    made = _make(form, narrow, user_of(request)) if form.is_valid() and narrow.is_valid() else None
    return _page(request, kept, made) if made else _page(request, kept, form=form, narrow=narrow)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Write anew who has a link and what is in it."""
    feed = get_object_or_404(feed_links.feeds_of(request.user), pk=pk)
    is_sent = request.method == "POST"
    form = NameForm(request.POST if is_sent else None, initial={"name": feed.name})
    given = given_in(request.POST) if is_sent else given_in(feed_links.query_of(feed))
    narrow = PrivateNarrowForm(given)
    if is_sent and form.is_valid() and narrow.is_valid() and _changed(feed, form, narrow):
        messages.success(request, _("Saved. The link itself is the same."))
        return redirect("private-feeds")
    context = {"feed": feed, "form": form, "narrow": narrow}
    return render(request, "calendars/change_private.html", context, status=422 if is_sent else 200)


@login_required
@never_cache
@require_POST
def rotate(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a link a new address, which is shown this once; the old one stops working."""
    feed = get_object_or_404(feed_links.feeds_of(request.user), pk=pk)
    try:
        new, token = feed_links.rotate_feed(feed, user_of(request), timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal.sentence))
        return redirect("private-feeds")
    return _page(request, feed_links.keeps(request.user), _made(new, token) | {"is_rotated": True})


@login_required
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a private link stop working."""
    feed = get_object_or_404(feed_links.feeds_of(request.user), pk=pk)
    feed_links.revoke_feed(feed, timezone.now())
    messages.success(request, _("The link for %(name)s no longer works.") % {"name": feed.name})
    return redirect("private-feeds")


def used_words(used_at: datetime | None, now: datetime) -> str:
    """When a link was read last, as one says it."""
    if used_at is None:
        return _("Not used yet.")
    days = (timezone.localdate(now) - timezone.localdate(used_at)).days
    if days <= 0:
        return _("Last used today.")
    if days == 1:
        return _("Last used yesterday.")
    if days <= 60:
        return ngettext("Last used %(days)d day ago.", "Last used %(days)d days ago.", days) % {"days": days}
    return _("Not used since %(day)s. Does anybody need it?") % {"day": day_text(used_at)}


def _page(
    request: HttpRequest,
    kept: list[feed_links.Whose],
    made: dict[str, Any] | None = None,
    *,
    form: LinkForm | None = None,
    narrow: PrivateNarrowForm | None = None,
) -> HttpResponse:
    """The list, with a link that was made just now, or with a form that was refused."""
    now = timezone.now()
    context = {
        "form": form or LinkForm(kept, asked=request.GET.get("vems", "")),
        "narrow": narrow or PrivateNarrowForm({}),
        "made": made,
        "rows": [_row(feed, now) for feed in feed_links.feeds_of(request.user)],
        "has_choice": len(kept) > 1,
    }
    return render(request, "calendars/private.html", context, status=422 if form else 200)


def _row(feed: Feed, now: datetime) -> dict[str, Any]:
    narrow = PrivateNarrowForm(given_in(feed_links.query_of(feed)))
    is_read = narrow.is_valid()
    # What is agreed alone is said in what the link shows, which would otherwise say the opposite.
    scope = Feed.Scope(feed.scope)
    is_agreed_only = bool(narrow.cleaned_data.pop(feed_scopes.HELD, ""))
    return {
        "feed": feed,
        "scope": ONLY_AGREED.get(scope, scope.label) if is_agreed_only else scope.label,
        "used": used_words(feed.last_used_at, now),
        "told": told(narrow) if is_read else [],
    }


def _make(form: LinkForm, narrow: PrivateNarrowForm, by: User) -> dict[str, Any] | None:
    """The new link and its addresses; None, with the reason in the form, if it was refused."""
    whose = form.kept[form.cleaned_data["whose"]]
    try:
        feed, token = feed_links.create_feed(whose, form.cleaned_data["name"], by, narrow.query())
    except Refused as refusal:
        form.add_error(refusal.field or None, str(refusal.sentence))
        return None
    return _made(feed, token)


def _made(feed: Feed, token: str) -> dict[str, Any]:
    address = settings.BASE_URL + reverse("feed-private", args=[token])
    shown = feeds.Address.read(feed.address).calendar()
    return {"feed": feed, "links": Links(address, shown.name if shown else feed.name)}


def _changed(feed: Feed, form: NameForm, narrow: PrivateNarrowForm) -> bool:
    """Whether it was written; if not, the reason stands in the form."""
    try:
        feed_links.change_feed(feed, form.cleaned_data["name"], narrow.query())
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.sentence))
        return False
    return True
