"""Claims of subsidies for played visits: where each stands, what was sent in, its history, and who was reminded."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bookings.models.booking import Booking
from bookings.models.no_change import NoChange
from bookings.models.report import Side
from tours.models.production import NOT_NEGATIVE

#: Letters of a reason, of a decision's, and of the receiver's reference. Source: the house's choice.
WHY_MAX, DECIDED_WHY_MAX, REFERENCE_MAX = 500, 1000, 60


class ClaimState(models.TextChoices):
    """Where a claim stands."""

    DRAFT = "draft", pgettext_lazy("claim", "draft")
    SENT = "sent", pgettext_lazy("claim", "sent in")
    RETURNED = "returned", pgettext_lazy("claim", "returned for completing")
    GRANTED = "granted", pgettext_lazy("claim", "granted")
    PARTLY = "partly", pgettext_lazy("claim", "partly granted")
    REFUSED = "refused", pgettext_lazy("claim", "refused")
    PAID = "paid", pgettext_lazy("claim", "paid out")
    WITHDRAWN = "withdrawn", pgettext_lazy("claim", "withdrawn")


#: In these a claim is the claimant's to write.
OPEN = (ClaimState.DRAFT, ClaimState.RETURNED)
#: In these it waits for whoever receives it, or has got money: it takes of the scheme's pot.
ASKED = (ClaimState.SENT, ClaimState.RETURNED)
GIVEN = (ClaimState.GRANTED, ClaimState.PARTLY, ClaimState.PAID)
#: In these it keeps any other claim for the visit away: nobody is paid twice for the same cost.
STANDING = (ClaimState.DRAFT, *ASKED, *GIVEN)
_DECIDED = (*GIVEN, ClaimState.REFUSED)


class SubsidyClaims(models.QuerySet["SubsidyClaim"]):
    """Named readings of claims."""

    def standing(self) -> Self:
        """Those that keep another claim for the same visit away."""
        return self.filter(state__in=STANDING)

    def received(self) -> Self:
        """Those that were sent in at least once, whatever became of them."""
        return self.filter(sent_at__isnull=False)

    def to_handle(self) -> Self:
        """Those that wait for an answer of whoever receives them, the oldest first."""
        return self.filter(state=ClaimState.SENT).order_by("sent_at", "pk")

    def with_ground(self) -> Self:
        """With all that pages and mails show of them, in few queries."""
        return self.select_related(
            "scheme__region", "claimant", "partner", "booking__presenter", "booking__venue__place__municipality",
            "booking__tour__production__ensemble__producer", "booking__tour__season__region",
        ).prefetch_related("submissions", "booking__performances")  # fmt: skip


class SubsidyClaim(models.Model):
    """What one side of a visit claims by one scheme. What counts is what was last sent in (`ClaimSubmission`).

    `corrections`: {figure: {"value": decimal text, "why": words}}, where the claimant knows it better than Turne.
    `answers`: {key of what the scheme asks: words or true}. `send_by`: a last day that the receiver has given,
    instead of the scheme's.
    """

    booking = models.ForeignKey(Booking, models.PROTECT, related_name="subsidy_claims")
    scheme = models.ForeignKey("venues.SubsidyScheme", models.PROTECT, related_name="claims")
    side = models.CharField(max_length=10, choices=Side.choices)
    claimant = models.ForeignKey("venues.Organisation", models.PROTECT, related_name="subsidy_claims")
    partner = models.ForeignKey(
        "venues.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The association that presented it together with the claimant.",
    )
    state = models.CharField(max_length=10, choices=ClaimState.choices, default=ClaimState.DRAFT)
    corrections: "models.JSONField[Any, Any]" = models.JSONField(default=dict, blank=True)
    answers: "models.JSONField[Any, Any]" = models.JSONField(default=dict, blank=True)
    currency = models.CharField(max_length=3)
    amount = models.DecimalField(
        _("claimed"), max_digits=10, decimal_places=2, null=True, blank=True, validators=NOT_NEGATIVE
    )
    granted_amount = models.DecimalField(
        _("granted"), max_digits=10, decimal_places=2, null=True, blank=True, validators=NOT_NEGATIVE
    )
    reference = models.CharField(_("the receiver’s reference"), max_length=REFERENCE_MAX, blank=True)
    send_by = models.DateField(_("may be sent in until"), null=True, blank=True)
    late_asked_at = models.DateTimeField(null=True, blank=True)
    late_why = models.CharField(max_length=WHY_MAX, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True, help_text="The first time.")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_why = models.CharField(_("why"), max_length=DECIDED_WHY_MAX, blank=True)
    paid_on = models.DateField(_("paid out on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = SubsidyClaims.as_manager()

    class Meta:
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["booking"], condition=Q(state__in=STANDING), name="one_standing_claim_of_a_visit"
            ),
            models.CheckConstraint(
                condition=Q(state=ClaimState.DRAFT)
                | Q(sent_at__isnull=False, amount__isnull=False, amount__gte=0),
                name="claim_sent_with_amount",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_DECIDED)
                | Q(decided_at__isnull=False, granted_amount__isnull=False, granted_amount__gte=0),
                name="claim_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(granted_amount__isnull=True) | Q(granted_amount__lte=models.F("amount")),
                name="claim_granted_at_most_asked",
            ),
            models.CheckConstraint(
                condition=Q(state=ClaimState.PAID, paid_on__isnull=False)
                | (~Q(state=ClaimState.PAID) & Q(paid_on__isnull=True)),
                name="claim_paid_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme.label}: {self.booking}"


class ClaimSubmission(models.Model):
    """Append-only: a claim as it was sent in. The last one counts; each has a receipt by its digest."""

    claim = models.ForeignKey(SubsidyClaim, models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField(help_text="1 is the first of its claim.")
    facts: "models.JSONField[Any, Any]" = models.JSONField()
    digest = models.CharField(max_length=64, help_text="SHA-256 over the facts.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["claim", "number"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "number"], name="claim_submission_numbered_once"),
            NoChange(name="claim_submission_never_changes"),
        ]

    def __str__(self) -> str:
        return f"{self.claim} ({self.number})"


class ClaimChange(models.Model):
    """A line of a claim's history, only ever added: who did what, and why."""

    claim = models.ForeignKey(SubsidyClaim, models.CASCADE, related_name="changes")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    action = models.CharField(max_length=20)
    from_state = models.CharField(max_length=10, blank=True)
    to_state = models.CharField(max_length=10)
    reason = models.CharField(max_length=1000, blank=True)
    details: "models.JSONField[Any, Any]" = models.JSONField(default=dict)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [NoChange(name="claim_change_never_changes")]

    def __str__(self) -> str:
        return f"{self.claim}: {self.action}"


class ClaimReminder(models.Model):
    """That an organisation's visits were looked at before a deadline of a scheme, so that it is reminded once."""

    organisation = models.ForeignKey("venues.Organisation", models.CASCADE, related_name="+")
    scheme = models.ForeignKey("venues.SubsidyScheme", models.CASCADE, related_name="+")
    deadline = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "scheme", "deadline"], name="claim_reminded_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.scheme}, {self.deadline}"
