"""How long a text may be: as its column has it, or as a verb says."""

from django.db.models import Model
from django.utils.translation import gettext as _

from tours.errors import Refused


def check_length(text: str, most: int, field: str) -> None:
    """Raises Refused, with that field, where the text has more characters."""
    if len(text) > most:
        raise Refused(_("Write at most %(most)d characters.") % {"most": most}, field=field)


def check_column(model: type[Model], name: str, text: str, field: str = "") -> None:
    """The same by the model's column; `field` where the refusal calls it otherwise."""
    most: int | None = getattr(model._meta.get_field(name), "max_length", None)
    if most:
        check_length(text, most, field or name)
