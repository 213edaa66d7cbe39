"""What becomes of a confirmed visit beside being played: a change that one side asks for, and its cancellation."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bookings.models.booking import Booking
from bookings.models.report import Side
from tours.models.production import NOT_NEGATIVE


class ChangeProposal(models.Model):
    """Another time, room or number of shows for a confirmed visit, which stays as it was until the other side says yes.

    `waits_on` is the visit while the proposal waits for its answer, and null afterwards: so at most one waits on each.
    """

    class Outcome(models.TextChoices):
        OPEN = "", _("waits for an answer")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("said no to")
        TAKEN_BACK = "taken_back", _("taken back")
        LAPSED = "lapsed", _("not answered in time")
        DROPPED = "dropped", _("the visit was called off")

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="proposals")
    waits_on = models.OneToOneField(
        Booking, models.CASCADE, null=True, blank=True, related_name="waiting_change"
    )
    side = models.CharField(max_length=10, choices=Side.choices, help_text="Who proposed it.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    cancels = models.BooleanField(
        default=False, help_text="A school asks that the visit is cancelled; the rest is the visit as it is."
    )
    reason = models.TextField(_("why"), max_length=1000)
    venue = models.ForeignKey("venues.Venue", models.PROTECT, related_name="+")
    starts_at = models.DateTimeField(help_text="Start of the first performance.")
    shows_count = models.PositiveSmallIntegerField(
        _("number of shows"), validators=[MinValueValidator(1), MaxValueValidator(6)]
    )
    occupied_from = models.DateTimeField(_("get-in starts"))
    occupied_to = models.DateTimeField(_("get-out ends"))
    price = models.DecimalField(_("price"), max_digits=10, decimal_places=2, validators=NOT_NEGATIVE)
    next_shows = models.DecimalField(
        max_digits=10,
        decimal_places=2,
        validators=NOT_NEGATIVE,
        help_text="The price line of further shows; 0: there is none.",
    )
    answer_by = models.DateTimeField(_("answer by"))
    outcome = models.CharField(max_length=10, blank=True, choices=Outcome.choices, default=Outcome.OPEN)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", waits_on=F("booking"), closed_at__isnull=True)
                | (~Q(outcome="") & Q(waits_on__isnull=True, closed_at__isnull=False)),
                name="change_waits_or_is_closed",
            ),
            models.CheckConstraint(
                condition=Q(starts_at__gte=F("occupied_from"), occupied_to__gt=F("starts_at")),
                name="change_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(price__gte=0, next_shows__gte=0), name="change_price_not_negative"
            ),
        ]
        indexes = [models.Index(fields=["outcome", "answer_by"], name="change_to_lapse")]

    def __str__(self) -> str:
        return f"{self.booking}: {self.starts_at:%Y-%m-%d %H:%M}"


class ChangeLink(models.Model):
    """A mailed link that lets its bearer answer one change that the producer proposed. Only the digest is stored."""

    proposal = models.ForeignKey(ChangeProposal, models.CASCADE, related_name="links")
    token_digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.proposal} ({self.created_at:%Y-%m-%d})"


class VisitCancellation(models.Model):
    """Who cancelled a visit that had been confirmed, and how long before it.

    `late_days` is the season's rule as it was then: fewer days before the visit is late, 0: it has none.
    """

    class Cause(models.TextChoices):
        PRODUCER = "producer", _("the producer")
        PRESENTER = "presenter", _("the presenter")
        FORCE_MAJEURE = "force_majeure", _("nobody: force majeure")

    booking = models.OneToOneField(Booking, models.CASCADE, related_name="cancellation")
    cause = models.CharField(_("who cancels"), max_length=15, choices=Cause.choices)
    at = models.DateTimeField()
    days_before = models.PositiveSmallIntegerField()
    late_days = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return f"{self.booking}: {self.cause}, {self.days_before}"

    @property
    def is_late(self) -> bool:
        """Whether it came later than the season's rule has it."""
        return self.days_before < self.late_days
