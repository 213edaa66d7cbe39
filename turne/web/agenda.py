"""The parts of the public calendar's page: its weeks, its filters as links and in words, its map."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.models import Performance
from bookings.models.booking import Status
from tours.models import Production, Season, Wish
from turne.web.days import notes_of
from turne.web.listing import LIST, MONTH, WEEK, Asked
from turne.web.months import Week, month_weeks, week_of
from turne.web.overview import Cards, area_map, shown
from venues.models import Municipality


def weeks(
    asked: Asked, performances: Sequence[Performance], municipalities: Sequence[Municipality], today: date
) -> list[Week]:
    entries: dict[date, list[Performance]] = defaultdict(list)
    for performance in performances:
        entries[timezone.localdate(performance.starts_at)].append(performance)
    chosen = [m for m in municipalities if asked.municipality in ("", m.slug)]
    notes = notes_of(asked.first - timedelta(days=6), asked.end + timedelta(days=6), chosen)
    if asked.is_week:
        return [week_of(asked.first, today=today, entries=entries, notes=notes)]
    return month_weeks(asked.first, today=today, entries=entries, notes=notes)


def views(asked: Asked) -> Cards:
    names = [(MONTH, _("Month")), (WEEK, _("Week")), (LIST, _("List"))]
    return [
        {"label": name, "url": asked.as_view(view).url, "current": asked.view == view} for view, name in names
    ]


def chips(asked: Asked) -> Cards:
    """Everything, then audiences and art forms; the one that is chosen leads back to all of its sort."""
    chips = [{"label": _("All"), "url": asked.without_filters().url, "current": not asked.is_filtered}]
    audiences = [(Wish.Audience.FAMILY, _("For families")), (Wish.Audience.SCHOOL, _("For schools"))]
    for audience, label in audiences:
        current = asked.audience == audience
        url = asked.with_filter(audience="" if current else audience.value).url
        chips.append({"label": label, "url": url, "current": current})
    for art_form in Production.ArtForm:
        current = asked.art_form == art_form
        url = asked.with_filter(art_form="" if current else art_form.value).url
        label = str(art_form.label)
        chips.append({"label": label[:1].upper() + label[1:], "url": url, "current": current})
    return chips


def told(asked: Asked, municipalities: Sequence[Municipality]) -> list[str]:
    """The filters in words."""
    told = [municipality.name for municipality in municipalities if municipality.slug == asked.municipality]
    told += [str(Production.ArtForm(asked.art_form).label)] if asked.art_form else []
    told += [str(Wish.Audience(asked.audience).label)] if asked.audience else []
    return told + ([_("suits age %(age)d") % {"age": asked.age}] if asked.age is not None else [])


def summary(performances: Sequence[Performance]) -> str:
    """ "11 performances in 9 places." Cancelled ones do not count."""
    standing = [performance for performance in performances if performance.booking.status == Status.CONFIRMED]
    places = len({performance.booking.venue.place_id for performance in standing})
    counted = ngettext("%(count)d performance", "%(count)d performances", len(standing))
    where = ngettext("in %(count)d place", "in %(count)d places", places)
    return f"{counted % {'count': len(standing)}} {where % {'count': places}}"


def later(asked: Asked, now: datetime) -> dict[str, Any] | None:
    """The first performance after an empty period, or else from now, that the same filters give."""
    standing = asked.choose(shown().standing())
    after = standing.filter(starts_at__gte=max(asked.span()[0], now)).first()
    performance = after or standing.filter(starts_at__gte=now).first()
    if performance is None:
        return None
    there = asked.on(timezone.localdate(performance.starts_at))
    return {"performance": performance, "url": there.url, "title": there.title}


def calendar_map(
    asked: Asked, performances: Sequence[Performance], municipalities: Sequence[Municipality]
) -> dict[str, Any]:
    urls = {
        m.code: asked.with_filter(municipality="" if m.slug == asked.municipality else m.slug).url
        for m in municipalities
    }
    title = _("Choose a municipality. Performances in %(when)s") % {"when": asked.title}
    current = {m.code for m in municipalities if m.slug == asked.municipality}
    return area_map(performances, municipalities, title=title, urls=urls, current=current)


def season_chips(seasons: Sequence[Season], chosen: Season | None, url: str, otherwise: str = "") -> Cards:
    """One link for each season; before them, if it has a name, the one that leads away from all of them."""
    chips: Cards = [{"label": otherwise, "url": url, "current": chosen is None}] if otherwise else []
    for season in seasons:
        chips.append(
            {"label": season.name, "url": f"{url}?sasong={season.slug}", "current": season == chosen}
        )
    return chips


def by_day(performances: Iterable[Performance]) -> list[tuple[date, list[Performance]]]:
    """The performances of each day, in the order in which they come."""
    days = groupby(performances, key=lambda performance: timezone.localdate(performance.starts_at))
    return [(day, list(found)) for day, found in days]
