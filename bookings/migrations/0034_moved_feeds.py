"""Names that feeds had in their addresses lead to where they are now."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0033_dropped_shows_and_crew"),
    ]

    operations = [
        migrations.CreateModel(
            name="MovedFeed",
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
                "constraints": [models.UniqueConstraint(fields=("kind", "name"), name="feed_moved_once")],
            },
        ),
    ]
