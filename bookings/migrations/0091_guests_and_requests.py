"""Calendars of guest schools are noted, and schools ask for workshops."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from venues.models.noted import AddNoted, Noted


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0082_visits_of_schools"),
        ("venues", "0051_group_changes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="WorkshopRequest",
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
                        choices=[("before", "before the visit"), ("after", "after the visit")],
                        max_length=10,
                        verbose_name="when",
                    ),
                ),
                ("wish", models.CharField(blank=True, max_length=200, verbose_name="wishes of time")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("proposed", "proposed"),
                            ("declined", "declined"),
                            ("taken_back", "taken back"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=500, verbose_name="why not")),
                ("asked_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["asked_at", "id"],
            },
        ),
        AddNoted("visitgroup", Noted(kind="guest", name="visit_group_gone_noted", ref="group")),
        migrations.AddField(
            model_name="workshoprequest",
            name="answered_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="workshoprequest",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="workshoprequest",
            name="booking",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="workshop_requests",
                to="bookings.booking",
            ),
        ),
        migrations.AddField(
            model_name="workshoprequest",
            name="groups",
            field=models.ManyToManyField(
                related_name="workshop_requests", to="venues.group", verbose_name="groups"
            ),
        ),
        migrations.AddField(
            model_name="workshoprequest",
            name="school",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="workshop_requests",
                to="venues.organisation",
            ),
        ),
        migrations.AddField(
            model_name="workshoprequest",
            name="workshop",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="asked_for",
                to="bookings.workshop",
            ),
        ),
        migrations.AddConstraint(
            model_name="workshoprequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "waiting")),
                fields=("booking", "school"),
                name="workshop_asked_for_once",
            ),
        ),
    ]
