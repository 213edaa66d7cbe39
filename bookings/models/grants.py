"""Grants to owners of schools: what was promised, which visits are paid by them, and what shows professionalism."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tours.models.production import NOT_NEGATIVE
from venues.models import User
from venues.models.school_years import year_label

#: No owner promises more. Source: the house's choice; Sweden's largest municipality has about 110 000 pupils.
PROMISED_MAX = 200_000


class SchoolGrant(models.Model):
    """What an owner of schools was granted for one school year, and how many pupils it promised to reach.

    `promised_by_form`: {school form: pupils}, where the decision says so; together they are all that were promised.
    """

    owner = models.ForeignKey("venues.SchoolOwner", models.PROTECT, related_name="grants")
    scheme = models.ForeignKey("venues.GrantScheme", models.PROTECT, related_name="grants")
    year = models.PositiveSmallIntegerField(
        _("school year begins in"), validators=[MinValueValidator(1900), MaxValueValidator(2999)]
    )
    promised_count = models.PositiveIntegerField(
        _("pupils promised"), validators=[MinValueValidator(1), MaxValueValidator(PROMISED_MAX)]
    )
    promised_by_form: "models.JSONField[Any, Any]" = models.JSONField(default=dict, blank=True)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2, validators=NOT_NEGATIVE)
    currency = models.CharField(max_length=3)
    reference = models.CharField(_("reference of the decision"), max_length=60, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-year", "owner__organisation__name"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "scheme", "year"], name="school_grant_once_a_year"),
            models.CheckConstraint(condition=Q(promised_count__gte=1), name="school_grant_promises_pupils"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="school_grant_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}, {self.owner} {self.label}"

    @property
    def label(self) -> str:
        """ "2026/27"."""
        return year_label(self.year)


class SchoolGrantChange(models.Model):
    """A line of a grant's history, only ever added: what it was before, and what was tagged."""

    grant = models.ForeignKey(SchoolGrant, models.CASCADE, related_name="changes")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    action = models.CharField(max_length=20)
    details: "models.JSONField[Any, Any]" = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.grant}: {self.action}"


class FundedVisit(models.Model):
    """A visit that is paid by a grant. `amount` is what of it, in the visit's currency; empty: all that it covers."""

    booking = models.ForeignKey("bookings.Booking", models.CASCADE, related_name="funded_by")
    grant = models.ForeignKey(SchoolGrant, models.PROTECT, related_name="visits")
    amount = models.DecimalField(
        _("paid by the grant"),
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=NOT_NEGATIVE,
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["booking__occupied_from", "id"]
        constraints = [
            models.UniqueConstraint(fields=["booking", "grant"], name="funded_once_by_a_grant"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0), name="funded_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booking}: {self.grant}"


class ProfessionalProof(models.Model):
    """What shows that an ensemble is professional, and where it is kept: Turne stores no document.

    Its producer tells it; somebody on the side of who pays looks at it (`seen_by`).
    """

    class Kind(models.TextChoices):
        CV = "cv", _("CV")
        REGISTER = "register", _("listed in a register or catalogue")
        EDUCATION = "education", _("artistic education")
        EMPLOYER = "employer", _("employed by an institution")
        OTHER = "other", _("something else")

    ensemble = models.ForeignKey("tours.Ensemble", models.CASCADE, related_name="proofs")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    what = models.CharField(_("what it is"), max_length=200)
    where_kept = models.CharField(_("where it is kept"), max_length=200, blank=True)
    link = models.URLField(
        _("link"), max_length=500, blank=True, validators=[URLValidator(schemes=["https"])]
    )
    valid_to = models.DateField(_("valid until"), null=True, blank=True)
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    told_at = models.DateTimeField()
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    seen_on = models.DateField(_("seen on"), null=True, blank=True)

    class Meta:
        ordering = ["ensemble", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(where_kept="", link=""), name="proof_is_kept_somewhere"),
            models.CheckConstraint(
                condition=Q(seen_by__isnull=True, seen_on__isnull=True)
                | Q(seen_by__isnull=False, seen_on__isnull=False),
                name="proof_seen_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(seen_by__isnull=True) | ~Q(seen_by=F("told_by")), name="proof_seen_by_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ensemble}: {self.what}"

    def can_be_seen_by(self, user: User) -> bool:
        """Whether the user may note that it was seen: it is somebody else who told it."""
        return self.told_by_id != user.pk
