"""What has happened in the demo: a season that is being played, and the next one that takes wishes."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random

from django.db.models import F, OuterRef, Subquery
from django.utils import timezone
from django.utils.text import slugify

from bookings import lifecycle, planning, running, stages
from bookings.demo import aftermath, allotting, claimed
from bookings.demo.hosts import Hosts
from bookings.demo.menu import Menu
from bookings.demo.names import DECLINES
from bookings.demo.preparing import prepare
from bookings.models import Booking, BookingChange, Notice
from tours import wishes
from tours.errors import Refused
from tours.group_rules import GroupChoice
from tours.models import Production, Season, Tour, Wish
from tours.rooms import Verdict, capacity_of, room_check, verdict_of
from tours.wish_rules import Span, WishInput, spans_of_weeks, weeks_of
from venues.models import Group, Region, User, Venue

#: The production that the open season's tour is planned for, and how many wish for it.
FAVOURITE, FAVOURITE_WISHES = "Trumman och tystnaden", 60
OTHER_WISHES = 13
FAVOURITE_DAYS = 42
#: How many wish for what does not fit their room all the same, so that the board can say so.
HOPEFUL_SHARE = 0.1
#: Mail older than this counts as sent when the demo is loaded; younger mail really leaves.
OLD_MAIL = timedelta(days=2)


#: So many presenters the tour that is still open waits for: more than have said yes.
OPEN_PRESENTERS_MIN = 10


@dataclass(frozen=True)
class Chapter:
    """A tour of the season that is being played; days are counted from today."""

    production: str
    first_day: int
    last_day: int
    wish_count: int


CHAPTERS = (
    Chapter("Trumman och tystnaden", -40, -20, 14),
    Chapter("Balans på svag is", -10, 10, 14),
    Chapter("Staare sjunger", 5, 33, 16),
)


def tell(region: Region, hosts: Hosts, menu: Menu, random: Random, now: datetime) -> list[str]:
    """Play the running season and open the next; what was done."""
    producer = User.objects.get(email__startswith="producent@")
    played = _running_season(region, menu, now)
    tours = [_chapter(chapter, played, menu, hosts, producer, random, now) for chapter in CHAPTERS]
    subsidies = claimed.claim(region, hosts, producer, now)
    coming = _open_season(region, menu, now)
    wish_count = _wish_for_all(coming, menu, hosts, random, now)
    draft = _draft_tour(coming, menu.productions[FAVOURITE])
    planning.propose(draft, by=producer)
    allotted = allotting.allot(region, coming, hosts, random, now)
    old = Notice.objects.filter(send_after__lt=now - OLD_MAIL)
    old.update(state=Notice.State.SENT, created_at=F("send_after"), sent_at=F("send_after"))
    booked = Booking.objects.filter(tour__in=tours)
    # Calendars say of each visit when it was made: not after it was changed last, weeks ago.
    first = BookingChange.objects.filter(booking=OuterRef("pk")).order_by("at", "pk")
    booked.update(created_at=Subquery(first.values("at")[:1]))
    return [
        f"{played}: {len(tours)} tours with {booked.count()} visits, "
        f"{booked.filter(status=Booking.Status.CONFIRMED).count()} of them confirmed.",
        f"{coming}: open for wishes, {wish_count} so far; one tour is being planned.",
        *subsidies,
        *allotted,
    ]


def half_year(day: date) -> tuple[str, date, date]:
    """Name and playing days of the season that a day belongs to; the summer belongs to the spring before it."""
    if day >= date(day.year, 8, 15):
        return f"Hösten {day.year}", date(day.year, 8, 15), date(day.year, 12, 20)
    return f"Våren {day.year}", date(day.year, 1, 7), date(day.year, 6, 10)


def _running_season(region: Region, menu: Menu, now: datetime) -> Season:
    today = timezone.localdate(now)
    name, first, last = half_year(today)
    return _season(
        region,
        menu,
        name,
        (min(first, today - timedelta(days=45)), max(last, today + timedelta(days=40))),
        (now - timedelta(days=200), now - timedelta(days=120)),
    )


def _open_season(region: Region, menu: Menu, now: datetime) -> Season:
    today = timezone.localdate(now)
    _name, first, _last = half_year(today)
    name, first, last = half_year(first + timedelta(days=230))
    opens_at = timezone.localtime(now).replace(hour=8, minute=0, second=0, microsecond=0) - timedelta(days=30)
    return _season(
        region,
        menu,
        name,
        (max(first, today + timedelta(days=41)), last),
        (opens_at, opens_at + timedelta(days=51)),
    )


def _season(
    region: Region, menu: Menu, name: str, playing: tuple[date, date], wishing: tuple[datetime, datetime]
) -> Season:
    season = Season.objects.create(
        region=region,
        name=name,
        slug=slugify(name),
        starts_on=playing[0],
        ends_on=playing[1],
        opens_at=wishing[0],
        closes_at=wishing[1],
    )
    season.productions.set(menu.productions.values())
    return season


def _chapter(
    chapter: Chapter, season: Season, menu: Menu, hosts: Hosts, by: User, random: Random, now: datetime
) -> Tour:
    """A tour from wishes to answers, as far as it has come by now."""
    today = timezone.localdate(now)
    first, last = today + timedelta(days=chapter.first_day), today + timedelta(days=chapter.last_day)
    production = menu.productions[chapter.production]
    tour = _tour(season, production, first, last)
    if first > today:  # some answers are still to come
        tour.presenters_min, tour.cut_off_on = OPEN_PRESENTERS_MIN, first - timedelta(days=1)
        tour.save()
    _wish_for_tour(chapter, season, tour, hosts, random)
    agreed_at = (
        min(now, _at(first)) - timedelta(days=50) if chapter.last_day < 20 else now - timedelta(days=9)
    )
    proposal = running.run(planning.propose(tour, by=by, seconds=0))
    planning.adopt(proposal, by=by, now=agreed_at)
    _answers(tour, hosts, by, random, agreed_at, all_said_yes=chapter.last_day < 20)
    aftermath.tell(tour, hosts, by, random, now)
    prepare(tour, hosts, by, now)
    _turn(tour, first, last, now)
    return tour


def _turn(tour: Tour, first: date, last: date, now: datetime) -> None:
    """What the clock would have done by now."""
    for step, day in (("run", first), ("close", last + timedelta(days=1))):
        if day <= timezone.localdate(now):
            stages.turn(stages.lock(tour), step, None, _at(day))


def _tour(season: Season, production: Production, first: date, last: date) -> Tour:
    name = f"{production.title}, {season.name.lower()}"
    return Tour.objects.create(
        production=production,
        season=season,
        name=name,
        slug=slugify(name),
        starts_on=first,
        ends_on=last,
        cut_off_on=first - timedelta(days=21),
        performances_per_day=production.shows_per_day_max,
        cost_per_night=1_400 * production.ensemble.people_count,
        mileage=Tour.Mileage.COMPANY_CAR,
        fuel=Tour.Fuel.DIESEL,
        uses_latest_rates=True,
    )


def _draft_tour(season: Season, production: Production) -> Tour:
    monday = season.starts_on + timedelta(days=28 - season.starts_on.weekday())
    return _tour(season, production, monday, monday + timedelta(days=FAVOURITE_DAYS - 1))


def _wish_for_tour(chapter: Chapter, season: Season, tour: Tour, hosts: Hosts, random: Random) -> None:
    venues = random.sample(hosts.presenters + hosts.schools, len(hosts.presenters + hosts.schools))
    done = 0
    for venue in venues:
        earliest, latest, _audience = _hours(venue, tour.production)
        span = Span(tour.starts_on, tour.ends_on, earliest, latest)
        done += _wish(
            season, tour.production, venue, (span,), hosts, random, season.closes_at - timedelta(days=5)
        )
        if done == chapter.wish_count:
            break


def _wish_for_all(season: Season, menu: Menu, hosts: Hosts, random: Random, now: datetime) -> int:
    """The open season's wishes: most for the favourite, some for each of the others."""
    everybody = hosts.presenters + hosts.schools
    done = 0
    for title, production in menu.productions.items():
        wanted = FAVOURITE_WISHES if title == FAVOURITE else OTHER_WISHES
        made = 0
        for venue in random.sample(everybody, len(everybody)):
            spans = _weeks(season, production, venue, random, favourite=title == FAVOURITE)
            made += _wish(
                season, production, venue, spans, hosts, random, now - timedelta(days=random.randint(0, 20))
            )
            if made == wanted:
                break
        done += made
    return done


