"""KulturCrews: pupils who host performances. Counts, roles and nicknames only: no pupil's name is ever stored."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from venues.models.noted import Noted
from venues.models.school_years import school_year_of

#: So many pupils and mentors a crew has in the field; other sizes are told, not refused.
#: Source: regionjh.se and musikisyd.se on KulturCrew (5 to 10 pupils, 1 or 2 adult mentors).
USUAL_PUPILS, USUAL_MENTORS = (5, 10), (1, 2)
#: Beyond these a size is a slip of the pen. Source: the house's choice (a whole class, and one mentor for five).
PUPILS_LIMITS, MENTORS_LIMITS = (2, 32), (1, 8)
#: The ages of those in crews. Source: the same (10 to 16, in some places to 18).
AGE_LIMITS = (10, 18)
#: The longest nickname. Source: the house's choice; long enough for a first name.
NICKNAME_MAX = 20


class CrewRole(models.TextChoices):
    """What somebody in a crew does. Source: the presenter's roles of the visit checklist (data/checklists.json)."""

    AUDIENCE_HOST = "audience_host", _("audience host")
    ARTIST_HOST = "artist_host", _("artist host")
    PRESENTER = "presenter", _("presenter on stage")
    STAGE = "technique", _("stage and technique")
    INFORMATION = "press", _("information and press")
    EVALUATION = "evaluation", _("photo and evaluation")


class Topic(models.TextChoices):
    """What a training day is about. Source: regionjh.se, musikisyd.se and riksteatern.se on KulturCrew."""

    HOSTING = "hosting", _("receiving the audience")
    ARTISTS = "artists", _("receiving the artists")
    PRESENTING = "presenting", _("presenting from the stage")
    ROOM = "room", _("preparing the room")
    MARKETING = "marketing", _("posters and information")
    TECHNIQUE = "technique", _("sound and light")
    CHOOSING = "choosing", _("choosing performances")
    EVALUATING = "evaluating", _("evaluating a visit")


class Crews(models.QuerySet["Crew"]):
    """Named readings of crews."""

    def active(self) -> Self:
        """Those that host now."""
        return self.filter(is_active=True)


