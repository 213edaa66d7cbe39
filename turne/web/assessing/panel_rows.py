"""A panel as rows: seats, applications with their readers, conflicts, the log. What is hidden is not counted."""

from collections import defaultdict
from typing import Any

from django.utils.translation import gettext as _

from programmes import assignments, blinding, conflicts, permissions, submissions
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
from venues.models import User

Row = dict[str, Any]
#: The latest lines of the log that the page shows. Source: the house's choice.
LOG_SHOWN = 40


def seats(assessment: Assessment, shown: Applications) -> list[Row]:
    """All who sit or sat on the panel, with what they have declared and finished of what the reader may know of."""
    known = set(shown.values_list("pk", flat=True))
    found = list(Assessor.objects.filter(call=assessment.call_id).select_related("user"))
    told: dict[int, set[int]] = defaultdict(set)
    dealt: dict[int, set[int]] = defaultdict(set)
    done: dict[int, set[int]] = defaultdict(set)
    for seat, pk in Declaration.objects.filter(assessor__in=found).values_list("assessor", "application"):
        told[seat].add(pk)
    for seat, pk in (
        Assignment.objects.standing().filter(assessor__in=found).values_list("assessor", "application")
    ):
        dealt[seat].add(pk)
    for seat, pk in (
        Review.objects.finished().filter(assessor__in=found).values_list("assessor", "application")
    ):
        done[seat].add(pk)
    return [
        {
            "seat": seat,
            "undeclared": len(known - told[seat.pk]),
            "dealt": len(dealt[seat.pk] & known),
            "finished": len(done[seat.pk] & (known if seat.removed_at else dealt[seat.pk] & known)),
        }
        for seat in sorted(found, key=lambda seat: (seat.removed_at is not None, str(seat.user).casefold()))
    ]


def rows(assessment: Assessment, shown: Applications, user: User) -> list[Row]:
    """Each application with its readers and how far they have come."""
    hide = permissions.names_are_hidden(user, assessment.call)
    found = list(shown.prefetch_related("submissions"))
    standing = Assignment.objects.standing().filter(application__in=found).select_related("assessor__user")
    reviews = Review.objects.filter(application__in=found).select_related("assessor__user")
    counting = set(Review.objects.counting().filter(application__in=found).values_list("pk", flat=True))
    by_pair = {(one.application_id, one.assessor_id): one for one in reviews}
    readers: dict[int, list[Row]] = defaultdict(list)
    for one in standing:
        review = by_pair.pop((one.application_id, one.assessor_id), None)
        state = "finished" if review and review.finished_at else "begun" if review else "new"
        readers[one.application_id].append({"name": str(one.assessor.user), "state": state})
    for (pk, _seat), review in by_pair.items():
        if review.pk in counting:  # of somebody who has left the panel
            readers[pk].append({"name": str(review.assessor.user), "state": "left"})
    return [
        {
            "application": one,
            "title": _title(one, hide=hide),
            "readers": readers[one.pk],
            "finished": sum(reader["state"] in ("finished", "left") for reader in readers[one.pk]),
        }
        for one in found
    ]


def shortages(assessment: Assessment, shown: Applications) -> list[str]:
    """Which applications lack readers, and why, a sentence each; none before it is dealt."""
    if assessment.assigned_at is None:
        return []
    return [_short(one) for one in assignments.shortages(assessment, shown)]


def log(assessment: Assessment, user: User) -> list[AssessmentChange]:
    """The latest of what was done, without what is about an application that is hidden from the reader."""
    found = AssessmentChange.objects.filter(assessment=assessment)
    found = found.exclude(application__in=conflicts.hidden_from(user).values("pk"))
    return list(found.select_related("by", "assessor__user", "application")[:LOG_SHOWN])


def _title(application: Application, *, hide: bool) -> str:
    facts = submissions.sent_facts(application)
    return str((blinding.without_names(facts) if hide else facts).get("title", ""))


def _short(one: assignments.Shortage) -> str:
    told = {"number": one.application.number, "count": one.readers_count, "wanted": one.wanted}
    parts = []
    if one.readers_count < one.wanted:
        parts.append(_("Number %(number)s has %(count)d of %(wanted)d readers.") % told)
    if one.lacks_external:
        parts.append(_("No external expert reads number %(number)s.") % told)
    if one.in_conflict:
        parts.append(_("In conflict: %(names)s.") % {"names": ", ".join(one.in_conflict)})
    if one.undeclared:
        parts.append(_("Not declared: %(names)s.") % {"names": ", ".join(one.undeclared)})
    return " ".join(parts)
