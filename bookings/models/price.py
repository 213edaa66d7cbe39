"""What a visit costs its presenter, line by line: as it was agreed, and as it is invoiced in the end."""

from decimal import Decimal

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from bookings.models.booking import Booking
from tours.models.production import NOT_NEGATIVE

#: No rate of value-added tax is higher than the amount itself.
PERCENT = [*NOT_NEGATIVE, MaxValueValidator(Decimal(100))]


class Kind(models.TextChoices):
    """What a line is for. A visit has at most one line of each."""

    FEE = "fee", _("fee")
    NEXT_SHOWS = "next_shows", _("further shows, same day and room")
    TRAVEL = "travel", _("travel")
    LODGING = "lodging", _("lodging")
    PER_DIEM = "per_diem", _("per diem")
    RIGHTS = "rights", _("rights")
    TECHNICAL = "technical", _("technical equipment")
    OTHER = "other", _("other costs")


#: Kinds that are paid for the playing itself, and never left to what they turn out to cost.
PLAYING = (Kind.FEE, Kind.NEXT_SHOWS)


def _rate() -> "models.DecimalField[Decimal | None, Decimal | None]":
    return models.DecimalField(
        _("VAT, percent"), max_digits=5, decimal_places=2, null=True, blank=True, validators=PERCENT
    )


def _in_percent() -> models.Q:
    return models.Q(vat_percent__isnull=True) | models.Q(vat_percent__gte=0, vat_percent__lte=100)


class PriceLine(models.Model):
    """A part of a visit's price as it was agreed, without VAT, in the visit's currency.

    `amount` None: it is paid as it turns out. `vat_percent` None: the producer has not said it. No rate is taken by
    itself: whether a performance is exempt is a judgement in each case.

    Source: Skatteverket, Rättslig vägledning, edition 2021.5, page 339544.
    """

    class Payer(models.TextChoices):
        PRESENTER = "presenter", _("the presenter")
        PRODUCER = "producer", _("the producer")

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="price_lines")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    words = models.CharField(_("in words"), max_length=120, blank=True)
    amount = models.DecimalField(
        _("amount"), max_digits=10, decimal_places=2, null=True, blank=True, validators=NOT_NEGATIVE
    )
    vat_percent = _rate()
    payer = models.CharField(_("who pays"), max_length=10, choices=Payer.choices, default=Payer.PRESENTER)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["booking", "kind"], name="price_line_of_a_kind_once"),
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True) | models.Q(amount__gte=0),
                name="price_line_not_negative",
            ),
            models.CheckConstraint(
                condition=models.Q(amount__isnull=False) | ~models.Q(kind__in=[str(k) for k in PLAYING]),
                name="playing_has_a_price",
            ),
            models.CheckConstraint(condition=_in_percent(), name="price_line_vat_in_percent"),
        ]

    def __str__(self) -> str:
        return f"{self.booking}: {self.get_kind_display()}"


class SettledLine(models.Model):
    """What the presenter is invoiced for a kind of cost where that is not simply what was agreed, and why."""

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="settled_lines")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    amount = models.DecimalField(_("amount"), max_digits=10, decimal_places=2, validators=NOT_NEGATIVE)
    vat_percent = _rate()
    why = models.CharField(_("why it differs"), max_length=300, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["booking", "kind"], name="settled_line_of_a_kind_once"),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="settled_line_not_negative"),
            models.CheckConstraint(condition=_in_percent(), name="settled_line_vat_in_percent"),
        ]

    def __str__(self) -> str:
        return f"{self.booking}: {self.get_kind_display()}"
