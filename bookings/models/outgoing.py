"""What leaves the house: notices by mail, and feeds that are subscribed to."""

import uuid
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bookings.models.booking import Booking
from tours.models.tour import Tour
from venues.models import Membership, Region, User

LOGIN_CODE = "login_code"
DIGEST = "digest"
#: Several offers of one verb with one link to answer them by.
BATCH = "offers"
#: The kinds that hold others: those are the mail, and what is in them shares their fate.
BUNDLES = (DIGEST, BATCH)


def _plannable_by(user: User) -> Q:
    return Q(booking__in=Booking.objects.plannable_by(user)) | Q(tour__in=Tour.objects.plannable_by(user))


class Notices(models.QuerySet["Notice"]):
    """Named readings of the outbox."""

    def due(self, now: datetime) -> Self:
        """Those to send now: waiting, or claimed by a relay that has died. What is in a digest goes with that."""
        waiting = Q(state=Notice.State.WAITING, send_after__lte=now)
        abandoned = Q(state=Notice.State.CLAIMED, claimed_until__lte=now)
        return self.filter(waiting | abandoned, digest=None).order_by("send_after")

    def unsent(self) -> Self:
        """Those that no mail server has been given yet, so that they can still be stopped or changed."""
        return self.filter(state=Notice.State.WAITING, attempts=0)

    def mails(self) -> Self:
        """Those that are a mail of their own: alone, or a digest of others."""
        return self.filter(digest=None)

    def of_last_run(self) -> Self:
        """Those of the last run that wrote any of them: a visit that is offered anew has older mails too."""
        last = self.order_by(F("run_at").desc(nulls_last=True)).first()
        return self.filter(run_at=last.run_at) if last else self

    def plannable_by(self, user: User) -> Self:
        """Those about visits and tours that the user may plan, and the mails that hold such."""
        mine = Notice.objects.filter(_plannable_by(user))
        return self.filter(Q(pk__in=mine.values("pk")) | Q(pk__in=mine.values("digest")))

    def visible_to(self, user: User) -> Self:
        """The mail of a producer's own tours; all of their region's for administrators, login codes included."""
        regions = Region.objects.filter(
            organisations__memberships__in=user.memberships.filter(role=Membership.Role.ADMINISTRATOR)
        )
        about = Notice.objects.filter(
            _plannable_by(user)
            | Q(booking__presenter__region__in=regions)
            | Q(tour__season__region__in=regions)
            | Q(school__organisation__region__in=regions)
            | Q(residency__region__in=regions)
            | Q(claim__scheme__region__in=regions)
        )
        codes = Q(
            kind=LOGIN_CODE,
            to_email__in=User.objects.filter(memberships__organisation__region__in=regions).values("email"),
        )
        return self.filter(Q(pk__in=about.values("pk")) | Q(pk__in=about.values("digest")) | codes)

    def failed(self) -> Self:
        """Those that did not arrive."""
        return self.filter(state__in=LOST)


