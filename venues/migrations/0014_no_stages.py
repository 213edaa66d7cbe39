"""A school has forms, so no stage; its code has eight digits."""

from django.db import migrations, models

import venues.codes


class Migration(migrations.Migration):
    dependencies = [
        ("venues", "0013_stages_as_forms"),
    ]

    operations = [
        # Back again with an empty stage, which the step before fills.
        migrations.AlterField(
            model_name="school",
            name="stage",
            field=models.CharField(default="", max_length=12),
        ),
        migrations.RemoveField(
            model_name="school",
            name="stage",
        ),
        migrations.AlterField(
            model_name="school",
            name="unit_code",
            field=models.CharField(
                blank=True,
                max_length=8,
                null=True,
                unique=True,
                validators=[venues.codes.check_unit_code],
                verbose_name="school-unit code",
            ),
        ),
    ]
