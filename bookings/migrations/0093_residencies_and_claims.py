import uuid
from decimal import Decimal

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import bookings.models.no_change
import bookings.models.no_overlap
import bookings.models.no_shared_day
import venues.models.noted


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0092_crew_invitations"),
        ("tours", "0053_allotment_ground_digest"),
        ("venues", "0052_dwellings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Residency",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("artist_name", models.CharField(max_length=120, verbose_name="artist or ensemble")),
                ("slug", models.SlugField(max_length=120, unique=True)),
                ("title", models.CharField(max_length=160, verbose_name="title")),
                ("title_en", models.CharField(blank=True, max_length=160, verbose_name="title in English")),
                ("about", models.TextField(blank=True, max_length=8000, verbose_name="about the work")),
                (
                    "about_en",
                    models.TextField(blank=True, max_length=8000, verbose_name="about the work, in English"),
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
                ("people_count", models.PositiveSmallIntegerField(default=1, verbose_name="how many come")),
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
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "cancelled_by_side",
                    models.CharField(
                        blank=True,
                        choices=[("host", "the host"), ("artist", "the artist"), ("region", "the region")],
                        max_length=10,
                    ),
                ),
                (
                    "cancelled_why",
                    models.CharField(blank=True, max_length=500, verbose_name="why it was cancelled"),
                ),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
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
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="residencies",
                        to="venues.region",
                    ),
                ),
                ("tours", models.ManyToManyField(related_name="residencies", to="tours.tour")),
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
            ],
            options={
                "constraints": [
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
                            models.Q(("artist_agreed_at__isnull", False), ("host_agreed_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="residency_confirmed_by_both",
                    ),
                    venues.models.noted.Noted(kind="residency", name="residency_noted", ref="id"),
                ],
                "verbose_name_plural": "residencies",
                "ordering": ["-created_at", "pk"],
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
                ("on", models.DateField(verbose_name="day")),
                ("starts", models.TimeField(blank=True, null=True, verbose_name="from")),
                ("ends", models.TimeField(blank=True, null=True, verbose_name="to")),
                ("words", models.CharField(max_length=200, verbose_name="what")),
                (
                    "residency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="day_lines",
                        to="bookings.residency",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
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
                "ordering": ["on", "starts", "pk"],
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
                ("at", models.DateTimeField()),
                ("action", models.CharField(max_length=20)),
                ("from_status", models.CharField(blank=True, max_length=10)),
                ("to_status", models.CharField(max_length=10)),
                ("reason", models.TextField(blank=True)),
                ("details", models.JSONField(default=dict)),
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
                    "residency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="bookings.residency",
                    ),
                ),
            ],
            options={
                "constraints": [bookings.models.no_change.NoChange(name="residency_change_never_changes")],
                "ordering": ["at", "pk"],
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
                ("number", models.PositiveSmallIntegerField()),
                ("role", models.CharField(max_length=80, verbose_name="for what")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="telephone")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="email")),
                (
                    "residency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contacts",
                        to="bookings.residency",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("residency", "number"), name="residency_contact_numbered_once"
                    )
                ],
                "ordering": ["number"],
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
                ("number", models.PositiveSmallIntegerField()),
                ("made_at", models.DateTimeField()),
                ("facts", models.JSONField()),
                ("digest", models.CharField(help_text="SHA-256 over the facts.", max_length=64)),
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
                    "residency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contracts",
                        to="bookings.residency",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("residency", "number"), name="residency_contract_numbered_once"
                    ),
                    bookings.models.no_change.NoChange(name="residency_contract_never_changes"),
                ],
                "ordering": ["residency", "number"],
            },
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
                        choices=[("host", "the host"), ("artist", "the artist"), ("region", "the region")],
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
                (
                    "residency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="costs",
                        to="bookings.residency",
                    ),
                ),
            ],
            options={
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
                "ordering": ["number"],
            },
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
                ("due_on", models.DateField()),
                ("asked_at", models.DateTimeField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "was_shown",
                    models.BooleanField(blank=True, null=True, verbose_name="the work has been shown"),
                ),
                (
                    "performances_count",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="performances since then"
                    ),
                ),
                ("words", models.TextField(blank=True, max_length=4000, verbose_name="what came of it")),
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
                    "residency",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="follow_up",
                        to="bookings.residency",
                    ),
                ),
                ("reminded_at", models.DateTimeField(blank=True, null=True)),
                ("report_asked_count", models.PositiveSmallIntegerField(default=0)),
                (
                    "report_next_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When the report is asked for next; empty when it is not.",
                        null=True,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["report_next_at"], name="residency_report_to_ask"),
                    models.Index(fields=["due_on"], name="residency_to_follow_up"),
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
                (
                    "residency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="periods",
                        to="bookings.residency",
                    ),
                ),
            ],
            options={
                "constraints": [
                    bookings.models.no_shared_day.NoSharedDay(
                        end="ends_on", name="residency_days_once", resource="residency", start="starts_on"
                    ),
                    models.UniqueConstraint(fields=("residency", "starts_on"), name="residency_period_once"),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="residency_period_ends_after_start",
                    ),
                    venues.models.noted.Noted(
                        kind="residency", name="residency_period_noted", ref="residency"
                    ),
                ],
                "ordering": ["starts_on", "pk"],
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
                ("at", models.DateTimeField()),
                ("days_worked", models.PositiveSmallIntegerField(verbose_name="days worked on the place")),
                ("artists_count", models.PositiveSmallIntegerField(verbose_name="artists who took part")),
                (
                    "local_count",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="people of the place who took part in the work"
                    ),
                ),
                (
                    "words",
                    models.TextField(max_length=8000, verbose_name="what was done, and what came of it"),
                ),
                (
                    "host_words",
                    models.TextField(blank=True, max_length=4000, verbose_name="the host's words"),
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
                (
                    "residency",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="report",
                        to="bookings.residency",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
            ],
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
                ("km", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="kilometres")),
                (
                    "people_count",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="how many",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                (
                    "residency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="travel",
                        to="bookings.residency",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("people_count__gte", 1)), name="residency_travel_of_somebody"
                    )
                ],
                "ordering": ["on", "pk"],
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
                ("title_en", models.CharField(blank=True, max_length=160, verbose_name="title in English")),
                ("about", models.TextField(blank=True, max_length=2000, verbose_name="about it")),
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
                        choices=[("", "not reported"), ("held", "was held"), ("not_held", "was not held")],
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
                (
                    "residency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sub_events",
                        to="bookings.residency",
                    ),
                ),
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
            ],
            options={
                "constraints": [
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
                    venues.models.noted.Noted(kind="residency", name="sub_event_noted", ref="residency"),
                ],
                "ordering": ["starts_at", "pk"],
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
                "constraints": [
                    venues.models.noted.Noted(kind="residency", name="dropped_period_noted", ref="residency")
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
                    "side",
                    models.CharField(
                        choices=[("presenter", "the presenter"), ("producer", "the producer")], max_length=10
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
                    models.CharField(blank=True, max_length=60, verbose_name="the receiver’s reference"),
                ),
                ("send_by", models.DateField(blank=True, null=True, verbose_name="may be sent in until")),
                ("late_asked_at", models.DateTimeField(blank=True, null=True)),
                ("late_why", models.CharField(blank=True, max_length=500)),
                ("sent_at", models.DateTimeField(blank=True, help_text="The first time.", null=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decided_why", models.CharField(blank=True, max_length=1000, verbose_name="why")),
                ("paid_on", models.DateField(blank=True, null=True, verbose_name="paid out on")),
                ("version", models.PositiveIntegerField(default=1)),
                ("made_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                (
                    "booking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subsidy_claims",
                        to="bookings.booking",
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
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "scheme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="venues.subsidyscheme",
                    ),
                ),
            ],
            options={
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
                                ("amount__gte", 0), ("amount__isnull", False), ("sent_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="claim_sent_with_amount",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("granted", "partly", "paid", "refused")), _negated=True),
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
                            models.Q(models.Q(("state", "paid"), _negated=True), ("paid_on__isnull", True)),
                            _connector="OR",
                        ),
                        name="claim_paid_on_a_day",
                    ),
                ],
                "ordering": ["-changed_at", "-pk"],
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
                ("number", models.PositiveSmallIntegerField(help_text="1 is the first of its claim.")),
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
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submissions",
                        to="bookings.subsidyclaim",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("claim", "number"), name="claim_submission_numbered_once"
                    ),
                    bookings.models.no_change.NoChange(name="claim_submission_never_changes"),
                ],
                "ordering": ["claim", "number"],
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
                ("at", models.DateTimeField()),
                ("action", models.CharField(max_length=20)),
                ("from_state", models.CharField(blank=True, max_length=10)),
                ("to_state", models.CharField(max_length=10)),
                ("reason", models.CharField(blank=True, max_length=1000)),
                ("details", models.JSONField(default=dict)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
            ],
            options={
                "constraints": [bookings.models.no_change.NoChange(name="claim_change_never_changes")],
                "ordering": ["at", "pk"],
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
                ("deadline", models.DateField()),
                ("at", models.DateTimeField()),
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
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "scheme", "deadline"), name="claim_reminded_once"
                    )
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name="allocation",
            name="allocation_of_one_thing",
        ),
        migrations.AddField(
            model_name="allocation",
            name="dwelling",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="allocations",
                to="venues.dwelling",
            ),
        ),
        migrations.AddField(
            model_name="allocation",
            name="period",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="allocations",
                to="bookings.residencyperiod",
            ),
        ),
        migrations.AddField(
            model_name="allocation",
            name="residency",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="allocations",
                to="bookings.residency",
            ),
        ),
        migrations.AddField(
            model_name="allocation",
            name="sub_event",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="allocations",
                to="bookings.subevent",
            ),
        ),
        migrations.AlterField(
            model_name="allocation",
            name="booking",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="allocations",
                to="bookings.booking",
            ),
        ),
        migrations.AddConstraint(
            model_name="allocation",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="allocation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("booking__isnull", False), ("residency__isnull", True)),
                    models.Q(("booking__isnull", True), ("residency__isnull", False)),
                    _connector="OR",
                ),
                name="allocation_by_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="allocation",
            constraint=bookings.models.no_overlap.NoOverlap(
                blocks="is_blocking",
                end="occupied_to",
                name="dwelling_taken_once",
                resource="dwelling",
                start="occupied_from",
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="residency",
            field=models.ForeignKey(
                help_text="What it is about where it is about a residency.",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="notices",
                to="bookings.residency",
            ),
        ),
        migrations.AddField(
            model_name="calendarentry",
            name="residency_ref",
            field=models.BigIntegerField(
                db_index=True,
                help_text="The same for what belongs to a residency; then there is no visit.",
                null=True,
            ),
        ),
        venues.models.noted.AddNoted(
            model_name="allocation",
            constraint=venues.models.noted.Noted(
                kind="residency", name="residency_allocation_noted", ref="residency"
            ),
        ),
        migrations.RemoveConstraint(
            model_name="feed",
            name="feed_of_a_pedagogue_names_them",
        ),
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
                    ("ensemble", "working days with drives, get-in and nights, also what is not yet agreed"),
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
        migrations.AddField(
            model_name="notice",
            name="claim",
            field=models.ForeignKey(
                help_text="What it is about where it is about a claim: no other side of the visit reads it.",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="notices",
                to="bookings.subsidyclaim",
            ),
        ),
    ]
