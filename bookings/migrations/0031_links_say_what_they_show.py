"""Private links that stand get their address, and performances that stand are noted: their table was not watched."""

from django.db import migrations
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Coalesce, Concat


def say_what_links_show(apps, schema_editor):
    """As `bookings.feeds.private_address` writes it."""
    whose = Cast(Coalesce(F("ensemble_id"), F("organisation_id")), CharField())
    address = Concat(Value("private-"), F("scope"), Value("/"), whose, output_field=CharField())
    apps.get_model("bookings", "Feed").objects.filter(address="").update(address=address)


def note_what_stands(apps, schema_editor):
    mark = apps.get_model("venues", "CalendarMark")
    pks = apps.get_model("bookings", "Booking").objects.values_list("pk", flat=True)
    mark.objects.bulk_create([mark(kind="booking", ref=pk) for pk in pks], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("bookings", "0030_stored_calendars")]

    operations = [
        migrations.RunPython(say_what_links_show, migrations.RunPython.noop),
        migrations.RunPython(note_what_stands, migrations.RunPython.noop),
    ]
