"""The demo as `manage.py serve --demo` loads it: once, and then it answers."""

import urllib.request
from pathlib import Path

import pytest

from tests.browser.site import Site, served_demo
from tests.processes import copied

pytestmark = pytest.mark.process
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def test_a_first_start_loads_the_region_and_the_demo(site: Site) -> None:
    assert [
        words for words in ("Loading the region", "Loading the demo season") if words not in site.said
    ] == []
    with _direct.open(f"{site.address}/ical/kommun/krokom.ics", timeout=10) as feed:
        assert feed.status == 200


def test_a_second_start_loads_nothing(site: Site, tmp_path: Path) -> None:
    copied(site.folder / "turne.sqlite3", tmp_path)
    with served_demo(tmp_path, is_new=False) as again:
        assert "Loading" not in again.said
