"""Subscribing: the address of a public calendar, and the private links of an organisation."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlencode, urlsplit

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bookings import feeds
from bookings.errors import Refused
from bookings.models import Feed, Performance
from venues.models import Municipality, Organisation, User

#: How many of a calendar's next entries the page shows.
PREVIEW_COUNT = 10


@dataclass(frozen=True)
class Kind:
    """What one may subscribe to: `word` stands in the address, `key` is the feed's kind."""

    word: str
    key: str
    label: str | Promise
    question: str | Promise


KINDS = [
    Kind("kommun", "municipality", gettext_lazy("Municipality"), gettext_lazy("Which municipality?")),
    Kind("arrangor", "presenter", gettext_lazy("Presenter"), gettext_lazy("Which presenter?")),
    Kind("skola", "school", gettext_lazy("School"), gettext_lazy("Which school?")),
    Kind("produktion", "production", gettext_lazy("Production"), gettext_lazy("Which production?")),
    Kind("turne", "tour", gettext_lazy("Tour"), gettext_lazy("Which tour?")),
    Kind("region", "region", gettext_lazy("The whole region"), gettext_lazy("Which region?")),
]


@dataclass(frozen=True)
class Links:
    """The ways into calendar programs from one feed address."""

    https: str
    name: str

    @property
    def webcal(self) -> str:
        """Opens the program of the machine itself."""
        return self.https.replace(urlsplit(self.https).scheme, "webcal", 1)

    @property
    def google(self) -> str:
        return "https://calendar.google.com/calendar/render?" + urlencode({"cid": self.webcal})

    @property
    def outlook(self) -> str:
        """Outlook.com, for accounts of one's own."""
        return self._outlook("outlook.live.com")

    @property
    def outlook_work(self) -> str:
        """The same page for accounts of a municipality, a region or a school."""
        return self._outlook("outlook.office.com")

    def _outlook(self, host: str) -> str:
        return f"https://{host}/calendar/0/addfromweb?" + urlencode({"url": self.https, "name": self.name})


class WhichForm(forms.Form):
    """Which municipality, presenter, ... of a kind."""

    vilken = forms.ChoiceField(
        error_messages={
            "invalid_choice": gettext_lazy("That calendar does not exist. Choose one in the list.")
        }
    )

    def __init__(self, kind: Kind, rows: Iterable[Any], *args: Any) -> None:
        super().__init__(*args)
        field: Any = self.fields["vilken"]
        field.label = kind.question
        field.choices = [("", _("Choose")), *grouped(rows)]


class LinkForm(forms.Form):
    """A new private link: for which organisation, and who gets it."""

    whose = forms.ChoiceField(label=gettext_lazy("Which calendar?"))
    name = forms.CharField(
        label=gettext_lazy("Who gets the link?"),
        max_length=120,
        help_text=gettext_lazy("For example caretaker, school office or ensemble. Make one link for each."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, kept: list[feeds.Whose], *args: Any, asked: str = "") -> None:
        super().__init__(*args)
        self.kept = {f"{whose.scope}-{(whose.ensemble or whose.organisation).pk}": whose for whose in kept}
        field: Any = self.fields["whose"]
        field.choices = [
            (key, f"{whose}: {Feed.Scope(whose.scope).label}") for key, whose in self.kept.items()
        ]
        field.initial = asked if asked in self.kept else next(iter(self.kept), None)


@require_safe
def subscribe(request: HttpRequest) -> HttpResponse:
    """Choose a public calendar, see what is in it, and get its address for any program."""
    kind = next((kind for kind in KINDS if kind.word == request.GET.get("vad")), KINDS[0])
    rows = list(related(kind))
    asked = rows[0].slug if len(rows) == 1 else request.GET.get("vilken")
    form = WhichForm(kind, rows, None if asked is None else {"vilken": asked})
    calendar = feeds.find_public(kind.key, form.cleaned_data["vilken"]) if form.is_valid() else None
    context: dict[str, Any] = {"kind": kind, "form": form, "chips": chips(kind), "has_choice": len(rows) > 1}
    context |= {"is_empty": not rows, "keeps_links": bool(feeds.keeps(request.user))}
    if calendar:
        path = reverse(f"feed-{kind.key}", args=[form.cleaned_data["vilken"]])
        ahead = coming(calendar)
        context |= {"links": Links(settings.BASE_URL + path, calendar.name), "coming": ahead}
        context["demo_notice"] = any(performance.booking.presenter.is_demo for performance in ahead)
    return render(request, "calendars/subscribe.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def private_feeds(request: HttpRequest) -> HttpResponse:
    """The private links of one's organisations; a new one is shown in the answer that makes it, and never again."""
    kept = feeds.keeps(request.user)
    if not kept:
        raise PermissionDenied(_("Private calendar links are for presenters, schools and producers."))
    asked = request.GET.get("vems", "")
    form = LinkForm(kept, request.POST or None, asked=asked)
    made = _make(form, cast(User, request.user)) if form.is_valid() else None
    context = {
        "form": LinkForm(kept, asked=asked) if made else form,
        "made": made,
        "feeds": feeds.feeds_of(request.user),
        "has_choice": len(kept) > 1,
    }
    refused = request.method == "POST" and made is None
    return render(request, "calendars/private.html", context, status=422 if refused else 200)


@login_required
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a private link stop working."""
    feed = feeds.revoke_feed(get_object_or_404(feeds.feeds_of(request.user), pk=pk))
    messages.success(request, _("The link for %(name)s no longer works.") % {"name": feed.name})
    return redirect("private-feeds")


def related(kind: Kind) -> Iterable[Any]:
    """The rows of a kind in the order of the list, with what groups them."""
    rows = feeds.KINDS[kind.key].rows()
    if rows.model is Organisation:
        return rows.select_related("municipality").order_by("municipality__name", "name")
    return (
        rows.select_related("region").order_by("region__name", "name") if rows.model is Municipality else rows
    )


def grouped(rows: Iterable[Any]) -> list[tuple[str, Any]]:
    """Choices of a select: organisations by municipality, municipalities by region if there are several."""
    groups: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows:
        group = getattr(row, "municipality" if isinstance(row, Organisation) else "region", None)
        groups[str(group or "")].append((row.slug, str(row)))
    if len(groups) == 1:
        return next(iter(groups.values()))
    return [(group or _("Elsewhere"), choices) for group, choices in groups.items()]


def chips(chosen: Kind) -> list[dict[str, Any]]:
    """The kinds as links, so that each choice has an address."""
    address = reverse("subscribe")
    return [
        {"label": kind.label, "url": f"{address}?vad={kind.word}", "current": kind == chosen}
        for kind in KINDS
    ]


def coming(calendar: feeds.Calendar) -> list[Performance]:
    """The next entries of a calendar."""
    now = timezone.now()
    return list(feeds.shown(calendar, now).filter(ends_at__gt=now)[:PREVIEW_COUNT])


def _make(form: LinkForm, by: User) -> dict[str, Any] | None:
    """The new link and its addresses; None, with the reason in the form, if it was refused."""
    whose = form.kept[form.cleaned_data["whose"]]
    try:
        feed, token = feeds.create_feed(whose, form.cleaned_data["name"], by)
    except Refused as refusal:
        form.add_error(refusal.field or None, str(refusal.sentence))
        return None
    address = settings.BASE_URL + reverse("feed-private", args=[token])
    return {"feed": feed, "links": Links(address, feeds.private(feed).name)}
