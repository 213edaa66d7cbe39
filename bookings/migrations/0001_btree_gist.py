"""PostgreSQL's extension that lets one exclusion constraint compare a key and a time range."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import ProgrammingError, migrations, transaction

REFUSED = (
    "The database role may not create the extension btree_gist, which Turne's double-booking guard needs. "
    "Either let an administrator run CREATE EXTENSION btree_gist in this database, or set "
    "TURNE_OVERLAP_GUARD=locks to rely on row locks alone (docs/architecture.md says what that costs)."
)


def create_extension(apps, schema_editor):
    connection = schema_editor.connection
    if connection.vendor != "postgresql" or settings.OVERLAP_GUARD == "locks":
        return
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    except ProgrammingError as error:
        raise ImproperlyConfigured(REFUSED) from error


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [migrations.RunPython(create_extension, migrations.RunPython.noop)]
