"""Visits that a KulturCrew hosts: which, by which tasks, and what of these is done."""

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bookings.models.advancing import in_words
from bookings.models.booking import Booking, Status
from tours.models.season import Season
from venues.models.crews import NICKNAME_MAX
from venues.models.noted import Noted


class CrewVisits(models.QuerySet["CrewVisit"]):
    """Named readings of hosted visits."""

    def standing(self) -> Self:
        """Those that a crew has and has not left, of visits that are agreed."""
        return self.filter(left_at=None, booking__status=Status.CONFIRMED)

    def counted(self, season: Season | None) -> Self:
        """Those of a season by the follow-up's rule: what is cancelled, or was not played, counts nowhere."""
        of_season = self.standing().filter(booking__tour__season=season)
        return of_season.exclude(booking__outcome=Booking.Outcome.NOT_HELD)

    def with_ground(self) -> Self:
        """With everything that a list of tasks shows, read in few queries."""
        return self.select_related(
            "crew__organisation",
            "booking__tour__production__ensemble",
            "booking__tour__season",
            "booking__presenter",
            "booking__venue__place__municipality__region",
        ).prefetch_related("booking__performances", "ticks")


class CrewVisit(models.Model):
    """That a crew hosts a visit. `tasks` are those of the template as it was then; times follow from the visit."""

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="crew_visits")
    crew = models.ForeignKey("venues.Crew", models.CASCADE, related_name="visits")
    label = models.CharField(max_length=160)
    source = models.CharField(max_length=600)
    tasks: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    left_at = models.DateTimeField(null=True, blank=True)
    left_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = CrewVisits.as_manager()

    class Meta:
        ordering = ["booking__occupied_from", "id"]
        constraints = [
            Noted(name="crew_visit_noted", kind="booking", ref="booking"),
            models.UniqueConstraint(
                fields=["booking"], condition=Q(left_at__isnull=True), name="visit_hosted_by_one_crew"
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True, left_by__isnull=True)
                | Q(left_at__isnull=False, left_by__isnull=False),
                name="crew_left_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.crew}: {self.booking}"


class CrewInvitations(models.QuerySet["CrewInvitation"]):
    """Named readings of invitations."""

    def waiting(self, now: datetime) -> Self:
        """Those that nobody has answered or taken back, of visits that are agreed and to come."""
        return self.filter(answered_at=None, booking__status=Status.CONFIRMED, booking__occupied_to__gt=now)

    def with_ground(self) -> Self:
        """With everything that a list of them shows, read in few queries."""
        return self.select_related(
            "crew__organisation",
            "booking__tour__production__ensemble__producer",
            "booking__presenter",
            "booking__venue__place__municipality__region",
        ).prefetch_related("booking__performances")


class CrewInvitation(models.Model):
    """That a house asks the crew of another to host a visit to it, and what became of that."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        TAKEN_BACK = "taken_back", _("taken back")

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="crew_invitations")
    crew = models.ForeignKey("venues.Crew", models.CASCADE, related_name="invitations")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = CrewInvitations.as_manager()

    class Meta:
        ordering = ["booking__occupied_from", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["booking"], condition=Q(answered_at__isnull=True), name="one_crew_asked_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", answered_at__isnull=True, answered_by__isnull=True)
                | ~Q(outcome="") & Q(answered_at__isnull=False, answered_by__isnull=False),
                name="crew_invitation_answered_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.crew}: {self.booking}"


class CrewTask(models.Model):
    """What has become of a task of a hosted visit; those that nobody has touched have no row."""

    visit = models.ForeignKey(CrewVisit, models.CASCADE, related_name="ticks")
    key = models.SlugField(max_length=40)
    show = models.PositiveSmallIntegerField(
        default=0, help_text="The show's number, for what is done at each of them; else 0."
    )
    is_done = models.BooleanField(_("done"), default=False)
    nickname = models.CharField(_("nickname"), max_length=NICKNAME_MAX, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "key", "show"], name="crew_task_once"),
            models.CheckConstraint(condition=Q(is_done=True) | Q(nickname=""), name="crew_task_done_by_nick"),
        ]

    def __str__(self) -> str:
        return f"{self.visit}: {self.words}"

    @property
    def words(self) -> str:
        """What is to be done, in the active language."""
        found = next((task for task in self.visit.tasks if task["key"] == self.key), None)
        return in_words({"sv": found["sv"], "en": found["en"]}) if found else self.key
