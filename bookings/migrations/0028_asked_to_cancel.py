"""A school asks that a confirmed visit is cancelled, and the producer answers."""

from django.db import migrations, models


class Migration(migrations.Migration):
    #: Going back, the tables of tours keep their names until what stands on them here is gone.
    dependencies = [("bookings", "0027_tours_move_out"), ("tours", "0002_own_tables")]

    operations = [
        migrations.AddField(
            model_name="changeproposal",
            name="cancels",
            field=models.BooleanField(
                default=False,
                help_text="A school asks that the visit is cancelled; the rest is the visit as it is.",
            ),
        ),
    ]
