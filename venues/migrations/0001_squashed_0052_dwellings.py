"""The ground as it stands: one step for all that were before."""

from decimal import Decimal

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import venues.codes
import venues.models.noted
from venues.migrations._together import CreateTogether


class Migration(migrations.Migration):
    replaces = [
        ("venues", "0001_ground"),
        ("venues", "0002_subsidies_and_emissions"),
        ("venues", "0003_full_houses"),
        ("venues", "0004_winter_roads"),
        ("venues", "0005_checklists"),
        ("venues", "0006_calendar_marks"),
        ("venues", "0007_digital_rooms"),
        ("venues", "0008_school_years"),
        ("venues", "0009_incoming_calendars"),
        ("venues", "0010_laws_noted_for_calendars"),
        ("venues", "0011_former_names"),
        ("venues", "0012_school_register"),
        ("venues", "0013_stages_as_forms"),
        ("venues", "0014_no_stages"),
        ("venues", "0015_groups_and_hours"),
        ("venues", "0020_crews"),
        ("venues", "0040_school_terms"),
        ("venues", "0041_school_confirmations"),
        ("venues", "0050_memberships_noted_for_calendars"),
        ("venues", "0051_group_changes"),
        ("venues", "0052_dwellings"),
    ]

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        CreateTogether(
            app_label="venues",
            models=[
                migrations.CreateModel(
                    name="User",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        (
                            "last_login",
                            models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                        ),
                        (
                            "is_superuser",
                            models.BooleanField(
                                default=False,
                                help_text="Designates that this user has all permissions without explicitly assigning them.",
                                verbose_name="superuser status",
                            ),
                        ),
                        ("email", models.EmailField(max_length=254, unique=True, verbose_name="e-mail")),
                        ("name", models.CharField(blank=True, max_length=120, verbose_name="name")),
                        (
                            "language",
                            models.CharField(
                                choices=[("sv", "Swedish"), ("en", "English")],
                                default="sv",
                                max_length=5,
                                verbose_name="language",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True)),
                        ("is_staff", models.BooleanField(default=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "groups",
                            models.ManyToManyField(
                                blank=True,
                                help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.group",
                                verbose_name="groups",
                            ),
                        ),
                        (
                            "user_permissions",
                            models.ManyToManyField(
                                blank=True,
                                help_text="Specific permissions for this user.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.permission",
                                verbose_name="user permissions",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["email"],
                        "constraints": [
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("email"),
                                name="user_email_whatever_case",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Region",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("slug", models.SlugField(unique=True)),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        ("code", models.CharField(max_length=10, unique=True, verbose_name="county code")),
                        (
                            "country",
                            models.CharField(
                                help_text="ISO 3166-1 alpha-2", max_length=2, verbose_name="country"
                            ),
                        ),
                        (
                            "currency",
                            models.CharField(help_text="ISO 4217", max_length=3, verbose_name="currency"),
                        ),
                        (
                            "time_zone",
                            models.CharField(
                                default="Europe/Stockholm", max_length=40, verbose_name="time zone"
                            ),
                        ),
                        (
                            "is_served",
                            models.BooleanField(
                                default=False,
                                help_text="Plans here; the others are known only as neighbours.",
                                verbose_name="served",
                            ),
                        ),
                        ("winter_from", models.CharField(blank=True, max_length=5)),
                        ("winter_to", models.CharField(blank=True, max_length=5)),
                        ("neighbours", models.ManyToManyField(blank=True, to="venues.region")),
                    ],
                    options={
                        "ordering": ["name"],
                        "constraints": [
                            venues.models.noted.Noted(kind="region", name="region_noted", ref="id")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NetworkMeeting",
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="network_meetings",
                                to="venues.region",
                            ),
                        ),
                        ("title", models.CharField(max_length=80, verbose_name="title")),
                        ("held_on", models.DateField(verbose_name="day")),
                        ("starts_at", models.TimeField(verbose_name="from")),
                        ("ends_at", models.TimeField(verbose_name="to")),
                        ("venue", models.CharField(max_length=160, verbose_name="where")),
                        (
                            "programme",
                            models.TextField(blank=True, max_length=2000, verbose_name="programme"),
                        ),
                        ("is_cancelled", models.BooleanField(default=False, verbose_name="cancelled")),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "ordering": ["-held_on", "-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                                name="meeting_ends_after_start",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CrewTaskTemplate",
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="crew_task_templates",
                                to="venues.region",
                            ),
                        ),
                        ("label", models.CharField(max_length=160, verbose_name="name")),
                        ("tasks", models.JSONField(default=list)),
                        ("valid_from", models.DateField(verbose_name="valid from")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
                        ("source", models.CharField(max_length=600, verbose_name="source")),
                    ],
                    options={
                        "ordering": ["region", "valid_from"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("region", "valid_from"), name="crew_task_template_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="crew_task_template_ends_after_start",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Municipality",
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
                                related_name="municipalities",
                                to="venues.region",
                            ),
                        ),
                        ("code", models.CharField(max_length=10, unique=True, verbose_name="code")),
                        ("name", models.CharField(max_length=80, verbose_name="name")),
                        (
                            "name_sma",
                            models.CharField(blank=True, max_length=80, verbose_name="South Sami name"),
                        ),
                        ("slug", models.SlugField(unique=True)),
                        ("centre", models.CharField(blank=True, max_length=80, verbose_name="centre")),
                        (
                            "is_sami_area",
                            models.BooleanField(null=True, verbose_name="Sami administrative area"),
                        ),
                        (
                            "population",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="inhabitants"),
                        ),
                        ("population_source", models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        "verbose_name_plural": "municipalities",
                        "ordering": ["name"],
                        "constraints": [
                            venues.models.noted.Noted(
                                kind="municipality", name="municipality_noted", ref="id"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Organisation",
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
                                related_name="organisations",
                                to="venues.region",
                            ),
                        ),
                        (
                            "municipality",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="organisations",
                                to="venues.municipality",
                            ),
                        ),
                        ("name", models.CharField(max_length=160, verbose_name="name")),
                        ("slug", models.SlugField(max_length=160, unique=True)),
                        (
                            "email",
                            models.EmailField(
                                blank=True,
                                help_text="An address of the role, not of a person.",
                                max_length=254,
                                verbose_name="role address",
                            ),
                        ),
                        ("phone", models.CharField(blank=True, max_length=40, verbose_name="telephone")),
                        (
                            "language",
                            models.CharField(
                                choices=[("sv", "Swedish"), ("en", "English")],
                                default="sv",
                                max_length=5,
                                verbose_name="language",
                            ),
                        ),
                        (
                            "is_riksteatern",
                            models.BooleanField(
                                blank=True,
                                help_text="Is one, or presents together with one.",
                                null=True,
                                verbose_name="Riksteatern association",
                            ),
                        ),
                        (
                            "is_demo",
                            models.BooleanField(default=False, help_text="Invented for the demo region."),
                        ),
                    ],
                    options={
                        "ordering": ["name"],
                        "constraints": [
                            venues.models.noted.Noted(
                                kind="organisation", name="organisation_noted", ref="id"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OrganisationRole",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="roles",
                                to="venues.organisation",
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("producer", "producer"),
                                    ("presenter", "presenter"),
                                    ("school", "school"),
                                    ("school_owner", "school owner"),
                                    ("library", "library"),
                                    ("funder", "funder"),
                                    ("region", "region"),
                                ],
                                max_length=20,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation", "role"), name="organisation_has_role_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Membership",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="memberships",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="memberships",
                                to="venues.organisation",
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("producer", "producer"),
                                    ("presenter", "presenter"),
                                    ("school_contact", "school contact"),
                                    ("coordinator", "municipality's coordinator"),
                                    ("pedagogue", "performing-arts pedagogue"),
                                    ("officer", "culture officer"),
                                    ("administrator", "administrator"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "ordering": ["organisation__name", "role"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("user", "organisation", "role"), name="membership_once"
                            ),
                            venues.models.noted.Noted(kind="pedagogue", name="membership_noted", ref="user"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Crew",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="crews",
                                to="venues.organisation",
                            ),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="the crew's name")),
                        (
                            "pupils_count",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(2),
                                    django.core.validators.MaxValueValidator(32),
                                ],
                                verbose_name="pupils",
                            ),
                        ),
                        (
                            "mentors_count",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(8),
                                ],
                                verbose_name="mentors",
                            ),
                        ),
                        ("age_from", models.PositiveSmallIntegerField(verbose_name="youngest, years")),
                        ("age_to", models.PositiveSmallIntegerField(verbose_name="oldest, years")),
                        (
                            "languages",
                            models.JSONField(
                                blank=True,
                                default=list,
                                help_text="Tags of LANGUAGE_TAGS in tours.",
                                verbose_name="languages",
                            ),
                        ),
                        (
                            "skills",
                            models.JSONField(
                                blank=True,
                                default=list,
                                help_text="Values of CrewRole.",
                                verbose_name="can do",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="hosts now")),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "ordering": ["organisation__name", "name"],
                        "constraints": [
                            venues.models.noted.Noted(
                                kind="organisation", name="crew_noted", ref="organisation"
                            ),
                            models.UniqueConstraint(
                                fields=("organisation", "name"), name="crew_once_a_house"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("pupils_count__range", (2, 32)), ("mentors_count__range", (1, 8))
                                ),
                                name="crew_size_can_be",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("age_from__gte", 10),
                                    ("age_to__lte", 18),
                                    ("age_to__gte", models.F("age_from")),
                                ),
                                name="crew_ages_can_be",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CrewMember",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "crew",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="members",
                                to="venues.crew",
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("audience_host", "audience host"),
                                    ("artist_host", "artist host"),
                                    ("presenter", "presenter on stage"),
                                    ("technique", "stage and technique"),
                                    ("press", "information and press"),
                                    ("evaluation", "photo and evaluation"),
                                ],
                                max_length=15,
                                verbose_name="role",
                            ),
                        ),
                        ("nickname", models.CharField(blank=True, max_length=20, verbose_name="nickname")),
                        ("is_mentor", models.BooleanField(default=False, verbose_name="mentor")),
                        (
                            "school_year",
                            models.PositiveSmallIntegerField(help_text="The year in which it begins."),
                        ),
                    ],
                    options={
                        "ordering": ["is_mentor", "role", "nickname", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="CrewTraining",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "crew",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="trainings",
                                to="venues.crew",
                            ),
                        ),
                        ("held_on", models.DateField(verbose_name="day")),
                        (
                            "hours",
                            models.DecimalField(
                                decimal_places=1,
                                max_digits=3,
                                validators=[
                                    django.core.validators.MinValueValidator(Decimal("0.5")),
                                    django.core.validators.MaxValueValidator(Decimal("24")),
                                ],
                                verbose_name="hours",
                            ),
                        ),
                        (
                            "topics",
                            models.JSONField(
                                default=list, help_text="Values of Topic.", verbose_name="about"
                            ),
                        ),
                        (
                            "attended_count",
                            models.PositiveSmallIntegerField(verbose_name="pupils who were there"),
                        ),
                    ],
                    options={
                        "ordering": ["-held_on", "-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("hours__gt", 0), ("hours__lte", 24)),
                                name="crew_training_within_a_day",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CrewItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "crew",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="items",
                                to="venues.crew",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("shirt", "T-shirts"), ("folder", "checklist folders")],
                                max_length=10,
                            ),
                        ),
                        (
                            "size",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "no size"),
                                    ("xs", "XS"),
                                    ("s", "S"),
                                    ("m", "M"),
                                    ("l", "L"),
                                    ("xl", "XL"),
                                ],
                                max_length=2,
                            ),
                        ),
                        ("total_count", models.PositiveSmallIntegerField(verbose_name="in all")),
                        (
                            "lent_count",
                            models.PositiveSmallIntegerField(default=0, verbose_name="of which lent"),
                        ),
                    ],
                    options={
                        "ordering": ["kind", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("crew", "kind", "size"), name="crew_item_once"),
                            models.CheckConstraint(
                                condition=models.Q(("lent_count__lte", models.F("total_count"))),
                                name="crew_item_lent_of_all",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "shirt"), models.Q(("size", ""), _negated=True)),
                                    models.Q(("kind", "folder"), ("size", "")),
                                    _connector="OR",
                                ),
                                name="crew_item_shirts_have_sizes",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CrewLink",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "crew",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="links",
                                to="venues.crew",
                            ),
                        ),
                        ("token_digest", models.CharField(max_length=64, unique=True)),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                        (
                            "expires_at",
                            models.DateTimeField(
                                help_text="The end of the school year in which it was made."
                            ),
                        ),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                        ("last_used_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["-created_at", "-id"],
                    },
                ),
                migrations.CreateModel(
                    name="MeetingSignup",
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="signups",
                                to="venues.networkmeeting",
                            ),
                        ),
                        (
                            "crew",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="signups",
                                to="venues.crew",
                            ),
                        ),
                        ("pupils_count", models.PositiveSmallIntegerField(verbose_name="pupils")),
                        ("mentors_count", models.PositiveSmallIntegerField(verbose_name="mentors")),
                    ],
                    options={
                        "ordering": ["crew__organisation__name", "crew__name"],
                        "constraints": [
                            models.UniqueConstraint(fields=("meeting", "crew"), name="crew_signs_up_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Place",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "municipality",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="places",
                                to="venues.municipality",
                            ),
                        ),
                        ("name", models.CharField(max_length=80, verbose_name="name")),
                        ("slug", models.SlugField(unique=True)),
                        ("kind", models.CharField(max_length=20, verbose_name="kind")),
                        (
                            "lat",
                            models.FloatField(
                                validators=[
                                    django.core.validators.MinValueValidator(-90),
                                    django.core.validators.MaxValueValidator(90),
                                ]
                            ),
                        ),
                        (
                            "lon",
                            models.FloatField(
                                validators=[
                                    django.core.validators.MinValueValidator(-180),
                                    django.core.validators.MaxValueValidator(180),
                                ]
                            ),
                        ),
                        (
                            "population",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="inhabitants"),
                        ),
                        ("population_source", models.CharField(blank=True, max_length=200)),
                        (
                            "has_lodging",
                            models.BooleanField(
                                help_text="Assumed from the kind of place until the region has checked it.",
                                null=True,
                                verbose_name="beds for an ensemble",
                            ),
                        ),
                        ("source", models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        "ordering": ["name"],
                        "constraints": [
                            venues.models.noted.Noted(kind="place", name="place_noted", ref="id"),
                            models.UniqueConstraint(
                                fields=("municipality", "name"), name="place_once_in_municipality"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("lat__range", (-90, 90)), ("lon__range", (-180, 180))),
                                name="place_on_earth",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Venue",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "seats",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="seats"),
                        ),
                        (
                            "max_persons",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="persons at the most"
                            ),
                        ),
                        (
                            "fire_approved_capacity",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="capacity approved for fire safety"
                            ),
                        ),
                        (
                            "width_m",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=5,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(Decimal("0.1"))],
                                verbose_name="room width, m",
                            ),
                        ),
                        (
                            "depth_m",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=5,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(Decimal("0.1"))],
                                verbose_name="room depth, m",
                            ),
                        ),
                        (
                            "ceiling_m",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=5,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(Decimal("0.1"))],
                                verbose_name="ceiling, m",
                            ),
                        ),
                        (
                            "usable_height_m",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=5,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(Decimal("0.1"))],
                                verbose_name="usable height, m",
                            ),
                        ),
                        (
                            "stage_width_m",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=5,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(Decimal("0.1"))],
                                verbose_name="stage width, m",
                            ),
                        ),
                        (
                            "stage_depth_m",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=5,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(Decimal("0.1"))],
                                verbose_name="stage depth, m",
                            ),
                        ),
                        (
                            "proscenium_m",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=5,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(Decimal("0.1"))],
                                verbose_name="proscenium opening, m",
                            ),
                        ),
                        (
                            "playing_depth_m",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=5,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(Decimal("0.1"))],
                                verbose_name="playing depth, m",
                            ),
                        ),
                        (
                            "floor_type",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("wood", "wood"),
                                    ("sprung", "sprung wood"),
                                    ("stone", "stone or concrete"),
                                    ("carpet", "carpet or plastic"),
                                ],
                                max_length=10,
                                verbose_name="floor",
                            ),
                        ),
                        ("floor_flat", models.BooleanField(blank=True, null=True, verbose_name="flat floor")),
                        ("curtain", models.BooleanField(blank=True, null=True, verbose_name="curtain")),
                        ("masking", models.BooleanField(blank=True, null=True, verbose_name="masking")),
                        (
                            "blackout",
                            models.CharField(
                                blank=True,
                                choices=[("none", "not possible"), ("dim", "dim"), ("full", "really dark")],
                                max_length=10,
                                verbose_name="blackout",
                            ),
                        ),
                        (
                            "loading_door_w_m",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=5,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(Decimal("0.1"))],
                                verbose_name="loading door width, m",
                            ),
                        ),
                        (
                            "loading_steps",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="steps when loading in"
                            ),
                        ),
                        (
                            "vehicle_access",
                            models.BooleanField(
                                blank=True, null=True, verbose_name="vehicle can reach the door"
                            ),
                        ),
                        (
                            "dressing_rooms",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="dressing rooms"
                            ),
                        ),
                        ("shower", models.BooleanField(blank=True, null=True, verbose_name="shower")),
                        (
                            "power_16a",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="outlets CEE 16 A"
                            ),
                        ),
                        (
                            "power_32a_cee",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="outlets CEE 32 A"
                            ),
                        ),
                        (
                            "power_63a_cee",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="outlets CEE 63 A"
                            ),
                        ),
                        (
                            "power_position",
                            models.CharField(blank=True, max_length=120, verbose_name="where the power is"),
                        ),
                        (
                            "lighting_lines",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="lighting bars"
                            ),
                        ),
                        (
                            "lighting_fixtures",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="lighting fixtures"
                            ),
                        ),
                        (
                            "sound_system",
                            models.BooleanField(blank=True, null=True, verbose_name="sound system"),
                        ),
                        ("intercom", models.BooleanField(blank=True, null=True, verbose_name="intercom")),
                        (
                            "projector_screen",
                            models.BooleanField(blank=True, null=True, verbose_name="projector and screen"),
                        ),
                        ("piano", models.BooleanField(blank=True, null=True, verbose_name="tuned piano")),
                        (
                            "tech_position_cable_m",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="cable to the technician's place, m"
                            ),
                        ),
                        (
                            "temperature_ok_dance",
                            models.BooleanField(
                                blank=True, null=True, verbose_name="at least 22 °C for dance"
                            ),
                        ),
                        (
                            "colour_class",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("yellow", "yellow (smallest)"),
                                    ("green", "green"),
                                    ("blue", "blue"),
                                    ("red", "red (largest)"),
                                ],
                                max_length=10,
                                verbose_name="Riksteatern's colour class",
                            ),
                        ),
                        (
                            "checked_on",
                            models.DateField(blank=True, null=True, verbose_name="room checked on"),
                        ),
                        (
                            "step_free_entrance",
                            models.BooleanField(blank=True, null=True, verbose_name="step-free entrance"),
                        ),
                        (
                            "door_width_cm",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="door width, cm"
                            ),
                        ),
                        (
                            "threshold_cm",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="threshold, cm"
                            ),
                        ),
                        (
                            "ramp_slope",
                            models.CharField(blank=True, max_length=20, verbose_name="ramp slope"),
                        ),
                        ("lift", models.BooleanField(blank=True, null=True, verbose_name="lift")),
                        (
                            "accessible_toilet",
                            models.BooleanField(blank=True, null=True, verbose_name="accessible toilet"),
                        ),
                        (
                            "wheelchair_places",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="wheelchair places"
                            ),
                        ),
                        (
                            "companion_places",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="companion places"
                            ),
                        ),
                        (
                            "hearing_loop",
                            models.BooleanField(blank=True, null=True, verbose_name="hearing loop"),
                        ),
                        ("quiet_room", models.BooleanField(blank=True, null=True, verbose_name="quiet room")),
                        (
                            "contrast_marking",
                            models.BooleanField(blank=True, null=True, verbose_name="contrast marking"),
                        ),
                        (
                            "fragrance_free",
                            models.BooleanField(blank=True, null=True, verbose_name="fragrance-free"),
                        ),
                        (
                            "assistance_dog",
                            models.BooleanField(
                                blank=True, null=True, verbose_name="assistance dogs welcome"
                            ),
                        ),
                        (
                            "parking_m_to_entrance",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="parking to entrance, m"
                            ),
                        ),
                        (
                            "evacuation",
                            models.CharField(blank=True, max_length=200, verbose_name="evacuation"),
                        ),
                        (
                            "access_checked_on",
                            models.DateField(blank=True, null=True, verbose_name="access checked on"),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="venues",
                                to="venues.organisation",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="venues",
                                to="venues.place",
                            ),
                        ),
                        ("name", models.CharField(max_length=160, verbose_name="name")),
                        ("slug", models.SlugField(max_length=160, unique=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("assembly_hall", "assembly hall"),
                                    ("theatre", "theatre"),
                                    ("school", "school"),
                                    ("library", "library"),
                                    ("church", "church"),
                                    ("care", "care home"),
                                    ("outdoor", "outdoors"),
                                    ("digital", "digital"),
                                    ("other", "other"),
                                ],
                                default="assembly_hall",
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        ("address", models.CharField(blank=True, max_length=200, verbose_name="address")),
                        (
                            "lat",
                            models.FloatField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(-90),
                                    django.core.validators.MaxValueValidator(90),
                                ],
                            ),
                        ),
                        (
                            "lon",
                            models.FloatField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(-180),
                                    django.core.validators.MaxValueValidator(180),
                                ],
                            ),
                        ),
                        (
                            "is_closed_down",
                            models.BooleanField(default=False, verbose_name="no longer in use"),
                        ),
                        (
                            "is_demo",
                            models.BooleanField(default=False, help_text="Invented for the demo region."),
                        ),
                    ],
                    options={
                        "ordering": ["name"],
                        "constraints": [
                            venues.models.noted.Noted(kind="venue", name="venue_noted", ref="id"),
                            models.UniqueConstraint(
                                fields=("organisation", "name"), name="venue_once_in_organisation"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("lat__isnull", True), ("lon__isnull", True)),
                                    models.Q(("lat__range", (-90, 90)), ("lon__range", (-180, 180))),
                                    _connector="OR",
                                ),
                                name="venue_on_earth_or_unknown",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Closure",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "venue",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="closures",
                                to="venues.venue",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="closures",
                                to="venues.organisation",
                            ),
                        ),
                        ("starts_at", models.DateTimeField(verbose_name="from")),
                        ("ends_at", models.DateTimeField(verbose_name="to")),
                        ("reason", models.CharField(blank=True, max_length=120, verbose_name="reason")),
                    ],
                    options={
                        "ordering": ["starts_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                                name="closure_ends_after_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("venue__isnull", True), ("organisation__isnull", True), _connector="XOR"
                                ),
                                name="closure_of_one_thing",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Dwelling",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="dwellings",
                                to="venues.organisation",
                                verbose_name="who lends it",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="dwellings",
                                to="venues.place",
                                verbose_name="place",
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        ("address", models.CharField(blank=True, max_length=200, verbose_name="address")),
                        (
                            "beds",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(40),
                                ],
                                verbose_name="beds",
                            ),
                        ),
                        ("has_kitchen", models.BooleanField(blank=True, null=True, verbose_name="kitchen")),
                        (
                            "has_step_free_entrance",
                            models.BooleanField(blank=True, null=True, verbose_name="step-free entrance"),
                        ),
                        (
                            "takes_children",
                            models.BooleanField(blank=True, null=True, verbose_name="children are welcome"),
                        ),
                        (
                            "takes_animals",
                            models.BooleanField(blank=True, null=True, verbose_name="animals are welcome"),
                        ),
                        ("notes", models.TextField(blank=True, max_length=1000, verbose_name="notes")),
                        ("is_in_use", models.BooleanField(default=True, verbose_name="is lent")),
                    ],
                    options={
                        "ordering": ["place__name", "name"],
                        "constraints": [
                            models.UniqueConstraint(fields=("owner", "name"), name="dwelling_named_once"),
                            models.CheckConstraint(
                                condition=models.Q(("beds__gte", 1)), name="dwelling_has_a_bed"
                            ),
                        ],
                    },
                ),
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
                                blank=True,
                                help_text="When it was last known that they still hold.",
                                null=True,
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
                        (
                            "error",
                            models.CharField(
                                blank=True, help_text="Code of the last failure.", max_length=20
                            ),
                        ),
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
                    ],
                    options={
                        "ordering": ["label", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("kind", "organisation"),
                                        ("organisation__isnull", False),
                                        ("venue__isnull", True),
                                    ),
                                    models.Q(
                                        ("kind", "venue"),
                                        ("organisation__isnull", True),
                                        ("venue__isnull", False),
                                    ),
                                    models.Q(
                                        ("kind", "ensemble"),
                                        ("organisation__isnull", True),
                                        ("venue__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="incoming_calendar_of_one_thing",
                            )
                        ],
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
                        (
                            "calendar",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="busy_times",
                                to="venues.incomingcalendar",
                            ),
                        ),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        ("uid_hash", models.CharField(max_length=32)),
                    ],
                    options={
                        "ordering": ["starts_at", "pk"],
                        "indexes": [models.Index(fields=["calendar", "starts_at"], name="busy_by_calendar")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                                name="busy_ends_after_start",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NoBeds",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="full_nights",
                                to="venues.place",
                            ),
                        ),
                        ("first_night", models.DateField(verbose_name="first night")),
                        ("last_night", models.DateField(verbose_name="last night")),
                        ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField(auto_now=True)),
                    ],
                    options={
                        "verbose_name_plural": "no beds",
                        "ordering": ["first_night", "place__name", "pk"],
                        "constraints": [
                            venues.models.noted.Noted(kind="drives", name="no_beds_noted", ref="id"),
                            models.CheckConstraint(
                                condition=models.Q(("last_night__gte", models.F("first_night"))),
                                name="no_beds_end_after_start",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CalendarMark",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=12)),
                        ("ref", models.BigIntegerField()),
                    ],
                ),
                migrations.CreateModel(
                    name="FormerName",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=12)),
                        ("name", models.CharField(max_length=160)),
                        ("ref", models.BigIntegerField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("kind", "name"), name="former_name_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Road",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "start",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="roads_out",
                                to="venues.place",
                            ),
                        ),
                        (
                            "end",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="roads_in",
                                to="venues.place",
                            ),
                        ),
                        ("km", models.FloatField(validators=[django.core.validators.MinValueValidator(0.1)])),
                        (
                            "kmh",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(5),
                                    django.core.validators.MaxValueValidator(120),
                                ],
                                verbose_name="typical speed",
                            ),
                        ),
                        ("number", models.CharField(blank=True, max_length=40, verbose_name="road")),
                        ("closed_from", models.CharField(blank=True, max_length=5)),
                        ("closed_to", models.CharField(blank=True, max_length=5)),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                        ("confidence", models.CharField(blank=True, max_length=10)),
                    ],
                    options={
                        "ordering": ["start__name", "end__name"],
                        "constraints": [
                            venues.models.noted.Noted(kind="drives", name="road_noted", ref="id"),
                            models.UniqueConstraint(fields=("start", "end"), name="road_once"),
                            models.CheckConstraint(
                                condition=models.Q(("km__gt", 0), ("kmh__gt", 0)),
                                name="road_has_length_and_speed",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TravelOverride",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "start",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="venues.place",
                            ),
                        ),
                        (
                            "end",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="venues.place",
                            ),
                        ),
                        (
                            "drive_min",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(1440),
                                ],
                                verbose_name="minutes",
                            ),
                        ),
                        (
                            "km",
                            models.FloatField(
                                validators=[
                                    django.core.validators.MinValueValidator(0.1),
                                    django.core.validators.MaxValueValidator(2000),
                                ]
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField(auto_now=True)),
                    ],
                    options={
                        "ordering": ["start__name", "end__name"],
                        "constraints": [
                            venues.models.noted.Noted(kind="drives", name="travel_override_noted", ref="id"),
                            models.UniqueConstraint(fields=("start", "end"), name="override_once"),
                            models.CheckConstraint(
                                condition=models.Q(("start__lt", models.F("end"))), name="override_in_order"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BusRule",
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="bus_rules",
                                to="venues.region",
                            ),
                        ),
                        ("key", models.SlugField()),
                        ("label", models.CharField(max_length=160, verbose_name="name")),
                        ("parameters", models.JSONField(default=dict)),
                        ("is_default", models.BooleanField(default=False)),
                        ("valid_from", models.DateField(verbose_name="valid from")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
                        ("source", models.CharField(max_length=300, verbose_name="source")),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                help_text="Empty: it came with the region's data.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["region", "-is_default", "key", "valid_from"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("region", "key", "valid_from"), name="bus_rule_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="bus_rule_ends_after_start",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BusRuleChoice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "rule",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="choices",
                                to="venues.busrule",
                            ),
                        ),
                        (
                            "municipality",
                            models.ForeignKey(
                                blank=True,
                                help_text="Empty: the whole region of the rule.",
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="bus_rule_choices",
                                to="venues.municipality",
                            ),
                        ),
                        ("valid_from", models.DateField(verbose_name="valid from")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
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
                        "ordering": ["-valid_from", "-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="bus_rule_choice_ends_after_start",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GrantScheme",
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="grant_schemes",
                                to="venues.region",
                            ),
                        ),
                        ("key", models.SlugField()),
                        ("label", models.CharField(max_length=160, verbose_name="name")),
                        ("rules", models.JSONField(default=dict)),
                        ("valid_from", models.DateField(verbose_name="valid from")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
                        ("source", models.CharField(max_length=300, verbose_name="source")),
                    ],
                    options={
                        "ordering": ["region", "key", "valid_from"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("region", "key", "valid_from"), name="grant_scheme_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="grant_scheme_ends_after_start",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SchoolOwner",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "organisation",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="school_owner",
                                to="venues.organisation",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("municipal", "municipal"),
                                    ("independent", "independent"),
                                    ("state", "state"),
                                    ("region", "regional"),
                                ],
                                max_length=12,
                                verbose_name="kind of owner",
                            ),
                        ),
                        (
                            "org_number",
                            models.CharField(
                                blank=True,
                                max_length=10,
                                null=True,
                                unique=True,
                                validators=[venues.codes.check_org_number],
                                verbose_name="organisation number",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["organisation__name"],
                    },
                ),
                migrations.CreateModel(
                    name="School",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "organisation",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="school",
                                to="venues.organisation",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="schools",
                                to="venues.schoolowner",
                                verbose_name="owner",
                            ),
                        ),
                        (
                            "unit_code",
                            models.CharField(
                                blank=True,
                                max_length=8,
                                null=True,
                                unique=True,
                                validators=[venues.codes.check_unit_code],
                                verbose_name="school-unit code",
                            ),
                        ),
                        (
                            "own_id",
                            models.CharField(
                                blank=True,
                                help_text="Of a unit without code: the municipality's code and its own id there.",
                                max_length=60,
                                null=True,
                                unique=True,
                                verbose_name="own id",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("active", "active"),
                                    ("planned", "planned"),
                                    ("dormant", "dormant"),
                                    ("ceased", "ceased"),
                                ],
                                default="active",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("opened_on", models.DateField(blank=True, null=True, verbose_name="opened on")),
                        ("ceased_on", models.DateField(blank=True, null=True, verbose_name="ceased on")),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="schools",
                                to="venues.place",
                            ),
                        ),
                        ("address", models.CharField(blank=True, max_length=200, verbose_name="address")),
                        (
                            "lat",
                            models.FloatField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(-90),
                                    django.core.validators.MaxValueValidator(90),
                                ],
                            ),
                        ),
                        (
                            "lon",
                            models.FloatField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(-180),
                                    django.core.validators.MaxValueValidator(180),
                                ],
                            ),
                        ),
                        (
                            "confirmed_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="confirmed"),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "confirmed_for",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="The calendar year in which the confirmed school year begins.",
                                null=True,
                            ),
                        ),
                        (
                            "confirm_asked_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="When the school was last asked by mail to confirm.",
                                null=True,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["organisation__name"],
                        "constraints": [
                            venues.models.noted.Noted(
                                kind="organisation", name="school_noted", ref="organisation"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ceased_on__isnull", True),
                                    ("opened_on__isnull", True),
                                    ("ceased_on__gte", models.F("opened_on")),
                                    _connector="OR",
                                ),
                                name="school_ceases_after_opening",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("lat__isnull", True), ("lon__isnull", True)),
                                    models.Q(
                                        ("lat__isnull", False),
                                        ("lat__range", (-90, 90)),
                                        ("lon__isnull", False),
                                        ("lon__range", (-180, 180)),
                                    ),
                                    _connector="OR",
                                ),
                                name="school_on_earth_or_unknown",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SchoolYear",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "municipality",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="school_years",
                                to="venues.municipality",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="school_years",
                                to="venues.school",
                            ),
                        ),
                        (
                            "year",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1900),
                                    django.core.validators.MaxValueValidator(2999),
                                ],
                                verbose_name="begins in",
                            ),
                        ),
                        (
                            "autumn_starts_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="first day of the autumn term"
                            ),
                        ),
                        (
                            "autumn_ends_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="last day of the autumn term"
                            ),
                        ),
                        (
                            "spring_starts_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="first day of the spring term"
                            ),
                        ),
                        (
                            "spring_ends_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="last day of the spring term"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["year"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("municipality__isnull", True), ("school__isnull", True), _connector="XOR"
                                ),
                                name="school_year_of_one",
                            ),
                            models.UniqueConstraint(
                                fields=("municipality", "year"), name="school_year_once_in_municipality"
                            ),
                            models.UniqueConstraint(
                                fields=("school", "year"), name="school_year_once_in_school"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SchoolBreak",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "municipality",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="school_breaks",
                                to="venues.municipality",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="school_breaks",
                                to="venues.school",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("break", "break"),
                                    ("staff", "teachers' day"),
                                    ("other", "other day without visits"),
                                    ("open", "school all the same"),
                                ],
                                default="break",
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("name", models.CharField(max_length=80, verbose_name="name")),
                        ("starts_on", models.DateField(verbose_name="first day")),
                        ("ends_on", models.DateField(verbose_name="last day")),
                        ("source", models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        "ordering": ["starts_on"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("municipality__isnull", True), ("school__isnull", True), _connector="XOR"
                                ),
                                name="break_of_one",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                                name="break_ends_after_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "open"), _negated=True),
                                    ("school__isnull", False),
                                    _connector="OR",
                                ),
                                name="break_open_in_school",
                            ),
                            models.UniqueConstraint(
                                fields=("municipality", "name", "starts_on"), name="break_once"
                            ),
                            models.UniqueConstraint(
                                fields=("school", "name", "starts_on"), name="break_once_in_school"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SchoolYearChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "school_year",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="changes",
                                to="venues.schoolyear",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "how",
                            models.CharField(
                                choices=[
                                    ("file", "from a file"),
                                    ("copy", "copied from the year before"),
                                    ("hand", "by hand"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("source", models.CharField(blank=True, max_length=200)),
                        ("added_count", models.PositiveSmallIntegerField(default=0)),
                        ("changed_count", models.PositiveSmallIntegerField(default=0)),
                        ("gone_count", models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        "ordering": ["-at", "-id"],
                    },
                ),
                migrations.CreateModel(
                    name="Group",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="groups",
                                to="venues.school",
                            ),
                        ),
                        ("name", models.CharField(max_length=40, verbose_name="name")),
                        ("grade", models.CharField(max_length=10, verbose_name="grade")),
                        (
                            "form",
                            models.CharField(
                                blank=True,
                                help_text="Empty where the school has one form of the grade.",
                                max_length=20,
                                verbose_name="school form",
                            ),
                        ),
                        (
                            "school_year",
                            models.CharField(help_text="2026/27", max_length=9, verbose_name="school year"),
                        ),
                        (
                            "pupils_count",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(400),
                                ],
                                verbose_name="pupils",
                            ),
                        ),
                        (
                            "adults_count",
                            models.PositiveSmallIntegerField(
                                default=1,
                                validators=[django.core.validators.MaxValueValidator(400)],
                                verbose_name="adults who come along",
                            ),
                        ),
                        (
                            "languages",
                            models.JSONField(
                                blank=True,
                                default=list,
                                help_text="BCP 47 tags beside Swedish: sma, se, smj, en.",
                                verbose_name="languages",
                            ),
                        ),
                        (
                            "is_proposal",
                            models.BooleanField(
                                default=False,
                                help_text="Made from last year's group, and nobody has confirmed its numbers.",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["grade", "name"],
                        "constraints": [
                            venues.models.noted.Noted(kind="school", name="group_noted", ref="school"),
                            models.UniqueConstraint(
                                fields=("school", "name", "school_year"), name="group_once_a_year"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("pupils_count__gte", 1), ("pupils_count__lte", 400)),
                                name="group_has_pupils",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("adults_count__lte", 400)),
                                name="group_adults_within_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GroupChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="group_changes",
                                to="venues.school",
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="changes",
                                to="venues.group",
                            ),
                        ),
                        ("school_year", models.CharField(max_length=7)),
                        ("name", models.CharField(max_length=40)),
                        (
                            "what",
                            models.CharField(
                                choices=[
                                    ("added", "added"),
                                    ("copied", "made from last year's"),
                                    ("changed", "changed"),
                                    ("removed", "taken away"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("details", models.JSONField(default=dict)),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "ordering": ["-at", "-id"],
                    },
                ),
                migrations.CreateModel(
                    name="SchoolHours",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="hours",
                                to="venues.school",
                            ),
                        ),
                        (
                            "weekday",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (0, "Monday"),
                                    (1, "Tuesday"),
                                    (2, "Wednesday"),
                                    (3, "Thursday"),
                                    (4, "Friday"),
                                ],
                                verbose_name="weekday",
                            ),
                        ),
                        ("starts", models.TimeField(verbose_name="from")),
                        ("ends", models.TimeField(verbose_name="to")),
                        ("lunch_starts", models.TimeField(blank=True, null=True, verbose_name="lunch from")),
                        ("lunch_ends", models.TimeField(blank=True, null=True, verbose_name="lunch to")),
                    ],
                    options={
                        "verbose_name_plural": "school hours",
                        "ordering": ["weekday"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("school", "weekday"), name="school_hours_once_a_weekday"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("weekday__lte", 4)), name="school_hours_on_a_weekday"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ends__gt", models.F("starts"))),
                                name="school_hours_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("lunch_ends__isnull", True), ("lunch_starts__isnull", True)),
                                    models.Q(
                                        ("lunch_ends__gt", models.F("lunch_starts")),
                                        ("lunch_ends__lte", models.F("ends")),
                                        ("lunch_starts__gte", models.F("starts")),
                                    ),
                                    _connector="OR",
                                ),
                                name="school_lunch_within_hours",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OfferedForm",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="forms",
                                to="venues.school",
                            ),
                        ),
                        (
                            "form",
                            models.CharField(
                                choices=[
                                    ("preschool", "preschool"),
                                    ("family_day_care", "family day care"),
                                    ("preschool_class", "preschool class"),
                                    ("compulsory", "compulsory school"),
                                    ("adapted_compulsory", "adapted compulsory school"),
                                    ("sami", "Sami school"),
                                    ("special", "special school"),
                                    ("after_school", "after-school centre"),
                                    ("upper", "upper secondary school"),
                                    ("adapted_upper", "adapted upper secondary school"),
                                    ("adult", "municipal adult education"),
                                    ("culture_school", "culture school"),
                                    ("folk_high_school", "folk high school"),
                                ],
                                max_length=20,
                                verbose_name="school form",
                            ),
                        ),
                        ("grades", models.JSONField(blank=True, default=list, verbose_name="grades")),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("school", "form"), name="form_once_in_school")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Succession",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "predecessor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="successions",
                                to="venues.school",
                            ),
                        ),
                        (
                            "successor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="origins",
                                to="venues.school",
                            ),
                        ),
                        ("on", models.DateField(blank=True, null=True, verbose_name="on")),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["on", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("predecessor", "successor"), name="succession_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("predecessor", models.F("successor")), _negated=True),
                                name="succession_of_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RegisterImport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("source", models.CharField(blank=True, max_length=200)),
                        ("created_count", models.PositiveSmallIntegerField(default=0)),
                        ("updated_count", models.PositiveSmallIntegerField(default=0)),
                        ("unchanged_count", models.PositiveSmallIntegerField(default=0)),
                        ("ceased_count", models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        "ordering": ["-at", "-id"],
                    },
                ),
                migrations.CreateModel(
                    name="WorkRuleProfile",
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="work_rule_profiles",
                                to="venues.region",
                            ),
                        ),
                        ("key", models.SlugField()),
                        ("label", models.CharField(max_length=160, verbose_name="name")),
                        (
                            "severity",
                            models.CharField(
                                choices=[("block", "law: blocks"), ("warn", "agreement: warns")],
                                max_length=10,
                            ),
                        ),
                        ("parameters", models.JSONField(default=dict)),
                        ("source", models.CharField(max_length=200)),
                        ("valid_from", models.DateField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["key"],
                        "constraints": [
                            venues.models.noted.Noted(
                                kind="drives", name="work_rule_profile_noted", ref="id"
                            ),
                            models.UniqueConstraint(fields=("region", "key"), name="work_rule_profile_once"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RateTable",
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rate_tables",
                                to="venues.region",
                            ),
                        ),
                        ("valid_from", models.DateField()),
                        ("valid_to", models.DateField()),
                        ("currency", models.CharField(max_length=3)),
                        ("rates", models.JSONField(default=dict)),
                        ("source", models.CharField(max_length=300)),
                    ],
                    options={
                        "ordering": ["-valid_from"],
                        "constraints": [
                            models.UniqueConstraint(fields=("region", "valid_from"), name="rate_table_once"),
                            models.CheckConstraint(
                                condition=models.Q(("valid_to__gte", models.F("valid_from"))),
                                name="rates_end_after_start",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SubsidyScheme",
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="subsidy_schemes",
                                to="venues.region",
                            ),
                        ),
                        ("key", models.SlugField()),
                        ("label", models.CharField(max_length=160, verbose_name="name")),
                        ("rules", models.JSONField(default=dict)),
                        ("valid_from", models.DateField(verbose_name="valid from")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
                        ("source", models.CharField(max_length=300, verbose_name="source")),
                    ],
                    options={
                        "ordering": ["region", "key", "valid_from"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("region", "key", "valid_from"), name="subsidy_scheme_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="subsidy_scheme_ends_after_start",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EmissionFactor",
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="emission_factors",
                                to="venues.region",
                            ),
                        ),
                        ("vehicle", models.CharField(max_length=20)),
                        ("fuel", models.CharField(max_length=20)),
                        ("tank_to_wheel_kg", models.DecimalField(decimal_places=5, max_digits=8)),
                        ("well_to_tank_kg", models.DecimalField(decimal_places=5, max_digits=8)),
                        ("year", models.PositiveSmallIntegerField()),
                        ("source", models.CharField(max_length=300)),
                    ],
                    options={
                        "ordering": ["vehicle", "fuel"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("region", "vehicle", "fuel"), name="emission_factor_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChecklistTemplate",
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="checklist_templates",
                                to="venues.region",
                            ),
                        ),
                        ("label", models.CharField(max_length=160, verbose_name="name")),
                        ("items", models.JSONField(default=list)),
                        ("crew_roles", models.JSONField(default=list)),
                        (
                            "remind_days",
                            models.PositiveSmallIntegerField(
                                help_text="So many days before the visit a side that has items due gets one mail; with 0 none."
                            ),
                        ),
                        ("valid_from", models.DateField(verbose_name="valid from")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
                        ("source", models.CharField(max_length=600, verbose_name="source")),
                    ],
                    options={
                        "ordering": ["region", "valid_from"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("region", "valid_from"), name="checklist_template_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="checklist_template_ends_after_start",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