class Crew(models.Model):
    """A crew of a school or another presenter, such as a youth centre: how many they are, never who."""

    organisation = models.ForeignKey("venues.Organisation", models.CASCADE, related_name="crews")
    name = models.CharField(_("the crew's name"), max_length=60)
    pupils_count = models.PositiveSmallIntegerField(
        _("pupils"), validators=[MinValueValidator(PUPILS_LIMITS[0]), MaxValueValidator(PUPILS_LIMITS[1])]
    )
    mentors_count = models.PositiveSmallIntegerField(
        _("mentors"),
        validators=[MinValueValidator(MENTORS_LIMITS[0]), MaxValueValidator(MENTORS_LIMITS[1])],
    )
    age_from = models.PositiveSmallIntegerField(_("youngest, years"))
    age_to = models.PositiveSmallIntegerField(_("oldest, years"))
    languages: "models.JSONField[Any, Any]" = models.JSONField(
        _("languages"), default=list, blank=True, help_text="Tags of LANGUAGE_TAGS in tours."
    )
    skills: "models.JSONField[Any, Any]" = models.JSONField(
        _("can do"), default=list, blank=True, help_text="Values of CrewRole."
    )
    is_active = models.BooleanField(_("hosts now"), default=True)
    version = models.PositiveIntegerField(default=1)

    objects = Crews.as_manager()

    class Meta:
        ordering = ["organisation__name", "name"]
        constraints = [
            Noted(name="crew_noted", kind="organisation", ref="organisation"),
            models.UniqueConstraint(fields=["organisation", "name"], name="crew_once_a_house"),
            models.CheckConstraint(
                condition=Q(pupils_count__range=PUPILS_LIMITS) & Q(mentors_count__range=MENTORS_LIMITS),
                name="crew_size_can_be",
            ),
            models.CheckConstraint(
                condition=Q(age_from__gte=AGE_LIMITS[0])
                & Q(age_to__lte=AGE_LIMITS[1])
                & Q(age_to__gte=F("age_from")),
                name="crew_ages_can_be",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CrewMembers(models.QuerySet["CrewMember"]):
    """Named readings of places in a crew."""

    def of_year(self, day: date) -> Self:
        """Those of the school year of the day."""
        return self.filter(school_year=school_year_of(day))

    def over(self, day: date) -> Self:
        """Those whose school year has ended before the day: they are forgotten."""
        return self.filter(school_year__lt=school_year_of(day))


class CrewMember(models.Model):
    """Who does what in a school year: a role, and a nickname if one likes. Forgotten when the year has ended."""

    crew = models.ForeignKey(Crew, models.CASCADE, related_name="members")
    role = models.CharField(_("role"), max_length=15, choices=CrewRole.choices)
    nickname = models.CharField(_("nickname"), max_length=NICKNAME_MAX, blank=True)
    is_mentor = models.BooleanField(_("mentor"), default=False)
    school_year = models.PositiveSmallIntegerField(help_text="The year in which it begins.")

    objects = CrewMembers.as_manager()

    class Meta:
        ordering = ["is_mentor", "role", "nickname", "id"]

    def __str__(self) -> str:
        return f"{self.crew}: {self.get_role_display()}"


class CrewTraining(models.Model):
    """A training day that a crew has had, and how many of it were there."""

    crew = models.ForeignKey(Crew, models.CASCADE, related_name="trainings")
    held_on = models.DateField(_("day"))
    hours = models.DecimalField(
        _("hours"),
        max_digits=3,
        decimal_places=1,
        validators=[MinValueValidator(Decimal("0.5")), MaxValueValidator(Decimal(24))],
    )
    topics: "models.JSONField[Any, Any]" = models.JSONField(
        _("about"), default=list, help_text="Values of Topic."
    )
    attended_count = models.PositiveSmallIntegerField(_("pupils who were there"))

    class Meta:
        ordering = ["-held_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(hours__gt=0, hours__lte=24), name="crew_training_within_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.crew} {self.held_on}"


class CrewItem(models.Model):
    """What a crew has of something, and how many of these are lent out now."""

    class Kind(models.TextChoices):
        SHIRT = "shirt", _("T-shirts")
        FOLDER = "folder", _("checklist folders")

    class Size(models.TextChoices):
        NONE = "", _("no size")
        XS = "xs", "XS"
        S = "s", "S"
        M = "m", "M"
        L = "l", "L"
        XL = "xl", "XL"

    crew = models.ForeignKey(Crew, models.CASCADE, related_name="items")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    size = models.CharField(max_length=2, choices=Size.choices, blank=True)
    total_count = models.PositiveSmallIntegerField(_("in all"))
    lent_count = models.PositiveSmallIntegerField(_("of which lent"), default=0)

    class Meta:
        ordering = ["kind", "id"]
        constraints = [
            models.UniqueConstraint(fields=["crew", "kind", "size"], name="crew_item_once"),
            models.CheckConstraint(
                condition=Q(lent_count__lte=F("total_count")), name="crew_item_lent_of_all"
            ),
            models.CheckConstraint(
                condition=Q(kind="shirt") & ~Q(size="") | Q(kind="folder", size=""),
                name="crew_item_shirts_have_sizes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.crew}: {self.get_kind_display()} {self.get_size_display()}"


class CrewLinks(models.QuerySet["CrewLink"]):
    """Named readings of class links."""

    def working(self, now: datetime) -> Self:
        """Those that open a page at that moment."""
        return self.filter(revoked_at=None, expires_at__gt=now)


class CrewLink(models.Model):
    """A class link: who has it sees and ticks the crew's tasks. Only the token's digest is stored."""

    crew = models.ForeignKey(Crew, models.CASCADE, related_name="links")
    token_digest = models.CharField(max_length=64, unique=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(help_text="The end of the school year in which it was made.")
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    objects = CrewLinks.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"{self.crew} ({self.expires_at:%Y-%m-%d})"

    @property
    def last_day(self) -> date:
        """The last day on which it works, in the server's local time."""
        return timezone.localdate(self.expires_at - timedelta(seconds=1))


class NetworkMeetings(models.QuerySet["NetworkMeeting"]):
    """Named readings of network meetings."""

    def from_day(self, day: date) -> Self:
        """Those on the day and after, the next first."""
        return self.filter(held_on__gte=day).order_by("held_on", "pk")


class NetworkMeeting(models.Model):
    """A day on which the crews of a region meet."""

    region = models.ForeignKey("venues.Region", models.CASCADE, related_name="network_meetings")
    title = models.CharField(_("title"), max_length=80)
    held_on = models.DateField(_("day"))
    starts_at = models.TimeField(_("from"))
    ends_at = models.TimeField(_("to"))
    venue = models.CharField(_("where"), max_length=160)
    programme = models.TextField(_("programme"), blank=True, max_length=2000)
    is_cancelled = models.BooleanField(_("cancelled"), default=False)
    version = models.PositiveIntegerField(default=1)

    objects = NetworkMeetings.as_manager()

    class Meta:
        ordering = ["-held_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="meeting_ends_after_start")
        ]

    def __str__(self) -> str:
        return self.title


class MeetingSignup(models.Model):
    """A crew that comes to a network meeting, and how many of it."""

    meeting = models.ForeignKey(NetworkMeeting, models.CASCADE, related_name="signups")
    crew = models.ForeignKey(Crew, models.CASCADE, related_name="signups")
    pupils_count = models.PositiveSmallIntegerField(_("pupils"))
    mentors_count = models.PositiveSmallIntegerField(_("mentors"))

    class Meta:
        ordering = ["crew__organisation__name", "crew__name"]
        constraints = [models.UniqueConstraint(fields=["meeting", "crew"], name="crew_signs_up_once")]

    def __str__(self) -> str:
        return f"{self.meeting}: {self.crew}"


class CrewTaskTemplates(models.QuerySet["CrewTaskTemplate"]):
    """Named readings of task templates."""

    def valid_on(self, day: date) -> Self:
        """Those that hold on the day, the newest first."""
        ends = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
        return self.filter(ends, valid_from__lte=day).order_by("-valid_from")


class CrewTaskTemplate(models.Model):
    """What a crew does around a visit. `tasks` are data, described in docs/crews.md."""

    region = models.ForeignKey("venues.Region", models.CASCADE, related_name="crew_task_templates")
    label = models.CharField(_("name"), max_length=160)
    tasks: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=600)

    objects = CrewTaskTemplates.as_manager()

    class Meta:
        ordering = ["region", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["region", "valid_from"], name="crew_task_template_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="crew_task_template_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.region})"
