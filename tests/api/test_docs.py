"""The root, the schema's address and Swagger UI, under the same policy as every page."""

import re

import pytest
import yaml
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from tests.api.callers import API, caller
from tests.world import World

STRICT = {"script-src": "'self'", "style-src": "'self'", "default-src": "'none'", "connect-src": "'self'"}


def policy(response: object) -> dict[str, str]:
    parts = response["Content-Security-Policy"].split("; ")  # type: ignore[index]
    return dict(part.split(" ", 1) for part in parts)


def test_the_root_leads_everywhere(world: World) -> None:
    links = caller().get(f"{API}/").json()
    needs = {"travel": 400, "planner": 405}
    found = {
        name: caller(world.producer).get(link, HTTP_ACCEPT="*/*").status_code for name, link in links.items()
    }
    assert found == {name: needs.get(name, 200) for name in links}


def test_the_schema_is_yaml_or_json(db: None) -> None:
    as_yaml = caller().get(f"{API}/schema/")
    as_json = caller(Accept="application/vnd.oai.openapi+json").get(f"{API}/schema/")
    assert yaml.safe_load(as_yaml.content)["openapi"] == "3.1.0"
    assert as_json.json()["info"] == yaml.safe_load(as_yaml.content)["info"]


@pytest.mark.parametrize("path", ["docs/", "docs/?script="])
def test_the_policy_is_no_weaker_here(client: Client, path: str) -> None:
    found = policy(client.get(f"{API}/{path}"))
    assert {name: found[name] for name in STRICT} == STRICT


def test_nothing_in_the_page_is_inline(client: Client) -> None:
    page = client.get(f"{API}/docs/").content.decode()
    assert re.findall(r"<style|style=|\son\w+=|<script(?![^>]*\ssrc=)", page) == []


def test_every_file_of_the_page_is_our_own(client: Client) -> None:
    page = client.get(f"{API}/docs/").content.decode()
    files = re.findall(rf'(?:href|src)="/?{settings.STATIC_URL.strip("/")}/([^"]+)"', page)
    assert len(files) == 5
    assert [name for name in files if not finders.find(name)] == []


def test_the_start_script_reads_our_schema(client: Client) -> None:
    script = client.get(f"{API}/docs/?script=")
    assert script["Content-Type"].startswith("application/javascript")
    assert f"{API}/schema/" in script.content.decode()
