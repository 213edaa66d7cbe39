"""What young people think of a season's menu: the votes of the crews, and the panels that see it as a draft."""

from datetime import date, datetime, timedelta
from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

#: A crew and a panel name at most so many productions. Source: the house's choice; as many as one can weigh at a table.
PLACES = 5
#: How many points a place gives: the first five, the fifth one. Source: the house's choice (a Borda count of five).
POINTS = {place: PLACES + 1 - place for place in range(1, PLACES + 1)}
#: The longest comment of a panel. Source: the house's choice.
COMMENT_MAX = 500
#: So few and so many are in a panel. Source: the house's choice: with fewer, an opinion is somebody's.
PANEL_LIMITS = (3, 60)


class CrewBallot(models.Model):
    """That a crew has voted on a season's menu, by so many raised hands. One ballot a crew, large or small."""

    crew = models.ForeignKey("venues.Crew", models.CASCADE, related_name="ballots")
    season = models.ForeignKey("tours.Season", models.CASCADE, related_name="crew_ballots")
    hands_count = models.PositiveSmallIntegerField(_("so many took part"), validators=[MinValueValidator(1)])
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["crew__organisation__name", "crew__name"]
        constraints = [
            models.UniqueConstraint(fields=["crew", "season"], name="crew_votes_once_a_season"),
            models.CheckConstraint(condition=Q(hands_count__gte=1), name="ballot_has_hands"),
        ]

    def __str__(self) -> str:
        return f"{self.crew}: {self.season}"


class CrewVote(models.Model):
    """The place that a crew gives a production; 1 is the best."""

    ballot = models.ForeignKey(CrewBallot, models.CASCADE, related_name="votes")
    production = models.ForeignKey("tours.Production", models.CASCADE, related_name="crew_votes")
    place = models.PositiveSmallIntegerField(
        _("place"), validators=[MinValueValidator(1), MaxValueValidator(PLACES)]
    )

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "production"], name="vote_once_a_production"),
            models.UniqueConstraint(fields=["ballot", "place"], name="vote_places_differ"),
            models.CheckConstraint(condition=Q(place__gte=1, place__lte=PLACES), name="vote_place_can_be"),
        ]

    def __str__(self) -> str:
        return f"{self.place}. {self.production}"


class Panel(models.Model):
    """A young reference group: it sees a season's menu before it opens, ranks it and comments on it."""

    region = models.ForeignKey("venues.Region", models.CASCADE, related_name="panels")
    name = models.CharField(_("name"), max_length=80)
    members_count = models.PositiveSmallIntegerField(
        _("members"), validators=[MinValueValidator(PANEL_LIMITS[0]), MaxValueValidator(PANEL_LIMITS[1])]
    )
    is_active = models.BooleanField(_("in use"), default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["region", "name"], name="panel_once_a_region"),
            models.CheckConstraint(condition=Q(members_count__range=PANEL_LIMITS), name="panel_size_can_be"),
        ]

    def __str__(self) -> str:
        return self.name


class PanelLinks(models.QuerySet["PanelLink"]):
    """Named readings of panels' links."""

    def working(self, now: datetime) -> Self:
        """Those that open a page at that moment."""
        return self.filter(revoked_at=None, expires_at__gt=now, panel__is_active=True)


class PanelLink(models.Model):
    """The link by which a panel sees a draft menu and tells its opinion. Only the token's digest is stored."""

    panel = models.ForeignKey(Panel, models.CASCADE, related_name="links")
    token_digest = models.CharField(max_length=64, unique=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(help_text="The end of the school year in which it was made.")
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    objects = PanelLinks.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"{self.panel} ({self.expires_at:%Y-%m-%d})"

    @property
    def last_day(self) -> date:
        """The last day on which it works, in the server's local time."""
        return timezone.localdate(self.expires_at - timedelta(seconds=1))


class PanelOpinion(models.Model):
    """What a panel says of one production of a season: its place among the best, a comment, or both."""

    panel = models.ForeignKey(Panel, models.CASCADE, related_name="opinions")
    season = models.ForeignKey("tours.Season", models.CASCADE, related_name="panel_opinions")
    production = models.ForeignKey("tours.Production", models.CASCADE, related_name="panel_opinions")
    place = models.PositiveSmallIntegerField(
        _("place"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(PLACES)]
    )
    comment = models.CharField(_("comment"), max_length=COMMENT_MAX, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = [models.F("place").asc(nulls_last=True), "production__title"]
        constraints = [
            models.UniqueConstraint(
                fields=["panel", "season", "production"], name="opinion_once_a_production"
            ),
            models.UniqueConstraint(
                fields=["panel", "season", "place"],
                condition=Q(place__isnull=False),
                name="opinion_places_differ",
            ),
            models.CheckConstraint(
                condition=Q(place__isnull=True) | Q(place__gte=1, place__lte=PLACES),
                name="opinion_place_can_be",
            ),
            models.CheckConstraint(
                condition=Q(place__isnull=False) | ~Q(comment=""), name="opinion_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.panel}: {self.production}"