def _weeks(
    season: Season, production: Production, venue: Venue, random: Random, *, favourite: bool
) -> tuple[Span, ...]:
    """One to three weeks; for the favourite among those of its tour."""
    weeks = weeks_of(season)
    offered = weeks[4:10] if favourite else weeks[2:-2]
    earliest, latest, audience = _hours(venue, production)
    chosen = random.sample(offered, random.choice([1, 2, 2, 3]))
    return spans_of_weeks(chosen, earliest, latest, season, audience)


def _hours(venue: Venue, production: Production) -> tuple[time, time, str]:
    """When a first show may start there, and for whom it is."""
    if venue.kind == Venue.Kind.SCHOOL:
        return time(9), time(12, 30), Wish.Audience.SCHOOL
    young = production.age_max is not None and production.age_max <= 12
    return (time(13), time(17), Wish.Audience.FAMILY) if young else (time(17), time(19), Wish.Audience.PUBLIC)


def _wish(
    season: Season,
    production: Production,
    venue: Venue,
    spans: tuple[Span, ...],
    hosts: Hosts,
    random: Random,
    now: datetime,
) -> bool:
    """Submit a wish as its presenter would; False when the rules say no, or the room plainly does not fit."""
    misfit = verdict_of(room_check(production.rider, production, venue)) == Verdict.DOES_NOT_FIT
    if misfit and random.random() > HOPEFUL_SHARE:
        return False
    standing = Wish.objects.standing().filter(
        season=season, organisation=venue.organisation, is_reserve=False
    )
    _earliest, _latest, audience = _hours(venue, production)
    is_school = audience == Wish.Audience.SCHOOL
    room = min(production.audience_max, capacity_of(venue) or production.audience_max)
    data = WishInput(
        production=production,
        venue=venue,
        rank=standing.count() + 1,
        is_reserve=False,
        shows_count=2 if is_school and production.shows_per_day_max > 1 and random.random() < 0.4 else 1,
        audience=audience,
        audience_expected=max(10, round(room * random.uniform(0.3, 0.9))),
        spans=spans,
    )
    speaker = hosts.speakers[venue.organisation_id]
    for groups in (_groups(venue), None) if is_school else (None,):
        try:
            wishes.submit(season, venue.organisation, replace(data, groups=groups), speaker, now)
        except Refused:
            continue
        return True
    return False


