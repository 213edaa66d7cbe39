from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tours", "0030_allotments"),
    ]

    operations = [
        migrations.AddField(
            model_name="allotment",
            name="ground_digest",
            field=models.CharField(
                blank=True,
                help_text="Of the rows that the problem was written from; empty: not known.",
                max_length=64,
            ),
        ),
    ]
