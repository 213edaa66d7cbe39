"""Tables that are sorted by the address: what it asks for, and where the headings lead."""

import pytest

from turne.web.sorted_tables import headings, order_of, sorting

COLUMNS = (("namn", "Name", False), ("antal", "Count", True))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ("namn", False)),
        ({"ordning": "antal"}, ("antal", False)),
        ({"ordning": "-antal"}, ("antal", True)),
        ({"ordning": "-nothing"}, ("namn", False)),
        ({"ordning": ""}, ("namn", False)),
    ],
)
def test_the_address_says_by_which_column(asked: dict[str, str], found: tuple[str, bool]) -> None:
    assert sorting(asked, {"namn", "antal"}, "namn") == found


@pytest.mark.parametrize(
    ("sorted_by", "addresses", "orders"),
    [
        (("namn", False), ["-namn", "-antal"], ["ascending", ""]),
        (("namn", True), ["namn", "-antal"], ["descending", ""]),
        (("antal", True), ["namn", "antal"], ["", "descending"]),
        (("antal", False), ["namn", "-antal"], ["", "ascending"]),
    ],
)
def test_a_second_click_turns_the_order(
    sorted_by: tuple[str, bool], addresses: list[str], orders: list[str]
) -> None:
    found = headings(COLUMNS, sorted_by, str)
    assert ([one["url"] for one in found], [one["order"] for one in found]) == (addresses, orders)


def test_columns_hold_numbers_unless_it_is_said() -> None:
    found = headings(COLUMNS, ("namn", False), str, texts=["namn"])
    assert [one["is_number"] for one in found] == [False, True]


def test_an_order_is_read_as_it_is_written() -> None:
    assert sorting({"ordning": order_of("antal", True)}, {"antal"}, "namn") == ("antal", True)
