"""What can be played, wished and planned is a storey of its own: its models, over the tables that are there already."""

from decimal import Decimal

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0026_changes"),
        ("venues", "0005_checklists"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
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
                        "db_table": "bookings_ensemble",
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
                        "db_table": "bookings_ensembledayoff",
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
                        ("is_demo", models.BooleanField(default=False)),
                    ],
                    options={
                        "ordering": ["title"],
                        "constraints": [
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
                        "db_table": "bookings_production",
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
                        "db_table": "bookings_productionpicture",
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
                        "db_table": "bookings_rider",
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
                        "db_table": "bookings_shared",
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
                            models.CheckConstraint(
                                condition=models.Q(("closes_at__gt", models.F("opens_at"))),
                                name="season_closes_after_opening",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                                name="season_ends_after_start",
                            ),
                        ],
                        "db_table": "bookings_season",
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
                                    django.core.validators.MaxValueValidator(3),
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
                                condition=models.Q(("withdrawn_at__isnull", True)),
                                fields=("season", "organisation", "production"),
                                name="wish_once_a_production",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_at__isnull", True)),
                                fields=("season", "organisation", "rank", "is_reserve"),
                                name="wish_ranks_differ",
                            ),
                        ],
                        "db_table": "bookings_wish",
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
                        "db_table": "bookings_wishspan",
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
                        "db_table": "bookings_wishchangerequest",
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
                                validators=[django.core.validators.MaxValueValidator(700000000)],
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
                            "work_rules",
                            models.ManyToManyField(
                                blank=True, related_name="tours", to="venues.workruleprofile"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["starts_on", "name"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                                name="tour_ends_after_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("day_close_min__gt", models.F("day_open_min"))),
                                name="tour_day_opens_before_closing",
                            ),
                        ],
                        "db_table": "bookings_tour",
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
                        "db_table": "bookings_tourchange",
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
                        "db_table": "bookings_warningoverride",
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
                        "db_table": "bookings_instruction",
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
                        "db_table": "bookings_forbiddenday",
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
                        "db_table": "bookings_proposal",
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
                        "db_table": "bookings_seasonrun",
                    },
                ),
            ],
        ),
    ]
