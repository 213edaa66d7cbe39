"""What a school asks for beside a visit: a workshop for some of its groups, when best, and what it was answered."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bookings.models.workshop import Workshop


class WorkshopRequests(models.QuerySet["WorkshopRequest"]):
    """Named readings of what is asked for."""

    def waiting(self) -> "WorkshopRequests":
        """Those that nobody has answered or taken back."""
        return self.filter(status=WorkshopRequest.Status.WAITING)

    def with_ground(self) -> "WorkshopRequests":
        """With everything that a page says of one, read in few queries."""
        return self.select_related(
            "school",
            "workshop",
            "booking__presenter",
            "booking__venue__place",
            "booking__tour__production__ensemble__producer",
        ).prefetch_related("groups__school__organisation", "booking__performances")


class WorkshopRequest(models.Model):
    """A school, host or guest of the visit, asks for a workshop; a pedagogue proposes one (`workshop`) or says why not.

    `wish` is of times only, and `answer` is why there is none.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting")
        PROPOSED = "proposed", _("proposed")
        DECLINED = "declined", _("declined")
        TAKEN_BACK = "taken_back", _("taken back")

    booking = models.ForeignKey("bookings.Booking", models.CASCADE, related_name="workshop_requests")
    school = models.ForeignKey("venues.Organisation", models.PROTECT, related_name="workshop_requests")
    kind = models.CharField(_("when"), max_length=10, choices=Workshop.Kind.choices)
    groups: "models.ManyToManyField[Any, Any]" = models.ManyToManyField(
        "venues.Group", related_name="workshop_requests", verbose_name=_("groups")
    )
    wish = models.CharField(_("wishes of time"), max_length=200, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WAITING)
    answer = models.CharField(_("why not"), max_length=500, blank=True)
    workshop = models.OneToOneField(Workshop, models.SET_NULL, null=True, related_name="asked_for")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects = WorkshopRequests.as_manager()

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["booking", "school"],
                condition=Q(status="waiting"),
                name="workshop_asked_for_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booking}: {self.school}"
