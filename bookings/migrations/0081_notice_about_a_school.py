import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0080_buses_and_grants"),
        ("tours", "0010_votes"),
        ("venues", "0041_school_confirmations"),
    ]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="school",
            field=models.ForeignKey(
                help_text="What it is about where it is about a school and no visit.",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="notices",
                to="venues.school",
            ),
        ),
    ]
