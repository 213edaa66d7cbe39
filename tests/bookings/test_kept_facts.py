"""Facts that are kept: a digest that tells them from others, and words in every language."""

from datetime import UTC, datetime

from django.utils.translation import get_language

from bookings.kept_facts import digest_of, in_every_language, kept_moment


def test_a_digest_does_not_hang_on_the_order_of_keys() -> None:
    assert digest_of({"a": 1, "b": "å"}) == digest_of({"b": "å", "a": 1})


def test_other_facts_have_another() -> None:
    assert digest_of({"a": 1}) != digest_of({"a": 2})


def test_words_are_told_in_each_language() -> None:
    assert in_every_language(get_language) == {"sv": "sv", "en": "en"}


def test_a_moment_bears_the_clock_of_its_day() -> None:
    days = (datetime(2027, 2, 3, 10, 15, tzinfo=UTC), datetime(2027, 7, 3, 10, 15, tzinfo=UTC))
    assert [kept_moment(at) for at in days] == ["2027-02-03T11:15:00+01:00", "2027-07-03T12:15:00+02:00"]
