"""The part of the matrix of routes that is about a residency's days, sub-events and results; see `tests.matrix`.

The world's presenter is the host, its producer acts for the ensemble, and a class of its school is invited.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils import timezone

from bookings.models import Residency
from bookings.residencies import day_plans, publishing, travel
from bookings.residencies.travel import TravelInput
from tests.bookings.residencies.moments import DAY, confirmed, group, workshop
from tests.bookings.residencies.stays_made import NOW, Stay
from tests.stage import Stage

Args = Callable[[Stage], list[Any]]


def _stay(stage: Stage) -> Stay:
    return confirmed(stage.world, ensemble=stage.world.ensemble, artist_name="Trio Norr")


def _residency(stage: Stage) -> list[Any]:
    return [_stay(stage).residency.pk]


def _public(stage: Stage) -> list[Any]:
    found: Residency = _stay(stage).residency
    publishing.publish(found, version=1, by=stage.world.officer, now=timezone.now())
    return [found.slug]


def _event(stage: Stage) -> list[Any]:
    stay = _stay(stage)
    return [workshop(stay, group(stay, "4S")).pk]


def _line(stage: Stage) -> list[Any]:
    return [day_plans.add(_stay(stage).residency, on=DAY, starts=None, ends=None, words="Ledigt", now=NOW).pk]


def _journey(stage: Stage) -> list[Any]:
    data = TravelInput(date(2027, 5, 3), "Östersund", "Backe", "car")
    return [travel.add(_stay(stage).residency, data).pk]


ARGS: dict[str, Args] = {
    "public-residency": _public,
    **dict.fromkeys(
        (
            "residency-days",
            "residency-day-add",
            "residency-day-copy",
            "residency-travel",
            "sub-event-new",
            "residency-publish",
            "residency-unpublish",
            "residency-report",
            "residency-follow-up",
            "residency-results",
            "residency-production",
            "residency-production-new",
            "residency-tours",
        ),
        _residency,
    ),
    **dict.fromkeys(
        ("sub-event", "sub-event-change", "sub-event-cancel", "sub-event-tell", "sub-event-decline"), _event
    ),
    **dict.fromkeys(("residency-day-line", "residency-day-remove"), _line),
    **dict.fromkeys(("residency-journey", "residency-journey-remove"), _journey),
}
TABLE = """
route                       how  anonym stran presn neigh schoo produ other offic admin
public-residencies          get  200     200   200   200   200   200   200   200   200
public-residency            get  200     200   200   200   200   200   200   200   200
residency-days              get  login   404   200   404   404   200   404   200   200
residency-day-add           post login   404   422   404   404   422   404   422   422
residency-day-copy          post login   404   422   404   404   422   404   422   422
residency-day-line          get  login   404   200   404   404   200   404   200   200
residency-day-line          post login   404   422   404   404   422   404   422   422
residency-day-remove        post login   404   302   404   404   302   404   302   302
residency-travel            get  login   404   200   404   404   200   404   200   200
residency-travel            post login   404   422   404   404   422   404   422   422
residency-journey           get  login   404   200   404   404   200   404   200   200
residency-journey           post login   404   422   404   404   422   404   422   422
residency-journey-remove    post login   404   302   404   404   302   404   302   302
sub-event-new               get  login   404   200   404   404   200   404   200   200
sub-event-new               post login   404   422   404   404   422   404   422   422
sub-event                   get  login   404   200   404   200   200   404   200   200
sub-event-change            get  login   404   200   404   404   200   404   200   200
sub-event-change            post login   404   422   404   404   422   404   422   422
sub-event-cancel            post login   404   422   404   404   422   404   422   422
sub-event-tell              post login   404   422   404   404   422   404   422   422
sub-event-decline           post login   404   404   404   422   404   404   404   404
residency-publish           post login   404   302   404   404   302   404   302   302
residency-unpublish         post login   404   302   404   404   302   404   302   302
residency-report            get  login   404   200   404   404   200   404   200   200
residency-report            post login   404   422   404   404   422   404   422   422
residency-results           get  login   404   200   404   404   200   404   200   200
residency-follow-up         post login   404   422   404   404   422   404   422   422
residency-production        post login   404   409   404   404   409   404   409   409
residency-production-new    get  login   404   404   404   404   200   404   404   404
residency-production-new    post login   404   404   404   404   422   404   404   404
residency-tours             post login   404   302   404   404   302   404   302   302
"""
