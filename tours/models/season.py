"""The season's menu and what presenters and schools wish from it."""

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from tours.models.production import SESSIONS_MAX
from venues.models import HOSTS, Membership, User
from venues.models.noted import Noted


class Seasons(models.QuerySet["Season"]):
    """Named readings of seasons."""

    def open_at(self, now: datetime) -> Self:
        """Those that take wishes at that moment."""
        return self.filter(opens_at__lte=now, closes_at__gt=now)

    def before(self, season: "Season") -> Self:
        """Those of the same region that were played before it, the latest first."""
        return self.filter(region=season.region_id, starts_on__lt=season.starts_on).order_by("-starts_on")

    def served(self) -> Self:
        """Those of regions that plan here, newest first."""
        return self.filter(region__is_served=True).order_by("-starts_on")


#: The lowest rank that a wish may have. Source: the house's choice.
RANK_MAX = 20
#: The longest that a hold may last by default. Source: A tour's holds are given 30 to 60 days in the trade; a season
#: is planned half a year ahead at the most.
HOLD_DAYS_MAX = 180


class Season(models.Model):
    """A menu of productions with the time in which it takes wishes and the days on which it is played."""

    region = models.ForeignKey("venues.Region", models.PROTECT, related_name="seasons")
    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(unique=True)
    opens_at = models.DateTimeField(_("opens for wishes"))
    closes_at = models.DateTimeField(_("closes for wishes"))
    starts_on = models.DateField(_("first day to play"))
    ends_on = models.DateField(_("last day to play"))
    wishes_max = models.PositiveSmallIntegerField(_("wishes per presenter at the most"), default=8)
    hold_days = models.PositiveSmallIntegerField(
        _("days that a hold lasts"),
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(HOLD_DAYS_MAX)],
        help_text=_("A hold's date can be changed one by one."),
    )
    hold_reminder_days = models.PositiveSmallIntegerField(
        _("days before its end that a hold is reminded of"),
        default=3,
        validators=[MaxValueValidator(HOLD_DAYS_MAX)],
        help_text=_("The producer gets one mail; with 0 none."),
    )
    answer_reminder_days = models.PositiveSmallIntegerField(
        _("days before the answer date that an offer is reminded of"),
        default=3,
        validators=[MaxValueValidator(180)],
        help_text=_("The presenter gets one mail; with 0 none."),
    )
    challenge_hours = models.PositiveSmallIntegerField(
        _("hours to answer a challenge"),
        default=48,
        validators=[MinValueValidator(24), MaxValueValidator(48)],
        help_text=_(
            "So long a first option has to be offered, confirmed or released when the next asks for it."
        ),
    )
    late_cancel_days = models.PositiveSmallIntegerField(
        _("days before a visit from which a cancellation is late"),
        default=30,
        validators=[MaxValueValidator(365)],
        help_text=_("With 0 none is. What a late one costs is for your agreement to say."),
    )
    productions: "models.ManyToManyField[Any, Any]" = models.ManyToManyField(
        "tours.Production", related_name="seasons", blank=True
    )

    objects = Seasons.as_manager()

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            Noted(name="season_noted", kind="season"),
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")), name="season_closes_after_opening"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="season_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_open(self, now: datetime) -> bool:
        """Whether it takes wishes at that moment."""
        return self.opens_at <= now < self.closes_at


