"""An allotment: for whom, of what, by which rules; what came of it, what people ordered in it, and what it gave."""

from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from tours.models.production import SHOWS_MAX
from tours.models.school_wishes import PUPILS
from venues.models.groups import GROUP_MAX

#: The largest amounts that a rule takes. Source: the house's choice, so that a slip of the pen is told.
COST_MAX, KM_MAX, MINUTES_MAX, DAYS_MAX = 100_000, 300, 240, 250
#: So long, in seconds, a run may look for a better plan. Source: the house's choice; a county takes less than a minute.
SECONDS_MAX = 300


def _up_to(most: int) -> list[Any]:
    return [MaxValueValidator(most)]


class Allotments(models.QuerySet["Allotment"]):
    """Named readings of allotments."""

    def light(self) -> Self:
        """Without the problem and the plan, which are large."""
        return self.select_related("season__region", "by").defer("problem", "plan")


class Allotment(models.Model):
    """Each target grade of some municipalities is to get one of some productions in a season.

    `problem` and `plan` are documents of `tours.allotment`. `fingerprint` is of the problem without what people have
    ordered: as long as it is the same, nothing has changed beneath the plan.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("not computed yet")
        QUEUED = "queued", _("waiting")
        RUNNING = "running", _("being computed")
        DONE = "done", _("computed")
        CANCELLED = "cancelled", _("stopped, best so far")
        FAILED = "failed", _("failed")
        PUBLISHED = "published", _("published")

    season = models.ForeignKey("tours.Season", models.PROTECT, related_name="allotments")
    name = models.CharField(_("name"), max_length=80)
    municipalities: "models.ManyToManyField[Any, Any]" = models.ManyToManyField(
        "venues.Municipality", related_name="allotments", verbose_name=_("municipalities")
    )
    productions: "models.ManyToManyField[Any, Any]" = models.ManyToManyField(
        "tours.Production", related_name="allotments", verbose_name=_("productions")
    )
    grades: "models.JSONField[Any, Any]" = models.JSONField(
        _("grades"), default=list, help_text="As `GRADES` has them."
    )
    answers_by = models.DateTimeField(_("schools answer by"), null=True, blank=True)

    bus_max_km = models.PositiveSmallIntegerField(
        _("by bus at most, km"), default=40, validators=_up_to(KM_MAX)
    )
    bus_max_min = models.PositiveSmallIntegerField(
        _("by bus at most, minutes"), default=45, validators=_up_to(MINUTES_MAX)
    )
    walk_max_km = models.DecimalField(
        _("on foot at most, km"), max_digits=3, decimal_places=1, default=1, validators=_up_to(10)
    )
    shows_per_day = models.PositiveSmallIntegerField(
        _("shows a day at the most"),
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(SHOWS_MAX)],
    )
    days_max = models.PositiveSmallIntegerField(
        _("playing days of a production at the most"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(DAYS_MAX)],
        help_text=_("Empty: as many as the season has."),
    )
    unknown_fits = models.BooleanField(
        _("rooms that nobody has told enough about may count"),
        default=False,
        help_text=_("What is not known is listed; ask before the visit."),
    )
    repeat_years = models.PositiveSmallIntegerField(
        _("years before pupils may get the same production again"), default=9, validators=_up_to(13)
    )
    skips_reached = models.BooleanField(
        _("leave out grades that have a visit booked this school year"), default=False
    )
    bus_seats = models.PositiveSmallIntegerField(
        _("seats of a bus"), default=50, validators=[MinValueValidator(8), MaxValueValidator(100)]
    )
    bus_base = models.PositiveIntegerField(_("a bus costs"), default=3000, validators=_up_to(COST_MAX))
    bus_per_km = models.PositiveIntegerField(_("and for each km"), default=35, validators=_up_to(COST_MAX))
    per_km = models.PositiveIntegerField(_("an ensemble's km costs"), default=15, validators=_up_to(COST_MAX))
    per_night = models.PositiveIntegerField(
        _("an ensemble's night away costs"), default=3000, validators=_up_to(COST_MAX)
    )
    day_trip_max_min = models.PositiveSmallIntegerField(
        _("so far from home an ensemble drives back the same day, minutes"),
        default=90,
        validators=_up_to(MINUTES_MAX * 2),
    )

    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    seconds = models.PositiveSmallIntegerField(
        _("time to compute, seconds"),
        default=60,
        validators=[MinValueValidator(1), MaxValueValidator(SECONDS_MAX)],
    )
    seed = models.PositiveIntegerField(default=1)
    problem: "models.JSONField[Any, Any]" = models.JSONField(default=dict, blank=True)
    plan: "models.JSONField[Any, Any]" = models.JSONField(null=True, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    ground_digest = models.CharField(
        max_length=64,
        blank=True,
        help_text="Of the rows that the problem was written from; empty: not known.",
    )
    progress: "models.JSONField[Any, Any]" = models.JSONField(
        default=dict, blank=True, help_text="Of a run: reached, reached_bound, cost, cost_bound."
    )
    error = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    changed_at = models.DateTimeField(help_text="When target, rules or orders were changed last.")
    asked_at = models.DateTimeField(null=True, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    stop_asked_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = Allotments.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["season", "name"], name="allotment_named_once"),
            models.CheckConstraint(
                condition=models.Q(shows_per_day__gte=1, shows_per_day__lte=SHOWS_MAX),
                name="allotment_shows_in_a_wish",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_working(self) -> bool:
        """Whether a worker computes it, or is to."""
        return self.state in (self.State.QUEUED, self.State.RUNNING)

    @property
    def is_finished(self) -> bool:
        """Whether it has a plan that may be changed by hand and published."""
        return self.state in (self.State.DONE, self.State.CANCELLED) and self.plan is not None

    @property
    def is_stale(self) -> bool:
        """Whether target or rules were changed since its plan was asked for."""
        return self.asked_at is not None and self.changed_at > self.asked_at


class AllotmentOrder(models.Model):
    """What a person has decided of one grade of a school: it gets that, or it does not get that.

    `before` is the plan as it was when the order was given, to undo it; empty once a new plan was computed.
    """

    class Kind(models.TextChoices):
        LOCKED = "locked", _("gets that")
        FORBIDDEN = "forbidden", _("does not get that")

    allotment = models.ForeignKey(Allotment, models.CASCADE, related_name="orders")
    school = models.ForeignKey("venues.School", models.CASCADE, related_name="+")
    grade = models.CharField(_("grade"), max_length=10)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    production = models.ForeignKey(
        "tours.Production",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("production"),
    )
    venue = models.ForeignKey(
        "venues.Venue", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("venue")
    )
    reason = models.CharField(_("why"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    replaces = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    before: "models.JSONField[Any, Any]" = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["allotment", "school", "grade"],
                condition=models.Q(kind="locked", withdrawn_at__isnull=True),
                name="one_lock_a_grade",
            ),
            models.CheckConstraint(
                condition=models.Q(production__isnull=False) | models.Q(kind="locked", venue__isnull=True),
                name="order_names_a_production",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school}, {self.grade}: {self.get_kind_display()}"


class AllottedVisit(models.Model):
    """A day of a production in a room that an allotment has given, and the wish that came of it."""

    allotment = models.ForeignKey(Allotment, models.PROTECT, related_name="visits")
    wish = models.OneToOneField("tours.Wish", models.PROTECT, related_name="allotted")
    day_number = models.PositiveSmallIntegerField(help_text="Of the production in that room, from 1.")

    class Meta:
        ordering = ["wish__production__title", "wish__venue__name", "day_number"]

    def __str__(self) -> str:
        return str(self.wish)


class AllottedGroup(models.Model):
    """A group that comes to such a day, and how it gets there; counts as they were when it was given."""

    class How(models.TextChoices):
        OWN = "own", _("at the school")
        WALK = "walk", _("on foot")
        BUS = "bus", _("by bus")

    visit = models.ForeignKey(AllottedVisit, models.CASCADE, related_name="groups")
    group = models.ForeignKey("venues.Group", models.PROTECT, related_name="allotted")
    show_number = models.PositiveSmallIntegerField(_("show"), default=1)
    how = models.CharField(_("how they get there"), max_length=5, choices=How.choices)
    pupils_count = models.PositiveSmallIntegerField(_("pupils"), validators=PUPILS)
    adults_count = models.PositiveSmallIntegerField(_("adults"), validators=_up_to(GROUP_MAX))

    class Meta:
        ordering = ["show_number", "group__grade", "group__name"]
        constraints = [models.UniqueConstraint(fields=["visit", "group"], name="allotted_group_once_a_visit")]

    def __str__(self) -> str:
        return f"{self.visit}: {self.group}"
