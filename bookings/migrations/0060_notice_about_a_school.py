import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0040_crew_visits"),
        ("tours", "0007_school_wishes"),
        ("venues", "0030_school_confirmations"),
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
