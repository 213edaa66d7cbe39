"""The part of the matrix of routes that is about residencies; see `tests.matrix`. The world's presenter is the host."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from bookings.models import Residency
from bookings.residencies import contracts
from programmes.models import Decision
from tests.bookings.residencies.stays_made import NOW, planned
from tests.programmes.granted import granted
from tests.stage import Stage

Args = Callable[[Stage], list[Any]]


def _stay(stage: Stage) -> Residency:
    """Planned for a month ahead."""
    first = max(timezone.localdate(), NOW.date()) + timedelta(days=30)
    return Residency.objects.first() or planned(stage.world, [(first, first + timedelta(days=6))]).residency


def _residency(stage: Stage) -> list[Any]:
    return [_stay(stage).pk]


def _contract(stage: Stage) -> list[Any]:
    residency, now = _stay(stage), timezone.now()
    if not residency.contracts.exists():
        answer_by = now + timedelta(days=9)
        contracts.send(residency, answer_by=answer_by, version=1, by=stage.world.officer, now=now)
    return [residency.pk, 1]


def _decision(stage: Stage) -> list[Any]:
    decision = Decision.objects.first() or granted(stage.world)
    return [decision.pk]


ARGS: dict[str, Args] = {
    **dict.fromkeys(
        (
            "residency",
            "residency-edit",
            "residency-periods",
            "residency-split",
            "residency-contacts",
            "residency-needs",
            "residency-room",
            "residency-dwelling",
            "residency-release",
            "residency-costs",
            "residency-contract",
            "residency-send",
            "residency-agree",
            "residency-decline",
            "residency-cancel",
            "residency-move",
        ),
        _residency,
    ),
    "residency-contract-version": _contract,
    "residency-contract-pdf": _contract,
    "residency-from-decision": _decision,
    "dwelling-edit": lambda stage: [_stay(stage).host.dwellings.get().pk],
    "dwelling-lend": lambda stage: [_stay(stage).host.dwellings.get().pk],
}
TABLE = """
route                       how  anonym stran presn neigh schoo produ other offic admin
residencies                 get  login   200   200   200   200   200   200   200   200
residency                   get  login   404   200   404   404   404   404   200   200
residency-new               get  login   404   200   200   404   200   200   200   200
residency-new               post login   404   422   422   404   422   422   422   422
residency-edit              get  login   404   200   404   404   404   404   200   200
residency-edit              post login   404   422   404   404   404   404   422   422
residency-periods           get  login   404   200   404   404   404   404   200   200
residency-periods           post login   404   409   404   404   404   404   409   409
residency-split             get  login   404   200   404   404   404   404   200   200
residency-split             post login   404   422   404   404   404   404   422   422
residency-contacts          get  login   404   200   404   404   404   404   200   200
residency-contacts          post login   404   409   404   404   404   404   409   409
residency-needs             get  login   404   200   404   404   404   404   404   404
residency-needs             post login   404   409   404   404   404   404   404   404
residency-room              get  login   404   200   404   404   404   404   200   200
residency-room              post login   404   422   404   404   404   404   422   422
residency-dwelling          get  login   404   200   404   404   404   404   200   200
residency-dwelling          post login   404   422   404   404   404   404   422   422
residency-release           post login   404   404   404   404   404   404   404   404
residency-costs             get  login   404   200   404   404   404   404   200   200
residency-costs             post login   404   409   404   404   404   404   409   409
residency-contract          get  login   404   200   404   404   404   404   200   200
residency-contract-version  get  login   404   200   404   404   404   404   200   200
residency-contract-pdf      get  login   404   200   404   404   404   404   200   200
residency-send              get  login   404   200   404   404   404   404   200   200
residency-send              post login   404   422   404   404   404   404   422   422
residency-agree             post login   404   404   404   404   404   404   404   404
residency-decline           post login   404   404   404   404   404   404   404   404
residency-cancel            get  login   404   200   404   404   404   404   200   200
residency-cancel            post login   404   404   404   404   404   404   404   404
residency-move              get  login   404   200   404   404   404   404   200   200
residency-move              post login   404   422   404   404   404   404   422   422
residency-from-decision     get  login   404   404   404   404   404   404   200   200
residency-from-decision     post login   404   404   404   404   404   404   422   422
dwellings                   get  login   404   200   200   404   200   200   200   200
dwelling-new                get  login   404   200   200   404   200   200   404   404
dwelling-new                post login   404   422   422   404   422   422   404   404
dwelling-edit               get  login   404   200   404   404   404   404   404   404
dwelling-edit               post login   404   422   404   404   404   404   404   404
dwelling-lend               post login   404   302   404   404   404   404   404   404
"""
