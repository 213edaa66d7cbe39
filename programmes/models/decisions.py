"""Deciding about the applications to a call: the meeting, its minutes, decisions with each change, and their mail."""

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bookings.models.no_change import NoChange
from programmes.models.applications import Application
from programmes.models.assessments import Assessor
from programmes.models.calls import Call


class Meeting(models.Model):
    """The meeting that decides, and its minutes. Once they are fixed no decision is changed."""

    call = models.OneToOneField(Call, models.PROTECT, related_name="meeting")
    held_on = models.DateField(_("day"))
    chair = models.CharField(_("chair"), max_length=120)
    secretary = models.CharField(_("secretary"), max_length=120, blank=True)
    present: "models.ManyToManyField[Any, Any]" = models.ManyToManyField(
        Assessor, related_name="meetings", verbose_name=_("present")
    )
    notes = models.TextField(_("what was said in general"), max_length=8000, blank=True)
    fixed_at = models.DateTimeField(null=True, blank=True)
    fixed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answers_at = models.DateTimeField(
        _("answers are sent"), null=True, blank=True, help_text="When the answers leave the outbox."
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answers_at=None) | Q(fixed_at__isnull=False, answers_at__gte=F("fixed_at")),
                name="answered_once_fixed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call} {self.held_on}"

    def is_answered(self, now: datetime) -> bool:
        """Whether the answers are due, so that what was decided is no secret any more."""
        return self.answers_at is not None and self.answers_at <= now


class Minutes(models.Model):
    """Append-only: the minutes as they were fixed, with their digest."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="minutes")
    number = models.PositiveSmallIntegerField()
    facts: "models.JSONField[Any, Any]" = models.JSONField()
    digest = models.CharField(max_length=64, help_text="SHA-256 over the facts.")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        verbose_name_plural = "minutes"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="minutes_numbered_once"),
            NoChange(name="minutes_never_change"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting} ({self.number})"


class Decision(models.Model):
    """What was decided about an application, and why. What comes of it is a residency, or money."""

    class Outcome(models.TextChoices):
        GRANTED = "granted", _("granted")
        RESERVE = "reserve", _("in reserve")
        REFUSED = "refused", _("not granted")

    application = models.OneToOneField(Application, models.PROTECT, related_name="decision")
    outcome = models.CharField(_("decision"), max_length=10, choices=Outcome.choices)
    reserve_number = models.PositiveSmallIntegerField(
        _("place among the reserves"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    amount = models.DecimalField(_("amount"), max_digits=10, decimal_places=2, null=True, blank=True)
    motivation = models.TextField(_("why"), max_length=4000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    residency = models.OneToOneField(
        "bookings.Residency", models.PROTECT, null=True, blank=True, related_name="decision"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="reserve", reserve_number__isnull=False)
                | (~Q(outcome="reserve") & Q(reserve_number__isnull=True)),
                name="decision_reserve_has_a_place",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0), name="decision_amount_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(residency__isnull=True) | Q(outcome="granted"), name="decision_granted_to_stay"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.get_outcome_display()}"


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
