"""The models of repertoire, wishes and tours are those of `tours`; their tables stay where they are."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0026_changes"),
        ("tours", "0001_from_bookings"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="allocation",
                    name="ensemble",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="allocations",
                        to="tours.ensemble",
                    ),
                ),
                migrations.AlterField(
                    model_name="allocation",
                    name="shared",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="allocations",
                        to="tours.shared",
                    ),
                ),
                migrations.AlterField(
                    model_name="booking",
                    name="tour",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="bookings", to="tours.tour"
                    ),
                ),
                migrations.AlterField(
                    model_name="booking",
                    name="wish",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bookings",
                        to="tours.wish",
                    ),
                ),
                migrations.AlterField(
                    model_name="feed",
                    name="ensemble",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="feeds",
                        to="tours.ensemble",
                    ),
                ),
                migrations.AlterField(
                    model_name="notice",
                    name="tour",
                    field=models.ForeignKey(
                        help_text="What it is about where it is about no single visit.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="tours.tour",
                    ),
                ),
                migrations.AlterField(
                    model_name="ownitem",
                    name="production",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checklist_changes",
                        to="tours.production",
                        verbose_name="production",
                    ),
                ),
                migrations.DeleteModel(
                    name="SeasonRun",
                ),
                migrations.DeleteModel(
                    name="Proposal",
                ),
                migrations.DeleteModel(
                    name="ForbiddenDay",
                ),
                migrations.DeleteModel(
                    name="Instruction",
                ),
                migrations.DeleteModel(
                    name="WarningOverride",
                ),
                migrations.DeleteModel(
                    name="TourChange",
                ),
                migrations.DeleteModel(
                    name="Tour",
                ),
                migrations.DeleteModel(
                    name="WishChangeRequest",
                ),
                migrations.DeleteModel(
                    name="WishSpan",
                ),
                migrations.DeleteModel(
                    name="Wish",
                ),
                migrations.DeleteModel(
                    name="Season",
                ),
                migrations.DeleteModel(
                    name="Shared",
                ),
                migrations.DeleteModel(
                    name="Rider",
                ),
                migrations.DeleteModel(
                    name="ProductionPicture",
                ),
                migrations.DeleteModel(
                    name="Production",
                ),
                migrations.DeleteModel(
                    name="EnsembleDayOff",
                ),
                migrations.DeleteModel(
                    name="Ensemble",
                ),
            ],
        ),
    ]
