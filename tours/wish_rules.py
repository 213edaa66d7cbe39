"""What a wish must be to stand: its input as values, and a check for each thing that can be wrong."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tours import group_rules
from tours.errors import Refused, SeasonClosed
from tours.group_rules import GroupChoice
from tours.models import Production, Season, Tour, Wish
from tours.models.season import RANK_MAX
from tours.rooms import capacity_of
from tours.windows import minute_of
from venues import travel
from venues.dates import clock, duration_text, moment_text, span_text
from venues.errors import NoRoad
from venues.models import Organisation, School, Venue

#: Get-in begins and get-out ends within these minutes of the day. Source: the defaults of a new Tour.
DAY_OPENS_MIN: int = Tour._meta.get_field("day_open_min").default
DAY_CLOSES_MIN: int = Tour._meta.get_field("day_close_min").default
#: The first show's hours where nobody has said any: evenings for the public, a school's morning for schools.
#: Source: the house's choice.
EARLIEST, LATEST, LATEST_AT_SCHOOL = time(9), time(19), time(13)


@dataclass(frozen=True, order=True)
class Span:
    """Days, both included, and the local time of day in which the first show may start, both included."""

    starts_on: date
    ends_on: date
    earliest: time
    latest: time


_COLUMNS = ("production", "venue", "rank", "is_reserve", "shows_count", "audience", "audience_expected")


@dataclass(frozen=True)
class WishInput:
    """What a presenter or school asks for. `audience` is one of Wish.Audience; counts are for each show.

    With `groups` the audience follows from them; None leaves those that the wish has, () takes them away.
    """

    production: Production
    venue: Venue
    rank: int
    is_reserve: bool
    shows_count: int
    audience: str
    audience_expected: int
    spans: tuple[Span, ...]
    message: str = ""
    groups: tuple[GroupChoice, ...] | None = None

    def columns(self) -> dict[str, Any]:
        """What stands in the wish's own row, by its fields."""
        return {name: getattr(self, name) for name in _COLUMNS} | {"message": self.message.strip()}

    @property
    def days(self) -> list[date]:
        """The first and last days on which it may be played."""
        return [day for span in self.spans for day in (span.starts_on, span.ends_on)]


def weeks_of(season: Season) -> list[tuple[int, int]]:
    """The ISO weeks (year, week) in which the season has days to play, in order."""
    monday = season.starts_on - timedelta(days=season.starts_on.weekday())
    count = (season.ends_on - monday).days // 7 + 1
    return [(monday + timedelta(weeks=n)).isocalendar()[:2] for n in range(count)]


def spans_of_weeks(
    weeks: Iterable[tuple[int, int]], earliest: time, latest: time, season: Season, audience: str
) -> tuple[Span, ...]:
    """Spans for ISO weeks (year, week): weeks in a row become one span, cut to the season's days.

    A wish for schools means Monday to Friday, so there each week is a span of its own.

    Raises:
        Refused: a week that the year does not have, or that is outside the season (field "weeks").
    """
    days = 5 if audience == Wish.Audience.SCHOOL else 7
    spans: list[Span] = []
    for year, week in sorted(set(weeks)):
        first, last = _days_of_week(year, week, days, season)
        if spans and first - spans[-1].ends_on == timedelta(days=1):
            first = spans.pop().starts_on
        spans.append(Span(first, last, earliest, latest))
    return tuple(spans)


def _days_of_week(year: int, week: int, days: int, season: Season) -> tuple[date, date]:
    try:
        monday = date.fromisocalendar(year, week, 1)
    except ValueError:
        raise Refused(
            _("There is no week %(week)d in %(year)d.") % {"week": week, "year": year}, field="weeks"
        ) from None
    first, last = max(monday, season.starts_on), min(monday + timedelta(days=days - 1), season.ends_on)
    if last < first:
        raise Refused(
            _("Week %(week)d is outside the season, which is played %(days)s.")
            % {"week": week, "days": span_text(season.starts_on, season.ends_on)},
            field="weeks",
        )
    return first, last


def check_open(season: Season, now: datetime) -> None:
    """Raises SeasonClosed unless the season takes wishes at that moment."""
    if now < season.opens_at:
        raise SeasonClosed(
            _("%(season)s opens for wishes %(moment)s. Come back then.")
            % {"season": season, "moment": moment_text(season.opens_at)},
            season=season.pk,
        )
    if not season.is_open(now):
        raise SeasonClosed(
            _("%(season)s closed for wishes %(moment)s. Ask the producer for a change instead.")
            % {"season": season, "moment": moment_text(season.closes_at)},
            season=season.pk,
        )


