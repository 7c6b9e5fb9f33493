"""What the browser of the tests reaches: the application of this process, and nothing else."""

from __future__ import annotations

import pytest
from flask import Flask, request
from playwright.sync_api import Error

from tests.support.chromium import NewPage
from tests.support.door import ADDRESS

PORT = ADDRESS.rpartition(":")[2]


@pytest.fixture
def app() -> Flask:
    """It says by which name it was asked."""
    app = Flask(__name__)
    app.add_url_rule("/", "home", lambda: f"<!doctype html><title>Ici</title><p>{request.host}</p>")
    return app


@pytest.mark.parametrize("host", [f"127.0.0.1:{PORT}", f"localhost:{PORT}"])
def test_it_is_at_its_address_with_the_width_and_the_preference_asked_for(
    app: Flask, new_page: NewPage, host: str
) -> None:
    page = new_page(390, dark=True)
    page.goto(f"http://{host}/")
    assert page.text_content("p") == host
    assert page.evaluate("[innerWidth, matchMedia('(prefers-color-scheme: dark)').matches]") == [390, True]


def test_other_hosts_are_not_there(app: Flask, new_page: NewPage) -> None:
    with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        new_page().goto("http://espace.example/")
