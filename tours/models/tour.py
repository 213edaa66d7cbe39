"""A tour, what its producer has ordered, and the plans that were proposed for it."""

from datetime import date
from decimal import Decimal
from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from tours.models.production import SESSIONS_MAX
from tours.planner import MOST_MONEY, MOST_PER_KM
from venues.models import Membership, User
from venues.models.noted import Noted

#: A factor on driving time: from dry road without trailer up to twice that.
FACTOR = [MinValueValidator(Decimal(1)), MaxValueValidator(Decimal(2))]
MINUTE_OF_DAY = [MaxValueValidator(1440)]
#: The planner takes no larger amounts.
AMOUNT = [MaxValueValidator(MOST_MONEY)]
PER_KM = [MaxValueValidator(MOST_PER_KM)]
#: Nor a larger sum of a wish's worth and its fees, which have at most eight digits before the point.
WISH_WORTH = [MaxValueValidator(MOST_MONEY - SESSIONS_MAX * 10**8)]


class Tours(models.QuerySet["Tour"]):
    """Named readings of tours."""

    def plannable_by(self, user: User) -> Self:
        """Those that the user may plan."""
        mine = user.memberships.filter(role=Membership.Role.PRODUCER)
        return self.filter(production__ensemble__producer__in=mine.values("organisation"))

    def with_ground(self) -> Self:
        """With production, ensemble and season read in the same query."""
        return self.select_related(
            "production__ensemble__home", "production__ensemble__producer", "season__region"
        )

    def for_calendars(self) -> Self:
        """With everything that a calendar says of a tour as whole days, read in two queries."""
        return self.select_related("production__ensemble").prefetch_related("changes")