class Notice(models.Model):
    """One mail to one address, written in the transaction that caused it. The id becomes its Message-ID.

    Several of one run to one address are the items of a notice of one of the kinds BUNDLES: that is the mail, and its
    items share its fate. The grouping is stored with the items, so a mail that is sent once more says the same.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        CLAIMED = "claimed", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("not sent")
        STOPPED = "stopped", _("stopped")
        BOUNCED = "bounced", _("came back")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=30)
    to_email = models.EmailField()
    reply_to = models.EmailField(blank=True)
    language = models.CharField(max_length=5, choices=settings.LANGUAGES)
    subject = models.CharField(max_length=250)
    body_text = models.TextField()
    body_html = models.TextField(blank=True)
    link = models.CharField(max_length=500, blank=True, help_text="Where the mail's main button leads.")
    summary = models.CharField(
        max_length=500, blank=True, help_text="When, where and for how much, in a digest."
    )
    unsubscribe_url = models.CharField(max_length=500, blank=True)
    invitation: "models.JSONField[Any, Any]" = models.JSONField(
        default=dict, help_text="iTIP: the method, and a calendar for each performance."
    )
    booking = models.ForeignKey("bookings.Booking", models.CASCADE, null=True, related_name="notices")
    tour = models.ForeignKey(
        "tours.Tour",
        models.CASCADE,
        null=True,
        related_name="notices",
        help_text="What it is about where it is about no single visit.",
    )
    school = models.ForeignKey(
        "venues.School",
        models.CASCADE,
        null=True,
        related_name="notices",
        help_text="What it is about where it is about a school and no visit.",
    )
    residency = models.ForeignKey(
        "bookings.Residency",
        models.CASCADE,
        null=True,
        related_name="notices",
        help_text="What it is about where it is about a residency.",
    )
    claim = models.ForeignKey(
        "bookings.SubsidyClaim",
        models.CASCADE,
        null=True,
        related_name="notices",
        help_text="What it is about where it is about a claim: no other side of the visit reads it.",
    )
    digest = models.ForeignKey("self", models.CASCADE, null=True, related_name="items")
    producer = models.ForeignKey(
        "venues.Organisation", models.PROTECT, null=True, related_name="+", help_text="For whom it is sent."
    )
    run_at = models.DateTimeField(null=True, help_text="The moment of the run of verbs that wrote it.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    created_at = models.DateTimeField(auto_now_add=True)
    send_after = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = Notices.as_manager()

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["state", "send_after"], name="notice_due"),
            models.Index(fields=["run_at", "to_email"], name="notice_of_a_run"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=BUNDLES)
                | Q(digest__isnull=True, booking__isnull=True, tour__isnull=True),
                name="digest_in_no_digest",
            )
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_unsent(self) -> bool:
        """Whether no mail server has been given it yet."""
        return self.state == Notice.State.WAITING and self.attempts == 0


#: States of what did not arrive: given up by us, or refused or sent back by the receiver's server.
LOST = (Notice.State.FAILED, Notice.State.BOUNCED)


class Feed(models.Model):
    """A private calendar address of an organisation, or of an artist for the own stays. Only the digest is stored."""

    class Scope(models.TextChoices):
        PRESENTER = "presenter", _("everything at this presenter or school, also what is not yet agreed")
        PRODUCER = "producer", _("all tours of this producer, also what is not yet agreed")
        ENSEMBLE = "ensemble", _("working days with drives, get-in and nights, also what is not yet agreed")
        CREW = "crew", _("working days that are agreed, for those who are hired to a tour")
        PEDAGOGUE = "pedagogue", _("the workshops that a pedagogue holds, also those that are proposed")
        ARTIST = "artist", _("one's own residencies with all that is on, also what is not yet agreed")

    #: Letters in the name of who has it. Source: the house's choice: a role and a place.
    NAME_MAX = 120
    #: Scopes of links that are made for an ensemble of the organisation.
    OF_ENSEMBLES = (Scope.ENSEMBLE, Scope.CREW)

    organisation = models.ForeignKey(
        "venues.Organisation",
        models.CASCADE,
        null=True,
        related_name="feeds",
        help_text="An artist has none.",
    )
    scope = models.CharField(max_length=12, choices=Scope.choices)
    ensemble = models.ForeignKey("tours.Ensemble", models.CASCADE, null=True, related_name="feeds")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        related_name="+",
        help_text="The pedagogue whose workshops it shows, or the artist whose residencies.",
    )
    address = models.CharField(
        max_length=500, default="", help_text="What it shows, as `bookings.feeds.Address` writes it."
    )
    name = models.CharField(_("who has the link"), max_length=NAME_MAX)
    token_digest = models.CharField(max_length=64, unique=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(scope__in=["ensemble", "crew"], ensemble__isnull=False)
                | (~models.Q(scope__in=["ensemble", "crew"]) & models.Q(ensemble__isnull=True)),
                name="feed_of_an_ensemble_names_it",
            ),
            models.CheckConstraint(
                condition=models.Q(scope__in=["pedagogue", "artist"], person__isnull=False)
                | (~models.Q(scope__in=["pedagogue", "artist"]) & models.Q(person__isnull=True)),
                name="feed_of_a_person_names_them",
            ),
            models.CheckConstraint(
                condition=models.Q(scope="artist", organisation__isnull=True)
                | (~models.Q(scope="artist") & models.Q(organisation__isnull=False)),
                name="feed_of_an_artist_alone_has_no_house",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def whose(self) -> str:
        """The person, ensemble or organisation whose calendar it is."""
        return str(self.person or self.ensemble or self.organisation)
