"""Assessing the applications to a call: who reads them, who may not, what they score, and who saw what."""

from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from bookings.models.no_change import NoChange
from programmes.models.applications import Application
from programmes.models.calls import Call, Criterion
from venues.models import User

#: The scale that scores may have at the most. Source: the house's choice: nobody tells 8 from 9 of more.
SCALE_LEAST, SCALE_MOST = 3, 10


class Assessment(models.Model):
    """How the applications to a call are assessed: the scale, how many read each, until when.

    Names are hidden where the call says so (`Call.is_blind`), until `closed_at`: then no score is changed any more.
    """

    call = models.OneToOneField(Call, models.PROTECT, related_name="assessment")
    scale_most = models.PositiveSmallIntegerField(
        _("highest score"),
        default=5,
        validators=[MinValueValidator(SCALE_LEAST), MaxValueValidator(SCALE_MOST)],
        help_text=_("The lowest is 1."),
    )
    readers_count = models.PositiveSmallIntegerField(
        _("how many read each application"), default=2, validators=[MinValueValidator(1)]
    )
    due_on = models.DateField(_("scores at the latest"))
    assigned_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(scale_most__gte=SCALE_LEAST, scale_most__lte=SCALE_MOST),
                name="assessment_scale_within_bounds",
            ),
            models.CheckConstraint(condition=Q(readers_count__gte=1), name="assessment_has_readers"),
        ]

    def __str__(self) -> str:
        return str(self.call)


class Assessors(models.QuerySet["Assessor"]):
    """Named readings of assessors."""

    def active(self) -> Self:
        """Those who were not removed."""
        return self.filter(removed_at=None)

    def of_user(self, user: User) -> Self:
        """One's own seats."""
        return self.filter(user=user)


class Assessor(models.Model):
    """Somebody on a call's panel: a member of the house, or an external expert. Who is removed keeps what was said."""

    class Kind(models.TextChoices):
        MEMBER = "member", _("member")
        EXTERNAL = "external", _("external expert")

    call = models.ForeignKey(Call, models.PROTECT, related_name="assessors")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="assessing")
    kind = models.CharField(_("as what"), max_length=10, choices=Kind.choices)
    invited_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_why = models.CharField(_("why"), max_length=500, blank=True)
    is_left_out = models.BooleanField(
        default=False, help_text="Whether the finished scores of one who was removed do not count."
    )
    reminded_at = models.DateTimeField(null=True, blank=True)

    objects = Assessors.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "user"], condition=Q(removed_at=None), name="assessor_sits_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)


class Declarations(models.QuerySet["Declaration"]):
    """Named readings of declarations."""

    def conflicts(self) -> Self:
        """Those that say that there is a conflict of interest."""
        return self.filter(has_conflict=True)


class Declaration(models.Model):
    """What an assessor says of an application before anything of it is shown: whether there is a conflict of interest.

    Whoever has one sees nothing of it from then on. No declaration is none: nothing is shown without.
    """

    assessor = models.ForeignKey(Assessor, models.CASCADE, related_name="declarations")
    application = models.ForeignKey(Application, models.CASCADE, related_name="declarations")
    has_conflict = models.BooleanField(_("conflict of interest"))
    why = models.CharField(_("which"), max_length=500, blank=True)
    at = models.DateTimeField()

    objects = Declarations.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["assessor", "application"], name="declared_once"),
        ]

    def __str__(self) -> str:
        return f"{self.assessor} {self.application_id}"


class Assignments(models.QuerySet["Assignment"]):
    """Named readings of assignments."""

    def standing(self) -> Self:
        """Those that were not let go, of applications that count."""
        return self.filter(let_go_at=None, application__number__isnull=False, application__withdrawn_at=None)


class Assignment(models.Model):
    """An application that an assessor is to read. It is let go with a reason, and stays in the history."""

    assessor = models.ForeignKey(Assessor, models.CASCADE, related_name="assignments")
    application = models.ForeignKey(Application, models.CASCADE, related_name="assignments")
    made_at = models.DateTimeField()
    let_go_at = models.DateTimeField(null=True, blank=True)
    let_go_why = models.CharField(max_length=500, blank=True)

    objects = Assignments.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessor", "application"], condition=Q(let_go_at=None), name="assigned_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessor} {self.application_id}"


