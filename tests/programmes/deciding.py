"""A call of the small world that has closed and been scored, and the way from there to the answers."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from programmes import answers_to_calls, calls, decisions, meetings, minutes, panels
from programmes.applications import Line
from programmes.decisions import DecisionInput
from programmes.meetings import MeetingInput
from programmes.models import (
    Application,
    Assessment,
    Assessor,
    Call,
    Decision,
    Declaration,
    Meeting,
    Minutes,
    Review,
    Score,
)
from tests.programmes.applying import artist, sent
from tests.programmes.open_calls import CLOSED, NOW, draft, published
from tests.world import World
from venues.models import User

#: A Thursday morning, a day after the call has closed; and the Monday on which its answers are promised.
DECIDING = CLOSED + timedelta(hours=1)
ANSWERED = datetime(2027, 3, 1, 8, 0, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
WORDS = "Stark idé, väl förankrad på platsen."


def residency(world: World, **changes: Any) -> Call:
    """A public residency with a stipend, for two."""
    return _whole(published(world, **changes))


def project(world: World, **changes: Any) -> Call:
    """A public project grant: what is asked for is what may be given."""
    made = draft(world, "project_grant", periods=[], places=[], stipend=None, **changes)
    return _whole(calls.publish(made, version=made.version, by=world.officer, now=NOW))


def apply(call: Call, name: str, **changes: Any) -> Application:
    """Somebody has sent in an application that bears their name in its title."""
    said = {"applicant_name": name, "title": f"Verk av {name}", "group_name": "", **changes}
    return sent(call, artist(name), **said)


def asking(amount: int) -> Line:
    """A line of a budget."""
    return Line("Kostnader", Decimal(amount))


def assessed(call: Call, *names: str, readers_count: int = 2) -> list[Assessor]:
    """An assessment with a panel of those names."""
    Assessment.objects.create(
        call=call, scale_most=5, readers_count=readers_count, due_on=DECIDING.date(), assigned_at=CLOSED
    )
    return [seat(call, artist(name)) for name in names]


def seat(call: Call, user: User) -> Assessor:
    """A place on the panel."""
    made: Assessor = Assessor.objects.create(call=call, user=user, kind="external", invited_at=CLOSED)
    return made


def score(
    assessor: Assessor, application: Application, *points: int, comment: str = "", done: bool = True
) -> Review:
    """Points by the criteria in their order."""
    review = Review.objects.create(
        assessor=assessor,
        application=application,
        comment=comment,
        finished_at=DECIDING if done else None,
        changed_at=DECIDING,
    )
    criteria = application.call.criteria.all()
    Score.objects.bulk_create(
        Score(review=review, criterion=one, points=given, comment=comment)
        for one, given in zip(criteria, points, strict=False)
    )
    return review


def conflict(assessor: Assessor, application: Application) -> Declaration:
    """The assessor has declared a conflict of interest."""
    return Declaration.objects.create(
        assessor=assessor, application=application, has_conflict=True, why="Kollega", at=CLOSED
    )


def free(assessor: Assessor, *applications: Application) -> None:
    """The assessor has declared that there is no conflict of interest."""
    for one in applications:
        more = {"assessor": assessor, "application": one}
        Declaration.objects.get_or_create(**more, defaults={"has_conflict": False, "at": CLOSED})


def close(call: Call, now: datetime = DECIDING) -> Assessment:
    """Close the assessment, whatever is missing."""
    standing = Assessment.objects.get(call=call)
    return panels.close(call, despite_missing=True, version=standing.version, by=artist(), now=now)


def meet(call: Call, present: Sequence[Assessor]) -> Meeting:
    """All have declared, the assessment is closed, and the panel has met."""
    for one in present:
        free(one, *call.applications.sent_in())
    close(call)
    data = MeetingInput(DECIDING.date(), "Ordförande", "Sekreterare", present, "Allt gicks igenom.")
    return meetings.hold(call, data, now=DECIDING)


def decide(application: Application, by: User, outcome: str = "granted", **more: Any) -> Decision:
    """Decide, whatever was decided before."""
    standing = Decision.objects.filter(application=application).first()
    version = more.pop("version", standing.version if standing else 0)
    data = DecisionInput(outcome=outcome, motivation=more.pop("motivation", WORDS), **more)
    return decisions.decide(application, data, version=version, by=by, now=DECIDING)


def fix(call: Call, by: User, now: datetime = DECIDING) -> Minutes:
    """Fix the minutes as they stand."""
    return minutes.fix(call, version=Meeting.objects.get(call=call).version, by=by, now=now)


def answer(call: Call, at: datetime = ANSWERED, now: datetime = DECIDING) -> Meeting:
    """Write the answers."""
    return answers_to_calls.schedule(call, at, version=Meeting.objects.get(call=call).version, now=now)


def decided(
    world: World, outcomes: Mapping[str, str] | None = None, **changes: Any
) -> dict[str, Application]:
    """A residency that is scored and decided about but whose minutes are open: name -> application.

    The reserves are numbered in their order.
    """
    call = residency(world, **changes)
    outcomes = outcomes or {"Anna": "granted", "Bosse": "reserve", "Cilla": "refused"}
    made = {name: apply(call, name) for name in outcomes}
    panel = assessed(call, "Ella", "Filip")
    for application in made.values():
        score(panel[0], application, 4, 4)
        score(panel[1], application, 3, 3)
    meet(call, panel)
    numbers = iter(range(1, 99))
    for name, outcome in outcomes.items():
        number = next(numbers) if outcome == "reserve" else None
        decide(made[name], world.officer, outcome, reserve_number=number)
    return made


def told(world: World, outcomes: Mapping[str, str] | None = None, **changes: Any) -> dict[str, Application]:
    """The same with minutes that are fixed, and answers that wait."""
    made = decided(world, outcomes, **changes)
    call = next(iter(made.values())).call
    fix(call, world.officer)
    answer(call)
    return made


def _whole(call: Call) -> Call:
    return Call.objects.with_ground().get(pk=call.pk)
