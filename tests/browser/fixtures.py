"""One served demo and one browser for all tests of a worker."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.site import HEIGHT, Site, Visitor, chromium, served_demo


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with served_demo(tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def visitor(browser: Browser, site: Site) -> Iterator[Callable[..., Visitor]]:
    """`visitor(width=390)` opens a window of its own, with cookies of its own."""
    contexts = []

    def open_window(width: int = 1360, language: str = "sv-SE") -> Visitor:
        contexts.append(browser.new_context(viewport={"width": width, "height": HEIGHT}, locale=language))
        return Visitor(contexts[-1].new_page(), site)

    yield open_window
    for context in contexts:
        context.close()
