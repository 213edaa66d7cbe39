"""A law is noted when it is written: the breaks that it asks for stand in the drives of working days."""

from django.db import migrations

from venues.models.noted import AddNoted, Noted


class Migration(migrations.Migration):
    dependencies = [("venues", "0009_incoming_calendars")]

    operations = [
        AddNoted("workruleprofile", Noted(name="work_rule_profile_noted", kind="drives")),
    ]
