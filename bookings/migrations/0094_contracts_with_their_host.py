"""A contract of a residency names the host with which it was made: the host of the residency may become another."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0093_residencies_and_claims"),
        ("tours", "0054_from_here_on"),
        ("venues", "0052_dwellings"),
    ]

    operations = [
        migrations.AddField(
            model_name="residencycontract",
            name="host",
            field=models.ForeignKey(
                help_text="With whom it was made; empty: nobody knows any more.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="venues.organisation",
            ),
        ),
    ]
