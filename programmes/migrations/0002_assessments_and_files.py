import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import bookings.models.no_change
import programmes.models.files


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0093_residencies_and_claims"),
        ("programmes", "0001_calls_and_applications"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Assessor",
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
                        choices=[("member", "member"), ("external", "external expert")],
                        max_length=10,
                        verbose_name="as what",
                    ),
                ),
                ("invited_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                ("removed_why", models.CharField(blank=True, max_length=500, verbose_name="why")),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessors",
                        to="programmes.call",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessing",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "is_left_out",
                    models.BooleanField(
                        default=False,
                        help_text="Whether the finished scores of one who was removed do not count.",
                    ),
                ),
                ("reminded_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at", None)),
                        fields=("call", "user"),
                        name="assessor_sits_once",
                    )
                ],
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("let_go_at", models.DateTimeField(blank=True, null=True)),
                ("let_go_why", models.CharField(blank=True, max_length=500)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assignments",
                        to="programmes.application",
                    ),
                ),
                (
                    "assessor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assignments",
                        to="programmes.assessor",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("let_go_at", None)),
                        fields=("assessor", "application"),
                        name="assigned_once",
                    )
                ],
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("granted", "granted"),
                            ("reserve", "in reserve"),
                            ("refused", "not granted"),
                        ],
                        max_length=10,
                        verbose_name="decision",
                    ),
                ),
                (
                    "reserve_number",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="place among the reserves",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=10, null=True, verbose_name="amount"
                    ),
                ),
                ("motivation", models.TextField(max_length=4000, verbose_name="why")),
                ("at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decision",
                        to="programmes.application",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "residency",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decision",
                        to="bookings.residency",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "reserve"), ("reserve_number__isnull", False)),
                            models.Q(
                                models.Q(("outcome", "reserve"), _negated=True),
                                ("reserve_number__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="decision_reserve_has_a_place",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__isnull", True), ("amount__gte", 0), _connector="OR"),
                        name="decision_amount_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("residency__isnull", True), ("outcome", "granted"), _connector="OR"
                        ),
                        name="decision_granted_to_stay",
                    ),
                ],
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Declaration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("has_conflict", models.BooleanField(verbose_name="conflict of interest")),
                ("why", models.CharField(blank=True, max_length=500, verbose_name="which")),
                ("at", models.DateTimeField()),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="declarations",
                        to="programmes.application",
                    ),
                ),
                (
                    "assessor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="declarations",
                        to="programmes.assessor",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("assessor", "application"), name="declared_once")
                ],
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("held_on", models.DateField(verbose_name="day")),
                ("chair", models.CharField(max_length=120, verbose_name="chair")),
                ("secretary", models.CharField(blank=True, max_length=120, verbose_name="secretary")),
                (
                    "notes",
                    models.TextField(blank=True, max_length=8000, verbose_name="what was said in general"),
                ),
                ("fixed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answers_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When the answers leave the outbox.",
                        null=True,
                        verbose_name="answers are sent",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "call",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meeting",
                        to="programmes.call",
                    ),
                ),
                (
                    "fixed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "present",
                    models.ManyToManyField(
                        related_name="meetings", to="programmes.assessor", verbose_name="present"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answers_at", None),
                            models.Q(("answers_at__gte", models.F("fixed_at")), ("fixed_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="answered_once_fixed",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Minutes",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("facts", models.JSONField()),
                ("digest", models.CharField(help_text="SHA-256 over the facts.", max_length=64)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="minutes",
                        to="programmes.meeting",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "number"), name="minutes_numbered_once"),
                    bookings.models.no_change.NoChange(name="minutes_never_change"),
                ],
                "verbose_name_plural": "minutes",
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("comment", models.TextField(blank=True, max_length=4000, verbose_name="all in all")),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField()),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="programmes.application",
                    ),
                ),
                (
                    "assessor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="programmes.assessor",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("assessor", "application"), name="reviewed_once")
                ],
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Sighting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("application", "the application"),
                            ("names", "the names in it"),
                            ("file", "a file of it"),
                            ("reviews", "what the assessors say of it"),
                            ("ranking", "the ranking"),
                            ("minutes", "the minutes"),
                        ],
                        max_length=20,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "application",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sightings",
                        to="programmes.application",
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sightings",
                        to="programmes.call",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["application", "user"], name="sightings_of_application")],
                "constraints": [bookings.models.no_change.NoChange(name="sighting_never_changes")],
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "scale_most",
                    models.PositiveSmallIntegerField(
                        default=5,
                        help_text="The lowest is 1.",
                        validators=[
                            django.core.validators.MinValueValidator(3),
                            django.core.validators.MaxValueValidator(10),
                        ],
                        verbose_name="highest score",
                    ),
                ),
                (
                    "readers_count",
                    models.PositiveSmallIntegerField(
                        default=2,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="how many read each application",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="scores at the latest")),
                ("assigned_at", models.DateTimeField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "call",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessment",
                        to="programmes.call",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("scale_most__gte", 3), ("scale_most__lte", 10)),
                        name="assessment_scale_within_bounds",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("readers_count__gte", 1)), name="assessment_has_readers"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SampleFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=160, verbose_name="what it is")),
                ("original_name", models.CharField(max_length=140)),
                ("file", models.FileField(max_length=120, upload_to=programmes.models.files._place)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("pdf", "PDF"),
                            ("jpeg", "JPEG"),
                            ("mp3", "MP3"),
                            ("m4a", "M4A"),
                            ("ogg", "OGG"),
                            ("wav", "WAV"),
                            ("flac", "FLAC"),
                            ("mp4", "MP4"),
                            ("webm", "WebM"),
                            ("text", "TXT"),
                        ],
                        max_length=10,
                    ),
                ),
                ("bytes_count", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "particulars",
                    models.CharField(
                        blank=True, help_text="What it says itself of who made it.", max_length=300
                    ),
                ),
                (
                    "is_identifying",
                    models.BooleanField(
                        default=True,
                        help_text="Hidden where applications are assessed without names.",
                        verbose_name="tells who you are",
                    ),
                ),
                (
                    "scan_state",
                    models.CharField(
                        choices=[
                            ("waiting", "waits for the virus scanner"),
                            ("clean", "no virus found"),
                            ("refused", "refused by the virus scanner"),
                            ("unscanned", "not looked at: there is no virus scanner"),
                        ],
                        max_length=10,
                    ),
                ),
                ("scan_words", models.CharField(blank=True, max_length=200)),
                (
                    "scanned_at",
                    models.DateTimeField(blank=True, help_text="Tried, where it still waits.", null=True),
                ),
                ("added_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="programmes.application",
                    ),
                ),
            ],
            options={
                "ordering": ["number", "pk"],
                "indexes": [models.Index(fields=["scan_state"], name="sample_files_by_scan")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at", None)),
                        fields=("application", "number"),
                        name="sample_file_numbered_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("bytes_count__gt", 0)), name="sample_file_not_empty"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Score",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("points", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="points")),
                ("comment", models.CharField(blank=True, max_length=1000, verbose_name="comment")),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programmes.criterion",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scores",
                        to="programmes.review",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("review", "criterion"), name="scored_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("points", None),
                            models.Q(("points__gte", 1), ("points__lte", 10)),
                            _connector="OR",
                        ),
                        name="score_within_scales",
                    ),
                ],
                "ordering": ["criterion__number"],
            },
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
        migrations.CreateModel(
            name="CallNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "occasion",
                    models.CharField(
                        choices=[
                            ("receipt", "receipt"),
                            ("answer", "answer"),
                            ("called_in", "called in from the reserves"),
                        ],
                        max_length=10,
                    ),
                ),
                ("taken_back_at", models.DateTimeField(blank=True, null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="programmes.application",
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="programmes.call",
                    ),
                ),
                (
                    "notice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="about_call",
                        to="bookings.notice",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(("occasion", "receipt"), _negated=True), ("taken_back_at", None)
                        ),
                        fields=("application", "occasion"),
                        name="call_answered_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DecisionChange",
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
                            ("decided", "decided"),
                            ("changed", "changed"),
                            ("undone", "taken back"),
                            ("called_in", "called in from the reserves"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "before",
                    models.JSONField(
                        default=dict,
                        help_text="Outcome, place among the reserves, amount and motivation; empty: undecided.",
                    ),
                ),
                ("after", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decision_changes",
                        to="programmes.application",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
                "constraints": [bookings.models.no_change.NoChange(name="decision_change_never_changes")],
            },
        ),
        migrations.CreateModel(
            name="Reopening",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(help_text="Of the minutes that it opened.")),
                ("why", models.CharField(max_length=500, verbose_name="why")),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reopenings",
                        to="programmes.meeting",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "number"), name="minutes_opened_once"),
                    bookings.models.no_change.NoChange(name="reopening_never_changes"),
                ],
            },
        ),
    ]
