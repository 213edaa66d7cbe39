"""What was told after a visit: by whom, why it was not played, what it cost each side; and the asking for it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from bookings.models.booking import Booking
from tours.models.production import NOT_NEGATIVE


class Side(models.TextChoices):
    """The sides of an agreement, as `bookings.states` names them."""

    PRESENTER = "presenter", _("the presenter")
    PRODUCER = "producer", _("the producer")


class VisitReport(models.Model):
    """The report that stands. Earlier ones are in the booking's history; figures stand with each performance."""

    class Cause(models.TextChoices):
        NONE = "", _("it was played")
        ILLNESS = "illness", _("illness")
        WEATHER = "weather", _("weather or road")
        TECHNICAL = "technical", _("something technical")
        VENUE = "venue", _("the room could not be used")
        AUDIENCE = "audience", _("too few came")
        OTHER = "other", _("another cause")

    booking = models.OneToOneField(Booking, models.CASCADE, related_name="report")
    side = models.CharField(max_length=10, choices=Side.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="Empty: the bearer of a mailed link.",
    )
    at = models.DateTimeField()
    cause = models.CharField(max_length=10, blank=True, choices=Cause.choices)
    words = models.TextField(blank=True, help_text="Why it was not played.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(cause="") | ~models.Q(words=""), name="not_played_says_why"
            )
        ]

    def __str__(self) -> str:
        return f"{self.booking} ({self.at:%Y-%m-%d})"


class CostLine(models.Model):
    """What a visit has cost one of its sides beyond the agreed price, in the visit's currency."""

    class Kind(models.TextChoices):
        ROOM = "room", _("room and staff")
        MARKETING = "marketing", _("posters and advertising")
        HOSTING = "hosting", _("food and lodging")
        TRAVEL = "travel", _("travel")
        TECHNICAL = "technical", _("technical equipment")
        OTHER = "other", _("other costs")

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="cost_lines")
    side = models.CharField(max_length=10, choices=Side.choices)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    amount = models.DecimalField(_("amount"), max_digits=10, decimal_places=2, validators=NOT_NEGATIVE)

    class Meta:
        ordering = ["side", "id"]
        constraints = [
            models.UniqueConstraint(fields=["booking", "side", "kind"], name="cost_of_a_kind_once_a_side"),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="cost_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.booking}: {self.get_kind_display()}"


class ReportReminder(models.Model):
    """When the report of a visit that is over is asked for next; empty once it has come or was asked for enough."""

    booking = models.OneToOneField(Booking, models.CASCADE, related_name="report_reminder")
    next_at = models.DateTimeField(null=True, blank=True)
    sent_count = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["next_at"], name="report_to_ask_for")]

    def __str__(self) -> str:
        return f"{self.booking} ({self.sent_count})"


class ReportLink(models.Model):
    """A mailed link that lets its bearer report one visit once. Only the token's digest is stored."""

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="report_links")
    token_digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.booking} ({self.expires_at:%Y-%m-%d})"
