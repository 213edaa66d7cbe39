import django.db.models.deletion
from django.db import migrations, models

import bookings.models.no_overlap


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0020_offers"),
        ("venues", "0004_winter_roads"),
    ]

    operations = [
        migrations.CreateModel(
            name="Shared",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(choices=[("person", "person"), ("vehicle", "vehicle")], max_length=10),
                ),
                ("name", models.CharField(max_length=80, verbose_name="name")),
            ],
            options={
                "ordering": ["kind", "name"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="allocation",
            name="allocation_of_one_thing",
        ),
        migrations.AddField(
            model_name="shared",
            name="ensembles",
            field=models.ManyToManyField(related_name="shared", to="bookings.ensemble"),
        ),
        migrations.AddField(
            model_name="shared",
            name="producer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="shared", to="venues.organisation"
            ),
        ),
        migrations.AddField(
            model_name="allocation",
            name="shared",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="allocations",
                to="bookings.shared",
            ),
        ),
        migrations.AddConstraint(
            model_name="allocation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ensemble__isnull", True), ("shared__isnull", True), ("venue__isnull", False)),
                    models.Q(("ensemble__isnull", False), ("shared__isnull", True), ("venue__isnull", True)),
                    models.Q(("ensemble__isnull", True), ("shared__isnull", False), ("venue__isnull", True)),
                    _connector="OR",
                ),
                name="allocation_of_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="allocation",
            constraint=bookings.models.no_overlap.NoOverlap(
                blocks="is_blocking",
                end="occupied_to",
                name="shared_taken_once",
                resource="shared",
                start="occupied_from",
            ),
        ),
        migrations.AddConstraint(
            model_name="shared",
            constraint=models.UniqueConstraint(fields=("producer", "kind", "name"), name="shared_named_once"),
        ),
    ]
