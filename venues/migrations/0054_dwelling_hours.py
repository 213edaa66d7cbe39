"""A dwelling says from when on the first day one may come and until when on the last one leaves; empty: as is usual."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("venues", "0053_dwelling_versions")]

    operations = [
        migrations.AddField(
            model_name="dwelling",
            name="comes_at",
            field=models.TimeField(blank=True, null=True, verbose_name="one may come from"),
        ),
        migrations.AddField(
            model_name="dwelling",
            name="leaves_at",
            field=models.TimeField(blank=True, null=True, verbose_name="one leaves by"),
        ),
    ]