class Tour(models.Model):
    """One production on the road in one season, with the frame that its planner must keep."""

    class Stage(models.TextChoices):
        DRAFT = "draft", _("draft")
        OPEN = "open", _("open")
        CONFIRMED = "confirmed", _("confirmed")
        RUNNING = "running", _("running")
        CLOSED = "closed", _("closed")
        CANCELLED = "cancelled", _("cancelled")

    class Mileage(models.TextChoices):
        OWN_COST = "own_cost", _("what the tour reckons a km costs")
        OWN_CAR = "own_car", _("own car, tax-free")
        COMPANY_CAR = "company_car", _("company car, tax-free")
        ELECTRIC = "electric_company_car", _("electric company car, tax-free")

    class Fuel(models.TextChoices):
        UNKNOWN = "", _("not known")
        DIESEL = "diesel", _("diesel")
        PETROL = "petrol", _("petrol")
        ELECTRIC = "electric", _("electricity")
        HVO = "hvo", _("HVO")

    class Sharing(models.TextChoices):
        EQUAL = "equal", _("equally by visit")
        DISTANCE = "distance", _("by the distance from home")

    production = models.ForeignKey("tours.Production", models.PROTECT, related_name="tours")
    season = models.ForeignKey("tours.Season", models.PROTECT, related_name="tours")
    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(max_length=160, unique=True)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.DRAFT)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    cut_off_on = models.DateField(_("cut-off date"), null=True, blank=True)
    cut_off_told_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When its producer was told that the cut-off has passed without enough presenters.",
    )
    presenters_min = models.PositiveSmallIntegerField(_("presenters at least"), default=3)
    is_announced_later = models.BooleanField(
        _("announce later"),
        default=False,
        help_text=_("Confirmed dates stay unpublished until you publish them."),
    )
    moves_up = models.BooleanField(
        _("further options move up by themselves"),
        default=True,
        help_text=_("When the time is free, the next in line gets it. Otherwise you are told, and decide."),
    )
    offers_at = models.TimeField(
        _("offers are sent at"),
        null=True,
        blank=True,
        help_text="Empty: at once. Local time of the tour's region.",
    )
    # The frame of a day
    performances_per_day = models.PositiveSmallIntegerField(
        _("shows a day at the most"), default=2, validators=[MinValueValidator(1), MaxValueValidator(6)]
    )
    day_open_min = models.PositiveSmallIntegerField(
        _("earliest departure"), default=6 * 60, validators=MINUTE_OF_DAY
    )
    day_close_min = models.PositiveSmallIntegerField(
        _("latest arrival"), default=24 * 60, validators=MINUTE_OF_DAY
    )
    drive_max_min = models.PositiveSmallIntegerField(_("driving a day at the most, minutes"), default=360)
    works_saturdays = models.BooleanField(_("plays on Saturdays"), default=True)
    works_sundays = models.BooleanField(_("plays on Sundays"), default=False)
    winter_factor = models.DecimalField(
        _("winter factor"), max_digits=4, decimal_places=2, default=Decimal("1.10"), validators=FACTOR
    )
    trailer_factor = models.DecimalField(
        _("trailer factor"), max_digits=4, decimal_places=2, default=Decimal("1.00"), validators=FACTOR
    )
    work_rules: "models.ManyToManyField[Any, Any]" = models.ManyToManyField(
        "venues.WorkRuleProfile", blank=True, related_name="tours"
    )
    # What the planner weighs, in whole units of the currency
    wish_worth = models.PositiveIntegerField(
        _("worth of a first wish"),
        default=10_000,
        validators=WISH_WORTH,
        help_text=_("Beyond its fee. Lower ranks are worth less."),
    )
    municipality_bonus = models.PositiveIntegerField(
        _("worth of one more municipality"), default=6_000, validators=AMOUNT
    )
    cost_per_km = models.PositiveIntegerField(_("cost per km"), default=35, validators=PER_KM)
    cost_per_night = models.PositiveIntegerField(_("cost per night away"), default=5_500, validators=AMOUNT)
    cost_per_change = models.PositiveIntegerField(
        _("cost of changing a held stop"), default=4_000, validators=AMOUNT
    )
    moves_offered = models.BooleanField(_("offered dates may move too"), default=False)
    cost_per_offered_change = models.PositiveIntegerField(
        _("cost of changing an offered stop"), default=12_000, validators=AMOUNT
    )
    # What it costs and emits; a room's price is the house's assumption until the producer knows better
    mileage = models.CharField(
        _("a km costs"), max_length=24, choices=Mileage.choices, default=Mileage.OWN_COST
    )
    fuel = models.CharField(_("fuel"), max_length=10, blank=True, choices=Fuel.choices)
    room_cost = models.PositiveIntegerField(_("a room a night"), default=1_100)
    finds_own_beds = models.BooleanField(_("beds are found by each and not paid"), default=False)
    has_breakfast = models.BooleanField(_("breakfast comes with the room"), default=True)
    sharing = models.CharField(
        _("travel is shared"), max_length=10, choices=Sharing.choices, default=Sharing.EQUAL
    )
    uses_latest_rates = models.BooleanField(_("latest known rates"), default=False)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(
        auto_now=True, help_text="When its frame was written; its stage has a history."
    )

    objects = Tours.as_manager()

    class Meta:
        ordering = ["starts_on", "name"]
        constraints = [
            Noted(name="tour_noted", kind="tour"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="tour_ends_after_start"
            ),
            models.CheckConstraint(
                condition=models.Q(day_close_min__gt=models.F("day_open_min")),
                name="tour_day_opens_before_closing",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def has_day(self, on: date) -> bool:
        """Whether the tour is on the road on that day."""
        return self.starts_on <= on <= self.ends_on


class Instruction(models.Model):
    """What the producer has ordered about a wish: play it then, or leave it out."""

    class Kind(models.TextChoices):
        LOCKED = "locked", _("locked")
        DROPPED = "dropped", _("left out")

    tour = models.ForeignKey(Tour, models.CASCADE, related_name="instructions")
    wish = models.ForeignKey("tours.Wish", models.CASCADE, related_name="instructions")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    starts_at = models.DateTimeField(
        null=True, blank=True, help_text="Start of the first performance, when locked."
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(fields=["tour", "wish"], name="one_instruction_a_wish"),
            models.CheckConstraint(
                condition=models.Q(kind="dropped", starts_at__isnull=True)
                | models.Q(kind="locked", starts_at__isnull=False),
                name="locked_to_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wish} {self.get_kind_display()}"


class ForbiddenDay(models.Model):
    """A day on which the producer wants no work, though the ensemble could, or on which it was cancelled."""

    tour = models.ForeignKey(Tour, models.CASCADE, related_name="forbidden_days")
    day = models.DateField()
    reason = models.TextField(blank=True, help_text="Why the day was cancelled; empty where it is kept free.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["tour", "day"], name="a_day_is_forbidden_once")]

    def __str__(self) -> str:
        return f"{self.tour} {self.day}"


class Proposal(models.Model):
    """A plan for a tour with the problem that it answers: a run of the planner, or what a person made of one.

    A run for several ways keeps the plan for value itself; each other one is a proposal whose parent is the run.
    """

    class Kind(models.TextChoices):
        RUN = "run", _("by the planner")
        BY_HAND = "by_hand", _("by hand")
        SEVERAL = "several", _("by the planner, several ways")
        WAY = "way", _("one of several ways")

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        RUNNING = "running", _("planning")
        DONE = "done", _("done")
        CANCELLED = "cancelled", _("stopped, best so far")
        FAILED = "failed", _("failed")

    tour = models.ForeignKey(Tour, models.CASCADE, related_name="proposals")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.RUN)
    parent = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        related_name="children",
        help_text="The plan that it was made from.",
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    seconds = models.PositiveSmallIntegerField(
        default=10, validators=[MinValueValidator(1), MaxValueValidator(240)]
    )
    seed = models.PositiveIntegerField(default=1)
    problem: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    fingerprint = models.CharField(
        max_length=64, help_text="SHA-256 of the problem, to notice that it has changed."
    )
    excluded: "models.JSONField[Any, Any]" = models.JSONField(
        default=list, help_text="Wishes that were left out before planning, each with its reason."
    )
    plan: "models.JSONField[Any, Any]" = models.JSONField(null=True)
    favours: "models.JSONField[Any, Any]" = models.JSONField(
        default=list, help_text="What it is the best of several plans for, in the planner's words."
    )
    km = models.PositiveIntegerField(null=True, help_text="What the plan drives, once it is finished.")
    error = models.TextField(blank=True)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(auto_now_add=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    stop_asked_at = models.DateTimeField(
        null=True, blank=True, help_text="When somebody asked the run to stop with what it has."
    )
    finished_at = models.DateTimeField(null=True, blank=True)
    adopted_at = models.DateTimeField(null=True, blank=True)
    adopted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-requested_at", "-id"]

    def __str__(self) -> str:
        return f"{self.tour} #{self.pk}"

    def following(self, kind: "Proposal.Kind", **fields: Any) -> "Proposal":
        """A finished plan that is made from this one, over the same ground; not stored yet."""
        return Proposal(
            tour_id=self.tour_id,
            kind=kind,
            parent=self,
            state=Proposal.State.DONE,
            seconds=self.seconds,
            seed=self.seed,
            problem=self.problem,
            fingerprint=self.fingerprint,
            excluded=self.excluded,
            **fields,
        )


#: States in which a plan is not worked on any more and may be adopted or changed by hand.
FINISHED = (Proposal.State.DONE, Proposal.State.CANCELLED)
