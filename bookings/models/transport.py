"""What was arranged so that a school gets to a visit: a bus that was ordered, or why none is needed."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tours.models.production import NOT_NEGATIVE
from venues.bus_terms import Party, Plan
from venues.models.noted import Noted

PARTY_WORDS = [
    (str(Party.SCHOOL), _("the school")),
    (str(Party.OWNER), _("the school's owner")),
    (str(Party.PRODUCER), _("the producer")),
    (str(Party.REGION), _("the region")),
]
PLAN_WORDS = [
    (str(Plan.SCHOOL), _("the school wished for it")),
    (str(Plan.REGION), _("it was given to the school")),
]


class BusOrder(models.Model):
    """How one school gets to one show of a visit and home again, as it was when somebody last decided it.

    There is no row as long as nobody has. The times and counts are those that were ordered; what the visit needs now
    is reckoned (`bookings.transport`), and never written over them without somebody saying so. `rule` is the rule
    that held, with its source. Amounts are in the visit's currency.
    """

    class Status(models.TextChoices):
        NEEDED = "needed", _("to be ordered")
        ORDERED = "ordered", _("ordered")
        CONFIRMED = "confirmed", _("confirmed")
        CANCELLED = "cancelled", _("cancelled")
        NOT_NEEDED = "not_needed", _("not needed")

    class Why(models.TextChoices):
        NONE = "", _("a bus is needed")
        WALKS = "walks", _("they walk")
        CARS = "cars", _("they go by car")
        PUBLIC = "public", _("they go by ordinary bus or train")
        SHARES = "shares", _("they go with another school's bus")
        OTHER = "other", _("another reason")

    booking = models.ForeignKey("bookings.Booking", models.CASCADE, related_name="bus_orders")
    school = models.ForeignKey("venues.School", models.PROTECT, related_name="bus_orders")
    show_number = models.PositiveSmallIntegerField(
        _("show"), default=1, validators=[MinValueValidator(1), MaxValueValidator(6)]
    )
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.NEEDED)
    why = models.CharField(_("why no bus"), max_length=10, blank=True, choices=Why.choices)
    pupils_count = models.PositiveSmallIntegerField(_("pupils"), default=0)
    adults_count = models.PositiveSmallIntegerField(_("adults"), default=0)
    wheelchair_count = models.PositiveSmallIntegerField(
        _("places for wheelchairs"), default=0, help_text="Forgotten after the visit."
    )
    buses_count = models.PositiveSmallIntegerField(
        _("buses"), default=0, help_text="For all schools at the same stop."
    )
    venue = models.ForeignKey("venues.Venue", models.PROTECT, null=True, related_name="+")
    pick_up_at = models.DateTimeField(
        _("leaves the school"), null=True, blank=True, help_text="Empty where no road is known."
    )
    there_at = models.DateTimeField(_("there"), null=True, blank=True)
    leaves_at = models.DateTimeField(_("leaves the hall"), null=True, blank=True)
    back_at = models.DateTimeField(_("back at the school"), null=True, blank=True)
    km = models.DecimalField(_("km one way"), max_digits=6, decimal_places=1, null=True, blank=True)
    drive_min = models.PositiveSmallIntegerField(_("minutes one way"), null=True, blank=True)
    rule: "models.JSONField[Any, Any]" = models.JSONField(default=dict, blank=True)
    plan = models.CharField(max_length=10, blank=True, choices=PLAN_WORDS)
    orders = models.CharField(_("who orders"), max_length=10, blank=True, choices=PARTY_WORDS)
    pays = models.CharField(_("who pays"), max_length=10, blank=True, choices=PARTY_WORDS)
    own_share = models.DecimalField(
        _("own share"), max_digits=10, decimal_places=2, default=Decimal(0), validators=NOT_NEGATIVE
    )
    own_share_of = models.CharField(max_length=10, blank=True, choices=PARTY_WORDS)
    operator = models.CharField(_("bus company"), max_length=120, blank=True)
    reference = models.CharField(_("the company's reference"), max_length=60, blank=True)
    project_number = models.CharField(_("project number"), max_length=40, blank=True)
    cost = models.DecimalField(
        _("cost"), max_digits=10, decimal_places=2, null=True, blank=True, validators=NOT_NEGATIVE
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    ordered_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["booking", "show_number", "school"]
        constraints = [
            Noted(name="bus_order_noted", kind="booking", ref="booking"),
            models.UniqueConstraint(fields=["booking", "school", "show_number"], name="bus_order_once"),
            models.CheckConstraint(
                condition=Q(status="not_needed") & ~Q(why="") | ~Q(status="not_needed") & Q(why=""),
                name="bus_order_says_why_not",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["ordered", "confirmed"])
                | Q(ordered_at__isnull=False, there_at__isnull=False, venue__isnull=False),
                name="bus_order_has_times",
            ),
            models.CheckConstraint(
                condition=Q(cost__isnull=True) | Q(cost__gte=0), name="bus_cost_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(pick_up_at__isnull=True) | Q(pick_up_at__lte=F("there_at")),
                name="bus_leaves_before_it_is_there",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booking}: {self.school}, {self.show_number}"

    @property
    def is_standing(self) -> bool:
        """Whether a bus company has it: what was ordered is never changed without somebody saying so."""
        return self.status in (self.Status.ORDERED, self.Status.CONFIRMED)

    @property
    def seats_count(self) -> int:
        """Pupils and adults."""
        return self.pupils_count + self.adults_count
