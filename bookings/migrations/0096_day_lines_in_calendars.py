"""Lines of day plans have identities and times of change, and are noted: their artists' calendars show them."""

import uuid
from typing import Any

from django.db import migrations, models

from venues.models.noted import AddNoted, Noted


def name_each(apps: Any, editor: Any) -> None:
    """Each line an identity of its own; it was last changed when its residency was, as far as anybody knows."""
    lines = apps.get_model("bookings", "DayLine").objects.using(editor.connection.alias)
    for line in lines.select_related("residency").iterator():
        line.uid, line.changed_at = uuid.uuid4(), line.residency.changed_at
        line.save(update_fields=["uid", "changed_at"])


class Migration(migrations.Migration):
    dependencies = [("bookings", "0095_hosts_of_earlier_contracts")]

    operations = [
        migrations.AddField("dayline", "uid", models.UUIDField(editable=False, null=True)),
        migrations.AddField("dayline", "changed_at", models.DateTimeField(null=True)),
        migrations.RunPython(name_each, migrations.RunPython.noop),
        migrations.AlterField(
            "dayline", "uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
        ),
        migrations.AlterField("dayline", "changed_at", models.DateTimeField()),
        AddNoted("dayline", Noted(name="day_line_noted", kind="residency", ref="residency")),
    ]