class Wishes(models.QuerySet["Wish"]):
    """Named readings of wishes."""

    def of(self, user: User) -> Self:
        """Those of organisations for which the user is presenter or school contact."""
        mine = user.memberships.filter(role__in=HOSTS)
        return self.filter(organisation__in=mine.values("organisation"))

    def standing(self) -> Self:
        """Those that have not been withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def ranked(self) -> Self:
        """Those that their organisation ranks itself: not what it was given by an allotment."""
        return self.filter(is_allotted=False)

    def with_ground(self) -> Self:
        """With everything that a list or a plan shows, read in few queries."""
        return self.select_related(
            "organisation__municipality",
            "organisation__school",
            "venue__place__municipality",
            "production__ensemble",
            "season",
        ).prefetch_related("spans", "groups__group__school__organisation")


class Wish(models.Model):
    """A presenter's or school's ranked request for a production in its own venue."""

    class Audience(models.TextChoices):
        PUBLIC = "public", _("public")
        FAMILY = "family", _("families")
        SCHOOL = "school", _("school, not public")

    season = models.ForeignKey(Season, models.PROTECT, related_name="wishes")
    production = models.ForeignKey("tours.Production", models.PROTECT, related_name="wishes")
    organisation = models.ForeignKey("venues.Organisation", models.PROTECT, related_name="wishes")
    venue = models.ForeignKey("venues.Venue", models.PROTECT, related_name="wishes")
    rank = models.PositiveSmallIntegerField(
        _("rank"), validators=[MinValueValidator(1), MaxValueValidator(RANK_MAX)]
    )
    is_reserve = models.BooleanField(_("reserve"), default=False)
    shows_count = models.PositiveSmallIntegerField(
        _("shows"), default=1, validators=[MinValueValidator(1), MaxValueValidator(SESSIONS_MAX)]
    )
    audience = models.CharField(
        _("audience"), max_length=10, choices=Audience.choices, default=Audience.PUBLIC
    )
    audience_expected = models.PositiveSmallIntegerField(
        _("expected audience a show"), validators=[MinValueValidator(1)]
    )
    message = models.TextField(_("message to the producer"), blank=True, max_length=1000)
    is_allotted = models.BooleanField(
        default=False, help_text="Given by an allotment: outside the list that its organisation ranks."
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = Wishes.as_manager()

    class Meta:
        ordering = ["organisation__name", "is_reserve", "rank"]
        verbose_name_plural = "wishes"
        constraints = [
            models.UniqueConstraint(
                fields=["season", "organisation", "production"],
                condition=models.Q(withdrawn_at__isnull=True, is_allotted=False),
                name="wish_once_a_production",
            ),
            models.UniqueConstraint(
                fields=["season", "organisation", "rank", "is_reserve"],
                condition=models.Q(withdrawn_at__isnull=True, is_allotted=False),
                name="wish_ranks_differ",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.production}"


class WishSpan(models.Model):
    """Days, both included, and the time of day in which the first show of a wish may start."""

    wish = models.ForeignKey(Wish, models.CASCADE, related_name="spans")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    earliest = models.TimeField(_("earliest start"))
    latest = models.TimeField(_("latest start"))

    class Meta:
        ordering = ["starts_on", "earliest"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="span_days_in_order"
            ),
            models.CheckConstraint(
                condition=models.Q(latest__gte=models.F("earliest")), name="span_times_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on}–{self.ends_on}"


class WishChangeRequests(models.QuerySet["WishChangeRequest"]):
    """Named readings of questions about wishes."""

    def to(self, user: User) -> Self:
        """Those about wishes for productions of the user's own organisations, for their producer to answer."""
        mine = user.memberships.filter(role=Membership.Role.PRODUCER)
        return self.filter(wish__production__ensemble__producer__in=mine.values("organisation"))

    def waiting(self) -> Self:
        """Those that nobody has answered."""
        return self.filter(status=WishChangeRequest.Status.ASKED)


class WishChangeRequest(models.Model):
    """After the season has closed, a change of a wish is a question to the producer."""

    class Status(models.TextChoices):
        ASKED = "asked", _("asked")
        GRANTED = "granted", _("granted")
        REFUSED = "refused", _("refused")

    wish = models.ForeignKey(Wish, models.CASCADE, related_name="change_requests")
    message = models.TextField(_("what should change"), max_length=1000)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ASKED)
    answer = models.TextField(_("answer"), blank=True, max_length=1000)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = WishChangeRequests.as_manager()

    class Meta:
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return f"{self.wish}: {self.get_status_display()}"
