"""The tables of `tours` get the names of their storey; rows, keys and constraints stay as they are."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0027_tours_move_out"),
        ("tours", "0001_from_bookings"),
    ]

    operations = [
        migrations.AlterModelTable(
            name="ensemble",
            table=None,
        ),
        migrations.AlterModelTable(
            name="ensembledayoff",
            table=None,
        ),
        migrations.AlterModelTable(
            name="production",
            table=None,
        ),
        migrations.AlterModelTable(
            name="productionpicture",
            table=None,
        ),
        migrations.AlterModelTable(
            name="rider",
            table=None,
        ),
        migrations.AlterModelTable(
            name="shared",
            table=None,
        ),
        migrations.AlterModelTable(
            name="season",
            table=None,
        ),
        migrations.AlterModelTable(
            name="wish",
            table=None,
        ),
        migrations.AlterModelTable(
            name="wishspan",
            table=None,
        ),
        migrations.AlterModelTable(
            name="wishchangerequest",
            table=None,
        ),
        migrations.AlterModelTable(
            name="tour",
            table=None,
        ),
        migrations.AlterModelTable(
            name="tourchange",
            table=None,
        ),
        migrations.AlterModelTable(
            name="warningoverride",
            table=None,
        ),
        migrations.AlterModelTable(
            name="instruction",
            table=None,
        ),
        migrations.AlterModelTable(
            name="forbiddenday",
            table=None,
        ),
        migrations.AlterModelTable(
            name="proposal",
            table=None,
        ),
        migrations.AlterModelTable(
            name="seasonrun",
            table=None,
        ),
    ]
