"""The presenter's inbox: what is to be answered, what comes, what is to be reported, and what was."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_safe

from bookings import checklists, guests, reporting
from bookings.models import Booking
from bookings.models.booking import Bookings, Status, folders
from bookings.permissions import organisations_of
from bookings.states import PRESENTER, PRODUCER
from tours.models import Season, Wish
from turne.web import visits
from turne.web.logged_in import user_of
from venues.dates import clock, day_text, moment_text, short_day_text
from venues.geocoding import folded
from venues.models import HOSTS, Organisation, User

PER_PAGE = 20
#: Folder, as it stands in the address -> its name, the order of what is due in it, and its reading.
FOLDERS: dict[str, tuple[str | Promise, str, str]] = {
    "svara": (_lazy("To answer"), "due_at", "answer"),
    "kommer": (_lazy("Coming"), "occupied_from", "coming"),
    "rapportera": (_lazy("To report"), "occupied_from", "report"),
    "tidigare": (_lazy("Earlier"), "-occupied_from", "earlier"),
}
#: Order, as it stands in the address -> its name and the column; the first is that of the folder.
ORDERS: dict[str, tuple[str | Promise, str]] = {
    "": (_lazy("What is due first"), ""),
    "dag": (_lazy("Day, the first first"), "occupied_from"),
    "-dag": (_lazy("Day, the last first"), "-occupied_from"),
    "produktion": (_lazy("Production"), "tour__production__title"),
    "hus": (_lazy("House"), "presenter__name"),
}


@dataclass(frozen=True)
class Asked:
    """What the inbox is asked for; all of it stands in the address."""

    folder: str
    house: str = ""
    words: str = ""
    order: str = ""

    @property
    def url(self) -> str:
        """Its address; what is not chosen is left out."""
        parts = {"visa": self.folder, "hus": self.house, "sok": self.words, "ordning": self.order}
        return "?" + urlencode({name: value for name, value in parts.items() if value})

    @property
    def column(self) -> str:
        return ORDERS[self.order][1] or FOLDERS[self.folder][1]


@login_required
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """The visits of the user's own houses, folder by folder."""
    user, now = user_of(request), timezone.now()
    houses = list(organisations_of(user, *HOSTS).order_by("name"))
    mine = Booking.objects.hosted_by(user).exclude(status=Status.RELEASED)
    asked, counts = _asked(request, mine, houses, now)
    found = _found(mine, asked, now).annotate(due_at=Coalesce("waiting_change__answer_by", "answer_by"))
    page = Paginator(found.order_by(asked.column, "occupied_from", "id"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    several = len(houses) > 1
    context = {
        "asked": asked,
        "folder": asked.folder,
        "counts": counts,
        "offers": mine.to_answer().count(),
        "chips": _folder_chips(asked, counts),
        "house_choices": _house_choices(asked, mine, houses, now) if several else [],
        "orders": [(name, label) for name, (label, _column) in ORDERS.items() if several or name != "hus"],
        "all_url": Asked(asked.folder).url,
        "page": page,
        "rows": [_row(booking, now, several) for booking in page],
        "houses": houses,
        "goes": _goes(asked, houses, now) if asked.folder == "kommer" else [],
        "next": {} if page.object_list or not houses else _next(user, mine, now),
    }
    return render(request, "hosting/inbox.html", context)


def _folder(name: str, now: datetime) -> Q:
    return folders(now)[FOLDERS[name][2]]


def _asked(
    request: HttpRequest, mine: Bookings, houses: Sequence[Organisation], now: datetime
) -> tuple[Asked, dict[str, int]]:
    """What the address says, as far as it says something; and how many visits of the chosen house each folder has."""
    sent = request.GET
    house = sent.get("hus", "") if sent.get("hus") in {house.slug for house in houses} else ""
    of_house = mine.filter(presenter__slug=house) if house else mine
    counts = of_house.aggregate(
        **{name: Count("pk", filter=_folder(name, now), distinct=True) for name in FOLDERS}
    )
    due = next((name for name in ("svara", "kommer", "rapportera") if counts[name]), "kommer")
    folder = sent.get("visa", "")
    order = sent.get("ordning", "")
    return Asked(
        folder if folder in FOLDERS else due,
        house,
        " ".join(sent.get("sok", "").split())[:80],
        order if order in ORDERS else "",
    ), counts


def _found(mine: Bookings, asked: Asked, now: datetime) -> Bookings:
    found = mine.filter(_folder(asked.folder, now)).with_ground().select_related("counter_offer")
    if asked.house:
        found = found.filter(presenter__slug=asked.house)
    if asked.words:
        found = found.filter(pk__in=_named(found, asked.words))
    return found


def _named(found: Bookings, words: str) -> list[int]:
    """The visits whose production, house, room, place or producer has all of the words, whatever the letters."""
    names = found.order_by().values_list(
        "pk",
        "tour__production__title",
        "presenter__name",
        "venue__name",
        "venue__place__name",
        "tour__production__ensemble__name",
        "tour__production__ensemble__producer__name",
    )
    wanted = folded(words).split()
    return [pk for pk, *texts in names if all(word in folded(" ".join(texts)) for word in wanted)]


def _row(booking: Booking, now: datetime, several: bool) -> dict[str, Any]:
    row = visits.row(booking, now, whose=str(booking.presenter) if several else "")
    return {**row, "act": _act(booking, now)}


def _goes(asked: Asked, houses: Sequence[Organisation], now: datetime) -> list[dict[str, Any]]:
    """The visits at other houses to which groups of one's schools go; they lead to the page of these groups."""
    whose = [house for house in houses if not asked.house or house.slug == asked.house]
    found = guests.visits_ahead(whose, now).with_ground()
    if asked.words:
        found = found.filter(pk__in=_named(found, asked.words))
    keys = {house.pk for house in whose}
    return [
        _going(booking, keys) for booking in found.prefetch_related("groups__group__school__organisation")
    ]


def _going(booking: Booking, schools: set[int]) -> dict[str, Any]:
    own = [row for row in booking.groups.all() if row.group.school.organisation_id in schools]
    numbers = {row.show_number for row in own}
    starts = [show.starts_at for show in booking.performances.all() if show.number in numbers]
    starts_at = min(starts, default=booking.starts_at)
    return {
        "title": str(booking.tour.production),
        "url": reverse("visit-groups", args=[booking.pk]),
        "when": short_day_text(starts_at),
        "clock": clock(starts_at),
        "text": _("%(host)s, %(venue)s. Come: %(groups)s.")
        % {
            "host": booking.presenter,
            "venue": booking.venue,
            "groups": ", ".join(f"{row.group.name} ({row.pupils_count})" for row in own),
        },
        "state": booking.status,
    }


def _act(booking: Booking, now: datetime) -> dict[str, str]:
    """What the presenter has to do about it, and where; often nothing."""
    if booking.status == Status.OFFERED:
        return {"label": pgettext("button", "Answer"), "url": reverse("booking", args=[booking.pk]) + "#do"}
    if (change := booking.open_change) and change.side == PRODUCER:
        return {
            "label": pgettext("button", "Answer"),
            "url": reverse("booking", args=[booking.pk]) + "#change",
        }
    if reporting.is_wanted(booking, now):
        return {"label": pgettext("button", "Report"), "url": reverse("booking-report", args=[booking.pk])}
    is_prepared = booking.status == Status.CONFIRMED and hasattr(booking, "checklist")
    if is_prepared and checklists.due_for(booking, PRESENTER, now):
        return {"label": _("Prepare"), "url": reverse("booking-prepare", args=[booking.pk])}
    return {}


def _folder_chips(asked: Asked, counts: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {
            "label": label,
            "url": replace(asked, folder=name).url,
            "current": name == asked.folder,
            "count": counts[name],
        }
        for name, (label, _order, _reading) in FOLDERS.items()
    ]


def _house_choices(
    asked: Asked, mine: Bookings, houses: Sequence[Organisation], now: datetime
) -> list[tuple[str, str]]:
    """Each house with how many visits it has in the folder."""
    of_folder = mine.filter(_folder(asked.folder, now)).order_by().values_list("presenter__slug")
    counted = dict(of_folder.annotate(n=Count("pk", distinct=True)))
    return [(house.slug, f"{house} ({counted.get(house.slug, 0)})") for house in houses]


def _next(user: User, mine: Bookings, now: datetime) -> dict[str, str]:
    """What will come to an empty inbox and when, with the page that says more of it."""
    if held := mine.filter(status=Status.HELD, occupied_from__gt=now).count():
        words = ngettext(
            "%(count)d visit is kept for you until its offer comes.",
            "%(count)d visits are kept for you until their offers come.",
            held,
        )
        return {
            "text": words % {"count": held},
            "url": Asked("kommer").url,
            "label": _("What is kept for you"),
        }
    wishes = Wish.objects.standing().of(user).filter(season__ends_on__gte=timezone.localdate(now))
    if wish := wishes.select_related("season").order_by("season__closes_at").last():
        season, count = wish.season, wishes.filter(season=wish.season).count()
        words = ngettext(
            "You have %(count)d wish for %(season)s.", "You have %(count)d wishes for %(season)s.", count
        )
        then = (
            _("Wishes close %(closes)s; then the producers plan and send offers.")
            if season.closes_at > now
            else _("The season is closed for wishes: the producers plan, and send offers.")
        )
        told = {"count": count, "season": season, "closes": day_text(season.closes_at)}
        words = f"{words} {then}"
        return {"text": words % told, "url": reverse("wishes"), "label": _("Your wishes")}
    regions = Organisation.objects.of_user(user).values("region")
    ahead = Season.objects.filter(region__in=regions, closes_at__gt=now).order_by("opens_at").first()
    menu = {"url": reverse("season-menu"), "label": _("Look at the menu")}
    if ahead is None:
        return {"text": _("When the next season opens, wish for what you want to receive."), **menu}
    told = {"season": ahead, "opens": moment_text(ahead.opens_at), "closes": moment_text(ahead.closes_at)}
    if ahead.opens_at > now:
        return {"text": _("%(season)s takes wishes from %(opens)s to %(closes)s.") % told, **menu}
    return {
        "text": _("%(season)s takes wishes until %(closes)s. What you wish for decides what is offered.")
        % told,
        **menu,
    }
