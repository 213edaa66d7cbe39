"""Tours and bookings as they stand: one step for all that were before, in which the one moved out of the other."""

import uuid
from decimal import Decimal

import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import ProgrammingError, migrations, models, transaction

import bookings.models.no_change
import bookings.models.no_overlap
import bookings.models.no_shared_day
import venues.models.noted
from venues.migrations._together import CreateTogether

REFUSED = (
    "The database role may not create the extension btree_gist, which Turne's double-booking guard needs. "
    "Either let an administrator run CREATE EXTENSION btree_gist in this database, or set "
    "TURNE_OVERLAP_GUARD=locks to rely on row locks alone (docs/architecture.md says what that costs)."
)


def create_extension(apps, schema_editor):
    connection = schema_editor.connection
    if connection.vendor != "postgresql" or settings.OVERLAP_GUARD == "locks":
        return
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    except ProgrammingError as error:
        raise ImproperlyConfigured(REFUSED) from error


class Migration(migrations.Migration):
    replaces = [
        ("bookings", "0001_btree_gist"),
        ("bookings", "0002_agreements"),
        ("bookings", "0003_ensemble_feed"),
        ("bookings", "0004_season_runs"),
        ("bookings", "0005_warning_overrides"),
        ("bookings", "0006_plans_by_hand"),
        ("bookings", "0007_money"),
        ("bookings", "0008_alternatives"),
        ("bookings", "0009_offered_may_move"),
        ("bookings", "0010_forbidden_day_reason"),
        ("bookings", "0011_amounts_that_can_be_planned"),
        ("bookings", "0012_holds"),
        ("bookings", "0013_holds_expire"),
        ("bookings", "0014_held_until_a_moment"),
        ("bookings", "0018_kept_answers"),
        ("bookings", "0019_advancing"),
        ("bookings", "0020_offers"),
        ("bookings", "0021_shared_things"),
        ("bookings", "0022_after_the_visit"),
        ("bookings", "0023_outbox"),
        ("bookings", "0025_kept_agreements"),
        ("bookings", "0026_changes"),
        ("bookings", "0027_tours_move_out"),
        ("bookings", "0028_asked_to_cancel"),
        ("bookings", "0029_noted_for_calendars"),
        ("bookings", "0030_stored_calendars"),
        ("bookings", "0031_links_say_what_they_show"),
        ("bookings", "0032_shown_in_calendars"),
        ("bookings", "0033_dropped_shows_and_crew"),
        ("bookings", "0034_history_noted_for_calendars"),
        ("bookings", "0035_visit_groups"),
        ("bookings", "0040_crew_visits"),
        ("bookings", "0080_buses_and_grants"),
        ("bookings", "0081_notice_about_a_school"),
        ("bookings", "0082_visits_of_schools"),
        ("bookings", "0091_guests_and_requests"),
        ("bookings", "0092_crew_invitations"),
        ("bookings", "0093_residencies_and_claims"),
        ("tours", "0001_from_bookings"),
        ("tours", "0002_own_tables"),
        ("tours", "0003_noted_for_calendars"),
        ("tours", "0004_calendar_content"),
        ("tours", "0005_ensemble_calendars"),
        ("tours", "0006_seasons_noted_for_calendars"),
        ("tours", "0007_school_wishes"),
        ("tours", "0010_votes"),
        ("tours", "0020_sessions"),
        ("tours", "0030_allotments"),
        ("tours", "0053_allotment_ground_digest"),
    ]

    initial = True

    dependencies = [
        ("venues", "0001_squashed_0052_dwellings"),
    ]

    operations = [
        migrations.RunPython(create_extension, migrations.RunPython.noop),
        CreateTogether(
            app_label="tours",
            models=[
                migrations.CreateModel(
                    name="Ensemble",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "producer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ensembles",
                                to="venues.organisation",
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        ("slug", models.SlugField(max_length=120, unique=True)),
                        (
                            "home",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="venues.place",
                                verbose_name="home",
                            ),
                        ),
                        (
                            "people_count",
                            models.PositiveSmallIntegerField(
                                default=2,
                                validators=[django.core.validators.MinValueValidator(1)],
                                verbose_name="people on tour",
                            ),
                        ),
                        (
                            "vehicle",
                            models.CharField(
                                choices=[
                                    ("car", "car"),
                                    ("light_lorry_or_bus", "light lorry or minibus"),
                                    ("heavy", "heavy vehicle"),
                                ],
                                default="car",
                                max_length=20,
                                verbose_name="vehicle",
                            ),
                        ),
                        (
                            "is_free_group",
                            models.BooleanField(
                                blank=True,
                                help_text="Neither a county theatre nor Riksteatern: some subsidies ask for it.",
                                null=True,
                                verbose_name="free professional group",
                            ),
                        ),
                        ("is_demo", models.BooleanField(default=False)),
                    ],
                    options={
                        "ordering": ["name"],
                        "constraints": [
                            venues.models.noted.Noted(kind="ensemble", name="ensemble_noted", ref="id")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EnsembleDayOff",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "ensemble",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="days_off",
                                to="tours.ensemble",
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="first day")),
                        ("ends_on", models.DateField(verbose_name="last day")),
                        ("reason", models.CharField(blank=True, max_length=120, verbose_name="reason")),
                    ],
                    options={
                        "ordering": ["starts_on"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                                name="day_off_ends_after_start",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Production",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "ensemble",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="productions",
                                to="tours.ensemble",
                            ),
                        ),
                        ("title", models.CharField(max_length=160, verbose_name="title")),
                        ("slug", models.SlugField(max_length=160, unique=True)),
                        ("synopsis", models.TextField(verbose_name="synopsis")),
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
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("performance", "performance"),
                                    ("session", "short session for small groups"),
                                ],
                                default="performance",
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "age_min",
                            models.PositiveSmallIntegerField(
                                default=0,
                                validators=[django.core.validators.MaxValueValidator(99)],
                                verbose_name="from age",
                            ),
                        ),
                        (
                            "age_max",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(120)],
                                verbose_name="to age",
                            ),
                        ),
                        ("grades", models.CharField(blank=True, max_length=60, verbose_name="grades")),
                        (
                            "duration_min",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(5),
                                    django.core.validators.MaxValueValidator(480),
                                ],
                                verbose_name="length, minutes",
                            ),
                        ),
                        (
                            "audience_max",
                            models.PositiveSmallIntegerField(
                                validators=[django.core.validators.MinValueValidator(1)],
                                verbose_name="audience at the most",
                            ),
                        ),
                        (
                            "shows_per_day_max",
                            models.PositiveSmallIntegerField(
                                default=2,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(6),
                                ],
                                verbose_name="shows a day at the most",
                            ),
                        ),
                        ("languages", models.JSONField(default=list, help_text="BCP 47 tags: sv, sma, none")),
                        (
                            "fee",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                                verbose_name="fee, first show",
                            ),
                        ),
                        (
                            "fee_next_show",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                                verbose_name="fee, next show the same day and room",
                            ),
                        ),
                        ("currency", models.CharField(default="SEK", max_length=3)),
                        (
                            "is_all_in",
                            models.BooleanField(default=True, verbose_name="travel and lodging included"),
                        ),
                        (
                            "is_recommended",
                            models.BooleanField(
                                blank=True,
                                help_text="Some subsidies are only for what the region's catalogue recommends.",
                                null=True,
                                verbose_name="in the recommended catalogue",
                            ),
                        ),
                        ("teacher_guide_url", models.URLField(blank=True, verbose_name="teacher guide")),
                        (
                            "content_warnings",
                            models.CharField(blank=True, max_length=200, verbose_name="content warnings"),
                        ),
                        (
                            "preparation",
                            models.TextField(
                                blank=True,
                                help_text="For the school or the house. It stands in open calendars: nobody's name or number.",
                                max_length=1000,
                                verbose_name="what to prepare",
                            ),
                        ),
                        (
                            "access_services",
                            models.JSONField(
                                blank=True,
                                default=list,
                                help_text="Values of AccessService that it always has.",
                                verbose_name="access services",
                            ),
                        ),
                        ("is_demo", models.BooleanField(default=False)),
                    ],
                    options={
                        "ordering": ["title"],
                        "constraints": [
                            venues.models.noted.Noted(kind="production", name="production_noted", ref="id"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("age_max__isnull", True),
                                    ("age_max__gte", models.F("age_min")),
                                    _connector="OR",
                                ),
                                name="production_ages_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("fee__gte", 0), ("fee_next_show__gte", 0)),
                                name="production_fee_not_negative",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProductionPicture",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "production",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pictures",
                                to="tours.production",
                            ),
                        ),
                        (
                            "image",
                            models.ImageField(
                                upload_to="productions",
                                validators=[
                                    django.core.validators.FileExtensionValidator(
                                        ["jpg", "jpeg", "png", "webp"]
                                    )
                                ],
                                verbose_name="picture",
                            ),
                        ),
                        ("alt", models.CharField(max_length=200, verbose_name="description of the picture")),
                        ("credit", models.CharField(blank=True, max_length=120, verbose_name="photographer")),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        "ordering": ["order", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Rider",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "production",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rider",
                                to="tours.production",
                            ),
                        ),
                        (
                            "get_in_min",
                            models.PositiveSmallIntegerField(
                                validators=[django.core.validators.MaxValueValidator(720)],
                                verbose_name="get-in, minutes",
                            ),
                        ),
                        (
                            "get_out_min",
                            models.PositiveSmallIntegerField(
                                validators=[django.core.validators.MaxValueValidator(720)],
                                verbose_name="get-out, minutes",
                            ),
                        ),
                        (
                            "changeover_min",
                            models.PositiveSmallIntegerField(
                                default=30, verbose_name="between two shows, minutes"
                            ),
                        ),
                        (
                            "call_min",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(240)],
                                verbose_name="ensemble ready, minutes before the show",
                            ),
                        ),
                        (
                            "arrival_min",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(240)],
                                verbose_name="audience arrives, minutes before the show",
                            ),
                        ),
                        (
                            "seating_min",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(240)],
                                verbose_name="audience is let in, minutes before the show",
                            ),
                        ),
                        (
                            "stage_w_m",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=5,
                                null=True,
                                verbose_name="stage width, m",
                            ),
                        ),
                        (
                            "stage_d_m",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=5,
                                null=True,
                                verbose_name="stage depth, m",
                            ),
                        ),
                        (
                            "stage_h_m",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=5,
                                null=True,
                                verbose_name="height, m",
                            ),
                        ),
                        (
                            "power",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "ordinary wall socket"),
                                    ("16a", "CEE 16 A"),
                                    ("32a", "CEE 32 A"),
                                    ("63a", "CEE 63 A"),
                                ],
                                max_length=4,
                                verbose_name="power",
                            ),
                        ),
                        (
                            "blackout_need",
                            models.CharField(
                                blank=True,
                                choices=[("none", "not possible"), ("dim", "dim"), ("full", "really dark")],
                                max_length=10,
                                verbose_name="blackout",
                            ),
                        ),
                        (
                            "floor_need",
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
                        (
                            "needs_flat_floor",
                            models.BooleanField(default=False, verbose_name="needs a flat floor"),
                        ),
                        (
                            "needs_piano",
                            models.BooleanField(default=False, verbose_name="needs a tuned piano"),
                        ),
                        (
                            "needs_sound",
                            models.BooleanField(default=False, verbose_name="needs the house's sound"),
                        ),
                        (
                            "needs_light",
                            models.BooleanField(default=False, verbose_name="needs the house's light"),
                        ),
                        ("needs_warm_floor", models.BooleanField(default=False, verbose_name="needs 22 °C")),
                        (
                            "needs_vehicle_access",
                            models.BooleanField(default=False, verbose_name="vehicle must reach the door"),
                        ),
                        (
                            "needs_lunch",
                            models.BooleanField(default=False, verbose_name="lunch for the ensemble"),
                        ),
                        (
                            "dressing_rooms",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="dressing rooms"
                            ),
                        ),
                        (
                            "helpers_in",
                            models.PositiveSmallIntegerField(default=0, verbose_name="helpers at get-in"),
                        ),
                        (
                            "helpers_out",
                            models.PositiveSmallIntegerField(default=0, verbose_name="helpers at get-out"),
                        ),
                        (
                            "crew_size",
                            models.PositiveSmallIntegerField(default=0, verbose_name="technicians"),
                        ),
                        (
                            "accommodation_rooms",
                            models.PositiveSmallIntegerField(default=0, verbose_name="hotel rooms"),
                        ),
                        ("notes", models.TextField(blank=True, verbose_name="notes")),
                    ],
                    options={
                        "constraints": [
                            venues.models.noted.Noted(kind="production", name="rider_noted", ref="production")
                        ],
                    },
                ),
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
                            "ensemble",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="calendars",
                                to="tours.ensemble",
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
                    ],
                    options={
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Season",
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
                                related_name="seasons",
                                to="venues.region",
                            ),
                        ),
                        ("name", models.CharField(max_length=80, verbose_name="name")),
                        ("slug", models.SlugField(unique=True)),
                        ("opens_at", models.DateTimeField(verbose_name="opens for wishes")),
                        ("closes_at", models.DateTimeField(verbose_name="closes for wishes")),
                        ("starts_on", models.DateField(verbose_name="first day to play")),
                        ("ends_on", models.DateField(verbose_name="last day to play")),
                        (
                            "wishes_max",
                            models.PositiveSmallIntegerField(
                                default=8, verbose_name="wishes per presenter at the most"
                            ),
                        ),
                        (
                            "hold_days",
                            models.PositiveSmallIntegerField(
                                default=30,
                                help_text="A hold's date can be changed one by one.",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(180),
                                ],
                                verbose_name="days that a hold lasts",
                            ),
                        ),
                        (
                            "hold_reminder_days",
                            models.PositiveSmallIntegerField(
                                default=3,
                                help_text="The producer gets one mail; with 0 none.",
                                validators=[django.core.validators.MaxValueValidator(180)],
                                verbose_name="days before its end that a hold is reminded of",
                            ),
                        ),
                        (
                            "answer_reminder_days",
                            models.PositiveSmallIntegerField(
                                default=3,
                                help_text="The presenter gets one mail; with 0 none.",
                                validators=[django.core.validators.MaxValueValidator(180)],
                                verbose_name="days before the answer date that an offer is reminded of",
                            ),
                        ),
                        (
                            "challenge_hours",
                            models.PositiveSmallIntegerField(
                                default=48,
                                help_text="So long a first option has to be offered, confirmed or released when the next asks for it.",
                                validators=[
                                    django.core.validators.MinValueValidator(24),
                                    django.core.validators.MaxValueValidator(48),
                                ],
                                verbose_name="hours to answer a challenge",
                            ),
                        ),
                        (
                            "late_cancel_days",
                            models.PositiveSmallIntegerField(
                                default=30,
                                help_text="With 0 none is. What a late one costs is for your agreement to say.",
                                validators=[django.core.validators.MaxValueValidator(365)],
                                verbose_name="days before a visit from which a cancellation is late",
                            ),
                        ),
                        (
                            "productions",
                            models.ManyToManyField(blank=True, related_name="seasons", to="tours.production"),
                        ),
                    ],
                    options={
                        "ordering": ["-starts_on"],
                        "constraints": [
                            venues.models.noted.Noted(kind="season", name="season_noted", ref="id"),
                            models.CheckConstraint(
                                condition=models.Q(("closes_at__gt", models.F("opens_at"))),
                                name="season_closes_after_opening",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                                name="season_ends_after_start",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SeasonWay",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "season",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="ways",
                                to="tours.season",
                            ),
                        ),
                        (
                            "municipality",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="ways",
                                to="venues.municipality",
                            ),
                        ),
                        (
                            "way",
                            models.CharField(
                                choices=[
                                    ("menu", "schools wish from the menu"),
                                    ("allotment", "each grade is given a performance"),
                                    ("both", "each grade is given one, and schools wish more"),
                                ],
                                max_length=10,
                                verbose_name="way",
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
                    ],
                    options={
                        "ordering": ["municipality__name"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("season", "municipality"), name="one_way_a_municipality"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GradeAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "season",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="grade_answers",
                                to="tours.season",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="grade_answers",
                                to="venues.school",
                            ),
                        ),
                        ("grade", models.CharField(max_length=10, verbose_name="grade")),
                        ("weeks", models.JSONField(blank=True, default=list, verbose_name="weeks")),
                        ("needs", models.JSONField(blank=True, default=dict, verbose_name="needs")),
                        ("can_travel", models.BooleanField(default=True, verbose_name="can go by bus")),
                        (
                            "message",
                            models.CharField(
                                blank=True,
                                help_text="Nobody's name.",
                                max_length=500,
                                verbose_name="message to the planner",
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
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "ordering": ["school", "grade"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("season", "school", "grade"), name="one_answer_a_grade"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Allotment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "season",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="allotments",
                                to="tours.season",
                            ),
                        ),
                        ("name", models.CharField(max_length=80, verbose_name="name")),
                        (
                            "grades",
                            models.JSONField(
                                default=list, help_text="As `GRADES` has them.", verbose_name="grades"
                            ),
                        ),
                        (
                            "answers_by",
                            models.DateTimeField(blank=True, null=True, verbose_name="schools answer by"),
                        ),
                        (
                            "bus_max_km",
                            models.PositiveSmallIntegerField(
                                default=40,
                                validators=[django.core.validators.MaxValueValidator(300)],
                                verbose_name="by bus at most, km",
                            ),
                        ),
                        (
                            "bus_max_min",
                            models.PositiveSmallIntegerField(
                                default=45,
                                validators=[django.core.validators.MaxValueValidator(240)],
                                verbose_name="by bus at most, minutes",
                            ),
                        ),
                        (
                            "walk_max_km",
                            models.DecimalField(
                                decimal_places=1,
                                default=1,
                                max_digits=3,
                                validators=[django.core.validators.MaxValueValidator(10)],
                                verbose_name="on foot at most, km",
                            ),
                        ),
                        (
                            "shows_per_day",
                            models.PositiveSmallIntegerField(
                                default=2,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(3),
                                ],
                                verbose_name="shows a day at the most",
                            ),
                        ),
                        (
                            "days_max",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="Empty: as many as the season has.",
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(250),
                                ],
                                verbose_name="playing days of a production at the most",
                            ),
                        ),
                        (
                            "unknown_fits",
                            models.BooleanField(
                                default=False,
                                help_text="What is not known is listed; ask before the visit.",
                                verbose_name="rooms that nobody has told enough about may count",
                            ),
                        ),
                        (
                            "repeat_years",
                            models.PositiveSmallIntegerField(
                                default=9,
                                validators=[django.core.validators.MaxValueValidator(13)],
                                verbose_name="years before pupils may get the same production again",
                            ),
                        ),
                        (
                            "skips_reached",
                            models.BooleanField(
                                default=False,
                                verbose_name="leave out grades that have a visit booked this school year",
                            ),
                        ),
                        (
                            "bus_seats",
                            models.PositiveSmallIntegerField(
                                default=50,
                                validators=[
                                    django.core.validators.MinValueValidator(8),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                                verbose_name="seats of a bus",
                            ),
                        ),
                        (
                            "bus_base",
                            models.PositiveIntegerField(
                                default=3000,
                                validators=[django.core.validators.MaxValueValidator(100000)],
                                verbose_name="a bus costs",
                            ),
                        ),
                        (
                            "bus_per_km",
                            models.PositiveIntegerField(
                                default=35,
                                validators=[django.core.validators.MaxValueValidator(100000)],
                                verbose_name="and for each km",
                            ),
                        ),
                        (
                            "per_km",
                            models.PositiveIntegerField(
                                default=15,
                                validators=[django.core.validators.MaxValueValidator(100000)],
                                verbose_name="an ensemble's km costs",
                            ),
                        ),
                        (
                            "per_night",
                            models.PositiveIntegerField(
                                default=3000,
                                validators=[django.core.validators.MaxValueValidator(100000)],
                                verbose_name="an ensemble's night away costs",
                            ),
                        ),
                        (
                            "day_trip_max_min",
                            models.PositiveSmallIntegerField(
                                default=90,
                                validators=[django.core.validators.MaxValueValidator(480)],
                                verbose_name="so far from home an ensemble drives back the same day, minutes",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "not computed yet"),
                                    ("queued", "waiting"),
                                    ("running", "being computed"),
                                    ("done", "computed"),
                                    ("cancelled", "stopped, best so far"),
                                    ("failed", "failed"),
                                    ("published", "published"),
                                ],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        (
                            "seconds",
                            models.PositiveSmallIntegerField(
                                default=60,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(300),
                                ],
                                verbose_name="time to compute, seconds",
                            ),
                        ),
                        ("seed", models.PositiveIntegerField(default=1)),
                        ("problem", models.JSONField(blank=True, default=dict)),
                        ("plan", models.JSONField(blank=True, null=True)),
                        ("fingerprint", models.CharField(blank=True, max_length=64)),
                        (
                            "ground_digest",
                            models.CharField(
                                blank=True,
                                help_text="Of the rows that the problem was written from; empty: not known.",
                                max_length=64,
                            ),
                        ),
                        (
                            "progress",
                            models.JSONField(
                                blank=True,
                                default=dict,
                                help_text="Of a run: reached, reached_bound, cost, cost_bound.",
                            ),
                        ),
                        ("error", models.TextField(blank=True)),
                        ("version", models.PositiveIntegerField(default=1)),
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
                            "changed_at",
                            models.DateTimeField(help_text="When target, rules or orders were changed last."),
                        ),
                        ("asked_at", models.DateTimeField(blank=True, null=True)),
                        ("claimed_until", models.DateTimeField(blank=True, null=True)),
                        ("stop_asked_at", models.DateTimeField(blank=True, null=True)),
                        ("finished_at", models.DateTimeField(blank=True, null=True)),
                        ("published_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "published_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "municipalities",
                            models.ManyToManyField(
                                related_name="allotments",
                                to="venues.municipality",
                                verbose_name="municipalities",
                            ),
                        ),
                        (
                            "productions",
                            models.ManyToManyField(
                                related_name="allotments", to="tours.production", verbose_name="productions"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-at", "-id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("season", "name"), name="allotment_named_once"),
                            models.CheckConstraint(
                                condition=models.Q(("shows_per_day__gte", 1), ("shows_per_day__lte", 3)),
                                name="allotment_shows_in_a_wish",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AllotmentOrder",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "allotment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="orders",
                                to="tours.allotment",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="venues.school",
                            ),
                        ),
                        ("grade", models.CharField(max_length=10, verbose_name="grade")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("locked", "gets that"), ("forbidden", "does not get that")],
                                max_length=10,
                            ),
                        ),
                        (
                            "production",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="tours.production",
                                verbose_name="production",
                            ),
                        ),
                        (
                            "venue",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="venues.venue",
                                verbose_name="venue",
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=200, verbose_name="why")),
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
                            "replaces",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="tours.allotmentorder",
                            ),
                        ),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("before", models.JSONField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["at", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "locked"), ("withdrawn_at__isnull", True)),
                                fields=("allotment", "school", "grade"),
                                name="one_lock_a_grade",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("production__isnull", False),
                                    models.Q(("kind", "locked"), ("venue__isnull", True)),
                                    _connector="OR",
                                ),
                                name="order_names_a_production",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Wish",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "season",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="wishes",
                                to="tours.season",
                            ),
                        ),
                        (
                            "production",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="wishes",
                                to="tours.production",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="wishes",
                                to="venues.organisation",
                            ),
                        ),
                        (
                            "venue",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="wishes",
                                to="venues.venue",
                            ),
                        ),
                        (
                            "rank",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(20),
                                ],
                                verbose_name="rank",
                            ),
                        ),
                        ("is_reserve", models.BooleanField(default=False, verbose_name="reserve")),
                        (
                            "shows_count",
                            models.PositiveSmallIntegerField(
                                default=1,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(6),
                                ],
                                verbose_name="shows",
                            ),
                        ),
                        (
                            "audience",
                            models.CharField(
                                choices=[
                                    ("public", "public"),
                                    ("family", "families"),
                                    ("school", "school, not public"),
                                ],
                                default="public",
                                max_length=10,
                                verbose_name="audience",
                            ),
                        ),
                        (
                            "audience_expected",
                            models.PositiveSmallIntegerField(
                                validators=[django.core.validators.MinValueValidator(1)],
                                verbose_name="expected audience a show",
                            ),
                        ),
                        (
                            "message",
                            models.TextField(
                                blank=True, max_length=1000, verbose_name="message to the producer"
                            ),
                        ),
                        (
                            "is_allotted",
                            models.BooleanField(
                                default=False,
                                help_text="Given by an allotment: outside the list that its organisation ranks.",
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("changed_at", models.DateTimeField(auto_now=True)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "verbose_name_plural": "wishes",
                        "ordering": ["organisation__name", "is_reserve", "rank"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("is_allotted", False), ("withdrawn_at__isnull", True)),
                                fields=("season", "organisation", "production"),
                                name="wish_once_a_production",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("is_allotted", False), ("withdrawn_at__isnull", True)),
                                fields=("season", "organisation", "rank", "is_reserve"),
                                name="wish_ranks_differ",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WishGroup",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "wish",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="groups",
                                to="tours.wish",
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="wishes",
                                to="venues.group",
                            ),
                        ),
                        (
                            "show_number",
                            models.PositiveSmallIntegerField(
                                default=1,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(6),
                                ],
                                verbose_name="show",
                            ),
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
                        ("adults_count", models.PositiveSmallIntegerField(default=1, verbose_name="adults")),
                        ("needs", models.JSONField(blank=True, default=dict, verbose_name="needs")),
                    ],
                    options={
                        "ordering": ["show_number", "group__grade", "group__name"],
                        "constraints": [
                            models.UniqueConstraint(fields=("wish", "group"), name="wish_group_once"),
                            models.CheckConstraint(
                                condition=models.Q(("pupils_count__gte", 1), ("pupils_count__lte", 400)),
                                name="wish_group_has_pupils",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AllottedVisit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "allotment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visits",
                                to="tours.allotment",
                            ),
                        ),
                        (
                            "wish",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="allotted",
                                to="tours.wish",
                            ),
                        ),
                        (
                            "day_number",
                            models.PositiveSmallIntegerField(
                                help_text="Of the production in that room, from 1."
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["wish__production__title", "wish__venue__name", "day_number"],
                    },
                ),
                migrations.CreateModel(
                    name="AllottedGroup",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="groups",
                                to="tours.allottedvisit",
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="allotted",
                                to="venues.group",
                            ),
                        ),
                        ("show_number", models.PositiveSmallIntegerField(default=1, verbose_name="show")),
                        (
                            "how",
                            models.CharField(
                                choices=[("own", "at the school"), ("walk", "on foot"), ("bus", "by bus")],
                                max_length=5,
                                verbose_name="how they get there",
                            ),
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
                                validators=[django.core.validators.MaxValueValidator(400)],
                                verbose_name="adults",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["show_number", "group__grade", "group__name"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("visit", "group"), name="allotted_group_once_a_visit"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WishSpan",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "wish",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="spans",
                                to="tours.wish",
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="from")),
                        ("ends_on", models.DateField(verbose_name="to")),
                        ("earliest", models.TimeField(verbose_name="earliest start")),
                        ("latest", models.TimeField(verbose_name="latest start")),
                    ],
                    options={
                        "ordering": ["starts_on", "earliest"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                                name="span_days_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("latest__gte", models.F("earliest"))),
                                name="span_times_in_order",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WishChangeRequest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "wish",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="change_requests",
                                to="tours.wish",
                            ),
                        ),
                        ("message", models.TextField(max_length=1000, verbose_name="what should change")),
                        (
                            "status",
                            models.CharField(
                                choices=[("asked", "asked"), ("granted", "granted"), ("refused", "refused")],
                                default="asked",
                                max_length=10,
                            ),
                        ),
                        ("answer", models.TextField(blank=True, max_length=1000, verbose_name="answer")),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("asked_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "answered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["-asked_at"],
                    },
                ),
                migrations.CreateModel(
                    name="Shared",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "producer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="shared",
                                to="venues.organisation",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("person", "person"), ("vehicle", "vehicle")], max_length=10
                            ),
                        ),
                        ("name", models.CharField(max_length=80, verbose_name="name")),
                        ("ensembles", models.ManyToManyField(related_name="shared", to="tours.ensemble")),
                    ],
                    options={
                        "ordering": ["kind", "name"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("producer", "kind", "name"), name="shared_named_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Tour",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "production",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tours",
                                to="tours.production",
                            ),
                        ),
                        (
                            "season",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tours",
                                to="tours.season",
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        ("slug", models.SlugField(max_length=160, unique=True)),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("open", "open"),
                                    ("confirmed", "confirmed"),
                                    ("running", "running"),
                                    ("closed", "closed"),
                                    ("cancelled", "cancelled"),
                                ],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="first day")),
                        ("ends_on", models.DateField(verbose_name="last day")),
                        ("cut_off_on", models.DateField(blank=True, null=True, verbose_name="cut-off date")),
                        (
                            "cut_off_told_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="When its producer was told that the cut-off has passed without enough presenters.",
                                null=True,
                            ),
                        ),
                        (
                            "presenters_min",
                            models.PositiveSmallIntegerField(default=3, verbose_name="presenters at least"),
                        ),
                        (
                            "is_announced_later",
                            models.BooleanField(
                                default=False,
                                help_text="Confirmed dates stay unpublished until you publish them.",
                                verbose_name="announce later",
                            ),
                        ),
                        (
                            "moves_up",
                            models.BooleanField(
                                default=True,
                                help_text="When the time is free, the next in line gets it. Otherwise you are told, and decide.",
                                verbose_name="further options move up by themselves",
                            ),
                        ),
                        (
                            "offers_at",
                            models.TimeField(
                                blank=True,
                                help_text="Empty: at once. Local time of the tour's region.",
                                null=True,
                                verbose_name="offers are sent at",
                            ),
                        ),
                        (
                            "performances_per_day",
                            models.PositiveSmallIntegerField(
                                default=2,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(6),
                                ],
                                verbose_name="shows a day at the most",
                            ),
                        ),
                        (
                            "day_open_min",
                            models.PositiveSmallIntegerField(
                                default=360,
                                validators=[django.core.validators.MaxValueValidator(1440)],
                                verbose_name="earliest departure",
                            ),
                        ),
                        (
                            "day_close_min",
                            models.PositiveSmallIntegerField(
                                default=1440,
                                validators=[django.core.validators.MaxValueValidator(1440)],
                                verbose_name="latest arrival",
                            ),
                        ),
                        (
                            "drive_max_min",
                            models.PositiveSmallIntegerField(
                                default=360, verbose_name="driving a day at the most, minutes"
                            ),
                        ),
                        (
                            "works_saturdays",
                            models.BooleanField(default=True, verbose_name="plays on Saturdays"),
                        ),
                        (
                            "works_sundays",
                            models.BooleanField(default=False, verbose_name="plays on Sundays"),
                        ),
                        (
                            "winter_factor",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("1.10"),
                                max_digits=4,
                                validators=[
                                    django.core.validators.MinValueValidator(Decimal("1")),
                                    django.core.validators.MaxValueValidator(Decimal("2")),
                                ],
                                verbose_name="winter factor",
                            ),
                        ),
                        (
                            "trailer_factor",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("1.00"),
                                max_digits=4,
                                validators=[
                                    django.core.validators.MinValueValidator(Decimal("1")),
                                    django.core.validators.MaxValueValidator(Decimal("2")),
                                ],
                                verbose_name="trailer factor",
                            ),
                        ),
                        (
                            "wish_worth",
                            models.PositiveIntegerField(
                                default=10000,
                                help_text="Beyond its fee. Lower ranks are worth less.",
                                validators=[django.core.validators.MaxValueValidator(400000000)],
                                verbose_name="worth of a first wish",
                            ),
                        ),
                        (
                            "municipality_bonus",
                            models.PositiveIntegerField(
                                default=6000,
                                validators=[django.core.validators.MaxValueValidator(1000000000)],
                                verbose_name="worth of one more municipality",
                            ),
                        ),
                        (
                            "cost_per_km",
                            models.PositiveIntegerField(
                                default=35,
                                validators=[django.core.validators.MaxValueValidator(100000)],
                                verbose_name="cost per km",
                            ),
                        ),
                        (
                            "cost_per_night",
                            models.PositiveIntegerField(
                                default=5500,
                                validators=[django.core.validators.MaxValueValidator(1000000000)],
                                verbose_name="cost per night away",
                            ),
                        ),
                        (
                            "cost_per_change",
                            models.PositiveIntegerField(
                                default=4000,
                                validators=[django.core.validators.MaxValueValidator(1000000000)],
                                verbose_name="cost of changing a held stop",
                            ),
                        ),
                        (
                            "moves_offered",
                            models.BooleanField(default=False, verbose_name="offered dates may move too"),
                        ),
                        (
                            "cost_per_offered_change",
                            models.PositiveIntegerField(
                                default=12000,
                                validators=[django.core.validators.MaxValueValidator(1000000000)],
                                verbose_name="cost of changing an offered stop",
                            ),
                        ),
                        (
                            "mileage",
                            models.CharField(
                                choices=[
                                    ("own_cost", "what the tour reckons a km costs"),
                                    ("own_car", "own car, tax-free"),
                                    ("company_car", "company car, tax-free"),
                                    ("electric_company_car", "electric company car, tax-free"),
                                ],
                                default="own_cost",
                                max_length=24,
                                verbose_name="a km costs",
                            ),
                        ),
                        (
                            "fuel",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "not known"),
                                    ("diesel", "diesel"),
                                    ("petrol", "petrol"),
                                    ("electric", "electricity"),
                                    ("hvo", "HVO"),
                                ],
                                max_length=10,
                                verbose_name="fuel",
                            ),
                        ),
                        (
                            "room_cost",
                            models.PositiveIntegerField(default=1100, verbose_name="a room a night"),
                        ),
                        (
                            "finds_own_beds",
                            models.BooleanField(
                                default=False, verbose_name="beds are found by each and not paid"
                            ),
                        ),
                        (
                            "has_breakfast",
                            models.BooleanField(default=True, verbose_name="breakfast comes with the room"),
                        ),
                        (
                            "sharing",
                            models.CharField(
                                choices=[
                                    ("equal", "equally by visit"),
                                    ("distance", "by the distance from home"),
                                ],
                                default="equal",
                                max_length=10,
                                verbose_name="travel is shared",
                            ),
                        ),
                        (
                            "uses_latest_rates",
                            models.BooleanField(default=False, verbose_name="latest known rates"),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "changed_at",
                            models.DateTimeField(
                                auto_now=True,
                                help_text="When its frame was written; its stage has a history.",
                            ),
                        ),
                        (
                            "work_rules",
                            models.ManyToManyField(
                                blank=True, related_name="tours", to="venues.workruleprofile"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["starts_on", "name"],
                        "constraints": [
                            venues.models.noted.Noted(kind="tour", name="tour_noted", ref="id"),
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                                name="tour_ends_after_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("day_close_min__gt", models.F("day_open_min"))),
                                name="tour_day_opens_before_closing",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WarningOverride",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "tour",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="overrides",
                                to="tours.tour",
                            ),
                        ),
                        (
                            "profile",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="overrides",
                                to="venues.workruleprofile",
                            ),
                        ),
                        ("rule", models.CharField(help_text="As in planner.CAUTIONS.", max_length=30)),
                        (
                            "on_date",
                            models.DateField(help_text="The day; of a week, its first day in the tour."),
                        ),
                        ("reason", models.CharField(max_length=300)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_at", None)),
                                fields=("tour", "profile", "rule", "on_date"),
                                name="one_standing_override",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("withdrawn_at", None), ("withdrawn_by", None)),
                                    models.Q(
                                        ("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="withdrawn_by_somebody",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Instruction",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "tour",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="instructions",
                                to="tours.tour",
                            ),
                        ),
                        (
                            "wish",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="instructions",
                                to="tours.wish",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("locked", "locked"), ("dropped", "left out")], max_length=10
                            ),
                        ),
                        (
                            "starts_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="Start of the first performance, when locked.",
                                null=True,
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
                        ("at", models.DateTimeField(auto_now=True)),
                    ],
                    options={
                        "ordering": ["at"],
                        "constraints": [
                            models.UniqueConstraint(fields=("tour", "wish"), name="one_instruction_a_wish"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "dropped"), ("starts_at__isnull", True)),
                                    models.Q(("kind", "locked"), ("starts_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="locked_to_a_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ForbiddenDay",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "tour",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="forbidden_days",
                                to="tours.tour",
                            ),
                        ),
                        ("day", models.DateField()),
                        (
                            "reason",
                            models.TextField(
                                blank=True,
                                help_text="Why the day was cancelled; empty where it is kept free.",
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
                        ("at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "ordering": ["day"],
                        "constraints": [
                            models.UniqueConstraint(fields=("tour", "day"), name="a_day_is_forbidden_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Proposal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "tour",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="proposals",
                                to="tours.tour",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("run", "by the planner"),
                                    ("by_hand", "by hand"),
                                    ("several", "by the planner, several ways"),
                                    ("way", "one of several ways"),
                                ],
                                default="run",
                                max_length=10,
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                help_text="The plan that it was made from.",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="children",
                                to="tours.proposal",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("queued", "waiting"),
                                    ("running", "planning"),
                                    ("done", "done"),
                                    ("cancelled", "stopped, best so far"),
                                    ("failed", "failed"),
                                ],
                                default="queued",
                                max_length=10,
                            ),
                        ),
                        (
                            "seconds",
                            models.PositiveSmallIntegerField(
                                default=10,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(240),
                                ],
                            ),
                        ),
                        ("seed", models.PositiveIntegerField(default=1)),
                        ("problem", models.JSONField(default=dict)),
                        (
                            "fingerprint",
                            models.CharField(
                                help_text="SHA-256 of the problem, to notice that it has changed.",
                                max_length=64,
                            ),
                        ),
                        (
                            "excluded",
                            models.JSONField(
                                default=list,
                                help_text="Wishes that were left out before planning, each with its reason.",
                            ),
                        ),
                        ("plan", models.JSONField(null=True)),
                        (
                            "favours",
                            models.JSONField(
                                default=list,
                                help_text="What it is the best of several plans for, in the planner's words.",
                            ),
                        ),
                        (
                            "km",
                            models.PositiveIntegerField(
                                help_text="What the plan drives, once it is finished.", null=True
                            ),
                        ),
                        ("error", models.TextField(blank=True)),
                        (
                            "requested_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("requested_at", models.DateTimeField(auto_now_add=True)),
                        ("claimed_until", models.DateTimeField(blank=True, null=True)),
                        (
                            "stop_asked_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="When somebody asked the run to stop with what it has.",
                                null=True,
                            ),
                        ),
                        ("finished_at", models.DateTimeField(blank=True, null=True)),
                        ("adopted_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "adopted_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-requested_at", "-id"],
                    },
                ),
                migrations.CreateModel(
                    name="SeasonRun",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "season",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="runs",
                                to="tours.season",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("queued", "waiting"),
                                    ("running", "planning"),
                                    ("done", "done"),
                                    ("failed", "failed"),
                                ],
                                default="queued",
                                max_length=10,
                            ),
                        ),
                        (
                            "seconds",
                            models.PositiveSmallIntegerField(
                                default=30,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(120),
                                ],
                                verbose_name="seconds",
                            ),
                        ),
                        (
                            "apart_days",
                            models.PositiveSmallIntegerField(
                                default=14,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(180),
                                ],
                                verbose_name="days between visits to one presenter",
                            ),
                        ),
                        (
                            "neighbour_km",
                            models.PositiveSmallIntegerField(
                                default=25,
                                validators=[django.core.validators.MaxValueValidator(200)],
                                verbose_name="neighbours live within, km",
                            ),
                        ),
                        (
                            "in_turn",
                            models.FloatField(
                                help_text="The sum when every tour had been planned once.", null=True
                            ),
                        ),
                        ("total", models.FloatField(help_text="The sum in the end.", null=True)),
                        ("error", models.TextField(blank=True)),
                        (
                            "requested_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("requested_at", models.DateTimeField(auto_now_add=True)),
                        ("claimed_until", models.DateTimeField(blank=True, null=True)),
                        ("finished_at", models.DateTimeField(blank=True, null=True)),
                        ("tours", models.ManyToManyField(related_name="season_runs", to="tours.tour")),
                        (
                            "proposals",
                            models.ManyToManyField(related_name="season_runs", to="tours.proposal"),
                        ),
                    ],
                    options={
                        "ordering": ["-requested_at", "-id"],
                    },
                ),
                migrations.CreateModel(
                    name="TourChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "tour",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="changes",
                                to="tours.tour",
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("action", models.CharField(max_length=20)),
                        ("from_stage", models.CharField(max_length=10)),
                        ("to_stage", models.CharField(max_length=10)),
                        ("reason", models.TextField(blank=True)),
                        ("details", models.JSONField(default=dict)),
                    ],
                    options={
                        "ordering": ["at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="CrewBallot",
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
                                related_name="ballots",
                                to="venues.crew",
                            ),
                        ),
                        (
                            "season",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="crew_ballots",
                                to="tours.season",
                            ),
                        ),
                        (
                            "hands_count",
                            models.PositiveSmallIntegerField(
                                validators=[django.core.validators.MinValueValidator(1)],
                                verbose_name="so many took part",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("changed_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["crew__organisation__name", "crew__name"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("crew", "season"), name="crew_votes_once_a_season"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("hands_count__gte", 1)), name="ballot_has_hands"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CrewVote",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "ballot",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="votes",
                                to="tours.crewballot",
                            ),
                        ),
                        (
                            "production",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="crew_votes",
                                to="tours.production",
                            ),
                        ),
                        (
                            "place",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(5),
                                ],
                                verbose_name="place",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["place"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("ballot", "production"), name="vote_once_a_production"
                            ),
                            models.UniqueConstraint(fields=("ballot", "place"), name="vote_places_differ"),
                            models.CheckConstraint(
                                condition=models.Q(("place__gte", 1), ("place__lte", 5)),
                                name="vote_place_can_be",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Panel",
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
                                related_name="panels",
                                to="venues.region",
                            ),
                        ),
                        ("name", models.CharField(max_length=80, verbose_name="name")),
                        (
                            "members_count",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(3),
                                    django.core.validators.MaxValueValidator(60),
                                ],
                                verbose_name="members",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "ordering": ["name"],
                        "constraints": [
                            models.UniqueConstraint(fields=("region", "name"), name="panel_once_a_region"),
                            models.CheckConstraint(
                                condition=models.Q(("members_count__range", (3, 60))),
                                name="panel_size_can_be",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PanelLink",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "panel",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="links",
                                to="tours.panel",
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
                    name="PanelOpinion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "panel",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="opinions",
                                to="tours.panel",
                            ),
                        ),
                        (
                            "season",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="panel_opinions",
                                to="tours.season",
                            ),
                        ),
                        (
                            "production",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="panel_opinions",
                                to="tours.production",
                            ),
                        ),
                        (
                            "place",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(5),
                                ],
                                verbose_name="place",
                            ),
                        ),
                        ("comment", models.CharField(blank=True, max_length=500, verbose_name="comment")),
                        ("changed_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": [models.OrderBy(models.F("place"), nulls_last=True), "production__title"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("panel", "season", "production"), name="opinion_once_a_production"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("place__isnull", False)),
                                fields=("panel", "season", "place"),
                                name="opinion_places_differ",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("place__isnull", True),
                                    models.Q(("place__gte", 1), ("place__lte", 5)),
                                    _connector="OR",
                                ),
                                name="opinion_place_can_be",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("place__isnull", False),
                                    models.Q(("comment", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="opinion_says_something",
                            ),
                        ],
                    },
                ),
            ],
        ),
        CreateTogether(
            app_label="bookings",
            models=[
                migrations.CreateModel(
                    name="OwnItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "producer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="checklist_changes",
                                to="venues.organisation",
                            ),
                        ),
                        (
                            "production",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="checklist_changes",
                                to="tours.production",
                                verbose_name="production",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("added", "added"), ("left_out", "left out")], max_length=10
                            ),
                        ),
                        (
                            "key",
                            models.SlugField(
                                blank=True, help_text="The template's item that is left out.", max_length=40
                            ),
                        ),
                        (
                            "text",
                            models.CharField(
                                blank=True, max_length=160, verbose_name="what is to be settled"
                            ),
                        ),
                        (
                            "phase",
                            models.CharField(
                                choices=[("before", "Before"), ("day", "On the day"), ("after", "After")],
                                default="before",
                                max_length=10,
                                verbose_name="when",
                            ),
                        ),
                        (
                            "who",
                            models.CharField(
                                choices=[
                                    ("producer", "producer"),
                                    ("presenter", "presenter"),
                                    ("both", "both"),
                                ],
                                default="presenter",
                                max_length=10,
                                verbose_name="who does it",
                            ),
                        ),
                        (
                            "due_days",
                            models.SmallIntegerField(default=-21, verbose_name="days from the visit"),
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
                    ],
                    options={
                        "ordering": ["at", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("key", ""), ("kind", "added"), models.Q(("text", ""), _negated=True)
                                    ),
                                    models.Q(
                                        ("kind", "left_out"),
                                        ("text", ""),
                                        models.Q(("key", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="own_item_adds_or_leaves_out",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "left_out")),
                                fields=("production", "key"),
                                name="left_out_once_of_one",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "left_out"), ("production__isnull", True)),
                                fields=("producer", "key"),
                                name="left_out_once_of_all",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Booking",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "tour",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bookings",
                                to="tours.tour",
                            ),
                        ),
                        (
                            "wish",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bookings",
                                to="tours.wish",
                            ),
                        ),
                        (
                            "presenter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bookings",
                                to="venues.organisation",
                            ),
                        ),
                        (
                            "venue",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bookings",
                                to="venues.venue",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("held", "held"),
                                    ("offered", "offered"),
                                    ("confirmed", "confirmed"),
                                    ("declined", "declined"),
                                    ("withdrawn", "withdrawn"),
                                    ("released", "released"),
                                    ("expired", "expired"),
                                    ("cancelled", "cancelled"),
                                    ("postponed", "postponed"),
                                ],
                                default="held",
                                max_length=10,
                            ),
                        ),
                        (
                            "hold_rank",
                            models.PositiveSmallIntegerField(
                                default=1,
                                help_text="Only the first option reserves the slot.",
                                validators=[django.core.validators.MinValueValidator(1)],
                                verbose_name="option",
                            ),
                        ),
                        (
                            "hold_expires_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="held until"),
                        ),
                        (
                            "hold_remind_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="When the producer is reminded; empty once that is done.",
                                null=True,
                            ),
                        ),
                        (
                            "challenger",
                            models.ForeignKey(
                                blank=True,
                                help_text="The further option that asks this hold to be confirmed or released.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="challenged",
                                to="bookings.booking",
                            ),
                        ),
                        ("challenge_answer_by", models.DateTimeField(blank=True, null=True)),
                        ("occupied_from", models.DateTimeField(verbose_name="get-in starts")),
                        ("occupied_to", models.DateTimeField(verbose_name="get-out ends")),
                        ("audience", models.CharField(default="public", max_length=10)),
                        ("audience_expected", models.PositiveSmallIntegerField(blank=True, null=True)),
                        (
                            "price",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                                verbose_name="price",
                            ),
                        ),
                        ("currency", models.CharField(max_length=3)),
                        ("is_all_in", models.BooleanField(default=True)),
                        ("answer_by", models.DateTimeField(blank=True, null=True, verbose_name="answer by")),
                        (
                            "answer_remind_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="When the presenter is reminded; empty once that is done.",
                                null=True,
                            ),
                        ),
                        (
                            "reminded_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="When the presenter was reminded of the offer last.",
                                null=True,
                            ),
                        ),
                        (
                            "access_services",
                            models.JSONField(
                                blank=True,
                                default=list,
                                help_text="Values of AccessService of this visit, beside those that the production always has.",
                                verbose_name="access services",
                            ),
                        ),
                        (
                            "stream_url",
                            models.URLField(
                                blank=True,
                                help_text="https; where it can be seen digitally.",
                                max_length=500,
                                verbose_name="link to the stream",
                            ),
                        ),
                        (
                            "was_in",
                            models.CharField(
                                blank=True,
                                help_text="The room's name before the last agreed change of room.",
                                max_length=160,
                            ),
                        ),
                        ("published_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "not reported"),
                                    ("held", "was played"),
                                    ("not_held", "was not played"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="settled")),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("changed_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["occupied_from", "id"],
                        "indexes": [
                            models.Index(fields=["status", "answer_by"], name="booking_to_expire"),
                            models.Index(fields=["status", "answer_remind_at"], name="offer_to_remind_of"),
                            models.Index(fields=["status", "hold_expires_at"], name="hold_to_expire"),
                            models.Index(fields=["venue", "occupied_from"], name="booking_in_line"),
                        ],
                        "constraints": [
                            venues.models.noted.Noted(kind="booking", name="booking_noted", ref="id"),
                            models.CheckConstraint(
                                condition=models.Q(("occupied_to__gt", models.F("occupied_from"))),
                                name="booking_ends_after_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("price__gte", 0)), name="booking_price_not_negative"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "held"), _negated=True),
                                    ("hold_expires_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="held_until_a_moment",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("challenge_answer_by__isnull", True), ("challenger__isnull", True)
                                    ),
                                    models.Q(
                                        ("challenge_answer_by__isnull", False), ("challenger__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="challenged_until_a_moment",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("status__in", ["held", "offered", "confirmed"])),
                                fields=("wish",),
                                name="wish_booked_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("settled_at__isnull", True),
                                    models.Q(
                                        models.Q(("status", "confirmed")),
                                        models.Q(("outcome", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="settled_once_reported",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Checklist",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "booking",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="checklist",
                                to="bookings.booking",
                            ),
                        ),
                        ("label", models.CharField(max_length=160)),
                        ("source", models.CharField(max_length=600)),
                        ("crew_roles", models.JSONField(default=list)),
                        ("made_at", models.DateTimeField()),
                        (
                            "remind_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="When the sides are reminded; empty once that is done.",
                                null=True,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["remind_at"], name="checklist_to_remind")],
                        "constraints": [
                            venues.models.noted.Noted(kind="booking", name="checklist_noted", ref="booking")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChecklistItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "checklist",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="items",
                                to="bookings.checklist",
                            ),
                        ),
                        ("key", models.SlugField()),
                        (
                            "phase",
                            models.CharField(
                                choices=[("before", "Before"), ("day", "On the day"), ("after", "After")],
                                max_length=10,
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        ("words", models.JSONField(default=dict)),
                        (
                            "who",
                            models.CharField(
                                choices=[
                                    ("producer", "producer"),
                                    ("presenter", "presenter"),
                                    ("both", "both"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "due_days",
                            models.SmallIntegerField(
                                help_text="Days after the visit; before it they are negative."
                            ),
                        ),
                        (
                            "rider_line",
                            models.CharField(
                                blank=True,
                                help_text="The line of the room check that was not met, where it is one.",
                                max_length=30,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "open"),
                                    ("done", "done"),
                                    ("not_applicable", "not applicable"),
                                ],
                                default="open",
                                max_length=15,
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField(null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "ordering": ["position", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("checklist", "key"), name="checklist_item_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("at__isnull", True), ("by__isnull", True), ("state", "open")),
                                    models.Q(
                                        models.Q(("state", "open"), _negated=True),
                                        ("at__isnull", False),
                                        ("by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="checklist_item_settled_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "open"),
                                    models.Q(("rider_line", ""), ("state", "done")),
                                    models.Q(("note", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="checklist_item_settled_with_words",
                            ),
                            venues.models.noted.Noted(
                                kind="checklist", name="checklist_item_noted", ref="checklist"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="VisitFacts",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "booking",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="practical",
                                to="bookings.booking",
                            ),
                        ),
                        ("parking", models.CharField(blank=True, max_length=300, verbose_name="parking")),
                        ("load_in", models.CharField(blank=True, max_length=300, verbose_name="loading in")),
                        ("helpers", models.CharField(blank=True, max_length=300, verbose_name="helpers")),
                        ("meals", models.CharField(blank=True, max_length=300, verbose_name="meals")),
                        ("lodging", models.CharField(blank=True, max_length=300, verbose_name="lodging")),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("changed_at", models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name="VisitContact",
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
                                related_name="contacts",
                                to="bookings.booking",
                            ),
                        ),
                        ("role", models.SlugField(max_length=40)),
                        ("name", models.CharField(blank=True, max_length=120, verbose_name="name")),
                        ("phone", models.CharField(blank=True, max_length=40, verbose_name="telephone")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                        ("changed_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["role"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("booking", "role"), name="visit_contact_once_a_role"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("name", ""), _negated=True),
                                    models.Q(("phone", ""), _negated=True),
                                    models.Q(("email", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="visit_contact_says_something",
                            ),
                            venues.models.noted.Noted(
                                kind="booking", name="visit_contact_noted", ref="booking"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Agreement",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agreements",
                                to="bookings.booking",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        ("made_at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("facts", models.JSONField()),
                        ("digest", models.CharField(max_length=64)),
                    ],
                    options={
                        "ordering": ["booking", "number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("booking", "number"), name="agreement_numbered_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("number__gte", 1)), name="agreement_numbered_from_one"
                            ),
                            bookings.models.no_change.NoChange(name="agreement_never_changes"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Performance",
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
                                related_name="performances",
                                to="bookings.booking",
                            ),
                        ),
                        (
                            "number",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(6),
                                ]
                            ),
                        ),
                        ("starts_at", models.DateTimeField(verbose_name="starts")),
                        ("ends_at", models.DateTimeField(verbose_name="ends")),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "sequence",
                            models.PositiveIntegerField(
                                default=0, help_text="RFC 5545 SEQUENCE: raised on move and cancel."
                            ),
                        ),
                        (
                            "was_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="When it was to start before the last move of what had been agreed.",
                                null=True,
                            ),
                        ),
                        ("changed_at", models.DateTimeField()),
                        (
                            "attendance",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="audience"),
                        ),
                        (
                            "attendance_young",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="of which children and young people"
                            ),
                        ),
                        (
                            "attendance_adults",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="of which adults"
                            ),
                        ),
                        (
                            "attendance_free",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="of which free of charge"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["starts_at", "id"],
                        "constraints": [
                            venues.models.noted.Noted(
                                kind="booking", name="performance_noted", ref="booking"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                                name="performance_ends_after_start",
                            ),
                            models.UniqueConstraint(
                                fields=("booking", "number"), name="performance_numbered_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("attendance_young__isnull", True),
                                    models.Q(
                                        ("attendance__isnull", False),
                                        ("attendance_young__lte", models.F("attendance")),
                                    ),
                                    _connector="OR",
                                ),
                                name="performance_young_within_audience",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("attendance_adults__isnull", True),
                                    models.Q(
                                        (
                                            "attendance__gte",
                                            django.db.models.expressions.CombinedExpression(
                                                models.F("attendance_adults"),
                                                "+",
                                                models.F("attendance_young"),
                                            ),
                                        ),
                                        ("attendance__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="performance_ages_within_audience",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("attendance_free__isnull", True),
                                    models.Q(
                                        ("attendance__isnull", False),
                                        ("attendance_free__lte", models.F("attendance")),
                                    ),
                                    _connector="OR",
                                ),
                                name="performance_free_within_audience",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="VisitReport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "booking",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="report",
                                to="bookings.booking",
                            ),
                        ),
                        (
                            "side",
                            models.CharField(
                                choices=[("presenter", "the presenter"), ("producer", "the producer")],
                                max_length=10,
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                help_text="Empty: the bearer of a mailed link.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "cause",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "it was played"),
                                    ("illness", "illness"),
                                    ("weather", "weather or road"),
                                    ("technical", "something technical"),
                                    ("venue", "the room could not be used"),
                                    ("audience", "too few came"),
                                    ("other", "another cause"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("words", models.TextField(blank=True, help_text="Why it was not played.")),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("cause", ""), models.Q(("words", ""), _negated=True), _connector="OR"
                                ),
                                name="not_played_says_why",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CostLine",
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
                                related_name="cost_lines",
                                to="bookings.booking",
                            ),
                        ),
                        (
                            "side",
                            models.CharField(
                                choices=[("presenter", "the presenter"), ("producer", "the producer")],
                                max_length=10,
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("room", "room and staff"),
                                    ("marketing", "posters and advertising"),
                                    ("hosting", "food and lodging"),
                                    ("travel", "travel"),
                                    ("technical", "technical equipment"),
                                    ("other", "other costs"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "amount",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                                verbose_name="amount",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["side", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("booking", "side", "kind"), name="cost_of_a_kind_once_a_side"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gte", 0)), name="cost_not_negative"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReportReminder",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "booking",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="report_reminder",
                                to="bookings.booking",
                            ),
                        ),
                        ("next_at", models.DateTimeField(blank=True, null=True)),
                        ("sent_count", models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        "indexes": [models.Index(fields=["next_at"], name="report_to_ask_for")],
                    },
                ),
                migrations.CreateModel(
                    name="ReportLink",
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
                                related_name="report_links",
                                to="bookings.booking",
                            ),
                        ),
                        ("token_digest", models.CharField(max_length=64, unique=True)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("expires_at", models.DateTimeField()),
                        ("used_at", models.DateTimeField(blank=True, null=True)),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="ChangeProposal",
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
                                related_name="proposals",
                                to="bookings.booking",
                            ),
                        ),
                        (
                            "waits_on",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="waiting_change",
                                to="bookings.booking",
                            ),
                        ),
                        (
                            "side",
                            models.CharField(
                                choices=[("presenter", "the presenter"), ("producer", "the producer")],
                                help_text="Who proposed it.",
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
                            "cancels",
                            models.BooleanField(
                                default=False,
                                help_text="A school asks that the visit is cancelled; the rest is the visit as it is.",
                            ),
                        ),
                        ("reason", models.TextField(max_length=1000, verbose_name="why")),
                        (
                            "venue",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="venues.venue",
                            ),
                        ),
                        ("starts_at", models.DateTimeField(help_text="Start of the first performance.")),
                        (
                            "shows_count",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(6),
                                ],
                                verbose_name="number of shows",
                            ),
                        ),
                        ("occupied_from", models.DateTimeField(verbose_name="get-in starts")),
                        ("occupied_to", models.DateTimeField(verbose_name="get-out ends")),
                        (
                            "price",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                                verbose_name="price",
                            ),
                        ),
                        (
                            "next_shows",
                            models.DecimalField(
                                decimal_places=2,
                                help_text="The price line of further shows; 0: there is none.",
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                            ),
                        ),
                        ("answer_by", models.DateTimeField(verbose_name="answer by")),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "waits for an answer"),
                                    ("accepted", "accepted"),
                                    ("refused", "said no to"),
                                    ("taken_back", "taken back"),
                                    ("lapsed", "not answered in time"),
                                    ("dropped", "the visit was called off"),
                                ],
                                default="",
                                max_length=10,
                            ),
                        ),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["at", "id"],
                        "indexes": [models.Index(fields=["outcome", "answer_by"], name="change_to_lapse")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("closed_at__isnull", True),
                                        ("outcome", ""),
                                        ("waits_on", models.F("booking")),
                                    ),
                                    models.Q(
                                        models.Q(("outcome", ""), _negated=True),
                                        ("closed_at__isnull", False),
                                        ("waits_on__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="change_waits_or_is_closed",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("occupied_to__gt", models.F("starts_at")),
                                    ("starts_at__gte", models.F("occupied_from")),
                                ),
                                name="change_ends_after_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("next_shows__gte", 0), ("price__gte", 0)),
                                name="change_price_not_negative",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChangeLink",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="links",
                                to="bookings.changeproposal",
                            ),
                        ),
                        ("token_digest", models.CharField(max_length=64, unique=True)),
                        ("created_at", models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name="VisitCancellation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "booking",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="cancellation",
                                to="bookings.booking",
                            ),
                        ),
                        (
                            "cause",
                            models.CharField(
                                choices=[
                                    ("producer", "the producer"),
                                    ("presenter", "the presenter"),
                                    ("force_majeure", "nobody: force majeure"),
                                ],
                                max_length=15,
                                verbose_name="who cancels",
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("days_before", models.PositiveSmallIntegerField()),
                        ("late_days", models.PositiveSmallIntegerField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Residency",
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
                                related_name="residencies",
                                to="venues.region",
                            ),
                        ),
                        (
                            "host",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="residencies",
                                to="venues.organisation",
                                verbose_name="host",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="residencies",
                                to="venues.place",
                                verbose_name="place",
                            ),
                        ),
                        ("artist_name", models.CharField(max_length=120, verbose_name="artist or ensemble")),
                        (
                            "artist",
                            models.ForeignKey(
                                blank=True,
                                help_text="Who acts for the artist; empty as long as nobody has an account.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="residencies",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "ensemble",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="residencies",
                                to="tours.ensemble",
                            ),
                        ),
                        ("slug", models.SlugField(max_length=120, unique=True)),
                        ("title", models.CharField(max_length=160, verbose_name="title")),
                        (
                            "title_en",
                            models.CharField(blank=True, max_length=160, verbose_name="title in English"),
                        ),
                        (
                            "about",
                            models.TextField(blank=True, max_length=8000, verbose_name="about the work"),
                        ),
                        (
                            "about_en",
                            models.TextField(
                                blank=True, max_length=8000, verbose_name="about the work, in English"
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
                        (
                            "people_count",
                            models.PositiveSmallIntegerField(default=1, verbose_name="how many come"),
                        ),
                        (
                            "access_needs",
                            models.TextField(
                                blank=True,
                                help_text="For the host alone.",
                                max_length=1000,
                                verbose_name="what they need to take part",
                            ),
                        ),
                        ("currency", models.CharField(max_length=3)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("planned", "planned"),
                                    ("offered", "contract sent"),
                                    ("confirmed", "confirmed"),
                                    ("cancelled", "cancelled"),
                                ],
                                default="planned",
                                max_length=10,
                            ),
                        ),
                        ("host_agreed_at", models.DateTimeField(blank=True, null=True)),
                        ("artist_agreed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "answer_by",
                            models.DateTimeField(
                                blank=True,
                                help_text="By when both sides are asked to agree to the contract.",
                                null=True,
                                verbose_name="answer by",
                            ),
                        ),
                        ("answer_remind_at", models.DateTimeField(blank=True, null=True)),
                        ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "cancelled_by_side",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("host", "the host"),
                                    ("artist", "the artist"),
                                    ("region", "the region"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "cancelled_why",
                            models.CharField(blank=True, max_length=500, verbose_name="why it was cancelled"),
                        ),
                        ("published_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "production",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="residencies",
                                to="tours.production",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("created_at", models.DateTimeField()),
                        ("changed_at", models.DateTimeField()),
                        ("tours", models.ManyToManyField(related_name="residencies", to="tours.tour")),
                    ],
                    options={
                        "verbose_name_plural": "residencies",
                        "ordering": ["-created_at", "pk"],
                        "constraints": [
                            venues.models.noted.Noted(kind="residency", name="residency_noted", ref="id"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("cancelled_at__isnull", False), ("status", "cancelled")),
                                    models.Q(
                                        models.Q(("status", "cancelled"), _negated=True),
                                        ("cancelled_at__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="residency_cancelled_at_a_moment",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "confirmed"), _negated=True),
                                    models.Q(
                                        ("artist_agreed_at__isnull", False), ("host_agreed_at__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="residency_confirmed_by_both",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ResidencyPeriod",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "residency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="periods",
                                to="bookings.residency",
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="from")),
                        ("ends_on", models.DateField(verbose_name="to")),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "sequence",
                            models.PositiveIntegerField(
                                default=0, help_text="RFC 5545 SEQUENCE: raised on each change."
                            ),
                        ),
                        ("changed_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["starts_on", "pk"],
                        "constraints": [
                            venues.models.noted.Noted(
                                kind="residency", name="residency_period_noted", ref="residency"
                            ),
                            models.UniqueConstraint(
                                fields=("residency", "starts_on"), name="residency_period_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                                name="residency_period_ends_after_start",
                            ),
                            bookings.models.no_shared_day.NoSharedDay(
                                end="ends_on",
                                name="residency_days_once",
                                resource="residency",
                                start="starts_on",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SubEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "residency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sub_events",
                                to="bookings.residency",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("open_rehearsal", "open rehearsal"),
                                    ("workshop", "workshop"),
                                    ("showing", "public showing"),
                                    ("talk", "artist talk"),
                                ],
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        ("title", models.CharField(max_length=160, verbose_name="title")),
                        (
                            "title_en",
                            models.CharField(blank=True, max_length=160, verbose_name="title in English"),
                        ),
                        ("about", models.TextField(blank=True, max_length=2000, verbose_name="about it")),
                        (
                            "venue",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sub_events",
                                to="venues.venue",
                                verbose_name="venue",
                            ),
                        ),
                        (
                            "room",
                            models.CharField(
                                blank=True,
                                help_text="Where it is no venue here.",
                                max_length=120,
                                verbose_name="room",
                            ),
                        ),
                        ("starts_at", models.DateTimeField(verbose_name="starts")),
                        ("ends_at", models.DateTimeField(verbose_name="ends")),
                        ("is_public", models.BooleanField(default=False, verbose_name="open to everybody")),
                        ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "cancelled_why",
                            models.CharField(blank=True, max_length=500, verbose_name="why it was cancelled"),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "not reported"),
                                    ("held", "was held"),
                                    ("not_held", "was not held"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "attendance",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="audience"),
                        ),
                        (
                            "attendance_young",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="of which children and young people"
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
                        ("changed_at", models.DateTimeField()),
                        (
                            "groups",
                            models.ManyToManyField(
                                related_name="sub_events", to="venues.group", verbose_name="groups"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["starts_at", "pk"],
                        "constraints": [
                            venues.models.noted.Noted(
                                kind="residency", name="sub_event_noted", ref="residency"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                                name="sub_event_ends_after_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("attendance_young__isnull", True),
                                    models.Q(
                                        ("attendance__isnull", False),
                                        ("attendance_young__lte", models.F("attendance")),
                                    ),
                                    _connector="OR",
                                ),
                                name="sub_event_young_within_audience",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ResidencyContract",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "residency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contracts",
                                to="bookings.residency",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        ("made_at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("facts", models.JSONField()),
                        ("digest", models.CharField(help_text="SHA-256 over the facts.", max_length=64)),
                    ],
                    options={
                        "ordering": ["residency", "number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("residency", "number"), name="residency_contract_numbered_once"
                            ),
                            bookings.models.no_change.NoChange(name="residency_contract_never_changes"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ResidencyChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "residency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="changes",
                                to="bookings.residency",
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("action", models.CharField(max_length=20)),
                        ("from_status", models.CharField(blank=True, max_length=10)),
                        ("to_status", models.CharField(max_length=10)),
                        ("reason", models.TextField(blank=True)),
                        ("details", models.JSONField(default=dict)),
                    ],
                    options={
                        "ordering": ["at", "pk"],
                        "constraints": [
                            bookings.models.no_change.NoChange(name="residency_change_never_changes")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Allocation",
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
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="allocations",
                                to="bookings.booking",
                            ),
                        ),
                        (
                            "residency",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="allocations",
                                to="bookings.residency",
                            ),
                        ),
                        (
                            "period",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="allocations",
                                to="bookings.residencyperiod",
                            ),
                        ),
                        (
                            "sub_event",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="allocations",
                                to="bookings.subevent",
                            ),
                        ),
                        (
                            "change",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="allocations",
                                to="bookings.changeproposal",
                            ),
                        ),
                        (
                            "venue",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="allocations",
                                to="venues.venue",
                            ),
                        ),
                        (
                            "ensemble",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="allocations",
                                to="tours.ensemble",
                            ),
                        ),
                        (
                            "shared",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="allocations",
                                to="tours.shared",
                            ),
                        ),
                        (
                            "dwelling",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="allocations",
                                to="venues.dwelling",
                            ),
                        ),
                        ("occupied_from", models.DateTimeField()),
                        ("occupied_to", models.DateTimeField()),
                        ("is_blocking", models.BooleanField()),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["venue", "occupied_from"], name="allocation_of_venue"),
                            models.Index(fields=["ensemble", "occupied_from"], name="allocation_of_ensemble"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("dwelling__isnull", True),
                                        ("ensemble__isnull", True),
                                        ("shared__isnull", True),
                                        ("venue__isnull", False),
                                    ),
                                    models.Q(
                                        ("dwelling__isnull", True),
                                        ("ensemble__isnull", False),
                                        ("shared__isnull", True),
                                        ("venue__isnull", True),
                                    ),
                                    models.Q(
                                        ("dwelling__isnull", True),
                                        ("ensemble__isnull", True),
                                        ("shared__isnull", False),
                                        ("venue__isnull", True),
                                    ),
                                    models.Q(
                                        ("dwelling__isnull", False),
                                        ("ensemble__isnull", True),
                                        ("shared__isnull", True),
                                        ("venue__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="allocation_of_one_thing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("occupied_to__gt", models.F("occupied_from"))),
                                name="allocation_ends_after_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("booking__isnull", False), ("residency__isnull", True)),
                                    models.Q(("booking__isnull", True), ("residency__isnull", False)),
                                    _connector="OR",
                                ),
                                name="allocation_by_one",
                            ),
                            venues.models.noted.Noted(
                                kind="residency", name="residency_allocation_noted", ref="residency"
                            ),
                            bookings.models.no_overlap.NoOverlap(
                                blocks="is_blocking",
                                end="occupied_to",
                                name="dwelling_taken_once",
                                resource="dwelling",
                                start="occupied_from",
                            ),
                            bookings.models.no_overlap.NoOverlap(
                                blocks="is_blocking",
                                end="occupied_to",
                                name="venue_taken_once",
                                resource="venue",
                                start="occupied_from",
                            ),
                            bookings.models.no_overlap.NoOverlap(
                                blocks="is_blocking",
                                end="occupied_to",
                                name="ensemble_taken_once",
                                resource="ensemble",
                                start="occupied_from",
                            ),
                            bookings.models.no_overlap.NoOverlap(
                                blocks="is_blocking",
                                end="occupied_to",
                                name="shared_taken_once",
                                resource="shared",
                                start="occupied_from",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OfferBatch",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("token_digest", models.CharField(max_length=64, unique=True)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "expires_at",
                            models.DateTimeField(help_text="The last of its offers' answer dates."),
                        ),
                        ("bookings", models.ManyToManyField(related_name="batches", to="bookings.booking")),
                    ],
                ),
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
                        (
                            "residency_ref",
                            models.BigIntegerField(
                                db_index=True,
                                help_text="The same for what belongs to a residency; then there is no visit.",
                                null=True,
                            ),
                        ),
                        ("facets", models.JSONField(default=dict)),
                        ("generation", models.PositiveBigIntegerField(default=1)),
                    ],
                    options={
                        "verbose_name_plural": "calendar entries",
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
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rendered",
                                to="bookings.calendarentry",
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
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("entry", "version"), name="rendered_once_a_version"
                            )
                        ],
                    },
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
                            models.BigIntegerField(
                                default=0, help_text="Unix time of the last change of the bytes."
                            ),
                        ),
                        ("entries_count", models.PositiveIntegerField(default=0)),
                        (
                            "read_on",
                            models.DateField(
                                help_text="The last day on which it was asked for and had to be made."
                            ),
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
                        "constraints": [
                            venues.models.noted.Noted(
                                kind="booking", name="dropped_show_noted", ref="booking"
                            )
                        ],
                    },
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
                        (
                            "residency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="dropped_periods",
                                to="bookings.residency",
                            ),
                        ),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField()),
                        ("uid", models.UUIDField(editable=False, unique=True)),
                        ("sequence", models.PositiveIntegerField()),
                        ("changed_at", models.DateTimeField(help_text="When it was dropped.")),
                    ],
                    options={
                        "ordering": ["starts_on", "uid"],
                        "constraints": [
                            venues.models.noted.Noted(
                                kind="residency", name="dropped_period_noted", ref="residency"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CounterOffer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "booking",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="counter_offer",
                                to="bookings.booking",
                            ),
                        ),
                        ("starts_on", models.DateField(blank=True, null=True, verbose_name="from")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="to")),
                        ("earliest", models.TimeField(blank=True, null=True, verbose_name="earliest start")),
                        ("latest", models.TimeField(blank=True, null=True, verbose_name="latest start")),
                        ("message", models.TextField(blank=True, max_length=1000, verbose_name="message")),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "waits for the producer"),
                                    ("taken", "taken"),
                                    ("refused", "said no to"),
                                ],
                                default="",
                                max_length=10,
                            ),
                        ),
                        (
                            "closed_at",
                            models.DateTimeField(
                                blank=True, help_text="When the producer answered it.", null=True
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__gte", models.F("starts_on")),
                                    ("latest__gte", models.F("earliest")),
                                ),
                                name="counter_offer_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("earliest__isnull", True),
                                        ("ends_on__isnull", True),
                                        ("latest__isnull", True),
                                        ("starts_on__isnull", True),
                                    ),
                                    models.Q(
                                        ("earliest__isnull", False),
                                        ("ends_on__isnull", False),
                                        ("latest__isnull", False),
                                        ("starts_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="counter_days_are_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_at__isnull", True), ("outcome", "")),
                                    models.Q(
                                        models.Q(("outcome", ""), _negated=True), ("closed_at__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="counter_closed_at_a_moment",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CounterSlot",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "counter_offer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="slots",
                                to="bookings.counteroffer",
                            ),
                        ),
                        ("preference", models.PositiveSmallIntegerField()),
                        ("starts_at", models.DateTimeField(help_text="Start of the first performance.")),
                    ],
                    options={
                        "ordering": ["counter_offer", "preference"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("counter_offer", "preference"), name="one_slot_a_preference"
                            ),
                            models.UniqueConstraint(
                                fields=("counter_offer", "starts_at"), name="a_slot_is_asked_for_once"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CrewVisit",
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
                                related_name="crew_visits",
                                to="bookings.booking",
                            ),
                        ),
                        (
                            "crew",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="visits",
                                to="venues.crew",
                            ),
                        ),
                        ("label", models.CharField(max_length=160)),
                        ("source", models.CharField(max_length=600)),
                        ("tasks", models.JSONField(default=list)),
                        ("taken_at", models.DateTimeField()),
                        (
                            "taken_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("left_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "left_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["booking__occupied_from", "id"],
                        "constraints": [
                            venues.models.noted.Noted(kind="booking", name="crew_visit_noted", ref="booking"),
                            models.UniqueConstraint(
                                condition=models.Q(("left_at__isnull", True)),
                                fields=("booking",),
                                name="visit_hosted_by_one_crew",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("left_at__isnull", True), ("left_by__isnull", True)),
                                    models.Q(("left_at__isnull", False), ("left_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="crew_left_by_somebody",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CrewInvitation",
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
                                related_name="crew_invitations",
                                to="bookings.booking",
                            ),
                        ),
                        (
                            "crew",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="invitations",
                                to="venues.crew",
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("accepted", "accepted"),
                                    ("declined", "declined"),
                                    ("taken_back", "taken back"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["booking__occupied_from", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("answered_at__isnull", True)),
                                fields=("booking",),
                                name="one_crew_asked_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("answered_at__isnull", True),
                                        ("answered_by__isnull", True),
                                        ("outcome", ""),
                                    ),
                                    models.Q(
                                        models.Q(("outcome", ""), _negated=True),
                                        ("answered_at__isnull", False),
                                        ("answered_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="crew_invitation_answered_whole",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CrewTask",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="ticks",
                                to="bookings.crewvisit",
                            ),
                        ),
                        ("key", models.SlugField(max_length=40)),
                        (
                            "show",
                            models.PositiveSmallIntegerField(
                                default=0,
                                help_text="The show's number, for what is done at each of them; else 0.",
                            ),
                        ),
                        ("is_done", models.BooleanField(default=False, verbose_name="done")),
                        ("nickname", models.CharField(blank=True, max_length=20, verbose_name="nickname")),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                        ("changed_at", models.DateTimeField()),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("visit", "key", "show"), name="crew_task_once"),
                            models.CheckConstraint(
                                condition=models.Q(("is_done", True), ("nickname", ""), _connector="OR"),
                                name="crew_task_done_by_nick",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="VisitGroup",
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
                                related_name="groups",
                                to="bookings.booking",
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visits",
                                to="venues.group",
                            ),
                        ),
                        (
                            "show_number",
                            models.PositiveSmallIntegerField(
                                default=1,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(6),
                                ],
                                verbose_name="show",
                            ),
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
                                verbose_name="adults",
                            ),
                        ),
                        ("needs", models.JSONField(blank=True, default=dict, verbose_name="needs")),
                        (
                            "came_count",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(400)],
                                verbose_name="pupils who came",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["show_number", "group__grade", "group__name"],
                        "constraints": [
                            models.UniqueConstraint(fields=("booking", "group"), name="visit_group_once"),
                            models.CheckConstraint(
                                condition=models.Q(("pupils_count__gte", 1), ("pupils_count__lte", 400)),
                                name="visit_group_has_pupils",
                            ),
                            venues.models.noted.Noted(
                                kind="booking", name="visit_group_noted", ref="booking"
                            ),
                            venues.models.noted.Noted(
                                kind="guest", name="visit_group_gone_noted", ref="group"
                            ),
                        ],
                    },
                ),
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
                            "visit_group",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="feedback",
                                to="bookings.visitgroup",
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
                        (
                            "visit_group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="links",
                                to="bookings.visitgroup",
                            ),
                        ),
                        ("token_digest", models.CharField(max_length=64, unique=True)),
                        ("created_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name="SchoolGrant",
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
                                related_name="grants",
                                to="venues.schoolowner",
                            ),
                        ),
                        (
                            "scheme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="grants",
                                to="venues.grantscheme",
                            ),
                        ),
                        (
                            "year",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1900),
                                    django.core.validators.MaxValueValidator(2999),
                                ],
                                verbose_name="school year begins in",
                            ),
                        ),
                        (
                            "promised_count",
                            models.PositiveIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(200000),
                                ],
                                verbose_name="pupils promised",
                            ),
                        ),
                        ("promised_by_form", models.JSONField(blank=True, default=dict)),
                        (
                            "amount",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=12,
                                validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                                verbose_name="amount",
                            ),
                        ),
                        ("currency", models.CharField(max_length=3)),
                        (
                            "reference",
                            models.CharField(
                                blank=True, max_length=60, verbose_name="reference of the decision"
                            ),
                        ),
                        ("decided_on", models.DateField(blank=True, null=True, verbose_name="decided on")),
                        ("version", models.PositiveIntegerField(default=1)),
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
                        "ordering": ["-year", "owner__organisation__name"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("owner", "scheme", "year"), name="school_grant_once_a_year"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("promised_count__gte", 1)),
                                name="school_grant_promises_pupils",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gte", 0)), name="school_grant_not_negative"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SchoolGrantChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "grant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="changes",
                                to="bookings.schoolgrant",
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("action", models.CharField(max_length=20)),
                        ("details", models.JSONField(default=dict)),
                    ],
                    options={
                        "ordering": ["-at", "-id"],
                    },
                ),
                migrations.CreateModel(
                    name="FundedVisit",
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
                                related_name="funded_by",
                                to="bookings.booking",
                            ),
                        ),
                        (
                            "grant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visits",
                                to="bookings.schoolgrant",
                            ),
                        ),
                        (
                            "amount",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=10,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                                verbose_name="paid by the grant",
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
                    ],
                    options={
                        "ordering": ["booking__occupied_from", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("booking", "grant"), name="funded_once_by_a_grant"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("amount__isnull", True), ("amount__gte", 0), _connector="OR"
                                ),
                                name="funded_not_negative",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProfessionalProof",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "ensemble",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="proofs",
                                to="tours.ensemble",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("cv", "CV"),
                                    ("register", "listed in a register or catalogue"),
                                    ("education", "artistic education"),
                                    ("employer", "employed by an institution"),
                                    ("other", "something else"),
                                ],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("what", models.CharField(max_length=200, verbose_name="what it is")),
                        (
                            "where_kept",
                            models.CharField(blank=True, max_length=200, verbose_name="where it is kept"),
                        ),
                        (
                            "link",
                            models.URLField(
                                blank=True,
                                max_length=500,
                                validators=[django.core.validators.URLValidator(schemes=["https"])],
                                verbose_name="link",
                            ),
                        ),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid until")),
                        (
                            "told_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("told_at", models.DateTimeField()),
                        (
                            "seen_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("seen_on", models.DateField(blank=True, null=True, verbose_name="seen on")),
                    ],
                    options={
                        "ordering": ["ensemble", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("link", ""), ("where_kept", ""), _negated=True),
                                name="proof_is_kept_somewhere",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("seen_by__isnull", True), ("seen_on__isnull", True)),
                                    models.Q(("seen_by__isnull", False), ("seen_on__isnull", False)),
                                    _connector="OR",
                                ),
                                name="proof_seen_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("seen_by__isnull", True),
                                    models.Q(("seen_by", models.F("told_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="proof_seen_by_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BookingChange",
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
                                related_name="changes",
                                to="bookings.booking",
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("action", models.CharField(max_length=20)),
                        ("from_status", models.CharField(blank=True, max_length=10)),
                        ("to_status", models.CharField(max_length=10)),
                        ("reason", models.TextField(blank=True)),
                        ("details", models.JSONField(default=dict)),
                    ],
                    options={
                        "ordering": ["at", "id"],
                        "constraints": [
                            venues.models.noted.Noted(
                                kind="booking", name="booking_change_noted", ref="booking"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AnswerLink",
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
                                related_name="answer_links",
                                to="bookings.booking",
                            ),
                        ),
                        ("token_digest", models.CharField(max_length=64, unique=True)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("expires_at", models.DateTimeField()),
                        ("used_at", models.DateTimeField(blank=True, null=True)),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="KeptAnswer",
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
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("key", models.CharField(max_length=200)),
                        ("request_digest", models.CharField(max_length=64)),
                        ("status", models.PositiveSmallIntegerField(null=True)),
                        ("headers", models.JSONField(default=dict)),
                        ("body", models.TextField(blank=True)),
                        ("created_at", models.DateTimeField()),
                    ],
                    options={
                        "indexes": [models.Index(fields=["created_at"], name="kept_answer_age")],
                        "constraints": [
                            models.UniqueConstraint(fields=("user", "key"), name="key_used_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Feed",
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
                                help_text="An artist has none.",
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="feeds",
                                to="venues.organisation",
                            ),
                        ),
                        (
                            "scope",
                            models.CharField(
                                choices=[
                                    (
                                        "presenter",
                                        "everything at this presenter or school, also what is not yet agreed",
                                    ),
                                    ("producer", "all tours of this producer, also what is not yet agreed"),
                                    (
                                        "ensemble",
                                        "working days with drives, get-in and nights, also what is not yet agreed",
                                    ),
                                    (
                                        "crew",
                                        "working days that are agreed, for those who are hired to a tour",
                                    ),
                                    (
                                        "pedagogue",
                                        "the workshops that a pedagogue holds, also those that are proposed",
                                    ),
                                    (
                                        "artist",
                                        "one's own residencies with all that is on, also what is not yet agreed",
                                    ),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "ensemble",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="feeds",
                                to="tours.ensemble",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                help_text="The pedagogue whose workshops it shows, or the artist whose residencies.",
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "address",
                            models.CharField(
                                default="",
                                help_text="What it shows, as `bookings.feeds.Address` writes it.",
                                max_length=500,
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="who has the link")),
                        ("token_digest", models.CharField(max_length=64, unique=True)),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("last_used_at", models.DateTimeField(blank=True, null=True)),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["-created_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ensemble__isnull", False), ("scope__in", ["ensemble", "crew"])
                                    ),
                                    models.Q(
                                        models.Q(("scope__in", ["ensemble", "crew"]), _negated=True),
                                        ("ensemble__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="feed_of_an_ensemble_names_it",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("person__isnull", False), ("scope__in", ["pedagogue", "artist"])
                                    ),
                                    models.Q(
                                        models.Q(("scope__in", ["pedagogue", "artist"]), _negated=True),
                                        ("person__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="feed_of_a_person_names_them",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("organisation__isnull", True), ("scope", "artist")),
                                    models.Q(
                                        models.Q(("scope", "artist"), _negated=True),
                                        ("organisation__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="feed_of_an_artist_alone_has_no_house",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PriceLine",
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
                                related_name="price_lines",
                                to="bookings.booking",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("fee", "fee"),
                                    ("next_shows", "further shows, same day and room"),
                                    ("travel", "travel"),
                                    ("lodging", "lodging"),
                                    ("per_diem", "per diem"),
                                    ("rights", "rights"),
                                    ("technical", "technical equipment"),
                                    ("other", "other costs"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("words", models.CharField(blank=True, max_length=120, verbose_name="in words")),
                        (
                            "amount",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=10,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                                verbose_name="amount",
                            ),
                        ),
                        (
                            "vat_percent",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=5,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(Decimal("0")),
                                    django.core.validators.MaxValueValidator(Decimal("100")),
                                ],
                                verbose_name="VAT, percent",
                            ),
                        ),
                        (
                            "payer",
                            models.CharField(
                                choices=[("presenter", "the presenter"), ("producer", "the producer")],
                                default="presenter",
                                max_length=10,
                                verbose_name="who pays",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("booking", "kind"), name="price_line_of_a_kind_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("amount__isnull", True), ("amount__gte", 0), _connector="OR"
                                ),
                                name="price_line_not_negative",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("amount__isnull", False),
                                    models.Q(("kind__in", ["fee", "next_shows"]), _negated=True),
                                    _connector="OR",
                                ),
                                name="playing_has_a_price",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("vat_percent__isnull", True),
                                    models.Q(("vat_percent__gte", 0), ("vat_percent__lte", 100)),
                                    _connector="OR",
                                ),
                                name="price_line_vat_in_percent",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SettledLine",
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
                                related_name="settled_lines",
                                to="bookings.booking",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("fee", "fee"),
                                    ("next_shows", "further shows, same day and room"),
                                    ("travel", "travel"),
                                    ("lodging", "lodging"),
                                    ("per_diem", "per diem"),
                                    ("rights", "rights"),
                                    ("technical", "technical equipment"),
                                    ("other", "other costs"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "amount",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                                verbose_name="amount",
                            ),
                        ),
                        (
                            "vat_percent",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=5,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(Decimal("0")),
                                    django.core.validators.MaxValueValidator(Decimal("100")),
                                ],
                                verbose_name="VAT, percent",
                            ),
                        ),
                        ("why", models.CharField(blank=True, max_length=300, verbose_name="why it differs")),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("booking", "kind"), name="settled_line_of_a_kind_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gte", 0)), name="settled_line_not_negative"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("vat_percent__isnull", True),
                                    models.Q(("vat_percent__gte", 0), ("vat_percent__lte", 100)),
                                    _connector="OR",
                                ),
                                name="settled_line_vat_in_percent",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Unreachable",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("email", models.EmailField(max_length=254, unique=True)),
                        ("reason", models.CharField(blank=True, max_length=300, verbose_name="why")),
                        ("noted_at", models.DateTimeField()),
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
                        "ordering": ["email"],
                    },
                ),
                migrations.CreateModel(
                    name="UnsubscribeLink",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("email", models.EmailField(max_length=254)),
                        ("token_digest", models.CharField(max_length=64, unique=True)),
                        ("made_at", models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Unsubscribed",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("email", models.EmailField(max_length=254, unique=True)),
                        ("at", models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name="ResidencyCost",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "residency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="costs",
                                to="bookings.residency",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("stipend", "stipend"),
                                    ("salary", "salary for paid weeks"),
                                    ("housing", "housing"),
                                    ("room", "room"),
                                    ("travel", "travel"),
                                    ("per_diem", "per diem"),
                                    ("material", "material"),
                                    ("other", "other costs"),
                                ],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("words", models.CharField(blank=True, max_length=160, verbose_name="what")),
                        (
                            "paid_by",
                            models.CharField(
                                choices=[
                                    ("host", "the host"),
                                    ("artist", "the artist"),
                                    ("region", "the region"),
                                ],
                                max_length=10,
                                verbose_name="who pays",
                            ),
                        ),
                        (
                            "planned",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                                verbose_name="planned",
                            ),
                        ),
                        (
                            "actual",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=10,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                                verbose_name="became",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("residency", "number"), name="residency_cost_numbered_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("planned__gte", 0),
                                    models.Q(("actual__isnull", True), ("actual__gte", 0), _connector="OR"),
                                ),
                                name="residency_cost_not_negative",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ResidencyContact",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "residency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="contacts",
                                to="bookings.residency",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        ("role", models.CharField(max_length=80, verbose_name="for what")),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        ("phone", models.CharField(blank=True, max_length=40, verbose_name="telephone")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="email")),
                    ],
                    options={
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("residency", "number"), name="residency_contact_numbered_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DayLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "residency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="day_lines",
                                to="bookings.residency",
                            ),
                        ),
                        ("on", models.DateField(verbose_name="day")),
                        ("starts", models.TimeField(blank=True, null=True, verbose_name="from")),
                        ("ends", models.TimeField(blank=True, null=True, verbose_name="to")),
                        ("words", models.CharField(max_length=200, verbose_name="what")),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "ordering": ["on", "starts", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends__isnull", True),
                                    models.Q(("ends__gt", models.F("starts")), ("starts__isnull", False)),
                                    _connector="OR",
                                ),
                                name="day_line_ends_after_start",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ResidencyTravel",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "residency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="travel",
                                to="bookings.residency",
                            ),
                        ),
                        ("on", models.DateField(verbose_name="day")),
                        ("from_words", models.CharField(max_length=120, verbose_name="from")),
                        ("to_words", models.CharField(max_length=120, verbose_name="to")),
                        (
                            "means",
                            models.CharField(
                                choices=[
                                    ("train", "train"),
                                    ("bus", "bus"),
                                    ("car", "car"),
                                    ("flight", "flight"),
                                    ("other", "another way"),
                                ],
                                max_length=10,
                                verbose_name="how",
                            ),
                        ),
                        (
                            "km",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="kilometres"
                            ),
                        ),
                        (
                            "people_count",
                            models.PositiveSmallIntegerField(
                                default=1,
                                validators=[django.core.validators.MinValueValidator(1)],
                                verbose_name="how many",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "ordering": ["on", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("people_count__gte", 1)),
                                name="residency_travel_of_somebody",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ResidencyReport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "residency",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="report",
                                to="bookings.residency",
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
                        (
                            "days_worked",
                            models.PositiveSmallIntegerField(verbose_name="days worked on the place"),
                        ),
                        (
                            "artists_count",
                            models.PositiveSmallIntegerField(verbose_name="artists who took part"),
                        ),
                        (
                            "local_count",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                verbose_name="people of the place who took part in the work",
                            ),
                        ),
                        (
                            "words",
                            models.TextField(
                                max_length=8000, verbose_name="what was done, and what came of it"
                            ),
                        ),
                        (
                            "host_words",
                            models.TextField(blank=True, max_length=4000, verbose_name="the host's words"),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                ),
                migrations.CreateModel(
                    name="ResidencyFollowUp",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "residency",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="follow_up",
                                to="bookings.residency",
                            ),
                        ),
                        (
                            "report_next_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="When the report is asked for next; empty when it is not.",
                                null=True,
                            ),
                        ),
                        ("report_asked_count", models.PositiveSmallIntegerField(default=0)),
                        ("due_on", models.DateField()),
                        ("asked_at", models.DateTimeField(blank=True, null=True)),
                        ("reminded_at", models.DateTimeField(blank=True, null=True)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "was_shown",
                            models.BooleanField(
                                blank=True, null=True, verbose_name="the work has been shown"
                            ),
                        ),
                        (
                            "performances_count",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="performances since then"
                            ),
                        ),
                        (
                            "words",
                            models.TextField(blank=True, max_length=4000, verbose_name="what came of it"),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["due_on"], name="residency_to_follow_up"),
                            models.Index(fields=["report_next_at"], name="residency_report_to_ask"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SubsidyClaim",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="subsidy_claims",
                                to="bookings.booking",
                            ),
                        ),
                        (
                            "scheme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="claims",
                                to="venues.subsidyscheme",
                            ),
                        ),
                        (
                            "side",
                            models.CharField(
                                choices=[("presenter", "the presenter"), ("producer", "the producer")],
                                max_length=10,
                            ),
                        ),
                        (
                            "claimant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="subsidy_claims",
                                to="venues.organisation",
                            ),
                        ),
                        (
                            "partner",
                            models.ForeignKey(
                                blank=True,
                                help_text="The association that presented it together with the claimant.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="venues.organisation",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("sent", "sent in"),
                                    ("returned", "returned for completing"),
                                    ("granted", "granted"),
                                    ("partly", "partly granted"),
                                    ("refused", "refused"),
                                    ("paid", "paid out"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        ("corrections", models.JSONField(blank=True, default=dict)),
                        ("answers", models.JSONField(blank=True, default=dict)),
                        ("currency", models.CharField(max_length=3)),
                        (
                            "amount",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=10,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                                verbose_name="claimed",
                            ),
                        ),
                        (
                            "granted_amount",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=10,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                                verbose_name="granted",
                            ),
                        ),
                        (
                            "reference",
                            models.CharField(
                                blank=True, max_length=60, verbose_name="the receiver’s reference"
                            ),
                        ),
                        (
                            "send_by",
                            models.DateField(blank=True, null=True, verbose_name="may be sent in until"),
                        ),
                        ("late_asked_at", models.DateTimeField(blank=True, null=True)),
                        ("late_why", models.CharField(blank=True, max_length=500)),
                        ("sent_at", models.DateTimeField(blank=True, help_text="The first time.", null=True)),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("decided_why", models.CharField(blank=True, max_length=1000, verbose_name="why")),
                        ("paid_on", models.DateField(blank=True, null=True, verbose_name="paid out on")),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                        ("changed_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["-changed_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("state__in", ("draft", "sent", "returned", "granted", "partly", "paid"))
                                ),
                                fields=("booking",),
                                name="one_standing_claim_of_a_visit",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "draft"),
                                    models.Q(
                                        ("amount__gte", 0),
                                        ("amount__isnull", False),
                                        ("sent_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="claim_sent_with_amount",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ("granted", "partly", "paid", "refused")), _negated=True
                                    ),
                                    models.Q(
                                        ("decided_at__isnull", False),
                                        ("granted_amount__gte", 0),
                                        ("granted_amount__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="claim_decided_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("granted_amount__isnull", True),
                                    ("granted_amount__lte", models.F("amount")),
                                    _connector="OR",
                                ),
                                name="claim_granted_at_most_asked",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("paid_on__isnull", False), ("state", "paid")),
                                    models.Q(
                                        models.Q(("state", "paid"), _negated=True), ("paid_on__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="claim_paid_on_a_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Notice",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("kind", models.CharField(max_length=30)),
                        ("to_email", models.EmailField(max_length=254)),
                        ("reply_to", models.EmailField(blank=True, max_length=254)),
                        (
                            "language",
                            models.CharField(choices=[("sv", "Swedish"), ("en", "English")], max_length=5),
                        ),
                        ("subject", models.CharField(max_length=250)),
                        ("body_text", models.TextField()),
                        ("body_html", models.TextField(blank=True)),
                        (
                            "link",
                            models.CharField(
                                blank=True, help_text="Where the mail's main button leads.", max_length=500
                            ),
                        ),
                        (
                            "summary",
                            models.CharField(
                                blank=True,
                                help_text="When, where and for how much, in a digest.",
                                max_length=500,
                            ),
                        ),
                        ("unsubscribe_url", models.CharField(blank=True, max_length=500)),
                        (
                            "invitation",
                            models.JSONField(
                                default=dict,
                                help_text="iTIP: the method, and a calendar for each performance.",
                            ),
                        ),
                        (
                            "booking",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notices",
                                to="bookings.booking",
                            ),
                        ),
                        (
                            "tour",
                            models.ForeignKey(
                                help_text="What it is about where it is about no single visit.",
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notices",
                                to="tours.tour",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                help_text="What it is about where it is about a school and no visit.",
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notices",
                                to="venues.school",
                            ),
                        ),
                        (
                            "residency",
                            models.ForeignKey(
                                help_text="What it is about where it is about a residency.",
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notices",
                                to="bookings.residency",
                            ),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                help_text="What it is about where it is about a claim: no other side of the visit reads it.",
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notices",
                                to="bookings.subsidyclaim",
                            ),
                        ),
                        (
                            "digest",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="items",
                                to="bookings.notice",
                            ),
                        ),
                        (
                            "producer",
                            models.ForeignKey(
                                help_text="For whom it is sent.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="venues.organisation",
                            ),
                        ),
                        (
                            "run_at",
                            models.DateTimeField(
                                help_text="The moment of the run of verbs that wrote it.", null=True
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting"),
                                    ("claimed", "being sent"),
                                    ("sent", "sent"),
                                    ("failed", "not sent"),
                                    ("stopped", "stopped"),
                                    ("bounced", "came back"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("send_after", models.DateTimeField()),
                        ("claimed_until", models.DateTimeField(blank=True, null=True)),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("last_error", models.CharField(blank=True, max_length=300)),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["-created_at"],
                        "indexes": [
                            models.Index(fields=["state", "send_after"], name="notice_due"),
                            models.Index(fields=["run_at", "to_email"], name="notice_of_a_run"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind__in", ("digest", "offers")), _negated=True),
                                    models.Q(
                                        ("booking__isnull", True),
                                        ("digest__isnull", True),
                                        ("tour__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="digest_in_no_digest",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClaimSubmission",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="submissions",
                                to="bookings.subsidyclaim",
                            ),
                        ),
                        (
                            "number",
                            models.PositiveSmallIntegerField(help_text="1 is the first of its claim."),
                        ),
                        ("facts", models.JSONField()),
                        ("digest", models.CharField(help_text="SHA-256 over the facts.", max_length=64)),
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
                        "ordering": ["claim", "number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("claim", "number"), name="claim_submission_numbered_once"
                            ),
                            bookings.models.no_change.NoChange(name="claim_submission_never_changes"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClaimChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="changes",
                                to="bookings.subsidyclaim",
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("action", models.CharField(max_length=20)),
                        ("from_state", models.CharField(blank=True, max_length=10)),
                        ("to_state", models.CharField(max_length=10)),
                        ("reason", models.CharField(blank=True, max_length=1000)),
                        ("details", models.JSONField(default=dict)),
                    ],
                    options={
                        "ordering": ["at", "pk"],
                        "constraints": [
                            bookings.models.no_change.NoChange(name="claim_change_never_changes")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClaimReminder",
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
                                related_name="+",
                                to="venues.organisation",
                            ),
                        ),
                        (
                            "scheme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="venues.subsidyscheme",
                            ),
                        ),
                        ("deadline", models.DateField()),
                        ("at", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation", "scheme", "deadline"), name="claim_reminded_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BusOrder",
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
                                related_name="bus_orders",
                                to="bookings.booking",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bus_orders",
                                to="venues.school",
                            ),
                        ),
                        (
                            "show_number",
                            models.PositiveSmallIntegerField(
                                default=1,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(6),
                                ],
                                verbose_name="show",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("needed", "to be ordered"),
                                    ("ordered", "ordered"),
                                    ("confirmed", "confirmed"),
                                    ("cancelled", "cancelled"),
                                    ("not_needed", "not needed"),
                                ],
                                default="needed",
                                max_length=10,
                            ),
                        ),
                        (
                            "why",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "a bus is needed"),
                                    ("walks", "they walk"),
                                    ("cars", "they go by car"),
                                    ("public", "they go by ordinary bus or train"),
                                    ("shares", "they go with another school's bus"),
                                    ("other", "another reason"),
                                ],
                                max_length=10,
                                verbose_name="why no bus",
                            ),
                        ),
                        ("pupils_count", models.PositiveSmallIntegerField(default=0, verbose_name="pupils")),
                        ("adults_count", models.PositiveSmallIntegerField(default=0, verbose_name="adults")),
                        (
                            "wheelchair_count",
                            models.PositiveSmallIntegerField(
                                default=0,
                                help_text="Forgotten after the visit.",
                                verbose_name="places for wheelchairs",
                            ),
                        ),
                        (
                            "buses_count",
                            models.PositiveSmallIntegerField(
                                default=0, help_text="For all schools at the same stop.", verbose_name="buses"
                            ),
                        ),
                        (
                            "venue",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="venues.venue",
                            ),
                        ),
                        (
                            "pick_up_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="Empty where no road is known.",
                                null=True,
                                verbose_name="leaves the school",
                            ),
                        ),
                        ("there_at", models.DateTimeField(blank=True, null=True, verbose_name="there")),
                        (
                            "leaves_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="leaves the hall"),
                        ),
                        (
                            "back_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="back at the school"),
                        ),
                        (
                            "km",
                            models.DecimalField(
                                blank=True,
                                decimal_places=1,
                                max_digits=6,
                                null=True,
                                verbose_name="km one way",
                            ),
                        ),
                        (
                            "drive_min",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="minutes one way"
                            ),
                        ),
                        ("rule", models.JSONField(blank=True, default=dict)),
                        (
                            "plan",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("school", "the school wished for it"),
                                    ("region", "it was given to the school"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "orders",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("school", "the school"),
                                    ("owner", "the school's owner"),
                                    ("producer", "the producer"),
                                    ("region", "the region"),
                                ],
                                max_length=10,
                                verbose_name="who orders",
                            ),
                        ),
                        (
                            "pays",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("school", "the school"),
                                    ("owner", "the school's owner"),
                                    ("producer", "the producer"),
                                    ("region", "the region"),
                                ],
                                max_length=10,
                                verbose_name="who pays",
                            ),
                        ),
                        (
                            "own_share",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("0"),
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                                verbose_name="own share",
                            ),
                        ),
                        (
                            "own_share_of",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("school", "the school"),
                                    ("owner", "the school's owner"),
                                    ("producer", "the producer"),
                                    ("region", "the region"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "operator",
                            models.CharField(blank=True, max_length=120, verbose_name="bus company"),
                        ),
                        (
                            "reference",
                            models.CharField(
                                blank=True, max_length=60, verbose_name="the company's reference"
                            ),
                        ),
                        (
                            "project_number",
                            models.CharField(blank=True, max_length=40, verbose_name="project number"),
                        ),
                        (
                            "cost",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=10,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                                verbose_name="cost",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("ordered_at", models.DateTimeField(blank=True, null=True)),
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
                        "ordering": ["booking", "show_number", "school"],
                        "constraints": [
                            venues.models.noted.Noted(kind="booking", name="bus_order_noted", ref="booking"),
                            models.UniqueConstraint(
                                fields=("booking", "school", "show_number"), name="bus_order_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "not_needed"), models.Q(("why", ""), _negated=True)),
                                    models.Q(models.Q(("status", "not_needed"), _negated=True), ("why", "")),
                                    _connector="OR",
                                ),
                                name="bus_order_says_why_not",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status__in", ["ordered", "confirmed"]), _negated=True),
                                    models.Q(
                                        ("ordered_at__isnull", False),
                                        ("there_at__isnull", False),
                                        ("venue__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="bus_order_has_times",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("cost__isnull", True), ("cost__gte", 0), _connector="OR"),
                                name="bus_cost_not_negative",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("pick_up_at__isnull", True),
                                    ("pick_up_at__lte", models.F("there_at")),
                                    _connector="OR",
                                ),
                                name="bus_leaves_before_it_is_there",
                            ),
                        ],
                    },
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
                            "booking",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="workshops",
                                to="bookings.booking",
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
                            "groups",
                            models.ManyToManyField(
                                related_name="workshops", to="venues.group", verbose_name="groups"
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
                                    models.Q(
                                        models.Q(("status", "cancelled"), _negated=True),
                                        ("is_blocking", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="workshop_blocks_unless_cancelled",
                            ),
                            venues.models.noted.Noted(
                                kind="pedagogue", name="workshop_noted", ref="pedagogue"
                            ),
                            venues.models.noted.Noted(
                                kind="booking", name="workshop_of_visit_noted", ref="booking"
                            ),
                        ],
                    },
                ),
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
                            "booking",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="workshop_requests",
                                to="bookings.booking",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="workshop_requests",
                                to="venues.organisation",
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
                        (
                            "workshop",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="asked_for",
                                to="bookings.workshop",
                            ),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        (
                            "answered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("answered_at", models.DateTimeField(null=True)),
                        (
                            "groups",
                            models.ManyToManyField(
                                related_name="workshop_requests", to="venues.group", verbose_name="groups"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["asked_at", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("status", "waiting")),
                                fields=("booking", "school"),
                                name="workshop_asked_for_once",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
