"""The part of the matrix of routes that is about calendars, going out and coming in; see `tests.matrix`."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from tests.stage import Stage

ARGS: dict[str, Callable[[Stage], list[Any]]] = {
    **{
        name: lambda s: [s.feed.pk] for name in ("private-feed", "private-feed-rotate", "private-feed-revoke")
    },
    "presenter-calendar": lambda s: [s.world.neighbouring.slug],
    "school-calendar": lambda s: [s.world.school.slug],
    **{
        name: lambda s: ["turne", s.world.tour.slug]
        for name in ("list", "list-json", "list-jsonfeed", "list-atom", "list-rss")
    },
    "feed-performance": lambda s: [s.performance.uid],
    "feed-municipality": lambda s: [s.world.venue.place.municipality.slug],
    "feed-place": lambda s: [s.world.venue.place.slug],
    "feed-venue": lambda s: [s.world.venue.slug],
    "feed-ensemble": lambda s: [s.world.ensemble.slug],
    "feed-season": lambda s: [s.world.season.slug],
    "feed-presenter": lambda s: [s.world.neighbouring.slug],
    "feed-school": lambda s: [s.world.school.slug],
    "feed-production": lambda s: [s.world.production.slug],
    "feed-tour": lambda s: [s.world.tour.slug],
    "feed-region": lambda s: [s.world.season.region.slug],
    "feed-residencies": lambda s: [s.world.season.region.slug],
    "feed-calls-region": lambda s: [s.world.season.region.slug],
    "feed-residency": lambda s: ["finns-inte"],
    "feed-sub-event": lambda s: [UUID(int=1)],
    "feed-residency-period": lambda s: [UUID(int=1)],
    "feed-private": lambda s: [s.feed_token],
    "own-calendar-act": lambda s: [s.calendars[0].pk, "ta-bort"],
    "ensemble-calendars": lambda s: [s.world.ensemble.slug],
    "ensemble-calendar-act": lambda s: [s.world.ensemble.slug, s.calendars[1].pk, "ta-bort"],
}
TABLE = """
route                       how  anonym stran presn neigh schoo produ other offic admin
subscribe                   get    200   200   200   200   200   200   200   200   200
subscribe-sheet             get    302   302   302   302   302   302   302   302   302
presenter-calendar          get    302   302   302   302   302   302   302   302   302
school-calendar             get    302   302   302   302   302   302   302   302   302
list                        get    200   200   200   200   200   200   200   200   200
list-json                   get    200   200   200   200   200   200   200   200   200
list-jsonfeed               get    200   200   200   200   200   200   200   200   200
list-atom                   get    200   200   200   200   200   200   200   200   200
list-rss                    get    200   200   200   200   200   200   200   200   200
private-feeds               get  login   403   200   200   200   200   200   403   403
private-feeds               post login   403   422   422   422   422   422   403   403
private-feed                get  login   404   200   404   404   404   404   404   404
private-feed                post login   404   422   404   404   404   404   404   404
private-feed-rotate         post login   404   200   404   404   404   404   404   404
private-feed-revoke         post login   404   302   404   404   404   404   404   404
feed-municipality           get    200   200   200   200   200   200   200   200   200
feed-place                  get    200   200   200   200   200   200   200   200   200
feed-venue                  get    200   200   200   200   200   200   200   200   200
feed-ensemble               get    200   200   200   200   200   200   200   200   200
feed-season                 get    200   200   200   200   200   200   200   200   200
feed-presenter              get    200   200   200   200   200   200   200   200   200
feed-school                 get    200   200   200   200   200   200   200   200   200
feed-production             get    200   200   200   200   200   200   200   200   200
feed-tour                   get    200   200   200   200   200   200   200   200   200
feed-region                 get    200   200   200   200   200   200   200   200   200
feed-private                get    200   200   200   200   200   200   200   200   200
feed-performance            get    200   200   200   200   200   200   200   200   200
feed-calls                  get    200   200   200   200   200   200   200   200   200
feed-calls-region           get    200   200   200   200   200   200   200   200   200
feed-residencies            get    200   200   200   200   200   200   200   200   200
feed-residency              get    404   404   404   404   404   404   404   404   404
feed-sub-event              get    404   404   404   404   404   404   404   404   404
feed-residency-period       get    404   404   404   404   404   404   404   404   404
robots                      get    200   200   200   200   200   200   200   200   200
own-calendars               get  login   404   200   200   200   404   404   404   404
own-calendars               post login   404   422   422   422   404   404   404   404
own-calendar-act            post login   404   302   404   404   404   404   404   404
ensemble-calendars          get  login   404   404   404   404   200   404   404   404
ensemble-calendars          post login   404   404   404   404   422   404   404   404
ensemble-calendar-act       post login   404   404   404   404   302   404   404   404
"""
