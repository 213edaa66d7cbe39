"""Who scores which application: dealt evenly among those without a conflict, and again where one drops out."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from programmes import assessor_letters, balancing
from programmes.assessment_steps import check_begun, lock, note
from programmes.models import (
    Application,
    Assessment,
    AssessmentChange,
    Assessor,
    Assignment,
    Declaration,
    Review,
)
from programmes.models.applications import Applications
from tours.errors import Refused
from venues.models import User


@dataclass(frozen=True)
class Shortage:
    """An application that too few can read, and who cannot and why.

    Attributes:
        lacks_external: there are experts from outside, and none of them may read it.
    """

    application: Application
    readers_count: int
    wanted: int
    in_conflict: tuple[str, ...]
    undeclared: tuple[str, ...]
    lacks_external: bool


@transaction.atomic
def deal(assessment: Assessment, *, anew: bool = False, version: int, by: User, now: datetime) -> int:
    """Give each application its readers, among those who have declared; how many assignments are new.

    What stands is kept. Whoever is given something hears of it by mail.

    Args:
        anew: take back first what nobody has begun to score, so that loads even out over those who came later.

    Raises:
        NotNow: the call has not closed, the assessment has, or somebody has worked with the panel since.
        Refused: nobody on the panel has declared yet, or nobody has applied.
    """
    assessment = lock(assessment.call, version)
    check_begun(assessment.call, now)
    if not Application.objects.filter(call=assessment.call_id).sent_in().exists():
        raise Refused(_("Nobody has applied."))
    if not Declaration.objects.filter(assessor__in=_readers(assessment)).exists():
        raise Refused(_("Nobody on the panel has declared conflicts of interest yet. Remind them."))
    if anew:
        _take_back(assessment, now)
    made = _fill(assessment, now)
    if assessment.assigned_at is None:
        assessment.assigned_at = now
        assessment.save(update_fields=["assigned_at"])
    note(
        assessment,
        AssessmentChange.Action.DEALT,
        by,
        now,
        details={"new": made, "anew": int(anew)},
        bump=True,
    )
    return made


def refill(assessment: Assessment, now: datetime) -> int:
    """Deal what has become free, where it was dealt before; the caller has locked the assessment."""
    if assessment.assigned_at is None or assessment.closed_at is not None:
        return 0
    made = _fill(assessment, now)
    if made:
        note(
            assessment, AssessmentChange.Action.DEALT, None, now, details={"new": made, "anew": 0}, bump=True
        )
    return made


def let_go(assessor: Assessor, applications: Iterable[int], why: str, now: datetime) -> int:
    """Take assignments back, with a word for the log; how many."""
    standing = assessor.assignments.filter(let_go_at=None, application__in=list(applications))
    return standing.update(let_go_at=now, let_go_why=why)


def shortages(assessment: Assessment, visible: Applications) -> list[Shortage]:
    """The applications that have too few readers, or none from outside though there are some.

    Args:
        visible: those that whoever asks may know of.
    """
    ground = _ground(assessment)
    seats = {seat.pk: seat for seat in _readers(assessment)}
    told = _told(assessment)
    shown = {one.pk: one for one in visible.filter(pk__in=ground.things)}
    has_external = any(ground.readers.values())
    standing: dict[int, set[int]] = defaultdict(set)
    for thing, reader in ground.fixed:
        standing[thing].add(reader)
    found = []
    for pk in ground.things:
        house, outside = ground.filled.get(pk, (0, 0))
        count = house + outside + len(standing[pk])
        lacks = has_external and not outside and not any(ground.readers.get(one) for one in standing[pk])
        if pk in shown and (count < ground.wanted or lacks):
            close = tuple(str(seat.user) for seat in seats.values() if told.get((pk, seat.pk)))
            silent = tuple(str(seat.user) for seat in seats.values() if (pk, seat.pk) not in told)
            found.append(Shortage(shown[pk], count, ground.wanted, close, silent, lacks))
    return found


def _readers(assessment: Assessment) -> list[Assessor]:
    return list(Assessor.objects.active().filter(call=assessment.call_id).select_related("user", "call"))


def _told(assessment: Assessment) -> dict[tuple[int, int], bool]:
    """(application, active seat) -> whether there is a conflict; a person's older ones count for the seat of now."""
    seats = {seat.user_id: seat.pk for seat in _readers(assessment)}
    found: dict[tuple[int, int], bool] = {}
    said = Declaration.objects.filter(assessor__call=assessment.call_id, assessor__user__in=seats)
    for pk, seat, user, is_close in said.values_list(
        "application", "assessor", "assessor__user", "has_conflict"
    ):
        if is_close:
            found[pk, seats[user]] = True
        elif seat == seats[user]:
            found.setdefault((pk, seat), False)
    return found


def _ground(assessment: Assessment) -> balancing.Ground:
    """The panel as it stands, for dealing."""
    readers = _readers(assessment)
    things = Application.objects.filter(call=assessment.call_id).sent_in().order_by("number")
    told = _told(assessment)
    fixed = Assignment.objects.standing().filter(assessor__in=readers)
    gone = Review.objects.counting().filter(application__call=assessment.call_id)
    gone = gone.exclude(assessor__in=readers)
    filled: dict[int, tuple[int, int]] = {}
    had: set[tuple[int, int]] = set()  # whoever left the panel and came back does not read the same twice
    seats = {one.user_id: one.pk for one in readers}
    for pk, user, kind in gone.values_list("application", "assessor__user", "assessor__kind"):
        had.add((pk, seats.get(user, 0)))
        house, outside = filled.get(pk, (0, 0))
        is_outside = kind == Assessor.Kind.EXTERNAL
        filled[pk] = (house + (not is_outside), outside + is_outside)
    return balancing.Ground(
        things=list(things.values_list("pk", flat=True)),
        readers={one.pk: one.kind == Assessor.Kind.EXTERNAL for one in readers},
        may=[pair for pair, is_close in told.items() if not is_close and pair not in had],
        wanted=assessment.readers_count,
        fixed=list(fixed.values_list("application", "assessor")),
        filled=filled,
    )


def _fill(assessment: Assessment, now: datetime) -> int:
    pairs = balancing.deal(_ground(assessment))
    Assignment.objects.bulk_create(
        Assignment(application_id=thing, assessor_id=reader, made_at=now) for thing, reader in pairs
    )
    given = Counter(reader for _thing, reader in pairs)
    for seat in _readers(assessment):
        if seat.pk in given:
            assessor_letters.dealt(assessment, seat, given[seat.pk], now)
    return len(pairs)


def _take_back(assessment: Assessment, now: datetime) -> None:
    begun = Review.objects.filter(application__call=assessment.call_id)
    begun_pairs = set(begun.values_list("application", "assessor"))
    standing = Assignment.objects.standing().filter(assessor__call=assessment.call_id)
    untouched = [
        pk
        for pk, thing, reader in standing.values_list("pk", "application", "assessor")
        if (thing, reader) not in begun_pairs
    ]
    Assignment.objects.filter(pk__in=untouched).update(let_go_at=now, let_go_why="anew")
