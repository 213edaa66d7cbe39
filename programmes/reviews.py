"""What an assessor thinks of an application: points by the call's criteria, a draft or finished, until the end."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programmes.assessment_steps import lock_seat
from programmes.models import (
    Application,
    Assessment,
    Assessor,
    Assignment,
    Criterion,
    Declaration,
    Review,
    Score,
)
from tours.errors import NotNow, Refused
from tours.lengths import check_length
from venues.models import User

if TYPE_CHECKING:
    from django.db.models import QuerySet

COMMENT_MAX, SCORE_COMMENT_MAX = 4000, 1000


@dataclass(frozen=True)
class Given:
    """Points by one criterion, 1 to the scale's highest or none yet, and words about them."""

    points: int | None = None
    comment: str = ""


@dataclass(frozen=True)
class ReviewInput:
    """What is said of an application: by the ids of the call's criteria, and all in all."""

    scores: Mapping[int, Given] = field(default_factory=dict)
    comment: str = ""


@transaction.atomic
def save(
    assessor: Assessor,
    application: Application,
    data: ReviewInput,
    *,
    finish: bool,
    version: int,
    by: User,
    now: datetime,
) -> Review:
    """Keep what one thinks so far, or stand for it. What is finished is opened again by saving it as a draft.

    Args:
        version: of the review that was looked at; 0 where there is none yet.

    Raises:
        NotNow: the call has not closed, the assessment has; the seat is gone, the application is not one's own to
            score, or is in conflict; it was written in another window.
        Refused: points beyond the scale, words that are too long, or points missing from what is to be finished;
            `field` is "points_<criterion>", "comment_<criterion>" or "comment".
    """
    assessment, assessor = lock_seat(assessor, by, now)
    _check_dealt(assessor, application)
    criteria = list(Criterion.objects.filter(call=assessment.call_id))
    _check(assessment, criteria, data, finish)
    found = Review.objects.filter(assessor=assessor, application=application).first()
    if (found.version if found else 0) != version:
        raise NotNow(
            _("You have written about it in another window. Open it again and look."),
            application=application.pk,
        )
    review = found or Review(assessor=assessor, application=application, version=0)
    review.comment, review.changed_at = data.comment.strip(), now
    review.finished_at = (review.finished_at or now) if finish else None
    review.version += 1
    review.save()
    review.scores.all().delete()
    given = {one.pk: data.scores.get(one.pk, Given()) for one in criteria}
    Score.objects.bulk_create(
        Score(review=review, criterion_id=pk, points=said.points, comment=said.comment.strip())
        for pk, said in given.items()
        if said.points is not None or said.comment.strip()
    )
    return review


def mine(assessor: Assessor) -> "QuerySet[Assignment]":
    """What one is to score, by number, without what one is in conflict with."""
    close = Declaration.objects.conflicts().filter(assessor__user=assessor.user_id)
    found = assessor.assignments.standing().exclude(application__in=close.values("application"))
    return found.select_related("application__call").order_by("application__number")


def numbers(assessor: Assessor, *, unfinished: bool = False) -> list[int]:
    """The numbers of what one is to score, in order; `unfinished` leaves out what one has finished."""
    found = mine(assessor)
    if unfinished:
        finished = Review.objects.finished().filter(assessor=assessor)
        found = found.exclude(application__in=finished.values("application"))
    return [number for number in found.values_list("application__number", flat=True) if number]


def standing(assessor: Assessor, application: Application) -> Review | None:
    """What one has written of it, with its scores."""
    found = Review.objects.filter(assessor=assessor, application=application)
    return found.prefetch_related("scores").first()


def progress(assessor: Assessor) -> tuple[int, int]:
    """How many one has finished, of how many that are one's own to score."""
    dealt = mine(assessor).values_list("application", flat=True)
    finished = Review.objects.finished().filter(assessor=assessor, application__in=dealt)
    return finished.count(), len(dealt)


def _check_dealt(assessor: Assessor, application: Application) -> None:
    if mine(assessor).filter(application=application).exists():
        return
    raise NotNow(_("The application is not yours to score any more."), application=application.pk)


def _check(assessment: Assessment, criteria: list[Criterion], data: ReviewInput, finish: bool) -> None:
    if unknown := data.scores.keys() - {one.pk for one in criteria}:
        raise Refused(_("There is no such criterion."), field=f"points_{min(unknown)}")
    check_length(data.comment, COMMENT_MAX, "comment")
    for pk, said in data.scores.items():
        if said.points is not None and not 1 <= said.points <= assessment.scale_most:
            told = {"low": 1, "high": assessment.scale_most}
            raise Refused(_("Give %(low)d to %(high)d points.") % told, field=f"points_{pk}")
        check_length(said.comment, SCORE_COMMENT_MAX, f"comment_{pk}")
    without = [one for one in criteria if data.scores.get(one.pk, Given()).points is None]
    if finish and without:
        sentence = ngettext(
            "Points are missing for %(count)d criterion.",
            "Points are missing for %(count)d criteria.",
            len(without),
        )
        raise Refused(sentence % {"count": len(without)}, field=f"points_{without[0].pk}")