def _groups(venue: Venue) -> tuple[GroupChoice, ...]:
    """All groups of the school; where they are too many for the shows it wishes by a number."""
    return tuple(
        GroupChoice(group) for group in Group.objects.filter(school__organisation=venue.organisation)
    )


def _answers(
    tour: Tour, hosts: Hosts, by: User, random: Random, now: datetime, *, all_said_yes: bool
) -> None:
    """Offers and what came back. Without `all_said_yes` some say no, propose a date, or have not answered yet."""
    for number, booking in enumerate(tour.bookings.order_by("occupied_from")):
        if not all_said_yes and number % 6 == 5:
            continue  # held, not offered yet
        speaker = hosts.speakers[booking.presenter_id]
        lifecycle.offer(booking, by=by, now=now, answer_by=now + timedelta(days=14))
        later = _at(timezone.localdate(now + timedelta(days=random.randint(1, 6)))) + timedelta(
            minutes=random.randint(-230, 400)
        )
        if number == 2 and not all_said_yes:
            lifecycle.decline(booking, by=speaker, now=later, reason=random.choice(DECLINES))
        elif number == 4 and not all_said_yes:
            _counter(booking, tour, speaker, later)
        elif all_said_yes or number % 3 < 2:
            lifecycle.confirm(booking, by=speaker, now=later)


def _counter(booking: Booking, tour: Tour, speaker: User, now: datetime) -> None:
    day = tour.ends_on - timedelta(days=5)
    lifecycle.counter(
        booking,
        by=speaker,
        now=now,
        starts_on=day,
        ends_on=day + timedelta(days=2),
        earliest=time(9),
        latest=time(18),
        message="Går det i slutet av turnén i stället? Då är salen ledig.",
    )


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))
