"""How large a file is, in words (turne/templatetags/files.py)."""

import pytest
from django.utils import translation

from turne.templatetags.files import file_size


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "1\u00a0kB"),
        (300 * 2**10 + 600, "301\u00a0kB"),
        (2**20 - 1, "1\u00a0MB"),
        (15 * 2**20, "15\u00a0MB"),
        (15 * 2**20 - 1, "15\u00a0MB"),
        (3 * 2**19, "1,5\u00a0MB"),
        (2**30 - 1, "1\u00a0GB"),
        (5 * 2**29, "2,5\u00a0GB"),
    ],
)
def test_a_size_has_a_decimal_only_where_it_says_something(count, words):
    with translation.override("sv"):
        assert file_size(count) == words


def test_a_size_has_the_readers_own_decimal_sign():
    with translation.override("en"):
        assert file_size(3 * 2**19) == "1.5\u00a0MB"
