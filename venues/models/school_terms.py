"""Rules about buses to performances, and which of them holds where; grants to the owners of schools."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from venues.bus_terms import BusTerms


def _ends_after_start() -> models.Q:
    return models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from"))


class ValidOn(models.QuerySet[Any]):
    """Named readings of what holds from one day until another, both included."""

    def valid_on(self, day: date) -> Self:
        """What holds on the day, the newest first."""
        ends = models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=day)
        return self.filter(ends, valid_from__lte=day).order_by("-valid_from", "-pk")


class BusRule(models.Model):
    """When a bus is due, who orders it and who pays. `parameters` are data, described in docs/transport.md.

    `is_default`: it holds where nobody has chosen another. Others' rules stand here to be chosen.
    """

    region = models.ForeignKey("venues.Region", models.CASCADE, related_name="bus_rules")
    key = models.SlugField()
    label = models.CharField(_("name"), max_length=160)
    parameters: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    is_default = models.BooleanField(default=False)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Empty: it came with the region's data.",
    )

    objects = ValidOn.as_manager()

    class Meta:
        ordering = ["region", "-is_default", "key", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["region", "key", "valid_from"], name="bus_rule_once"),
            models.CheckConstraint(condition=_ends_after_start(), name="bus_rule_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def terms(self) -> BusTerms:
        """What it says, read; the loader and the verbs let nothing in that cannot be."""
        return BusTerms.read(self.parameters)


class BusRuleChoice(models.Model):
    """Which rule holds for the schools of a municipality, or of the whole region, from a day on."""

    rule = models.ForeignKey(BusRule, models.PROTECT, related_name="choices")
    municipality = models.ForeignKey(
        "venues.Municipality",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="bus_rule_choices",
        help_text="Empty: the whole region of the rule.",
    )
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = ValidOn.as_manager()

    class Meta:
        ordering = ["-valid_from", "-id"]
        constraints = [
            models.CheckConstraint(condition=_ends_after_start(), name="bus_rule_choice_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.municipality or self.rule.region}: {self.rule}"


class GrantScheme(models.Model):
    """A grant that owners of schools apply for. `rules` are data, described in docs/creative-school.md."""

    region = models.ForeignKey("venues.Region", models.CASCADE, related_name="grant_schemes")
    key = models.SlugField()
    label = models.CharField(_("name"), max_length=160)
    rules: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300)

    objects = ValidOn.as_manager()

    class Meta:
        ordering = ["region", "key", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["region", "key", "valid_from"], name="grant_scheme_once"),
            models.CheckConstraint(condition=_ends_after_start(), name="grant_scheme_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.label
