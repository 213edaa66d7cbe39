"""Every write of what calendars show leaves a mark."""

from django.db import migrations, models

from venues.models.noted import AddNoted, Noted


class Migration(migrations.Migration):
    dependencies = [("venues", "0005_checklists")]

    operations = [
        migrations.CreateModel(
            name="CalendarMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=12)),
                ("ref", models.BigIntegerField()),
            ],
        ),
        AddNoted("region", Noted(name="region_noted", kind="region")),
        AddNoted("municipality", Noted(name="municipality_noted", kind="municipality")),
        AddNoted("place", Noted(name="place_noted", kind="place")),
        AddNoted("venue", Noted(name="venue_noted", kind="venue")),
        AddNoted("organisation", Noted(name="organisation_noted", kind="organisation")),
        AddNoted("school", Noted(name="school_noted", kind="organisation", ref="organisation")),
        AddNoted("group", Noted(name="group_noted", kind="school", ref="school")),
        AddNoted("road", Noted(name="road_noted", kind="drives")),
        AddNoted("traveloverride", Noted(name="travel_override_noted", kind="drives")),
        AddNoted("nobeds", Noted(name="no_beds_noted", kind="drives")),
    ]
