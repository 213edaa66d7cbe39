"""A dwelling has a version, so that two who write at once do not write over each other."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("venues", "0052_dwellings")]

    operations = [
        migrations.AddField(
            model_name="dwelling", name="version", field=models.PositiveIntegerField(default=1)
        ),
    ]
