"""What calendars show of residencies: where it stands, periods that were dropped, and links of artists."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from venues.models.noted import AddNoted, Noted


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0110_after_the_stay"),
        ("venues", "0052_dwellings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="calendarentry",
            name="residency_ref",
            field=models.BigIntegerField(
                db_index=True,
                help_text="The same for what belongs to a residency; then there is no visit.",
                null=True,
            ),
        ),
        migrations.CreateModel(
            name="DroppedPeriod",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("uid", models.UUIDField(editable=False, unique=True)),
                ("sequence", models.PositiveIntegerField()),
                ("changed_at", models.DateTimeField(help_text="When it was dropped.")),
                (
                    "residency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="dropped_periods",
                        to="bookings.residency",
                    ),
                ),
            ],
            options={
                "ordering": ["starts_on", "uid"],
                "constraints": [Noted(kind="residency", name="dropped_period_noted", ref="residency")],
            },
        ),
        AddNoted(
            model_name="allocation",
            constraint=Noted(kind="residency", name="residency_allocation_noted", ref="residency"),
        ),
        migrations.RemoveConstraint(model_name="feed", name="feed_of_a_pedagogue_names_them"),
        migrations.AlterField(
            model_name="feed",
            name="organisation",
            field=models.ForeignKey(
                help_text="An artist has none.",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="feeds",
                to="venues.organisation",
            ),
        ),
        migrations.AlterField(
            model_name="feed",
            name="person",
            field=models.ForeignKey(
                help_text="The pedagogue whose workshops it shows, or the artist whose residencies.",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="feed",
            name="scope",
            field=models.CharField(
                choices=[
                    ("presenter", "everything at this presenter or school, also what is not yet agreed"),
                    ("producer", "all tours of this producer, also what is not yet agreed"),
                    (
                        "ensemble",
                        "working days with drives, get-in and nights, also what is not yet agreed",
                    ),
                    ("crew", "working days that are agreed, for those who are hired to a tour"),
                    ("pedagogue", "the workshops that a pedagogue holds, also those that are proposed"),
                    ("artist", "one's own residencies with all that is on, also what is not yet agreed"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="feed",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("person__isnull", False), ("scope__in", ["pedagogue", "artist"])),
                    models.Q(
                        models.Q(("scope__in", ["pedagogue", "artist"]), _negated=True),
                        ("person__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="feed_of_a_person_names_them",
            ),
        ),
        migrations.AddConstraint(
            model_name="feed",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("organisation__isnull", True), ("scope", "artist")),
                    models.Q(models.Q(("scope", "artist"), _negated=True), ("organisation__isnull", False)),
                    _connector="OR",
                ),
                name="feed_of_an_artist_alone_has_no_house",
            ),
        ),
    ]
