"""Schools, their forms and owners, and what became of them."""

from datetime import date
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from venues.codes import check_org_number, check_unit_code
from venues.grades import in_order, label_of
from venues.models.noted import Noted
from venues.models.people import User
from venues.models.places import LATITUDE, LONGITUDE
from venues.school_forms import SchoolForm


class SchoolOwner(models.Model):
    """The owner profile of an organisation: who runs schools (huvudman), a municipality or somebody independent."""

    class Kind(models.TextChoices):
        MUNICIPAL = "municipal", _("municipal")
        INDEPENDENT = "independent", _("independent")
        STATE = "state", pgettext_lazy("owner", "state")
        REGION = "region", pgettext_lazy("owner", "regional")

    organisation = models.OneToOneField("venues.Organisation", models.CASCADE, related_name="school_owner")
    kind = models.CharField(_("kind of owner"), max_length=12, choices=Kind.choices)
    org_number = models.CharField(
        _("organisation number"),
        max_length=10,
        unique=True,
        null=True,
        blank=True,
        validators=[check_org_number],
    )

    class Meta:
        ordering = ["organisation__name"]

    def __str__(self) -> str:
        return self.organisation.name


class Schools(models.QuerySet["School"]):
    """Named readings of schools."""

    def standing(self, on: date) -> Self:
        """Those that have not ceased by that day."""
        return self.exclude(pk__in=School.objects.ceased(on).values("pk"))

    def ceased(self, on: date) -> Self:
        """Those that are no more on that day."""
        return self.filter(models.Q(status=School.Status.CEASED) | models.Q(ceased_on__lte=on))

    def with_forms(self) -> Self:
        """With forms, owner and organisation read along, so that `grades` asks nothing more."""
        read = self.select_related("organisation__municipality", "owner__organisation", "place__municipality")
        return read.prefetch_related("forms")

    def unconfirmed_for(self, year: int) -> Self:
        """Those that nobody has confirmed for the school year that begins then, or a later one."""
        return self.filter(models.Q(confirmed_for__isnull=True) | models.Q(confirmed_for__lt=year))


class School(models.Model):
    """The school profile of an organisation: a unit with a code, or a preschool or family day care without one.

    Known again by its code; without one by its own id in its municipality, else by its name there.
    `ceased_on` is the first day on which it is no more, or will be.
    """

    class Status(models.TextChoices):
        ACTIVE = "active", _("active")
        PLANNED = "planned", _("planned")
        DORMANT = "dormant", _("dormant")
        CEASED = "ceased", _("ceased")

    organisation = models.OneToOneField("venues.Organisation", models.CASCADE, related_name="school")
    owner = models.ForeignKey(
        SchoolOwner, models.PROTECT, null=True, blank=True, related_name="schools", verbose_name=_("owner")
    )
    unit_code = models.CharField(
        _("school-unit code"),
        max_length=8,
        unique=True,
        null=True,
        blank=True,
        validators=[check_unit_code],
    )
    own_id = models.CharField(
        _("own id"),
        max_length=60,
        unique=True,
        null=True,
        blank=True,
        help_text=_("Of a unit without code: the municipality's code and its own id there."),
    )
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.ACTIVE)
    opened_on = models.DateField(_("opened on"), null=True, blank=True)
    ceased_on = models.DateField(_("ceased on"), null=True, blank=True)
    place = models.ForeignKey("venues.Place", models.PROTECT, related_name="schools")
    address = models.CharField(_("address"), max_length=200, blank=True)
    lat = models.FloatField(null=True, blank=True, validators=LATITUDE)
    lon = models.FloatField(null=True, blank=True, validators=LONGITUDE)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    confirmed_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    confirmed_for = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="The calendar year in which the confirmed school year begins."
    )
    confirm_asked_at = models.DateTimeField(
        null=True, blank=True, help_text="When the school was last asked by mail to confirm."
    )

    objects = Schools.as_manager()

    class Meta:
        ordering = ["organisation__name"]
        constraints = [
            Noted(name="school_noted", kind="organisation", ref="organisation"),
            models.CheckConstraint(
                condition=models.Q(ceased_on__isnull=True)
                | models.Q(opened_on__isnull=True)
                | models.Q(ceased_on__gte=models.F("opened_on")),
                name="school_ceases_after_opening",
            ),
            models.CheckConstraint(
                condition=models.Q(lat__isnull=True, lon__isnull=True)
                | models.Q(
                    lat__isnull=False, lon__isnull=False, lat__range=(-90, 90), lon__range=(-180, 180)
                ),
                name="school_on_earth_or_unknown",
            ),
        ]

    def __str__(self) -> str:
        return self.organisation.name

    @property
    def grades(self) -> list[str]:
        """The grades of all its forms, in the order of `venues.grades.GRADES`; none where nobody has said."""
        return in_order(grade for form in self.forms.all() for grade in form.grades)

    def has_ceased(self, on: date) -> bool:
        """Whether it is no more on that day."""
        return self.status == self.Status.CEASED or (self.ceased_on is not None and self.ceased_on <= on)


class OfferedForm(models.Model):
    """A form of school that a school has, with its grades; none where the form has none or nobody has said."""

    school = models.ForeignKey(School, models.CASCADE, related_name="forms")
    form = models.CharField(_("school form"), max_length=20, choices=SchoolForm.choices)
    grades = models.JSONField(_("grades"), default=list, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["school", "form"], name="form_once_in_school"),
        ]

    def __str__(self) -> str:
        return f"{self.get_form_display()} {label_of(self.grades)}".rstrip()


class Succession(models.Model):
    """A school that went on as another: a split has several successors, a merger several predecessors."""

    predecessor = models.ForeignKey(School, models.CASCADE, related_name="successions")
    successor = models.ForeignKey(School, models.CASCADE, related_name="origins")
    on = models.DateField(_("on"), null=True, blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
            models.CheckConstraint(
                condition=~models.Q(predecessor=models.F("successor")), name="succession_of_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class RegisterImport(models.Model):
    """Who imported the register of schools when, from which file, and what it did. Rows are only added."""

    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    source = models.CharField(max_length=200, blank=True)
    created_count = models.PositiveSmallIntegerField(default=0)
    updated_count = models.PositiveSmallIntegerField(default=0)
    unchanged_count = models.PositiveSmallIntegerField(default=0)
    ceased_count = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.source} {self.at:%Y-%m-%d}"
