"""School forms with their grades, owners, status and successors; where a school lies,
who confirmed it, and when the register was imported."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import venues.codes


class Migration(migrations.Migration):
    dependencies = [
        ("venues", "0011_former_names"),
    ]

    operations = [
        migrations.CreateModel(
            name="Succession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(blank=True, null=True, verbose_name="on")),
            ],
            options={
                "ordering": ["on", "id"],
            },
        ),
        migrations.AddField(
            model_name="school",
            name="address",
            field=models.CharField(blank=True, max_length=200, verbose_name="address"),
        ),
        migrations.AddField(
            model_name="school",
            name="ceased_on",
            field=models.DateField(blank=True, null=True, verbose_name="ceased on"),
        ),
        migrations.AddField(
            model_name="school",
            name="confirmed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="confirmed"),
        ),
        migrations.AddField(
            model_name="school",
            name="confirmed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="school",
            name="lat",
            field=models.FloatField(
                blank=True,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(-90),
                    django.core.validators.MaxValueValidator(90),
                ],
            ),
        ),
        migrations.AddField(
            model_name="school",
            name="lon",
            field=models.FloatField(
                blank=True,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(-180),
                    django.core.validators.MaxValueValidator(180),
                ],
            ),
        ),
        migrations.AddField(
            model_name="school",
            name="opened_on",
            field=models.DateField(blank=True, null=True, verbose_name="opened on"),
        ),
        migrations.AddField(
            model_name="school",
            name="own_id",
            field=models.CharField(
                blank=True,
                help_text="Of a unit without code: the municipality's code and its own id there.",
                max_length=60,
                null=True,
                unique=True,
                verbose_name="own id",
            ),
        ),
        migrations.AddField(
            model_name="school",
            name="status",
            field=models.CharField(
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
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="forms", to="venues.school"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
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
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="school_owner",
                        to="venues.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["organisation__name"],
            },
        ),
        migrations.AddField(
            model_name="school",
            name="owner",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="schools",
                to="venues.schoolowner",
                verbose_name="owner",
            ),
        ),
        migrations.AddConstraint(
            model_name="school",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ceased_on__isnull", True),
                    ("opened_on__isnull", True),
                    ("ceased_on__gte", models.F("opened_on")),
                    _connector="OR",
                ),
                name="school_ceases_after_opening",
            ),
        ),
        migrations.AddConstraint(
            model_name="school",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddField(
            model_name="succession",
            name="by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="succession",
            name="predecessor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="successions", to="venues.school"
            ),
        ),
        migrations.AddField(
            model_name="succession",
            name="successor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="origins", to="venues.school"
            ),
        ),
        migrations.AddConstraint(
            model_name="offeredform",
            constraint=models.UniqueConstraint(fields=("school", "form"), name="form_once_in_school"),
        ),
        migrations.AddConstraint(
            model_name="succession",
            constraint=models.UniqueConstraint(fields=("predecessor", "successor"), name="succession_once"),
        ),
        migrations.AddConstraint(
            model_name="succession",
            constraint=models.CheckConstraint(
                condition=models.Q(("predecessor", models.F("successor")), _negated=True),
                name="succession_of_another",
            ),
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
                ("at", models.DateTimeField()),
                ("source", models.CharField(blank=True, max_length=200)),
                ("created_count", models.PositiveSmallIntegerField(default=0)),
                ("updated_count", models.PositiveSmallIntegerField(default=0)),
                ("unchanged_count", models.PositiveSmallIntegerField(default=0)),
                ("ceased_count", models.PositiveSmallIntegerField(default=0)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-id"],
            },
        ),
    ]
