"""Workshops of pedagogues, what classes thought of a visit, and calendars of pedagogues."""

import uuid

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import bookings.models.no_overlap
import venues.models.noted


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0081_notice_about_a_school"),
        ("venues", "0015_groups_and_hours"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ClassFeedback",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "glad_count",
                    models.PositiveSmallIntegerField(
                        default=0,
                        validators=[django.core.validators.MaxValueValidator(400)],
                        verbose_name="glad",
                    ),
                ),
                (
                    "so_so_count",
                    models.PositiveSmallIntegerField(
                        default=0,
                        validators=[django.core.validators.MaxValueValidator(400)],
                        verbose_name="so-so",
                    ),
                ),
                (
                    "sad_count",
                    models.PositiveSmallIntegerField(
                        default=0,
                        validators=[django.core.validators.MaxValueValidator(400)],
                        verbose_name="sad",
                    ),
                ),
                ("answers", models.JSONField(default=dict, verbose_name="the teacher's answers")),
                (
                    "comment",
                    models.CharField(
                        blank=True,
                        help_text="No names, of pupils or others.",
                        max_length=500,
                        verbose_name="comment",
                    ),
                ),
                ("told_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                (
                    "visit_group",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="feedback",
                        to="bookings.visitgroup",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "class feedback",
                "ordering": ["visit_group"],
            },
        ),
        migrations.CreateModel(
            name="ClassLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token_digest", models.CharField(max_length=64, unique=True)),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                (
                    "visit_group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="bookings.visitgroup",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Workshop",
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
                        verbose_name="kind",
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="starts")),
                ("ends_at", models.DateTimeField(verbose_name="ends")),
                ("place", models.CharField(max_length=120, verbose_name="room")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "proposed"),
                            ("confirmed", "confirmed"),
                            ("cancelled", "cancelled"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("is_blocking", models.BooleanField(default=True)),
                (
                    "took_part",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(2000)],
                        verbose_name="pupils who took part",
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "sequence",
                    models.PositiveIntegerField(
                        default=0, help_text="RFC 5545 SEQUENCE: raised on each change."
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                (
                    "booking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="workshops",
                        to="bookings.booking",
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        related_name="workshops", to="venues.group", verbose_name="groups"
                    ),
                ),
                (
                    "pedagogue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="workshops",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="pedagogue",
                    ),
                ),
            ],
            options={
                "ordering": ["starts_at", "id"],
                "constraints": [
                    bookings.models.no_overlap.NoOverlap(
                        blocks="is_blocking",
                        end="ends_at",
                        name="pedagogue_booked_once",
                        resource="pedagogue",
                        start="starts_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="workshop_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("is_blocking", False), ("status", "cancelled")),
                            models.Q(models.Q(("status", "cancelled"), _negated=True), ("is_blocking", True)),
                            _connector="OR",
                        ),
                        name="workshop_blocks_unless_cancelled",
                    ),
                    venues.models.noted.Noted(kind="pedagogue", name="workshop_noted", ref="pedagogue"),
                    venues.models.noted.Noted(kind="booking", name="workshop_of_visit_noted", ref="booking"),
                ],
            },
        ),
        migrations.AddField(
            model_name="feed",
            name="person",
            field=models.ForeignKey(
                help_text="The pedagogue whose workshops it shows.",
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
                    ("ensemble", "working days with drives, get-in and nights, also what is not yet agreed"),
                    ("crew", "working days that are agreed, for those who are hired to a tour"),
                    ("pedagogue", "the workshops that a pedagogue holds, also those that are proposed"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="feed",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("person__isnull", False), ("scope", "pedagogue")),
                    models.Q(models.Q(("scope", "pedagogue"), _negated=True), ("person__isnull", True)),
                    _connector="OR",
                ),
                name="feed_of_a_pedagogue_names_them",
            ),
        ),
    ]
