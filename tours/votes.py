"""The crews' votes on a season's menu: the verb, and the sums.

A crew agrees on its five best, in order, by raised hands. The first place gives five points, the fifth one. Each crew
has one ballot, so that a crew of ten weighs no more than one of five. Source: the house's choice.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tours.errors import NotNow, Refused, SeasonClosed
from tours.models import CrewBallot, CrewVote, Production, Season
from tours.models.votes import PLACES, POINTS
from venues.models import Crew


@dataclass
class Sum:
    """What the crews think of a production: points, and which crew gave it which place."""

    production: Production
    points: int = 0
    places: list[tuple[Crew, int]] = field(default_factory=list)


def open_for(crew: Crew, now: datetime) -> "QuerySet[Season]":
    """The seasons on whose menu the crew may vote at that moment: those that take wishes."""
    found = Season.objects.open_at(now).filter(region=crew.organisation.region_id)
    return found.order_by("closes_at", "pk")


@transaction.atomic
def vote(
    crew: Crew,
    season: Season,
    ranked: Sequence[Production],
    *,
    hands_count: int,
    version: int,
    now: datetime,
) -> CrewBallot:
    """Write the crew's vote, or write it anew: it may be changed until the season closes for wishes.

    Args:
        ranked: the best first, at most five.
        hands_count: how many pupils of the crew took part.
        version: of the ballot as it was shown; 0 where there was none.

    Raises:
        SeasonClosed: the season takes no wishes now, so that no vote would count.
        NotNow: somebody has voted for the crew since that version.
        Refused: nothing is ranked, one twice or more than five, one is not on the menu, or more hands than pupils.
    """
    crew = Crew.objects.select_for_update(no_key=True).select_related("organisation").get(pk=crew.pk)
    if season.region_id != crew.organisation.region_id or not season.is_open(now):
        raise SeasonClosed(_("There is no vote on this menu now."), season=season.pk)
    ballot = CrewBallot.objects.filter(crew=crew, season=season).first()
    standing = ballot.version if ballot else 0
    if standing != version:
        raise NotNow(
            _("Somebody has voted for the crew since you opened the page. Look again."), crew=crew.pk
        )
    check_ranked(season, ranked)
    if not 1 <= hands_count <= crew.pupils_count:
        raise Refused(
            _("Between 1 and %(count)d pupils can have taken part.") % {"count": crew.pupils_count},
            field="hands_count",
        )
    ballot = ballot or CrewBallot(crew=crew, season=season)
    ballot.hands_count, ballot.version, ballot.changed_at = hands_count, version + 1, now
    ballot.save()
    ballot.votes.all().delete()
    CrewVote.objects.bulk_create(
        CrewVote(ballot=ballot, production=production, place=place)
        for place, production in enumerate(ranked, start=1)
    )
    return ballot


def check_ranked(season: Season, ranked: Sequence[Production]) -> None:
    """Raises Refused for what is no ranking of the season's menu."""
    if not ranked:
        raise Refused(_("Choose at least one production."), field="place_1")
    if len(ranked) > PLACES:
        raise Refused(_("Choose at most %(count)d productions.") % {"count": PLACES}, field="place_1")
    if len(set(ranked)) < len(ranked):
        twice = next(place for place, one in enumerate(ranked) if one in ranked[:place])
        raise Refused(_("Each production can have one place only."), field=f"place_{twice + 1}")
    if season.productions.filter(pk__in=[one.pk for one in ranked]).count() < len(ranked):
        raise Refused(_("Choose productions of this menu."), field="place_1")


def ballots_of(crews: Iterable[Crew], season: Season) -> "QuerySet[CrewBallot]":
    """The crews' ballots on the season's menu, with their places in order."""
    found = CrewBallot.objects.filter(crew__in=crews, season=season).select_related("crew__organisation")
    return found.prefetch_related("votes__production")


def sums(season: Season) -> list[Sum]:
    """What the crews think of the season's menu, most points first; productions without a vote are left out."""
    votes = CrewVote.objects.filter(ballot__season=season)
    votes = votes.select_related("production__ensemble", "ballot__crew__organisation")
    found: dict[int, Sum] = {}
    for vote in votes.order_by("place", "ballot__crew__name"):
        row = found.setdefault(vote.production_id, Sum(vote.production))
        row.points += POINTS[vote.place]
        row.places.append((vote.ballot.crew, vote.place))
    return sorted(found.values(), key=lambda row: (-row.points, row.production.title))


def places_by_house(season: Season) -> dict[int, list[tuple[str, dict[int, int]]]]:
    """Organisation id -> its crews that voted: name, and production id -> place. One query for all of them."""
    rows = CrewVote.objects.filter(ballot__season=season).order_by("ballot__crew__name", "ballot_id")
    told: dict[tuple[int, int, str], dict[int, int]] = defaultdict(dict)
    for house, ballot, name, production, place in rows.values_list(
        "ballot__crew__organisation", "ballot", "ballot__crew__name", "production", "place"
    ):
        told[house, ballot, name][production] = place
    found: dict[int, list[tuple[str, dict[int, int]]]] = defaultdict(list)
    for (house, _ballot, name), places in told.items():
        found[house].append((name, places))
    return dict(found)
