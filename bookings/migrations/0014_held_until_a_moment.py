from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0013_holds_expire"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="booking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "held"), _negated=True),
                    ("hold_expires_at__isnull", False),
                    _connector="OR",
                ),
                name="held_until_a_moment",
            ),
        ),
    ]
