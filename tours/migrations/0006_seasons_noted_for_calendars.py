"""A season is noted when it is written: its calendar bears its name."""

from django.db import migrations

from venues.models.noted import AddNoted, Noted


class Migration(migrations.Migration):
    dependencies = [("tours", "0005_ensemble_calendars"), ("venues", "0006_calendar_marks")]

    operations = [AddNoted("season", Noted(name="season_noted", kind="season"))]
