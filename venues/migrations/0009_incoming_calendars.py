"""Calendars that come in, and the times at which they are busy."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("venues", "0008_school_years"),
    ]

    operations = [
        migrations.CreateModel(
            name="IncomingCalendar",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("organisation", "organisation"),
                            ("venue", "venue"),
                            ("ensemble", "ensemble"),
                        ],
                        max_length=12,
                    ),
                ),
                ("label", models.CharField(blank=True, max_length=80, verbose_name="name")),
                ("address", models.CharField(blank=True, max_length=2000)),
                (
                    "salt",
                    models.CharField(
                        help_text="What the names of its events are hashed with.", max_length=32
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("etag", models.CharField(blank=True, max_length=200)),
                ("modified", models.CharField(blank=True, max_length=200)),
                (
                    "read_at",
                    models.DateTimeField(
                        blank=True, help_text="When its busy times were last read.", null=True
                    ),
                ),
                (
                    "checked_at",
                    models.DateTimeField(
                        blank=True, help_text="When it was last known that they still hold.", null=True
                    ),
                ),
                (
                    "read_until",
                    models.DateTimeField(
                        blank=True, help_text="Nothing is known of what comes after.", null=True
                    ),
                ),
                (
                    "empty_since",
                    models.DateTimeField(
                        blank=True,
                        help_text="Since when it has come without entries, though it had some.",
                        null=True,
                    ),
                ),
                ("is_zone_assumed", models.BooleanField(default=False)),
                (
                    "failures",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="Failed attempts since the last good one."
                    ),
                ),
                ("error", models.CharField(blank=True, help_text="Code of the last failure.", max_length=20)),
                ("error_at", models.DateTimeField(blank=True, null=True)),
                ("next_refresh_at", models.DateTimeField(blank=True, db_index=True, null=True)),
                (
                    "reading_until",
                    models.DateTimeField(
                        blank=True,
                        db_index=True,
                        help_text="A worker reads it, at most until then.",
                        null=True,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="incoming_calendars",
                        to="venues.organisation",
                    ),
                ),
                (
                    "venue",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="incoming_calendars",
                        to="venues.venue",
                    ),
                ),
            ],
            options={
                "ordering": ["label", "pk"],
            },
        ),
        migrations.CreateModel(
            name="BusyTime",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("uid_hash", models.CharField(max_length=32)),
                (
                    "calendar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="busy_times",
                        to="venues.incomingcalendar",
                    ),
                ),
            ],
            options={
                "ordering": ["starts_at", "pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="incomingcalendar",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", "organisation"), ("organisation__isnull", False), ("venue__isnull", True)
                    ),
                    models.Q(("kind", "venue"), ("organisation__isnull", True), ("venue__isnull", False)),
                    models.Q(("kind", "ensemble"), ("organisation__isnull", True), ("venue__isnull", True)),
                    _connector="OR",
                ),
                name="incoming_calendar_of_one_thing",
            ),
        ),
        migrations.AddIndex(
            model_name="busytime",
            index=models.Index(fields=["calendar", "starts_at"], name="busy_by_calendar"),
        ),
        migrations.AddConstraint(
            model_name="busytime",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="busy_ends_after_start"
            ),
        ),
    ]
