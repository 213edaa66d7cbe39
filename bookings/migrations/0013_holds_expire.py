"""Give every hold that stands the date that new ones get: thirty days from now, but not beyond its get-in."""

from datetime import timedelta

from django.db import migrations
from django.utils import timezone

HOLD = timedelta(days=30)
REMINDER = timedelta(days=3)


def give_dates(apps, schema_editor):
    now = timezone.now()
    held = apps.get_model("bookings", "Booking").objects.filter(status="held", hold_expires_at=None)
    for booking in held.only("pk", "occupied_from").iterator():
        booking.hold_expires_at = min(now + HOLD, booking.occupied_from)
        remind_at = booking.hold_expires_at - REMINDER
        booking.hold_remind_at = remind_at if remind_at > now else None
        booking.save(update_fields=["hold_expires_at", "hold_remind_at"])


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0012_holds"),
    ]

    operations = [
        migrations.RunPython(give_dates, migrations.RunPython.noop),
    ]
