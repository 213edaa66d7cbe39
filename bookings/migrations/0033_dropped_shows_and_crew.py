"""Shows that a visit has no more stay in calendars as cancelled; private links for those who are hired to a tour."""

import django.db.models.deletion
from django.db import migrations, models

from venues.models.noted import Noted


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0032_shown_in_calendars"),
        ("venues", "0006_calendar_marks"),
    ]

    operations = [
        migrations.CreateModel(
            name="DroppedShow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "booking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="dropped_shows",
                        to="bookings.booking",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("uid", models.UUIDField(editable=False, unique=True)),
                ("sequence", models.PositiveIntegerField()),
                ("changed_at", models.DateTimeField(help_text="When it was dropped.")),
            ],
            options={
                "ordering": ["starts_at", "uid"],
                "constraints": [Noted(name="dropped_show_noted", kind="booking", ref="booking")],
            },
        ),
        migrations.RemoveConstraint(
            model_name="feed",
            name="feed_of_an_ensemble_names_it",
        ),
        migrations.AlterField(
            model_name="feed",
            name="scope",
            field=models.CharField(
                choices=[
                    ("presenter", "everything at this presenter or school, also what is not yet agreed"),
                    ("producer", "all tours of this producer, also what is not yet agreed"),
                    ("ensemble", "working days with drives, get-in and nights, also what is not yet agreed"),
                    ("crew", "working days that are agreed, for those who are hired to a tour"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="feed",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ensemble__isnull", False), ("scope__in", ["ensemble", "crew"])),
                    models.Q(
                        models.Q(("scope__in", ["ensemble", "crew"]), _negated=True),
                        ("ensemble__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="feed_of_an_ensemble_names_it",
            ),
        ),
    ]
