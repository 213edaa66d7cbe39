"""What is kept of rendered entries: by whom they were written, and when they are written anew."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import icalendar
import pytest

from bookings import ical, rendered, workdays
from bookings.models import RenderedEntry
from tests.bookings.ical_entries import WORKDAY
from tests.bookings.visits import NOW

HOUR = timedelta(hours=1)


def style() -> str:
    """The style as a program finds it that starts now."""
    return rendered.style.__wrapped__()


@pytest.mark.parametrize("what", ["where it is", "library", "program"])
def test_what_decides_over_the_bytes_is_in_the_style(
    what: str, settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = style()
    if what == "where it is":
        settings.BASE_URL = "https://other.example.org"
    elif what == "library":
        monkeypatch.setattr(icalendar, "__version__", "99")
    else:
        other = tmp_path / "workdays.py"
        other.write_bytes(Path(workdays.__file__).read_bytes() + b"#")
        writers = [
            SimpleNamespace(__file__=str(other)) if one is workdays else one for one in rendered.WRITERS
        ]
        monkeypatch.setattr(rendered, "WRITERS", writers)
    assert style() != before


def test_the_same_program_has_the_same_style() -> None:
    assert style() == style() == rendered.style()


@pytest.mark.django_db
def test_bytes_that_come_out_the_same_keep_their_time_of_change() -> None:
    for at in (NOW, NOW + HOUR):
        first = rendered.of_others([WORKDAY], ical.render_workday, rendered.OTHERS, at)
    assert first == [ical.render_workday(WORKDAY)]
    assert RenderedEntry.objects.get().last_modified == WORKDAY.changed_at


@pytest.mark.django_db
def test_other_bytes_without_a_time_of_change_have_that_of_now() -> None:
    rendered.of_others([WORKDAY], ical.render_workday, rendered.OTHERS, NOW)
    other = replace(WORKDAY, night="Åre")
    found = rendered.of_others([other], ical.render_workday, rendered.OTHERS, NOW + HOUR)
    assert found == [ical.render_workday(replace(other, changed_at=NOW + HOUR))]
