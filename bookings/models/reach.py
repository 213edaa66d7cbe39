"""Whom mail does not reach, and who wants no reminders."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Unreachable(models.Model):
    """An address whose mail has come back. It is not written to until it is changed, or noted as working again."""

    email = models.EmailField(unique=True)
    reason = models.CharField(_("why"), max_length=300, blank=True)
    noted_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["email"]

    def __str__(self) -> str:
        return self.email


class UnsubscribeLink(models.Model):
    """The secret of one mail by which its receiver ends reminders. Only the token's digest is stored."""

    email = models.EmailField()
    token_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.email


class Unsubscribed(models.Model):
    """An address that gets no reminders; what belongs to an agreement goes there all the same."""

    email = models.EmailField(unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.email
