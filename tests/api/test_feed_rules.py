"""Every HTTP rule of calendars has a test that bears its id, and no test bears an id that is no rule's."""

import re
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
#: The numbers of the rules. Those between them were never given: H04, H07, H18, H21, H22 and H24.
RULES = {*range(1, 4), 5, 6, *range(8, 18), 19, 20, 23, 25, 26, 27}


def test_every_rule_has_a_test() -> None:
    names = [
        name
        for path in TESTS.rglob("test_*.py")
        for name in re.findall(r"def (test_H\w+)", path.read_text(encoding="utf-8"))
    ]
    assert {int(number) for name in names for number in re.findall(r"_H(\d\d)(?=_)", name)} == RULES
