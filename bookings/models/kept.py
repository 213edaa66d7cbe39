"""Answers that are kept, so that a request that is sent again gets the same one."""

from typing import Any

from django.conf import settings
from django.db import models


class KeptAnswer(models.Model):
    """What a program was answered to a request with an Idempotency-Key. `status` null: it is being worked on.

    A row is written first in the transaction of the work, so that others see it only together with what was done.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    request_digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    headers: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    body = models.TextField(blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="key_used_once")]
        indexes = [models.Index(fields=["created_at"], name="kept_answer_age")]

    def __str__(self) -> str:
        return f"{self.key} ({self.created_at:%Y-%m-%d %H:%M})"
