from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("venues", "0040_school_terms"),
    ]

    operations = [
        migrations.AddField(
            model_name="group",
            name="is_proposal",
            field=models.BooleanField(
                default=False,
                help_text="Made from last year's group, and nobody has confirmed its numbers.",
            ),
        ),
        migrations.AddField(
            model_name="school",
            name="confirmed_for",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="The calendar year in which the confirmed school year begins.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="school",
            name="confirm_asked_at",
            field=models.DateTimeField(
                blank=True, help_text="When the school was last asked by mail to confirm.", null=True
            ),
        ),
    ]
