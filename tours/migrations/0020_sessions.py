"""Short sessions, of which there are several a day, beside performances."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tours", "0010_votes"),
    ]

    operations = [
        migrations.AddField(
            model_name="production",
            name="kind",
            field=models.CharField(
                choices=[("performance", "performance"), ("session", "short session for small groups")],
                default="performance",
                max_length=12,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="tour",
            name="wish_worth",
            field=models.PositiveIntegerField(
                default=10000,
                help_text="Beyond its fee. Lower ranks are worth less.",
                validators=[django.core.validators.MaxValueValidator(400000000)],
                verbose_name="worth of a first wish",
            ),
        ),
        migrations.AlterField(
            model_name="wish",
            name="shows_count",
            field=models.PositiveSmallIntegerField(
                default=1,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(6),
                ],
                verbose_name="shows",
            ),
        ),
    ]
