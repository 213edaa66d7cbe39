"""Calls and assessments as they stand: one step for all that were before."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import bookings.models.no_change
import programmes.models.files
from venues.migrations._together import CreateTogether


class Migration(migrations.Migration):
    replaces = [("programmes", "0001_calls_and_applications"), ("programmes", "0002_assessments_and_files")]

    initial = True

    dependencies = [
        ("bookings", "0001_squashed_0093_residencies_and_claims"),
        ("venues", "0001_squashed_0052_dwellings"),
    ]

    operations = [
        CreateTogether(
            app_label="programmes",
            models=[
                migrations.CreateModel(
                    name="Call",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="calls",
                                to="venues.region",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="calls",
                                to="venues.organisation",
                                verbose_name="who publishes it",
                            ),
                        ),
                        ("kind", models.CharField(max_length=30, verbose_name="kind")),
                        ("slug", models.SlugField(max_length=120, unique=True)),
                        ("title", models.CharField(max_length=120, verbose_name="title")),
                        (
                            "title_en",
                            models.CharField(blank=True, max_length=120, verbose_name="title in English"),
                        ),
                        ("purpose", models.TextField(verbose_name="purpose")),
                        ("purpose_en", models.TextField(blank=True, verbose_name="purpose in English")),
                        ("who_may_apply", models.TextField(verbose_name="who may apply")),
                        (
                            "who_may_apply_en",
                            models.TextField(blank=True, verbose_name="who may apply, in English"),
                        ),
                        (
                            "art_forms",
                            models.JSONField(
                                default=list,
                                help_text="Of tours.Production.ArtForm; none: all of them.",
                                verbose_name="art forms",
                            ),
                        ),
                        (
                            "stipend",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=10,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(0)],
                                verbose_name="stipend",
                            ),
                        ),
                        ("currency", models.CharField(default="SEK", max_length=3)),
                        (
                            "paid_weeks",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(52),
                                ],
                                verbose_name="paid weeks",
                            ),
                        ),
                        ("gives_housing", models.BooleanField(default=False, verbose_name="housing")),
                        ("gives_room", models.BooleanField(default=False, verbose_name="a room to work in")),
                        ("gives_travel", models.BooleanField(default=False, verbose_name="travel")),
                        ("given_more", models.TextField(blank=True, verbose_name="what else is given")),
                        (
                            "given_more_en",
                            models.TextField(blank=True, verbose_name="what else is given, in English"),
                        ),
                        (
                            "chosen_count",
                            models.PositiveSmallIntegerField(
                                default=1,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(200),
                                ],
                                verbose_name="how many are chosen",
                            ),
                        ),
                        (
                            "is_blind",
                            models.BooleanField(
                                default=False,
                                help_text="Names and what tells them are hidden.",
                                verbose_name="assessed without names",
                            ),
                        ),
                        ("opens_at", models.DateTimeField(verbose_name="opens")),
                        ("closes_at", models.DateTimeField(verbose_name="closes")),
                        ("answers_on", models.DateField(verbose_name="answer at the latest")),
                        ("published_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "withdrawn_why",
                            models.CharField(blank=True, max_length=500, verbose_name="why it was withdrawn"),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "ordering": ["-closes_at", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("closes_at__gt", models.F("opens_at"))),
                                name="call_closes_after_opening",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("withdrawn_at__isnull", True),
                                    ("published_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="call_withdrawn_once_public",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("chosen_count__gte", 1), ("chosen_count__lte", 200)),
                                name="call_chooses_some",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CallPeriod",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="periods",
                                to="programmes.call",
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="from")),
                        ("ends_on", models.DateField(verbose_name="to")),
                    ],
                    options={
                        "ordering": ["starts_on", "ends_on"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("call", "starts_on", "ends_on"), name="call_period_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                                name="call_period_ends_after_start",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CallPlace",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="places",
                                to="programmes.call",
                            ),
                        ),
                        (
                            "municipality",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="venues.municipality",
                            ),
                        ),
                        (
                            "host",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="venues.organisation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["municipality__name", "host__name"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("call", "municipality", "host"), name="call_place_once"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("host", None)),
                                fields=("call", "municipality"),
                                name="call_municipality_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Criterion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="criteria",
                                to="programmes.call",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        ("title", models.CharField(max_length=120, verbose_name="criterion")),
                        (
                            "title_en",
                            models.CharField(blank=True, max_length=120, verbose_name="criterion in English"),
                        ),
                        (
                            "weight",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                                verbose_name="weight, per cent",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("call", "number"), name="criterion_numbered_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("weight__gte", 1), ("weight__lte", 100)),
                                name="criterion_has_weight",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CallChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="changes",
                                to="programmes.call",
                            ),
                        ),
                        (
                            "action",
                            models.CharField(
                                choices=[
                                    ("made", "made"),
                                    ("changed", "changed"),
                                    ("published", "published"),
                                    ("extended", "open for longer"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                max_length=10,
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
                        ("at", models.DateTimeField()),
                        (
                            "details",
                            models.JSONField(default=dict, help_text="Field -> [before, after], as text."),
                        ),
                    ],
                    options={
                        "ordering": ["at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Application",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="applications",
                                to="programmes.call",
                            ),
                        ),
                        (
                            "applicant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="applications",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "number",
                            models.PositiveIntegerField(
                                blank=True,
                                help_text="In its call, from the first time that it was sent in.",
                                null=True,
                            ),
                        ),
                        ("applicant_name", models.CharField(max_length=120, verbose_name="your name")),
                        (
                            "group_name",
                            models.CharField(blank=True, max_length=120, verbose_name="name of the ensemble"),
                        ),
                        ("phone", models.CharField(blank=True, max_length=40, verbose_name="telephone")),
                        (
                            "home",
                            models.ForeignKey(
                                blank=True,
                                help_text="Empty: outside the region.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="venues.municipality",
                                verbose_name="municipality where you live",
                            ),
                        ),
                        (
                            "is_first_time",
                            models.BooleanField(
                                blank=True, null=True, verbose_name="first application to this publisher"
                            ),
                        ),
                        (
                            "art_form",
                            models.CharField(
                                choices=[
                                    ("theatre", "theatre"),
                                    ("dance", "dance"),
                                    ("music", "music"),
                                    ("music_theatre", "music theatre"),
                                    ("circus", "contemporary circus"),
                                    ("storytelling", "storytelling"),
                                ],
                                max_length=20,
                                verbose_name="art form",
                            ),
                        ),
                        ("title", models.CharField(max_length=160, verbose_name="title of the work")),
                        ("summary", models.CharField(max_length=400, verbose_name="in short")),
                        ("description", models.TextField(max_length=8000, verbose_name="description")),
                        (
                            "access_needs",
                            models.TextField(
                                blank=True,
                                help_text="Not shown to assessors.",
                                max_length=1000,
                                verbose_name="what you need to take part",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("made_at", models.DateTimeField()),
                        ("changed_at", models.DateTimeField()),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["-changed_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_at", None)),
                                fields=("call", "applicant"),
                                name="one_standing_application",
                            ),
                            models.UniqueConstraint(
                                fields=("call", "number"), name="application_numbered_once"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BudgetLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="budget",
                                to="programmes.application",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        ("is_income", models.BooleanField(default=False, verbose_name="income")),
                        ("words", models.CharField(max_length=160, verbose_name="what")),
                        (
                            "amount",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(0)],
                                verbose_name="amount",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("application", "number"), name="budget_line_numbered_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gte", 0)), name="budget_line_not_negative"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Collaborator",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="collaborators",
                                to="programmes.application",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        ("role", models.CharField(max_length=120, verbose_name="as what")),
                    ],
                    options={
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("application", "number"), name="collaborator_numbered_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WorkSample",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="work_samples",
                                to="programmes.application",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        ("title", models.CharField(max_length=160, verbose_name="what it is")),
                        ("url", models.URLField(max_length=500, verbose_name="address")),
                    ],
                    options={
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("application", "number"), name="work_sample_numbered_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WishedPeriod",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="periods",
                                to="programmes.application",
                            ),
                        ),
                        (
                            "period",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="programmes.callperiod",
                            ),
                        ),
                        ("rank", models.PositiveSmallIntegerField()),
                    ],
                    options={
                        "ordering": ["rank"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("application", "period"), name="wished_period_once"
                            ),
                            models.UniqueConstraint(
                                fields=("application", "rank"), name="wished_period_ranks_differ"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WishedPlace",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="places",
                                to="programmes.application",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="programmes.callplace",
                            ),
                        ),
                        ("rank", models.PositiveSmallIntegerField()),
                    ],
                    options={
                        "ordering": ["rank"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("application", "place"), name="wished_place_once"
                            ),
                            models.UniqueConstraint(
                                fields=("application", "rank"), name="wished_place_ranks_differ"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Submission",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="submissions",
                                to="programmes.application",
                            ),
                        ),
                        (
                            "number",
                            models.PositiveSmallIntegerField(help_text="1 is the first of its application."),
                        ),
                        ("facts", models.JSONField()),
                        ("digest", models.CharField(help_text="SHA-256 over the facts.", max_length=64)),
                        ("at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("application", "number"), name="submission_numbered_once"
                            ),
                            bookings.models.no_change.NoChange(name="submission_never_changes"),
                        ],
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
                            "call",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assessment",
                                to="programmes.call",
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
                    name="Assessor",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                            "is_left_out",
                            models.BooleanField(
                                default=False,
                                help_text="Whether the finished scores of one who was removed do not count.",
                            ),
                        ),
                        ("reminded_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("removed_at", None)),
                                fields=("call", "user"),
                                name="assessor_sits_once",
                            )
                        ],
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
                        (
                            "assessor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="declarations",
                                to="programmes.assessor",
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="declarations",
                                to="programmes.application",
                            ),
                        ),
                        ("has_conflict", models.BooleanField(verbose_name="conflict of interest")),
                        ("why", models.CharField(blank=True, max_length=500, verbose_name="which")),
                        ("at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("assessor", "application"), name="declared_once")
                        ],
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
                        (
                            "assessor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="assignments",
                                to="programmes.assessor",
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="assignments",
                                to="programmes.application",
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                        ("let_go_at", models.DateTimeField(blank=True, null=True)),
                        ("let_go_why", models.CharField(blank=True, max_length=500)),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("let_go_at", None)),
                                fields=("assessor", "application"),
                                name="assigned_once",
                            )
                        ],
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
                        (
                            "assessor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reviews",
                                to="programmes.assessor",
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reviews",
                                to="programmes.application",
                            ),
                        ),
                        ("comment", models.TextField(blank=True, max_length=4000, verbose_name="all in all")),
                        ("finished_at", models.DateTimeField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("changed_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("assessor", "application"), name="reviewed_once")
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
                        (
                            "review",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="scores",
                                to="programmes.review",
                            ),
                        ),
                        (
                            "criterion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="programmes.criterion",
                            ),
                        ),
                        (
                            "points",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="points"),
                        ),
                        ("comment", models.CharField(blank=True, max_length=1000, verbose_name="comment")),
                    ],
                    options={
                        "ordering": ["criterion__number"],
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
                            "assessment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="changes",
                                to="programmes.assessment",
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
                            "application",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="programmes.application",
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
                        ("at", models.DateTimeField()),
                        ("why", models.CharField(blank=True, max_length=500)),
                        (
                            "details",
                            models.JSONField(
                                default=dict, help_text="Numbers alone: nothing that an application says."
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-at", "-pk"],
                        "constraints": [
                            bookings.models.no_change.NoChange(name="assessment_change_never_changes")
                        ],
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
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sightings",
                                to="programmes.call",
                            ),
                        ),
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
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                    ],
                    options={
                        "ordering": ["-at", "-pk"],
                        "indexes": [
                            models.Index(fields=["application", "user"], name="sightings_of_application")
                        ],
                        "constraints": [bookings.models.no_change.NoChange(name="sighting_never_changes")],
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
                        (
                            "call",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="meeting",
                                to="programmes.call",
                            ),
                        ),
                        ("held_on", models.DateField(verbose_name="day")),
                        ("chair", models.CharField(max_length=120, verbose_name="chair")),
                        ("secretary", models.CharField(blank=True, max_length=120, verbose_name="secretary")),
                        (
                            "notes",
                            models.TextField(
                                blank=True, max_length=8000, verbose_name="what was said in general"
                            ),
                        ),
                        ("fixed_at", models.DateTimeField(blank=True, null=True)),
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
                                    models.Q(
                                        ("answers_at__gte", models.F("fixed_at")), ("fixed_at__isnull", False)
                                    ),
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
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="minutes",
                                to="programmes.meeting",
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
                    ],
                    options={
                        "verbose_name_plural": "minutes",
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("meeting", "number"), name="minutes_numbered_once"
                            ),
                            bookings.models.no_change.NoChange(name="minutes_never_change"),
                        ],
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
                            "application",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decision",
                                to="programmes.application",
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
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("version", models.PositiveIntegerField(default=1)),
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
                        "ordering": ["pk"],
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
                                condition=models.Q(
                                    ("amount__isnull", True), ("amount__gte", 0), _connector="OR"
                                ),
                                name="decision_amount_not_negative",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("residency__isnull", True), ("outcome", "granted"), _connector="OR"
                                ),
                                name="decision_granted_to_stay",
                            ),
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
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decision_changes",
                                to="programmes.application",
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
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["at", "pk"],
                        "constraints": [
                            bookings.models.no_change.NoChange(name="decision_change_never_changes")
                        ],
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
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reopenings",
                                to="programmes.meeting",
                            ),
                        ),
                        (
                            "number",
                            models.PositiveSmallIntegerField(help_text="Of the minutes that it opened."),
                        ),
                        ("why", models.CharField(max_length=500, verbose_name="why")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("meeting", "number"), name="minutes_opened_once"),
                            bookings.models.no_change.NoChange(name="reopening_never_changes"),
                        ],
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
                            "notice",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="about_call",
                                to="bookings.notice",
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
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notices",
                                to="programmes.application",
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
                    name="SampleFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="files",
                                to="programmes.application",
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
                            models.DateTimeField(
                                blank=True, help_text="Tried, where it still waits.", null=True
                            ),
                        ),
                        ("added_at", models.DateTimeField()),
                        ("removed_at", models.DateTimeField(blank=True, null=True)),
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
            ],
        ),
    ]
