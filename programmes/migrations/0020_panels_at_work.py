import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import bookings.models.no_change


class Migration(migrations.Migration):
    dependencies = [
        ("programmes", "0010_work_sample_files"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="assessor",
            name="is_left_out",
            field=models.BooleanField(
                default=False, help_text="Whether the finished scores of one who was removed do not count."
            ),
        ),
        migrations.AddField(
            model_name="assessor",
            name="reminded_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RemoveConstraint(
            model_name="score",
            name="score_within_scales",
        ),
        migrations.AlterField(
            model_name="score",
            name="points",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="points"),
        ),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("points", None),
                    models.Q(("points__gte", 1), ("points__lte", 10)),
                    _connector="OR",
                ),
                name="score_within_scales",
            ),
        ),
        migrations.CreateModel(
            name="AssessmentChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("set_up", "set up"),
                            ("changed", "changed"),
                            ("seated", "invited"),
                            ("removed", "removed"),
                            ("left_out", "scores left out or taken in"),
                            ("declared", "declared"),
                            ("conflict", "conflict of interest"),
                            ("lifted", "conflict of interest taken back"),
                            ("dealt", "applications dealt"),
                            ("reminded", "reminded"),
                            ("closed", "assessment closed"),
                            ("reopened", "assessment opened again"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("why", models.CharField(blank=True, max_length=500)),
                (
                    "details",
                    models.JSONField(
                        default=dict, help_text="Numbers alone: nothing that an application says."
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programmes.application",
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="programmes.assessment",
                    ),
                ),
                (
                    "assessor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="programmes.assessor",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "constraints": [bookings.models.no_change.NoChange(name="assessment_change_never_changes")],
            },
        ),
    ]