def check_list(data: WishInput, others: Sequence[Wish], season: Season) -> None:
    """Raises Refused when the wish does not fit beside the organisation's other standing wishes."""
    if len(others) >= season.wishes_max:
        raise Refused(
            ngettext(
                "You have %(count)d wish already, which is the most in this season. Withdraw it first.",
                "You have %(count)d wishes already, which is the most in this season. Withdraw one first.",
                len(others),
            )
            % {"count": len(others)}
        )
    if any(other.production_id == data.production.pk for other in others):
        raise Refused(
            _("You already have a wish for %(production)s. Change that one.")
            % {"production": data.production},
            field="production",
        )
    _check_rank(data, others, season)


def _check_rank(data: WishInput, others: Sequence[Wish], season: Season) -> None:
    highest = min(RANK_MAX, max(season.wishes_max, len(others) + 1))
    if not 1 <= data.rank <= highest:
        raise Refused(_("Give a rank from 1 to %(highest)d.") % {"highest": highest}, field="rank")
    alike = {other.rank: other for other in others if other.is_reserve == data.is_reserve}
    if data.rank in alike:
        free = min(set(range(1, len(alike) + 2)) - set(alike))
        raise Refused(
            _("%(production)s already has rank %(rank)d. Choose %(free)d and move it in the list later.")
            % {"production": alike[data.rank].production, "rank": data.rank, "free": free},
            field="rank",
        )


def check_wish(season: Season, organisation: Organisation, data: WishInput) -> None:
    """Everything about the wish itself. Roads are read from the database; nothing is written.

    Raises:
        Refused: the first thing that is wrong; `field` is the name in WishInput, or "earliest" or "latest"
            for the times of a span.
    """
    _check_season(season, organisation, data.production)
    _check_school(organisation, data)
    _check_venue(organisation, data.venue)
    _check_audience(data)
    _check_shows(data)
    _check_spans(season, data)
    _check_road(data)


def with_groups(data: WishInput, organisation: Organisation) -> WishInput:
    """The same with its groups checked and dealt over the shows, and as many expected as they are.

    Raises:
        Refused: see `group_rules.check_groups` and `group_rules.dealt`; or the shows are no number that can be.
    """
    if not data.groups:
        return data
    group_rules.check_groups(organisation, data.groups, data.audience, data.days)
    _check_shows(data)
    groups = group_rules.dealt(data.groups, data.shows_count, data.production, data.venue)
    return replace(data, groups=groups, audience_expected=group_rules.audience_of(groups))


def _check_season(season: Season, organisation: Organisation, production: Production) -> None:
    known = organisation.region_id == season.region_id
    if not known and not season.region.neighbours.filter(pk=organisation.region_id).exists():
        raise Refused(
            _("%(season)s belongs to %(region)s. Wish from your own region's menu.")
            % {"season": season, "region": season.region}
        )
    if not season.productions.filter(pk=production.pk).exists():
        raise Refused(
            _("%(production)s is not on the menu of %(season)s. Choose one that is.")
            % {"production": production, "season": season},
            field="production",
        )


def _check_school(organisation: Organisation, data: WishInput) -> None:
    school: School | None = getattr(organisation, "school", None)
    if school and data.spans and all(school.has_ceased(span.starts_on) for span in data.spans):
        raise Refused(
            _("%(school)s is no more on these days. Wish for the school that it went on as.")
            % {"school": school},
            field="spans",
        )


def _check_venue(organisation: Organisation, venue: Venue) -> None:
    if venue.organisation_id != organisation.pk:
        raise Refused(_("Choose one of your own venues."), field="venue")
    if venue.is_closed_down:
        raise Refused(
            _("%(venue)s is no longer in use. Choose another venue.") % {"venue": venue}, field="venue"
        )


def _check_audience(data: WishInput) -> None:
    if data.audience not in Wish.Audience.values:
        raise Refused(_("Choose whom the show is for."), field="audience")
    if data.audience_expected < 1:
        raise Refused(_("Say how many you expect at each show."), field="audience_expected")
    most = data.production.audience_max
    if data.audience_expected > most:
        raise Refused(
            _("%(production)s takes at most %(most)d at each show. Ask for more shows or fewer people.")
            % {"production": data.production, "most": most},
            field="audience_expected",
        )
    room = capacity_of(data.venue)
    if room is not None and data.audience_expected > room:
        raise Refused(
            _("%(venue)s takes at most %(room)d. Ask for more shows or choose another venue.")
            % {"venue": data.venue, "room": room},
            field="audience_expected",
        )


