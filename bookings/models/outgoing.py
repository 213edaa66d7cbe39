"""What leaves the house: notices by mail, and feeds that are subscribed to."""

import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bookings.models.booking import Booking
from venues.models import Membership, Region, User


class Notices(models.QuerySet["Notice"]):
    """Named readings of the outbox."""

    def due(self, now: datetime) -> Self:
        """Those to send now: waiting, or claimed by a relay that has died."""
        waiting = Q(state=Notice.State.WAITING, send_after__lte=now)
        abandoned = Q(state=Notice.State.CLAIMED, claimed_until__lte=now)
        return self.filter(waiting | abandoned).order_by("send_after")

    def visible_to(self, user: User) -> Self:
        """A producer's own bookings' mail; all of their region's for administrators, login codes included."""
        own = Q(booking__in=Booking.objects.plannable_by(user))
        regions = Region.objects.filter(
            organisations__memberships__in=user.memberships.filter(role=Membership.Role.ADMINISTRATOR)
        )
        of_region = Q(booking__presenter__region__in=regions)
        codes = Q(
            booking=None,
            to_email__in=User.objects.filter(memberships__organisation__region__in=regions).values("email"),
        )
        return self.filter(own | of_region | codes)

    def failed(self) -> Self:
        """Those that were given up."""
        return self.filter(state=Notice.State.FAILED)


class Notice(models.Model):
    """One mail to one address, written in the transaction that caused it. The id becomes its Message-ID."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        CLAIMED = "claimed", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("not sent")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=30)
    to_email = models.EmailField()
    reply_to = models.EmailField(blank=True)
    language = models.CharField(max_length=5, choices=settings.LANGUAGES)
    subject = models.CharField(max_length=250)
    body_text = models.TextField()
    body_html = models.TextField(blank=True)
    booking = models.ForeignKey("bookings.Booking", models.CASCADE, null=True, related_name="notices")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    created_at = models.DateTimeField(auto_now_add=True)
    send_after = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = Notices.as_manager()

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["state", "send_after"], name="notice_due")]

    def __str__(self) -> str:
        return self.subject


class Feed(models.Model):
    """A private calendar address of an organisation. Only the token's digest is stored."""

    class Scope(models.TextChoices):
        PRESENTER = "presenter", _("everything at this presenter or school, also what is not yet agreed")
        PRODUCER = "producer", _("all tours of this producer, also what is not yet agreed")
        ENSEMBLE = "ensemble", _("working days with drives, get-in and nights, also what is not yet agreed")

    organisation = models.ForeignKey("venues.Organisation", models.CASCADE, related_name="feeds")
    scope = models.CharField(max_length=12, choices=Scope.choices)
    ensemble = models.ForeignKey("bookings.Ensemble", models.CASCADE, null=True, related_name="feeds")
    name = models.CharField(_("who has the link"), max_length=120)
    token_digest = models.CharField(max_length=64, unique=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(scope="ensemble", ensemble__isnull=False)
                | (~models.Q(scope="ensemble") & models.Q(ensemble__isnull=True)),
                name="feed_of_an_ensemble_names_it",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def whose(self) -> str:
        """The ensemble or organisation whose calendar it is."""
        return str(self.ensemble or self.organisation)
