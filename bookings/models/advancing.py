"""What two sides prepare for a confirmed visit: its checklist, the practical facts, and whom to ask on the day."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from venues.models import Membership, User
from venues.models.noted import Noted


class Phase(models.TextChoices):
    """When an item of a checklist is done."""

    BEFORE = "before", pgettext_lazy("checklist", "Before")
    DAY = "day", pgettext_lazy("checklist", "On the day")
    AFTER = "after", pgettext_lazy("checklist", "After")


class Who(models.TextChoices):
    """Whose an item is."""

    PRODUCER = "producer", _("producer")
    PRESENTER = "presenter", _("presenter")
    BOTH = "both", _("both")


class Checklist(models.Model):
    """The list of one visit, as the template was when it was made."""

    booking = models.OneToOneField("bookings.Booking", models.CASCADE, related_name="checklist")
    label = models.CharField(max_length=160)
    source = models.CharField(max_length=600)
    crew_roles: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    made_at = models.DateTimeField()
    remind_at = models.DateTimeField(
        null=True, blank=True, help_text="When the sides are reminded; empty once that is done."
    )

    class Meta:
        indexes = [models.Index(fields=["remind_at"], name="checklist_to_remind")]
        constraints = [Noted(name="checklist_noted", kind="booking", ref="booking")]

    def __str__(self) -> str:
        return f"{self.label}: {self.booking}"


class ChecklistItem(models.Model):
    """One thing to settle. `words` are its text by language; those of a need of the room say what was asked."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        DONE = "done", _("done")
        NOT_APPLICABLE = "not_applicable", _("not applicable")

    checklist = models.ForeignKey(Checklist, models.CASCADE, related_name="items")
    key = models.SlugField(max_length=50)
    phase = models.CharField(max_length=10, choices=Phase.choices)
    position = models.PositiveSmallIntegerField(default=0)
    words: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    who = models.CharField(max_length=10, choices=Who.choices)
    due_days = models.SmallIntegerField(help_text="Days after the visit; before it they are negative.")
    rider_line = models.CharField(
        max_length=30, blank=True, help_text="The line of the room check that was not met, where it is one."
    )
    state = models.CharField(max_length=15, choices=State.choices, default=State.OPEN)
    note = models.CharField(_("note"), max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["checklist", "key"], name="checklist_item_once"),
            models.CheckConstraint(
                condition=Q(state="open", at__isnull=True, by__isnull=True)
                | (~Q(state="open") & Q(at__isnull=False, by__isnull=False)),
                name="checklist_item_settled_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state="open") | Q(state="done", rider_line="") | ~Q(note=""),
                name="checklist_item_settled_with_words",
            ),
            Noted(name="checklist_item_noted", kind="checklist", ref="checklist"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """Its words in the active language, or in the one that there is."""
        return in_words(self.words)


class VisitFacts(models.Model):
    """Practical facts that were told of one visit; what is empty follows from the room's facts and the rider."""

    booking = models.OneToOneField("bookings.Booking", models.CASCADE, related_name="practical")
    parking = models.CharField(_("parking"), max_length=300, blank=True)
    load_in = models.CharField(_("loading in"), max_length=300, blank=True)
    helpers = models.CharField(_("helpers"), max_length=300, blank=True)
    meals = models.CharField(_("meals"), max_length=300, blank=True)
    lodging = models.CharField(_("lodging"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.booking)


class VisitContact(models.Model):
    """Whom to reach in one role of a visit. Personal data: forgotten some time after it (`bookings.contacts`)."""

    booking = models.ForeignKey("bookings.Booking", models.CASCADE, related_name="contacts")
    role = models.SlugField(max_length=40)
    name = models.CharField(_("name"), max_length=120, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["role"]
        constraints = [
            models.UniqueConstraint(fields=["booking", "role"], name="visit_contact_once_a_role"),
            models.CheckConstraint(
                condition=~Q(name="") | ~Q(phone="") | ~Q(email=""), name="visit_contact_says_something"
            ),
            Noted(name="visit_contact_noted", kind="booking", ref="booking"),
        ]

    def __str__(self) -> str:
        return f"{self.booking}: {self.role}"


class OwnItems(models.QuerySet["OwnItem"]):
    """Named readings of producers' changes to the template."""

    def editable_by(self, user: User) -> Self:
        """Those of the user's own producing organisations."""
        mine = user.memberships.filter(role=Membership.Role.PRODUCER)
        return self.filter(producer__in=mine.values("organisation"))


class OwnItem(models.Model):
    """What a producer adds to the region's template or leaves out of it, for all productions or for one."""

    class Kind(models.TextChoices):
        ADDED = "added", _("added")
        LEFT_OUT = "left_out", _("left out")

    producer = models.ForeignKey("venues.Organisation", models.CASCADE, related_name="checklist_changes")
    production = models.ForeignKey(
        "tours.Production",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="checklist_changes",
        verbose_name=_("production"),
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    key = models.SlugField(max_length=40, blank=True, help_text="The template's item that is left out.")
    text = models.CharField(_("what is to be settled"), max_length=160, blank=True)
    phase = models.CharField(_("when"), max_length=10, choices=Phase.choices, default=Phase.BEFORE)
    who = models.CharField(_("who does it"), max_length=10, choices=Who.choices, default=Who.PRESENTER)
    due_days = models.SmallIntegerField(_("days from the visit"), default=-21)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OwnItems.as_manager()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="added", key="") & ~Q(text="") | Q(kind="left_out", text="") & ~Q(key=""),
                name="own_item_adds_or_leaves_out",
            ),
            models.UniqueConstraint(
                fields=["production", "key"], condition=Q(kind="left_out"), name="left_out_once_of_one"
            ),
            models.UniqueConstraint(
                fields=["producer", "key"],
                condition=Q(kind="left_out", production__isnull=True),
                name="left_out_once_of_all",
            ),
        ]

    def __str__(self) -> str:
        return self.text or self.key


def in_words(words: dict[str, str]) -> str:
    """A text of several languages in the active one, or in the one that there is."""
    language = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    return words.get(language) or next(iter(words.values()), "")
