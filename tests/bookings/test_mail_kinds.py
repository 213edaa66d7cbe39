"""The kinds of mail, and the table of them that people read."""

import re
from pathlib import Path

from bookings.mail_kinds import ASKING, KINDS, kind_of
from bookings.models.outgoing import BUNDLES

PAGE = Path(__file__).parents[2] / "docs" / "mail.md"


def word(is_so: bool) -> str:
    return "yes" if is_so else "no"


def test_the_page_has_every_kind_as_it_is() -> None:
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| (\w+) \| (\w+) \| (\w+) \|$", PAGE.read_text(), re.M)
    kinds = [
        (kind.name, word(kind.may_join), word(kind.may_stop), word(not kind.is_essential))
        for kind in KINDS.values()
    ]
    assert rows == kinds


def test_what_holds_others_is_in_no_other() -> None:
    assert [KINDS[name].may_join for name in BUNDLES] == [False, False]


def test_what_asks_for_an_answer_has_one_template() -> None:
    assert {KINDS[name].template for name in ASKING} == {"offered"}


def test_a_kind_that_is_not_known_any_more_is_shown_by_its_name() -> None:
    assert (kind_of("poke").label, kind_of("poke").may_join) == ("poke", False)
