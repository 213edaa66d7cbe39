"""The stage of a tour: the one table of its steps, and writing them with their line of history.

Offers and answers move a tour by themselves; what its producer or the clock decides is in `bookings.deciding`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.models import Booking
from bookings.models.booking import Status
from bookings.states import CLOCK, PRODUCER
from tours.errors import NotNow
from tours.models import Tour, TourChange
from venues.models import User

Stage = Tour.Stage
ANSWERS = "answers"


@dataclass(frozen=True)
class Step:
    """A step of a tour.

    Attributes:
        target: the stage that it leads to; None where it stays.
        who: who takes it: a producer, the clock, or the answers that come in.
    """

    name: str
    label: str | Promise
    sources: tuple[Tour.Stage, ...]
    target: Tour.Stage | None
    who: tuple[str, ...]
    words: str


_GOING_ON = (Stage.DRAFT, Stage.OPEN, Stage.CONFIRMED, Stage.RUNNING)
#: Name -> step, in the order of a tour's life.
STEPS: Mapping[str, Step] = {
    step.name: step
    for step in (
        Step("open", gettext_lazy("Open"), (Stage.DRAFT,), Stage.OPEN, (PRODUCER,), "an offer is sent"),
        Step(
            "confirm",
            gettext_lazy("Confirm"),
            (Stage.DRAFT, Stage.OPEN),
            Stage.CONFIRMED,
            (ANSWERS, CLOCK),
            "enough presenters have said yes",
        ),
        Step(
            "miss",
            gettext_lazy("Cut-off passed"),
            (Stage.OPEN,),
            None,
            (CLOCK,),
            "the cut-off date is over, and too few have said yes: the producer decides",
        ),
        Step(
            "go_on",
            gettext_lazy("Go on anyway"),
            (Stage.OPEN,),
            Stage.CONFIRMED,
            (PRODUCER,),
            "too few have said yes, and the cut-off date has passed",
        ),
        Step(
            "extend_cut_off",
            gettext_lazy("Move the cut-off date"),
            (Stage.DRAFT, Stage.OPEN),
            None,
            (PRODUCER,),
            "to a later day before the tour begins",
        ),
        Step(
            "run",
            gettext_lazy("Begin"),
            (Stage.OPEN, Stage.CONFIRMED),
            Stage.RUNNING,
            (CLOCK,),
            "the day of the first confirmed visit has come",
        ),
        Step(
            "close",
            gettext_lazy("Close the tour"),
            (Stage.OPEN, Stage.CONFIRMED, Stage.RUNNING),
            Stage.CLOSED,
            (CLOCK, PRODUCER),
            "nothing is left to play or answer; by the clock once every visit is reported too",
        ),
        Step(
            "cancel",
            gettext_lazy("Cancel the tour"),
            _GOING_ON,
            Stage.CANCELLED,
            (PRODUCER,),
            "every visit to come is ended, and its presenter told",
        ),
    )
}


def lock(tour: Tour) -> Tour:
    """The tour as it stands now, locked until the transaction ends."""
    locked = Tour.objects.select_for_update(no_key=True, of=("self",))
    return locked.with_ground().get(pk=tour.pk)


def refusal(tour: Tour, step: str) -> str:
    """Why the step cannot be taken from the tour's stage; empty where it can."""
    if tour.stage in STEPS[step].sources:
        return ""
    return _("This cannot be done now: the tour is %(stage)s.") % {"stage": tour.get_stage_display()}


def turn(
    tour: Tour, step: str, by: User | None, now: datetime, *, reason: str = "", details: Any = None
) -> Tour:
    """Write the step on a locked tour, with its line of history.

    Raises:
        NotNow: the tour is in another stage (by now).
    """
    if sentence := refusal(tour, step):
        raise NotNow(sentence, tour=tour.pk, stage=tour.stage)
    before = tour.stage
    tour.stage = STEPS[step].target or before
    tour.save(update_fields=["stage", "cut_off_on", "cut_off_told_at"])
    TourChange.objects.create(
        tour=tour,
        at=now,
        by=by,
        action=step,
        from_stage=before,
        to_stage=tour.stage,
        reason=reason,
        details=details or {},
    )
    return tour


def opened(tour: Tour, by: User | None, now: datetime) -> None:
    """An offer of the tour has been sent."""
    _turn_if_so(tour, "open", by, now)


def agreed_presenters(tour: Tour) -> int:
    """How many presenters have said yes."""
    agreed = Booking.objects.filter(tour=tour, status=Status.CONFIRMED)
    return agreed.values("presenter").distinct().count()


def count_presenters(tour: Tour, by: User | None, now: datetime) -> None:
    """With enough presenters on board the tour is confirmed."""
    agreed = agreed_presenters(tour)
    if agreed >= tour.presenters_min:
        _turn_if_so(tour, "confirm", by, now, presenters=agreed)


def _turn_if_so(tour: Tour, step: str, by: User | None, now: datetime, **details: Any) -> None:
    """Take the step if the tour is still in a stage for it; most tours are past it."""
    if Tour.objects.filter(pk=tour.pk, stage__in=STEPS[step].sources).exists():
        found = lock(tour)
        if not refusal(found, step):
            turn(found, step, by, now, details=details)