def in_conflict(user: str, application: str) -> Exists:
    """Whether the person whom the row's `user` names has declared a conflict with its `application`.

    A conflict is the person's, not the seat's: it stands though somebody leaves the panel and comes back.
    """
    return Exists(
        Declaration.objects.conflicts().filter(
            assessor__user=OuterRef(user), application=OuterRef(application)
        )
    )


class Reviews(models.QuerySet["Review"]):
    """Named readings of reviews."""

    def finished(self) -> Self:
        """Those that their assessors stand for."""
        return self.filter(finished_at__isnull=False)

    def counting(self) -> Self:
        """Those that a ranking is made of: finished, of applications that count, of nobody in conflict or left out."""
        found = self.finished().filter(application__number__isnull=False, application__withdrawn_at=None)
        return found.filter(assessor__is_left_out=False).exclude(in_conflict("assessor__user", "application"))


class Review(models.Model):
    """What an assessor thinks of an application; a draft until it is finished, and opened again by its assessor."""

    assessor = models.ForeignKey(Assessor, models.PROTECT, related_name="reviews")
    application = models.ForeignKey(Application, models.PROTECT, related_name="reviews")
    comment = models.TextField(_("all in all"), max_length=4000, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()

    objects = Reviews.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["assessor", "application"], name="reviewed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.assessor} {self.application_id}"


class Score(models.Model):
    """Points by one criterion of the call, 1 to the assessment's highest, with a comment; in a draft still without."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField(_("points"), null=True, blank=True)
    comment = models.CharField(_("comment"), max_length=1000, blank=True)

    class Meta:
        ordering = ["criterion__number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "criterion"], name="scored_once"),
            models.CheckConstraint(
                condition=Q(points=None) | Q(points__gte=1, points__lte=SCALE_MOST),
                name="score_within_scales",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.points}"


class AssessmentChange(models.Model):
    """Append-only: what was done with an assessment, by whom, when and why."""

    class Action(models.TextChoices):
        SET_UP = "set_up", _("set up")
        CHANGED = "changed", _("changed")
        SEATED = "seated", _("invited")
        REMOVED = "removed", _("removed")
        LEFT_OUT = "left_out", _("scores left out or taken in")
        DECLARED = "declared", _("declared")
        CONFLICT = "conflict", _("conflict of interest")
        LIFTED = "lifted", _("conflict of interest taken back")
        DEALT = "dealt", _("applications dealt")
        REMINDED = "reminded", _("reminded")
        CLOSED = "closed", _("assessment closed")
        REOPENED = "reopened", _("assessment opened again")

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="changes")
    action = models.CharField(max_length=10, choices=Action.choices)
    assessor = models.ForeignKey(Assessor, models.PROTECT, null=True, related_name="changes")
    application = models.ForeignKey(Application, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    why = models.CharField(max_length=500, blank=True)
    details: "models.JSONField[Any, Any]" = models.JSONField(
        default=dict, help_text="Numbers alone: nothing that an application says."
    )

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [NoChange(name="assessment_change_never_changes")]

    def __str__(self) -> str:
        return f"{self.assessment}: {self.get_action_display()}"


class Sighting(models.Model):
    """Append-only: who saw what of an application, or of a call's assessment as a whole, and when."""

    class What(models.TextChoices):
        APPLICATION = "application", _("the application")
        NAMES = "names", _("the names in it")
        FILE = "file", _("a file of it")
        REVIEWS = "reviews", _("what the assessors say of it")
        RANKING = "ranking", _("the ranking")
        MINUTES = "minutes", _("the minutes")

    call = models.ForeignKey(Call, models.PROTECT, related_name="sightings")
    application = models.ForeignKey(Application, models.PROTECT, null=True, related_name="sightings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    what = models.CharField(max_length=20, choices=What.choices)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["application", "user"], name="sightings_of_application")]
        constraints = [NoChange(name="sighting_never_changes")]

    def __str__(self) -> str:
        return f"{self.user} {self.what} {self.at:%Y-%m-%d %H:%M}"
