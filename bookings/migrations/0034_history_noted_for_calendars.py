"""A visit's history is noted when it is written: its working days count its lines."""

from django.db import migrations

from venues.models.noted import AddNoted, Noted


class Migration(migrations.Migration):
    dependencies = [("bookings", "0033_dropped_shows_and_crew"), ("venues", "0006_calendar_marks")]

    operations = [
        AddNoted("bookingchange", Noted(name="booking_change_noted", kind="booking", ref="booking")),
    ]
