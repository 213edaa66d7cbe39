"""A room may be digital."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("venues", "0006_calendar_marks"),
    ]

    operations = [
        migrations.AlterField(
            model_name="venue",
            name="kind",
            field=models.CharField(
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
    ]
