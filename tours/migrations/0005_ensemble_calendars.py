"""Whose calendars come in for an ensemble."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tours", "0004_calendar_content"),
        ("venues", "0009_incoming_calendars"),
    ]

    operations = [
        migrations.CreateModel(
            name="EnsembleCalendar",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "calendar",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="of_ensemble",
                        to="venues.incomingcalendar",
                        verbose_name="calendar",
                    ),
                ),
                (
                    "ensemble",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendars",
                        to="tours.ensemble",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
    ]
