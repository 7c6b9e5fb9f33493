"""The news as readers and as an administrator meet it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from webapp.cli.checks import news
from webapp.config import Settings
from webapp.news.states import publish
from webapp.web.states import World

pytestmark = pytest.mark.one_database("the news come from a file")


@pytest.fixture
def file(app: Flask) -> Path:
    settings: Settings = app.extensions["settings"]
    return settings.news


def test_a_file_is_read_again_when_it_changes(world: World, file: Path) -> None:
    assert "pas d’actualité" in world.walker.open("/actualites").page.text
    publish(world, "Un titre <b>gras</b>")
    assert "Un titre <b>gras</b>" in world.walker.open("/actualites").page.text  # words, never a page's own
    publish(world, "Un autre titre")
    os.utime(file, (1, 1))
    assert "Un autre titre" in world.walker.open("/actualites").page.text
    file.unlink()
    assert "pas d’actualité" in world.walker.open("/actualites").page.text


def test_a_file_that_is_wrong_leaves_what_was_said(
    world: World, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    publish(world, "Un titre")
    world.walker.open("/actualites")
    for wrong in (b"[[actualite", b"\xff\xfe"):
        file.write_bytes(wrong)
        assert "Un titre" in world.walker.open("/actualites").page.text
        assert not news(world.app.extensions["settings"]).good
    assert "left as it was" in caplog.text


def test_the_doctor_counts_them(world: World, client: FlaskClient) -> None:
    settings = world.app.extensions["settings"]
    assert news(settings).good
    publish(world, "Un", "Deux")
    assert news(settings).says.startswith("2 in ")
