"""The part of the matrix of routes that is about claims of subsidies; see `tests.matrix`. The presenter claims."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from bookings.models import SubsidyClaim
from tests.bookings import claimed
from tests.stage import Stage
from venues.models import SubsidyScheme

Args = Callable[[Stage], list[Any]]


def _draft(stage: Stage) -> SubsidyClaim:
    """A draft of the presenter, for a visit of its own."""
    if standing := SubsidyClaim.objects.first():
        return standing
    claimed.scheme(stage.world)
    return claimed.written(stage.world)


def _sent(stage: Stage) -> SubsidyClaim:
    claim = _draft(stage)
    return claimed.send(claim, stage.world) if claim.sent_at is None else claim


def _late(stage: Stage) -> list[Any]:
    """One whose last day has passed, and that asks to be let in."""
    claim, now = _draft(stage), timezone.now()
    SubsidyClaim.objects.filter(pk=claim.pk).update(
        send_by=timezone.localdate(now).replace(year=2026, month=1), late_asked_at=now, late_why="Sjuk."
    )
    return [claim.pk]


def _granted(stage: Stage) -> list[Any]:
    claim = _sent(stage)
    if claim.state == "sent":
        claimed.decide(claim, stage.world)
    return [claim.pk]


def _nothing_but_a_scheme(stage: Stage) -> list[Any]:
    """The region has a scheme, so that somebody receives its claims."""
    SubsidyScheme.objects.first() or claimed.scheme(stage.world)
    return []


ARGS: dict[str, Args] = {
    **dict.fromkeys(("claims-received", "claims-received-csv"), _nothing_but_a_scheme),
    **dict.fromkeys(("claim", "claim-paper", "claim-paper-pdf"), lambda stage: [_sent(stage).pk]),
    **dict.fromkeys(("claim-decide", "claim-return"), lambda stage: [_sent(stage).pk]),
    **dict.fromkeys(
        ("claim-write", "claim-send", "claim-withdraw", "claim-late"), lambda stage: [_draft(stage).pk]
    ),
    "claim-paid": _granted,
    "claim-open-late": _late,
}
TABLE = """
route                       how  anonym stran presn neigh schoo produ other offic admin
claim-begin                 post login   404   404   404   404   404   404   404   404
claim                       get  login   404   200   404   404   404   404   200   200
claim-write                 get  login   404   200   404   404   404   404   404   404
claim-write                 post login   404   409   404   404   404   404   404   404
claim-send                  get  login   404   200   404   404   404   404   404   404
claim-send                  post login   404   422   404   404   404   404   404   404
claim-withdraw              post login   404   302   404   404   404   404   404   404
claim-late                  post login   404   302   404   404   404   404   404   404
claim-paper                 get  login   404   200   404   404   404   404   200   200
claim-paper-pdf             get  login   404   200   404   404   404   404   200   200
claims-received             get  login   404   404   404   404   404   404   200   200
claims-received-csv         get  login   404   404   404   404   404   404   200   200
claim-decide                get  login   404   404   404   404   404   404   200   200
claim-decide                post login   404   404   404   404   404   404   422   422
claim-return                post login   404   404   404   404   404   404   422   422
claim-paid                  post login   404   404   404   404   404   404   302   302
claim-open-late             post login   404   404   404   404   404   404   302   302
"""
