"""What became of decisions: each change of one, minutes that were opened again, and the mail of a call."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bookings.models.no_change import NoChange
from programmes.models.applications import Application
from programmes.models.assessments import Meeting
from programmes.models.calls import Call


class DecisionChange(models.Model):
    """Append-only: a decision made, changed or taken back; what it was before and what it is now."""

    class Action(models.TextChoices):
        DECIDED = "decided", _("decided")
        CHANGED = "changed", _("changed")
        UNDONE = "undone", _("taken back")
        CALLED_IN = "called_in", _("called in from the reserves")

    application = models.ForeignKey(Application, models.PROTECT, related_name="decision_changes")
    action = models.CharField(max_length=10, choices=Action.choices)
    before: "models.JSONField[Any, Any]" = models.JSONField(
        default=dict, help_text="Outcome, place among the reserves, amount and motivation; empty: undecided."
    )
    after: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [NoChange(name="decision_change_never_changes")]

    def __str__(self) -> str:
        return f"{self.application}: {self.get_action_display()}"


class Reopening(models.Model):
    """Append-only: minutes that were fixed were opened again, and why. The next ones have a number of their own."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="reopenings")
    number = models.PositiveSmallIntegerField(help_text="Of the minutes that it opened.")
    why = models.CharField(_("why"), max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="minutes_opened_once"),
            NoChange(name="reopening_never_changes"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting} ({self.number})"


class CallNotices(models.QuerySet["CallNotice"]):
    """Named readings of a call's mail."""

    def answers(self) -> Self:
        """The answers that hold: written, and not taken back."""
        return self.filter(occasion=CallNotice.Occasion.ANSWER, taken_back_at=None)


class CallNotice(models.Model):
    """Which application a mail of the outbox is about; an answer is written once, whoever writes at the same time."""

    class Occasion(models.TextChoices):
        RECEIPT = "receipt", _("receipt")
        ANSWER = "answer", _("answer")
        CALLED_IN = "called_in", _("called in from the reserves")

    notice = models.OneToOneField("bookings.Notice", models.CASCADE, related_name="about_call")
    call = models.ForeignKey(Call, models.PROTECT, related_name="notices")
    application = models.ForeignKey(Application, models.CASCADE, related_name="notices")
    occasion = models.CharField(max_length=10, choices=Occasion.choices)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = CallNotices.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "occasion"],
                condition=~Q(occasion="receipt") & Q(taken_back_at=None),
                name="call_answered_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.get_occasion_display()}"
