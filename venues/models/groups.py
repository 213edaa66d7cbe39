"""The groups that go in a school, and its days by the clock. Counts only: no pupil's name is ever stored."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from venues.models.noted import Noted

#: The largest group that is one: a whole small school is entered as its groups. Source: the house's choice.
GROUP_MAX = 400


class Group(models.Model):
    """A class or group of a school in one school year: a grade, and how many they are."""

    school = models.ForeignKey("venues.School", models.CASCADE, related_name="groups")
    name = models.CharField(_("name"), max_length=40)
    grade = models.CharField(_("grade"), max_length=10)
    form = models.CharField(
        _("school form"),
        max_length=20,
        blank=True,
        help_text="Empty where the school has one form of the grade.",
    )
    school_year = models.CharField(_("school year"), max_length=9, help_text="2026/27")
    pupils_count = models.PositiveSmallIntegerField(
        _("pupils"), validators=[MinValueValidator(1), MaxValueValidator(GROUP_MAX)]
    )
    adults_count = models.PositiveSmallIntegerField(
        _("adults who come along"), default=1, validators=[MaxValueValidator(GROUP_MAX)]
    )
    languages: "models.JSONField[Any, Any]" = models.JSONField(
        _("languages"), default=list, blank=True, help_text="BCP 47 tags beside Swedish: sma, se, smj, en."
    )
    is_proposal = models.BooleanField(
        default=False, help_text="Made from last year's group, and nobody has confirmed its numbers."
    )

    class Meta:
        ordering = ["grade", "name"]
        constraints = [
            Noted(name="group_noted", kind="school", ref="school"),
            models.UniqueConstraint(fields=["school", "name", "school_year"], name="group_once_a_year"),
            models.CheckConstraint(
                condition=models.Q(pupils_count__gte=1, pupils_count__lte=GROUP_MAX), name="group_has_pupils"
            ),
            models.CheckConstraint(
                condition=models.Q(adults_count__lte=GROUP_MAX), name="group_adults_within_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school}, {self.name}"

    @property
    def heads_count(self) -> int:
        """Pupils and adults: the seats that the group takes."""
        return self.pupils_count + self.adults_count


class SchoolHours(models.Model):
    """When a school can receive on one weekday: between these times, and not while it eats."""

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")

    school = models.ForeignKey("venues.School", models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday.choices)
    starts = models.TimeField(_("from"))
    ends = models.TimeField(_("to"))
    lunch_starts = models.TimeField(_("lunch from"), null=True, blank=True)
    lunch_ends = models.TimeField(_("lunch to"), null=True, blank=True)

    class Meta:
        ordering = ["weekday"]
        verbose_name_plural = "school hours"
        constraints = [
            models.UniqueConstraint(fields=["school", "weekday"], name="school_hours_once_a_weekday"),
            models.CheckConstraint(condition=models.Q(weekday__lte=4), name="school_hours_on_a_weekday"),
            models.CheckConstraint(
                condition=models.Q(ends__gt=models.F("starts")), name="school_hours_in_order"
            ),
            models.CheckConstraint(
                condition=models.Q(lunch_starts__isnull=True, lunch_ends__isnull=True)
                | models.Q(
                    lunch_starts__gte=models.F("starts"),
                    lunch_ends__gt=models.F("lunch_starts"),
                    lunch_ends__lte=models.F("ends"),
                ),
                name="school_lunch_within_hours",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school} {self.get_weekday_display()}"
