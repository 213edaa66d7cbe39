"""Applications to calls: what is written until the call closes, and what was sent in."""

from typing import Any, Self

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bookings.models.no_change import NoChange
from programmes.models.calls import Call, CallPeriod, CallPlace
from tours.models import Production
from venues.models import User

#: Words of a description. Source: the house's choice; two pages.
DESCRIPTION_MAX = 8000


class Applications(models.QuerySet["Application"]):
    """Named readings of applications."""

    def standing(self) -> Self:
        """Those that were not withdrawn, sent in or not."""
        return self.filter(withdrawn_at=None)

    def sent_in(self) -> Self:
        """Those that count: sent in at least once, and not withdrawn."""
        return self.standing().filter(number__isnull=False)

    def of_applicant(self, user: User) -> Self:
        """One's own: nobody sees another's by this."""
        return self.filter(applicant=user)

    def with_ground(self) -> Self:
        """With all that its pages show."""
        found = self.select_related("call__owner", "call__region", "home", "applicant")
        return found.prefetch_related(
            "submissions", "budget", "collaborators", "work_samples", "files", "periods__period",
            "places__place__host", "places__place__municipality",
        )  # fmt: skip


class Application(models.Model):
    """An application as its applicant writes it. What counts is what was last sent in (`Submission`)."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="applications")
    applicant = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="applications")
    number = models.PositiveIntegerField(
        null=True, blank=True, help_text="In its call, from the first time that it was sent in."
    )
    applicant_name = models.CharField(_("your name"), max_length=120)
    group_name = models.CharField(_("name of the ensemble"), max_length=120, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    home = models.ForeignKey(
        "venues.Municipality",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("municipality where you live"),
        help_text=_("Empty: outside the region."),
    )
    is_first_time = models.BooleanField(_("first application to this publisher"), null=True, blank=True)
    art_form = models.CharField(_("art form"), max_length=20, choices=Production.ArtForm.choices)
    title = models.CharField(_("title of the work"), max_length=160)
    summary = models.CharField(_("in short"), max_length=400)
    description = models.TextField(_("description"), max_length=DESCRIPTION_MAX)
    access_needs = models.TextField(
        _("what you need to take part"), max_length=1000, blank=True, help_text=_("Not shown to assessors.")
    )
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = Applications.as_manager()

    class Meta:
        ordering = ["-changed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "applicant"],
                condition=Q(withdrawn_at=None),
                name="one_standing_application",
            ),
            models.UniqueConstraint(fields=["call", "number"], name="application_numbered_once"),
        ]

    def __str__(self) -> str:
        return self.title


class BudgetLine(models.Model):
    """What the work costs, or who pays for it."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="budget")
    number = models.PositiveSmallIntegerField()
    is_income = models.BooleanField(_("income"), default=False)
    words = models.CharField(_("what"), max_length=160)
    amount = models.DecimalField(
        _("amount"), max_digits=10, decimal_places=2, validators=[MinValueValidator(0)]
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="budget_line_numbered_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="budget_line_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.words}: {self.amount}"


class Collaborator(models.Model):
    """Somebody whom the applicant works with, and as what."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="collaborators")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("as what"), max_length=120)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="collaborator_numbered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.role}"


class WorkSample(models.Model):
    """Something to see, hear or read, by its address."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="work_samples")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(_("what it is"), max_length=160)
    url = models.URLField(_("address"), max_length=500)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="work_sample_numbered_once"),
        ]

    def __str__(self) -> str:
        return self.title


class WishedPeriod(models.Model):
    """A period of the call in which the applicant can stay; 1 is liked best."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="periods")
    period = models.ForeignKey(CallPeriod, models.PROTECT, related_name="+")
    rank = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["application", "period"], name="wished_period_once"),
            models.UniqueConstraint(fields=["application", "rank"], name="wished_period_ranks_differ"),
        ]

    def __str__(self) -> str:
        return str(self.period)


class WishedPlace(models.Model):
    """A place of the call where the applicant would stay; 1 is liked best."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="places")
    place = models.ForeignKey(CallPlace, models.PROTECT, related_name="+")
    rank = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["application", "place"], name="wished_place_once"),
            models.UniqueConstraint(fields=["application", "rank"], name="wished_place_ranks_differ"),
        ]

    def __str__(self) -> str:
        return str(self.place)


class Submission(models.Model):
    """Append-only: an application as it was sent in. The last one counts; each has a receipt by its digest."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="submissions")
    number = models.PositiveSmallIntegerField(help_text="1 is the first of its application.")
    facts: "models.JSONField[Any, Any]" = models.JSONField()
    digest = models.CharField(max_length=64, help_text="SHA-256 over the facts.")
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="submission_numbered_once"),
            NoChange(name="submission_never_changes"),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.number}"
