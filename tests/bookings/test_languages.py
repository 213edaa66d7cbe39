"""A text in two languages: the reader's where there is one, else the Swedish."""

import pytest
from django.utils import translation

from bookings.languages import in_language
from bookings.models import Residency


@pytest.mark.parametrize(
    ("language", "english", "told"),
    [
        ("sv", "Voices", "Röster"),
        ("en", "Voices", "Voices"),
        ("en-gb", "Voices", "Voices"),
        ("en", "", "Röster"),
        (None, "Voices", "Röster"),
    ],
)
def test_english_is_told_to_who_reads_it_where_it_is_written(
    language: str | None, english: str, told: str
) -> None:
    with translation.override(language):
        assert in_language(Residency(title="Röster", title_en=english), "title") == told