def _check_shows(data: WishInput) -> None:
    production, count = data.production, data.shows_count
    most = production.shows_most
    if not 1 <= count <= most:
        raise Refused(
            ngettext(
                "%(production)s is played at most %(most)d time a day. Ask for no more than that.",
                "%(production)s is played at most %(most)d times a day. Ask for no more than that.",
                most,
            )
            % {"production": production, "most": most},
            field="shows_count",
        )
    if not hasattr(production, "rider"):
        raise Refused(
            _("The producer has not said what %(production)s needs of a room. Ask them to fill it in.")
            % {"production": production},
            field="production",
        )
    if _first_start(production) > _last_start(production, count):
        on_site = production.rider.get_in_min + production.show_min(count) + production.rider.get_out_min
        raise Refused(
            _("With get-in and get-out that takes %(time)s, more than a day holds. Ask for fewer shows.")
            % {"time": duration_text(on_site)},
            field="shows_count",
        )


def _first_start(production: Production) -> int:
    """The first minute of the day at which a show may start."""
    return DAY_OPENS_MIN + production.rider.get_in_min


def _last_start(production: Production, shows_count: int) -> int:
    """The last minute of the day at which the first of so many shows may start."""
    return DAY_CLOSES_MIN - production.rider.get_out_min - production.show_min(shows_count)


def _check_spans(season: Season, data: WishInput) -> None:
    if not data.spans:
        raise Refused(_("Say when you can: choose weeks or days."), field="spans")
    for span in data.spans:
        if span.ends_on < span.starts_on:
            raise Refused(_("The last day is before the first."), field="spans")
        if span.starts_on < season.starts_on or span.ends_on > season.ends_on:
            raise Refused(
                _("%(days)s is outside the season, which is played %(season)s. Choose days within that.")
                % {
                    "days": span_text(span.starts_on, span.ends_on),
                    "season": span_text(season.starts_on, season.ends_on),
                },
                field="spans",
            )
        _check_times(span, data)


def _check_times(span: Span, data: WishInput) -> None:
    production, rider = data.production, data.production.rider
    if span.latest < span.earliest:
        raise Refused(_("The latest start is before the earliest."), field="latest")
    first, last = _first_start(production), _last_start(production, data.shows_count)
    if minute_of(span.earliest) < first:
        raise Refused(
            _(
                "Get-in takes %(get_in)s and begins at %(opens)s at the earliest, so the show can start at "
                "%(first)s at the earliest."
            )
            % {"get_in": duration_text(rider.get_in_min), "opens": _at(DAY_OPENS_MIN), "first": _at(first)},
            field="earliest",
        )
    if minute_of(span.latest) > last:
        raise Refused(
            _(
                "Playing and get-out take %(after)s and must end by midnight, so the first show can start at "
                "%(last)s at the latest."
            )
            % {"after": duration_text(DAY_CLOSES_MIN - last), "last": _at(last)},
            field="latest",
        )


def _at(minute: int) -> str:
    return clock(time(minute // 60, minute % 60))


def _check_road(data: WishInput) -> None:
    """Each span has a day on which the ensemble can drive to the venue."""
    for span in data.spans:
        blocked = _no_road(data, span.starts_on) and _no_road(data, span.ends_on)
        if blocked and blocked.closed:
            raise Refused(
                _("The road to %(place)s is closed %(days)s: %(road)s. Choose other days.")
                % {
                    "place": data.venue.place,
                    "days": span_text(span.starts_on, span.ends_on),
                    "road": ", ".join(blocked.closed),
                },
                field="spans",
            )
        if blocked:
            raise Refused(
                _(
                    "No road leads from %(home)s to %(place)s: the ensemble can not come. Choose another venue."
                )
                % {"home": data.production.ensemble.home, "place": data.venue.place},
                field="venue",
            )


def _no_road(data: WishInput, day: date) -> NoRoad | None:
    try:
        travel.leg(data.production.ensemble.home, data.venue, on=day)
    except NoRoad as error:
        return error
    return None
