"""Names that rows had in the addresses of their calendars lead to where they are now."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("venues", "0010_laws_noted_for_calendars")]

    operations = [
        migrations.CreateModel(
            name="FormerName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=12)),
                ("name", models.CharField(max_length=160)),
                ("ref", models.BigIntegerField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("kind", "name"), name="former_name_once")],
            },
        ),
    ]
