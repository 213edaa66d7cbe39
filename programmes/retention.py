"""The one registry of personal data, of all storeys: the page "Personal data" and docs/personal-data.md tell it."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from bookings import retention
from bookings.needs import NEEDS_KEPT
from bookings.residencies import retention as residencies_kept
from bookings.retention import Rule
from programmes import applicants


def _days(kept: timedelta) -> int:
    return kept.days


RULES: tuple[Rule, ...] = (
    *retention.RULES,
    *residencies_kept.RULES,
    Rule(
        "applications",
        _("Applications to open calls: who applies with whom, how to reach them, and what they write"),
        _("so that they can be weighed, answered and accounted for"),
        _("as long as the call's papers are kept, by the region's plan for its archives"),
        (
            *("Application.applicant", "Application.applicant_name", "Application.group_name"),
            *("Application.phone", "Application.title", "Application.summary", "Application.description"),
            *("BudgetLine.words", "Collaborator.name", "Collaborator.role"),
            *("Submission.facts", "Submission.digest", "WorkSample.title", "WorkSample.url"),
            *("SampleFile.title", "SampleFile.original_name", "SampleFile.file", "SampleFile.sha256"),
            "SampleFile.particulars",
        ),
    ),
    Rule(
        "application_needs",
        _("What applicants need to take part, for the host alone"),
        _("so that the host can prepare the rooms and the work"),
        _(
            "after it was withdrawn, not granted or became a residency; at the latest a year after the call has closed"
        ),
        ("Application.access_needs",),
        lambda: _days(NEEDS_KEPT),
        applicants.needs_to_forget,
        "forget_applicants",
    ),
    Rule(
        "assessments",
        _(
            "Assessments of applications: who sits on a panel, what they declare, score and say, and what is decided"
        ),
        _("so that who gets support can be decided fairly, and the decision accounted for"),
        _("as long as the call's papers are kept, by the region's plan for its archives"),
        (
            *("Assessor.user", "Assessor.removed_why", "Declaration.why", "Assignment.let_go_why"),
            *("Review.comment", "Score.comment", "Decision.by", "Decision.motivation"),
            *("Meeting.chair", "Meeting.secretary", "Meeting.notes", "Meeting.fixed_by"),
            *("Minutes.by", "Minutes.facts"),
            *("AssessmentChange.by", "AssessmentChange.why"),
            *("DecisionChange.by", "DecisionChange.before", "DecisionChange.after"),
            *("Reopening.by", "Reopening.why"),
        ),
    ),
    Rule(
        "sightings",
        _("Who has seen what of an application, and when"),
        _("so that it can be told that nobody saw what they should not"),
        _("as long as the call's papers are kept, by the region's plan for its archives"),
        ("Sighting.user",),
    ),
    Rule(
        "drafts",
        _("Applications that were begun and never sent in, with their files"),
        _("so that one can go on writing until the call closes"),
        _("after the call has closed"),
        (),
        lambda: _days(applicants.DRAFTS_KEPT),
        applicants.drafts,
        "forget_applicants",
    ),
    Rule(
        "unused",
        _("Accounts that were made by asking for a code to apply with, and never opened"),
        _("so that the code can be used"),
        _("after the code was asked for"),
        (),
        lambda: _days(applicants.UNUSED_KEPT),
        applicants.unused,
        "forget_applicants",
    ),
)


def due(now: datetime) -> dict[str, int]:
    """Rule -> how many rows its task would delete at that moment; nothing is deleted."""
    return {rule.key: sum(rows.count() for rows in rule.due(now)) for rule in RULES if rule.due}
