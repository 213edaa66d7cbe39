"""Nothing: where the steps of tours go on after those that `bookings.0001_squashed_0093…` takes together."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("tours", "0053_allotment_ground_digest")]
    operations = []
