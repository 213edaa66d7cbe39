"""When schools have school: years and terms, days off of municipalities and schools, and who wrote them."""

from datetime import date
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from venues.models.people import User

#: A school year is told from July to June: it begins in August and ends in June.
#: Source: Skolförordningen (2011:185) chapter 3, sections 2-3.
FIRST_MONTH = 7
OF_ONE = models.Q(municipality__isnull=True) ^ models.Q(school__isnull=True)


def school_year_of(day: date) -> int:
    """The calendar year in which the school year of a day begins."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def year_label(year: int) -> str:
    """ "2026/27"."""
    return f"{year}/{(year + 1) % 100:02d}"


def bounds(year: int) -> tuple[date, date]:
    """The days that count to a school year, both included: 1 July to 30 June."""
    return date(year, FIRST_MONTH, 1), date(year + 1, FIRST_MONTH - 1, 30)


class SchoolYear(models.Model):
    """A school year of a municipality or of one school. What nobody has said of its terms is unknown.

    Where a school says something of its own terms, that stands instead of what its municipality says.
    """

    municipality = models.ForeignKey(
        "venues.Municipality", models.CASCADE, null=True, blank=True, related_name="school_years"
    )
    school = models.ForeignKey(
        "venues.School", models.CASCADE, null=True, blank=True, related_name="school_years"
    )
    year = models.PositiveSmallIntegerField(
        _("begins in"), validators=[MinValueValidator(1900), MaxValueValidator(2999)]
    )
    autumn_starts_on = models.DateField(_("first day of the autumn term"), null=True, blank=True)
    autumn_ends_on = models.DateField(_("last day of the autumn term"), null=True, blank=True)
    spring_starts_on = models.DateField(_("first day of the spring term"), null=True, blank=True)
    spring_ends_on = models.DateField(_("last day of the spring term"), null=True, blank=True)

    class Meta:
        ordering = ["year"]
        constraints = [
            models.CheckConstraint(condition=OF_ONE, name="school_year_of_one"),
            models.UniqueConstraint(fields=["municipality", "year"], name="school_year_once_in_municipality"),
            models.UniqueConstraint(fields=["school", "year"], name="school_year_once_in_school"),
        ]

    def __str__(self) -> str:
        return f"{self.municipality or self.school} {year_label(self.year)}"


class SchoolBreaks(models.QuerySet["SchoolBreak"]):
    """Named readings of days off."""

    def between(self, first: date, last: date) -> Self:
        """Those that touch the days, both included."""
        return self.filter(starts_on__lte=last, ends_on__gte=first)

    def of_year(self, year: int) -> Self:
        """Those that begin in a school year."""
        return self.filter(starts_on__range=bounds(year))


class SchoolBreak(models.Model):
    """Days without school in a municipality or in one school, first and last day included.

    A school's own come on top of its municipality's. Of kind `OPEN` they are the opposite: days on which that one
    school has school though its municipality has none.
    """

    class Kind(models.TextChoices):
        BREAK = "break", pgettext_lazy("school", "break")
        STAFF = "staff", _("teachers' day")
        OTHER = "other", _("other day without visits")
        OPEN = "open", _("school all the same")

    municipality = models.ForeignKey(
        "venues.Municipality", models.CASCADE, null=True, blank=True, related_name="school_breaks"
    )
    school = models.ForeignKey(
        "venues.School", models.CASCADE, null=True, blank=True, related_name="school_breaks"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.BREAK)
    name = models.CharField(_("name"), max_length=80)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    source = models.CharField(max_length=200, blank=True)

    objects = SchoolBreaks.as_manager()

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(condition=OF_ONE, name="break_of_one"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="break_ends_after_start"
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="open") | models.Q(school__isnull=False), name="break_open_in_school"
            ),
            models.UniqueConstraint(fields=["municipality", "name", "starts_on"], name="break_once"),
            models.UniqueConstraint(fields=["school", "name", "starts_on"], name="break_once_in_school"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.municipality or self.school}"


class SchoolYearChange(models.Model):
    """Who wrote a school year when, from what, and how much of it was new, other and gone. Rows are only added."""

    class How(models.TextChoices):
        FILE = "file", _("from a file")
        COPY = "copy", _("copied from the year before")
        HAND = "hand", _("by hand")

    school_year = models.ForeignKey(SchoolYear, models.CASCADE, related_name="changes")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    how = models.CharField(max_length=10, choices=How.choices)
    source = models.CharField(max_length=200, blank=True)
    added_count = models.PositiveSmallIntegerField(default=0)
    changed_count = models.PositiveSmallIntegerField(default=0)
    gone_count = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.school_year}: {self.get_how_display()}"
