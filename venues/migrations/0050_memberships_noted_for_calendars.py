"""A membership is noted when it is written: a pedagogue's calendar ends with the last of them."""

from django.db import migrations

from venues.models.noted import AddNoted, Noted


class Migration(migrations.Migration):
    dependencies = [("venues", "0041_school_confirmations")]

    operations = [
        AddNoted("membership", Noted(name="membership_noted", kind="pedagogue", ref="user")),
    ]
