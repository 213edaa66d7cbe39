"""Texts that are written in Swedish and, where somebody has done so, in English too: which of them a reader gets."""

from django.db.models import Model
from django.utils.translation import get_language


def reads_english() -> bool:
    """Whether the active language is English, of whatever country."""
    return (get_language() or "").startswith("en")


def in_language(row: Model, field: str) -> str:
    """The field's English (`title_en`) where the active language is English and there is any, else its Swedish."""
    english: str = getattr(row, f"{field}_en") if reads_english() else ""
    swedish: str = getattr(row, field)
    return english or swedish
