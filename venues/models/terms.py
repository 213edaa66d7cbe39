"""The terms of a region, each with its source and validity: rules, rates, subsidies, emissions, checklists."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from venues.models.noted import Noted


class WorkRuleProfile(models.Model):
    """Working-time rules from one law or agreement. `parameters` are the numbers, units in their names."""

    class Severity(models.TextChoices):
        BLOCK = "block", _("law: blocks")
        WARN = "warn", _("agreement: warns")

    region = models.ForeignKey("venues.Region", models.CASCADE, related_name="work_rule_profiles")
    key = models.SlugField()
    label = models.CharField(_("name"), max_length=160)
    severity = models.CharField(max_length=10, choices=Severity.choices)
    parameters: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    source = models.CharField(max_length=200)
    valid_from = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["key"]
        constraints = [
            Noted(name="work_rule_profile_noted", kind="drives"),
            models.UniqueConstraint(fields=["region", "key"], name="work_rule_profile_once"),
        ]

    def __str__(self) -> str:
        return self.label


class RateTable(models.Model):
    """Per diem and mileage for a span of days, last day included."""

    region = models.ForeignKey("venues.Region", models.CASCADE, related_name="rate_tables")
    valid_from = models.DateField()
    valid_to = models.DateField()
    currency = models.CharField(max_length=3)
    rates: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    source = models.CharField(max_length=300)

    class Meta:
        ordering = ["-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["region", "valid_from"], name="rate_table_once"),
            models.CheckConstraint(
                condition=models.Q(valid_to__gte=models.F("valid_from")), name="rates_end_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.valid_from}–{self.valid_to}"


class SubsidySchemes(models.QuerySet["SubsidyScheme"]):
    """Named readings of subsidy schemes."""

    def valid_between(self, first: date, last: date) -> Self:
        """Those that hold on at least one of the days, both included."""
        ends = models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=first)
        return self.filter(ends, valid_from__lte=last)


class SubsidyScheme(models.Model):
    """What presenters of a region may be paid for a visit. `rules` are data, described in docs/money.md."""

    region = models.ForeignKey("venues.Region", models.CASCADE, related_name="subsidy_schemes")
    key = models.SlugField()
    label = models.CharField(_("name"), max_length=160)
    rules: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300)

    objects = SubsidySchemes.as_manager()

    class Meta:
        ordering = ["region", "key", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["region", "key", "valid_from"], name="subsidy_scheme_once"),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
                name="subsidy_scheme_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.region})"


class EmissionFactor(models.Model):
    """Greenhouse gases of one vehicle and fuel, kg CO2e a km: from the tank to the wheel, and before the tank."""

    region = models.ForeignKey("venues.Region", models.CASCADE, related_name="emission_factors")
    vehicle = models.CharField(max_length=20)
    fuel = models.CharField(max_length=20)
    tank_to_wheel_kg = models.DecimalField(max_digits=8, decimal_places=5)
    well_to_tank_kg = models.DecimalField(max_digits=8, decimal_places=5)
    year = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=300)

    class Meta:
        ordering = ["vehicle", "fuel"]
        constraints = [
            models.UniqueConstraint(fields=["region", "vehicle", "fuel"], name="emission_factor_once")
        ]

    def __str__(self) -> str:
        return f"{self.vehicle} {self.fuel}"


class ChecklistTemplates(models.QuerySet["ChecklistTemplate"]):
    """Named readings of checklist templates."""

    def valid_on(self, day: date) -> Self:
        """Those that hold on the day, the newest first."""
        ends = models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=day)
        return self.filter(ends, valid_from__lte=day).order_by("-valid_from")


class ChecklistTemplate(models.Model):
    """What two sides of a visit prepare. `items` and `crew_roles` are data, described in docs/agreements.md."""

    region = models.ForeignKey("venues.Region", models.CASCADE, related_name="checklist_templates")
    label = models.CharField(_("name"), max_length=160)
    items: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    crew_roles: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    remind_days = models.PositiveSmallIntegerField(
        help_text="So many days before the visit a side that has items due gets one mail; with 0 none."
    )
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=600)

    objects = ChecklistTemplates.as_manager()

    class Meta:
        ordering = ["region", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["region", "valid_from"], name="checklist_template_once"),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
                name="checklist_template_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.region})"
