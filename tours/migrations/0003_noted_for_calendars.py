"""What calendars show of ensembles, productions and tours is noted when it is written."""

from django.db import migrations

from venues.models.noted import AddNoted, Noted


class Migration(migrations.Migration):
    dependencies = [("tours", "0002_own_tables"), ("venues", "0006_calendar_marks")]

    operations = [
        AddNoted("ensemble", Noted(name="ensemble_noted", kind="ensemble")),
        AddNoted("production", Noted(name="production_noted", kind="production")),
        AddNoted("rider", Noted(name="rider_noted", kind="production", ref="production")),
        AddNoted("tour", Noted(name="tour_noted", kind="tour")),
    ]
