"""Another date that a presenter proposes: times of the tour in order of preference, days, or words."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from bookings.models.booking import Booking


class CounterOffer(models.Model):
    """What the presenter proposed instead of the offered date. The days are together there or not at all."""

    class Outcome(models.TextChoices):
        OPEN = "", _("waits for the producer")
        TAKEN = "taken", _("taken")
        REFUSED = "refused", _("said no to")

    booking = models.OneToOneField(Booking, models.CASCADE, related_name="counter_offer")
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    earliest = models.TimeField(_("earliest start"), null=True, blank=True)
    latest = models.TimeField(_("latest start"), null=True, blank=True)
    message = models.TextField(_("message"), blank=True, max_length=1000)
    outcome = models.CharField(max_length=10, blank=True, choices=Outcome.choices, default=Outcome.OPEN)
    closed_at = models.DateTimeField(null=True, blank=True, help_text="When the producer answered it.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on"), latest__gte=models.F("earliest")),
                name="counter_offer_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    starts_on__isnull=True, ends_on__isnull=True, earliest__isnull=True, latest__isnull=True
                )
                | models.Q(
                    starts_on__isnull=False,
                    ends_on__isnull=False,
                    earliest__isnull=False,
                    latest__isnull=False,
                ),
                name="counter_days_are_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="", closed_at__isnull=True)
                | (~models.Q(outcome="") & models.Q(closed_at__isnull=False)),
                name="counter_closed_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booking}: {self.starts_on or self.message}"


class CounterSlot(models.Model):
    """A time that the presenter asks for; 1 is the one that they would rather have."""

    counter_offer = models.ForeignKey(CounterOffer, models.CASCADE, related_name="slots")
    preference = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField(help_text="Start of the first performance.")

    class Meta:
        ordering = ["counter_offer", "preference"]
        constraints = [
            models.UniqueConstraint(fields=["counter_offer", "preference"], name="one_slot_a_preference"),
            models.UniqueConstraint(fields=["counter_offer", "starts_at"], name="a_slot_is_asked_for_once"),
        ]

    def __str__(self) -> str:
        return f"{self.preference}. {self.starts_at:%Y-%m-%d %H:%M}"
