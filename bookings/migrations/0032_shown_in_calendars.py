"""What calendars say of a visit: access services, a stream, and where and when it was before."""

from django.db import migrations, models

from venues.models.noted import AddNoted, Noted


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0031_links_say_what_they_show"),
    ]

    operations = [
        migrations.AddField(
            model_name="booking",
            name="access_services",
            field=models.JSONField(
                blank=True,
                default=list,
                help_text="Values of AccessService of this visit, beside those that the production always has.",
                verbose_name="access services",
            ),
        ),
        migrations.AddField(
            model_name="booking",
            name="stream_url",
            field=models.URLField(
                blank=True,
                help_text="https; where it can be seen digitally.",
                max_length=500,
                verbose_name="link to the stream",
            ),
        ),
        migrations.AddField(
            model_name="booking",
            name="was_in",
            field=models.CharField(
                blank=True, help_text="The room's name before the last agreed change of room.", max_length=160
            ),
        ),
        migrations.AddField(
            model_name="performance",
            name="was_at",
            field=models.DateTimeField(
                blank=True,
                help_text="When it was to start before the last move of what had been agreed.",
                null=True,
            ),
        ),
        AddNoted("checklist", Noted(name="checklist_noted", kind="booking", ref="booking")),
        AddNoted("checklistitem", Noted(name="checklist_item_noted", kind="checklist", ref="checklist")),
        AddNoted("visitcontact", Noted(name="visit_contact_noted", kind="booking", ref="booking")),
    ]
