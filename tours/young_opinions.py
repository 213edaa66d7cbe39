"""What young people think of one production, season by season: reference groups and crews."""

from dataclasses import dataclass

from django.db.models import Q

from tours import panels, votes
from tours.models import Production, Season


@dataclass(frozen=True)
class Heard:
    """What was said of a production on a season's menu."""

    season: Season
    results: list[panels.Result]
    sums: list[votes.Sum]


def of_production(production: Production) -> list[Heard]:
    """The seasons in which somebody said something of it, the newest first."""
    said = Q(panel_opinions__production=production) | Q(crew_ballots__votes__production=production)
    seasons = Season.objects.filter(said).distinct().order_by("-starts_on", "pk")
    only = Production.objects.filter(pk=production.pk)
    return [
        Heard(
            season,
            panels.results(season, only),
            [row for row in votes.sums(season) if row.production == production],
        )
        for season in seasons
    ]
