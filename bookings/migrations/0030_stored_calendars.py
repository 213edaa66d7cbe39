"""Calendars are stored: each dated thing's bytes, and each address's; private links say what they show."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0029_noted_for_calendars"),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarEntry",
            fields=[
                ("uid", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "booking_ref",
                    models.BigIntegerField(
                        db_index=True,
                        help_text="No foreign key: a deleted visit has to be taken out of its feeds.",
                    ),
                ),
                ("facets", models.JSONField(default=dict)),
                ("generation", models.PositiveBigIntegerField(default=1)),
            ],
            options={
                "verbose_name_plural": "calendar entries",
            },
        ),
        migrations.AddField(
            model_name="feed",
            name="address",
            field=models.CharField(
                default="", help_text="What it shows, as `bookings.feeds.Address` writes it.", max_length=500
            ),
        ),
        migrations.CreateModel(
            name="StoredFeed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address", models.CharField(max_length=500, unique=True)),
                ("kind", models.CharField(max_length=12)),
                ("ref", models.BigIntegerField()),
                ("wanted", models.PositiveBigIntegerField(default=1)),
                ("made", models.PositiveBigIntegerField(default=0)),
                ("made_for", models.DateField(null=True)),
                ("style", models.CharField(blank=True, max_length=16)),
                ("etag", models.CharField(blank=True, max_length=32)),
                (
                    "modified_s",
                    models.BigIntegerField(default=0, help_text="Unix time of the last change of the bytes."),
                ),
                ("entries_count", models.PositiveIntegerField(default=0)),
                (
                    "read_on",
                    models.DateField(help_text="The last day on which it was asked for and had to be made."),
                ),
                ("packed", models.BinaryField(default=b"")),
                ("body", models.BinaryField(default=b"")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["kind", "ref"], name="feeds_of_a_thing"),
                    models.Index(fields=["made_for", "read_on"], name="feeds_of_a_day"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RenderedEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.CharField(max_length=12)),
                ("generation", models.PositiveBigIntegerField()),
                ("style", models.CharField(max_length=16)),
                ("sequence", models.PositiveIntegerField()),
                (
                    "last_modified",
                    models.DateTimeField(help_text="When these bytes came to be; never goes back."),
                ),
                ("vevent", models.BinaryField()),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rendered",
                        to="bookings.calendarentry",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("entry", "version"), name="rendered_once_a_version")
                ],
            },
        ),
    ]
