"""Open calls: what is given to whom, where, when, and by which criteria one is chosen."""

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

#: The most that a call gives places to, and weeks that it pays. Source: the house's choice, far beyond what is known.
CHOSEN_MAX, WEEKS_MAX = 200, 52
WEIGHT_MAX = 100


class Calls(models.QuerySet["Call"]):
    """Named readings of calls."""

    def public(self) -> Self:
        """Those that everybody may read."""
        return self.filter(published_at__isnull=False)

    def open_at(self, now: datetime) -> Self:
        """Those that take applications at that moment; the closing moment itself is too late."""
        return self.public().filter(withdrawn_at=None, opens_at__lte=now, closes_at__gt=now)

    def answered(self, now: datetime) -> Self:
        """Those whose applicants have been told what was decided; see `Meeting.is_answered`."""
        return self.filter(meeting__answers_at__lte=now)

    def with_ground(self) -> Self:
        """With all that its page shows, in five statements."""
        found = self.select_related("owner", "region")
        return found.prefetch_related(
            "periods", "criteria", "changes", "places__host", "places__municipality"
        )


class Call(models.Model):
    """A call of a region or a host: a residency, or a grant. What has no English is shown in Swedish.

    It is a draft until `published_at`; whoever applies may rely on what stood then (`programmes.calls`).
    """

    region = models.ForeignKey("venues.Region", models.PROTECT, related_name="calls")
    owner = models.ForeignKey(
        "venues.Organisation", models.PROTECT, related_name="calls", verbose_name=_("who publishes it")
    )
    kind = models.CharField(_("kind"), max_length=30)
    slug = models.SlugField(max_length=120, unique=True)
    title = models.CharField(_("title"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=120, blank=True)
    purpose = models.TextField(_("purpose"))
    purpose_en = models.TextField(_("purpose in English"), blank=True)
    who_may_apply = models.TextField(_("who may apply"))
    who_may_apply_en = models.TextField(_("who may apply, in English"), blank=True)
    art_forms: "models.JSONField[Any, Any]" = models.JSONField(
        _("art forms"), default=list, help_text="Of tours.Production.ArtForm; none: all of them."
    )
    stipend = models.DecimalField(
        _("stipend"),
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    currency = models.CharField(max_length=3, default="SEK")
    paid_weeks = models.PositiveSmallIntegerField(
        _("paid weeks"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(WEEKS_MAX)],
    )
    gives_housing = models.BooleanField(_("housing"), default=False)
    gives_room = models.BooleanField(_("a room to work in"), default=False)
    gives_travel = models.BooleanField(_("travel"), default=False)
    given_more = models.TextField(_("what else is given"), blank=True)
    given_more_en = models.TextField(_("what else is given, in English"), blank=True)
    chosen_count = models.PositiveSmallIntegerField(
        _("how many are chosen"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(CHOSEN_MAX)],
    )
    is_blind = models.BooleanField(
        _("assessed without names"), default=False, help_text=_("Names and what tells them are hidden.")
    )
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    answers_on = models.DateField(_("answer at the latest"))
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.CharField(_("why it was withdrawn"), max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = Calls.as_manager()

    class Meta:
        ordering = ["-closes_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="call_closes_after_opening"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(published_at__isnull=False),
                name="call_withdrawn_once_public",
            ),
            models.CheckConstraint(
                condition=Q(chosen_count__gte=1, chosen_count__lte=CHOSEN_MAX), name="call_chooses_some"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_public(self) -> bool:
        """Whether everybody may read it."""
        return self.published_at is not None

    def is_open(self, now: datetime) -> bool:
        """Whether it takes applications; the closing moment itself is too late."""
        return self.is_public and self.withdrawn_at is None and self.opens_at <= now < self.closes_at


class CallPeriod(models.Model):
    """A time in which one may stay, both days included. A stay may be split over several of them."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="periods")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))

    class Meta:
        ordering = ["starts_on", "ends_on"]
        constraints = [
            models.UniqueConstraint(fields=["call", "starts_on", "ends_on"], name="call_period_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="call_period_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.ends_on}"


class CallPlace(models.Model):
    """Where one may stay: at a host, or anywhere in a municipality."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="places")
    municipality = models.ForeignKey("venues.Municipality", models.PROTECT, related_name="+")
    host = models.ForeignKey("venues.Organisation", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["municipality__name", "host__name"]
        constraints = [
            models.UniqueConstraint(fields=["call", "municipality", "host"], name="call_place_once"),
            models.UniqueConstraint(
                fields=["call", "municipality"], condition=Q(host=None), name="call_municipality_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.host or self.municipality)


class Criterion(models.Model):
    """What applications are weighed by. The weights of a published call are 100 together."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="criteria")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(_("criterion"), max_length=120)
    title_en = models.CharField(_("criterion in English"), max_length=120, blank=True)
    weight = models.PositiveSmallIntegerField(
        _("weight, per cent"), validators=[MinValueValidator(1), MaxValueValidator(WEIGHT_MAX)]
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="criterion_numbered_once"),
            models.CheckConstraint(
                condition=Q(weight__gte=1, weight__lte=WEIGHT_MAX), name="criterion_has_weight"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.weight} %"


class CallChange(models.Model):
    """Append-only: what was done with a call, when and by whom. Its page shows what changed once it was public."""

    class Action(models.TextChoices):
        MADE = "made", _("made")
        CHANGED = "changed", _("changed")
        PUBLISHED = "published", _("published")
        EXTENDED = "extended", _("open for longer")
        WITHDRAWN = "withdrawn", _("withdrawn")

    call = models.ForeignKey(Call, models.CASCADE, related_name="changes")
    action = models.CharField(max_length=10, choices=Action.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    details: "models.JSONField[Any, Any]" = models.JSONField(
        default=dict, help_text="Field -> [before, after], as text."
    )

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.call}: {self.get_action_display()}"
