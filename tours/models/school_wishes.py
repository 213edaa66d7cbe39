"""How schools come to what they see: by a menu or by allotment, which groups, and what each grade has answered."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from venues.models.groups import GROUP_MAX

PUPILS = [MinValueValidator(1), MaxValueValidator(GROUP_MAX)]


class Need(models.TextChoices):
    """What some in a group need so that they can take part. Only how many is kept, and not after the visit."""

    WHEELCHAIR = "wheelchair", _("place for a wheelchair")
    STEP_FREE = "step_free", _("way without steps")
    HEARING_LOOP = "hearing_loop", _("hearing loop")
    SIGN_LANGUAGE = "sign_language", _("sign language interpreting")
    AUDIO_DESCRIPTION = "audio_description", _("audio description")
    RELAXED = "relaxed", _("relaxed performance")
    QUIET_ROOM = "quiet_room", _("a quiet room nearby")
    NO_FRAGRANCE = "no_fragrance", _("no smoke or fragrance")


class SeasonWay(models.Model):
    """By which way the schools of a municipality come to their visits in a season. Without a row by the menu."""

    class Way(models.TextChoices):
        MENU = "menu", _("schools wish from the menu")
        ALLOTMENT = "allotment", _("each grade is given a performance")
        BOTH = "both", _("each grade is given one, and schools wish more")

    season = models.ForeignKey("tours.Season", models.CASCADE, related_name="ways")
    municipality = models.ForeignKey("venues.Municipality", models.CASCADE, related_name="ways")
    way = models.CharField(_("way"), max_length=10, choices=Way.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["municipality__name"]
        constraints = [
            models.UniqueConstraint(fields=["season", "municipality"], name="one_way_a_municipality")
        ]

    def __str__(self) -> str:
        return f"{self.season}, {self.municipality}: {self.get_way_display()}"


class GradeAnswer(models.Model):
    """What a school has said for one of its grades before productions are allotted.

    `weeks` are ISO weeks as "2027-W09" in which they can; none: any. `needs`: {Need: how many}.
    """

    season = models.ForeignKey("tours.Season", models.CASCADE, related_name="grade_answers")
    school = models.ForeignKey("venues.School", models.CASCADE, related_name="grade_answers")
    grade = models.CharField(_("grade"), max_length=10)
    weeks: "models.JSONField[Any, Any]" = models.JSONField(_("weeks"), default=list, blank=True)
    needs: "models.JSONField[Any, Any]" = models.JSONField(_("needs"), default=dict, blank=True)
    can_travel = models.BooleanField(_("can go by bus"), default=True)
    message = models.CharField(
        _("message to the planner"), max_length=500, blank=True, help_text=_("Nobody's name.")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["school", "grade"]
        constraints = [
            models.UniqueConstraint(fields=["season", "school", "grade"], name="one_answer_a_grade")
        ]

    def __str__(self) -> str:
        return f"{self.school}, {self.grade}"


class WishGroup(models.Model):
    """A group that a school wishes for, of its own or of one that would come to it; counts as they are then."""

    wish = models.ForeignKey("tours.Wish", models.CASCADE, related_name="groups")
    group = models.ForeignKey("venues.Group", models.PROTECT, related_name="wishes")
    show_number = models.PositiveSmallIntegerField(
        _("show"), default=1, validators=[MinValueValidator(1), MaxValueValidator(6)]
    )
    pupils_count = models.PositiveSmallIntegerField(_("pupils"), validators=PUPILS)
    adults_count = models.PositiveSmallIntegerField(_("adults"), default=1)
    needs: "models.JSONField[Any, Any]" = models.JSONField(_("needs"), default=dict, blank=True)

    class Meta:
        ordering = ["show_number", "group__grade", "group__name"]
        constraints = [
            models.UniqueConstraint(fields=["wish", "group"], name="wish_group_once"),
            models.CheckConstraint(
                condition=models.Q(pupils_count__gte=1, pupils_count__lte=GROUP_MAX),
                name="wish_group_has_pupils",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wish}: {self.group}"
