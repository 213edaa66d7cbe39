"""What calendars say of a production: what to prepare, access services, and when the audience comes."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tours", "0003_noted_for_calendars"),
    ]

    operations = [
        migrations.AddField(
            model_name="tour",
            name="changed_at",
            field=models.DateTimeField(
                auto_now=True, help_text="When its frame was written; its stage has a history."
            ),
        ),
        migrations.AddField(
            model_name="production",
            name="access_services",
            field=models.JSONField(
                blank=True,
                default=list,
                help_text="Values of AccessService that it always has.",
                verbose_name="access services",
            ),
        ),
        migrations.AddField(
            model_name="production",
            name="preparation",
            field=models.TextField(
                blank=True,
                help_text="For the school or the house. It stands in open calendars: nobody's name or number.",
                max_length=1000,
                verbose_name="what to prepare",
            ),
        ),
        migrations.AddField(
            model_name="rider",
            name="arrival_min",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MaxValueValidator(240)],
                verbose_name="audience arrives, minutes before the show",
            ),
        ),
        migrations.AddField(
            model_name="rider",
            name="call_min",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MaxValueValidator(240)],
                verbose_name="ensemble ready, minutes before the show",
            ),
        ),
        migrations.AddField(
            model_name="rider",
            name="seating_min",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MaxValueValidator(240)],
                verbose_name="audience is let in, minutes before the show",
            ),
        ),
    ]
