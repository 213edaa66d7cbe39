"""Visits and performances are noted when they are written, for calendars."""

from django.db import migrations

from venues.models.noted import AddNoted, Noted


class Migration(migrations.Migration):
    dependencies = [("bookings", "0028_asked_to_cancel"), ("venues", "0006_calendar_marks")]

    operations = [
        AddNoted("booking", Noted(name="booking_noted", kind="booking")),
        AddNoted("performance", Noted(name="performance_noted", kind="booking", ref="booking")),
    ]
