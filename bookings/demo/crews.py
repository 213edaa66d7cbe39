"""The demo's KulturCrews and its young reference group: what they host, voted and think, invented like all of it."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from bookings import crew_tasks, crews
from bookings.demo.hosts import Hosts
from bookings.models import Booking
from bookings.models.booking import Status
from tours import panels, votes
from tours.models import Panel, Season
from tours.models.production import LANGUAGE_TAGS
from tours.models.votes import PLACES
from venues.crews import CrewWords, add_member, add_training, make_crew, set_item
from venues.models import Crew, CrewTaskTemplate, Organisation, Region
from venues.models.crews import CrewRole
from venues.network_meetings import MeetingWords, make_meeting, sign_up

#: Crews with their pupils and mentors; the last one is larger than is usual, so that the page says so.
CREWS = (("Lyktan", 7, 2), ("Ridån", 5, 1), ("Kulissen", 8, 2), ("Strålkastarna", 12, 2))
NICKNAMES = ("Kim", "Sam", "Robin")
PANEL = "Ung referensgrupp (exempel)"
COMMENTS = ("Musiken verkar bra, och den är lagom lång.", "Mest för yngre barn, tror vi.")


def make_crews(region: Region, hosts: Hosts, now: datetime) -> list[str]:
    """Crews in houses that are visited, with training and things; votes, a meeting and a panel. What was made."""
    if not CrewTaskTemplate.objects.filter(region=region).valid_on(timezone.localdate(now)).exists():
        return []
    made = [_crew(house, *what, now) for house, what in zip(_visited(region, now), CREWS, strict=False)]
    hosted = sum(_host(crew, hosts, now) for crew in made)
    season = Season.objects.open_at(now).filter(region=region).first()
    if season:
        _vote(made, season, now)
        _panel(region, season)
    _meeting(region, made, now)
    return [f"{len(made)} KulturCrews that host {hosted} visits, their votes, and a young reference group."]


def _visited(region: Region, now: datetime) -> list[Organisation]:
    """One house in each municipality with a confirmed visit to come, those with one behind them first."""
    confirmed = Booking.objects.filter(presenter__region=region, status=Status.CONFIRMED)
    past = set(confirmed.filter(outcome=Booking.Outcome.HELD).values_list("presenter", flat=True))
    coming = confirmed.filter(occupied_from__gt=now).select_related("presenter__municipality")
    rows = sorted(coming, key=lambda row: (row.presenter_id not in past, row.occupied_from, row.pk))
    found: dict[int | None, Organisation] = {}
    for booking in rows:
        found.setdefault(booking.presenter.municipality_id, booking.presenter)
    return list(found.values())


def _crew(house: Organisation, name: str, pupils: int, mentors: int, now: datetime) -> Crew:
    today = timezone.localdate(now)
    skills = ("audience_host", "artist_host", "presenter")
    told = CrewWords(name, pupils, mentors, 12, 15, languages=("sv",), skills=skills)
    crew = make_crew(house, told, known_languages=LANGUAGE_TAGS)
    for number, role in enumerate(CrewRole.values[: min(pupils, 6)]):
        add_member(crew, role, today=today, nickname=NICKNAMES[number] if number < len(NICKNAMES) else "")
    add_member(crew, CrewRole.AUDIENCE_HOST, today=today, is_mentor=True)
    add_training(
        crew,
        held_on=today - timedelta(days=30),
        hours=Decimal(6),
        topics=["hosting", "artists", "room", "technique"],
        attended_count=pupils - 1,
        today=today,
    )
    for size in ("s", "m"):
        set_item(crew, "shirt", size, total_count=pupils // 2 + 1, lent_count=pupils // 2)
    set_item(crew, "folder", "", total_count=2, lent_count=1)
    return crew


def _host(crew: Crew, hosts: Hosts, now: datetime) -> int:
    """Take the house's last visit that was held, and its next one; how many."""
    mine = Booking.objects.filter(presenter=crew.organisation_id, status=Status.CONFIRMED).order_by(
        "occupied_from"
    )
    held = mine.filter(outcome=Booking.Outcome.HELD).last()
    coming = mine.filter(occupied_from__gt=now).first()
    for booking in filter(None, (held, coming)):
        at = min(now, booking.occupied_from) - timedelta(days=3)
        visit = crews.take(booking, crew, by=hosts.speakers[crew.organisation_id], now=at)
        visit = crews.visit_of(booking) or visit
        tasks = crew_tasks.tasks(visit)
        for task in tasks if booking == held else tasks[:3]:
            crews.tick(visit, task.name, is_done=True, version=0, nickname="Kim", now=at)
    return sum(booking is not None for booking in (held, coming))


def _vote(made: list[Crew], season: Season, now: datetime) -> None:
    """Each crew but the last ranks the menu, beginning at another production."""
    menu = list(season.productions.order_by("title"))
    for number, crew in enumerate(made[:-1] or made):
        ranked = (menu[number:] + menu[:number])[:PLACES]
        votes.vote(crew, season, ranked, hands_count=min(5, crew.pupils_count), version=0, now=now)


def _panel(region: Region, season: Season) -> Panel:
    """A group that saw the menu a week before it opened."""
    panel = panels.save_panel(region, name=PANEL, members_count=9)
    menu = list(season.productions.order_by("-title"))
    comments = dict(zip(menu, COMMENTS, strict=False))
    panels.tell(panel, season, menu[:PLACES], comments, now=season.opens_at - timedelta(days=7))
    return panel


def _meeting(region: Region, made: list[Crew], now: datetime) -> None:
    """A network meeting in the spring, to which half of the crews have signed up."""
    today = timezone.localdate(now)
    at = now.replace(hour=10, minute=0).time()
    told = MeetingWords(
        "Crewträff (exempel)",
        today + timedelta(days=75),
        at,
        at.replace(hour=15),
        "Exempelgården",
        "Prova på ljus och ljud. Välj föreställningar tillsammans. Lunch ingår.",
    )
    meeting = make_meeting(region, told, today=today)
    for crew in made[::2]:
        sign_up(meeting, crew, pupils_count=min(5, crew.pupils_count), mentors_count=1, today=today)
