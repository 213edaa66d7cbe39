"""Who shares something runs on one worker."""

from pathlib import Path

import pytest

from tests.sharing import SHARES, shared_by

ROOT = Path(__file__).resolve().parent.parent


def test_all_who_look_at_the_served_demo_share_it() -> None:
    tests = ["tests/browser/test_pages.py::test_a[x::y]", "tests/scenarios/test_board.py::test_b"]
    assert {shared_by(test) for test in tests} == {"a served demo and a browser"}


def test_whoever_drives_the_browser_shares_it() -> None:
    """One that is forgotten would load the demo a second time, for half a minute."""
    drivers = [path for path in ROOT.glob("tests/**/test_*.py") if f"{'mark'}.browser" in path.read_text()]
    assert {shared_by(f"{path.relative_to(ROOT)}::test") for path in drivers} == {
        "a served demo and a browser"
    }


def test_a_class_may_share() -> None:
    tests = [
        "tests/bookings/test_tasks.py::TestCelery::test_a",
        "tests/bookings/test_tasks.py::TestLoop::test_b",
    ]
    assert [shared_by(test) == test for test in tests] == [False, True]


@pytest.mark.parametrize("start", SHARES)
def test_no_share_names_a_file_that_is_gone(start: str) -> None:
    assert (ROOT / start.split("::")[0]).exists()
