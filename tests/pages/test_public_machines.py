"""What machines ask for: alive whatever happens, ready or exactly what is missing, and what may be indexed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.robotparser import RobotFileParser

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from webapp import create_app
from webapp.config import Settings
from webapp.db.vault import CannotUnseal, Vault
from webapp.public.views_machines import ROBOTS

MACHINES = ("/healthz", "/readyz", "/robots.txt", "/favicon.ico")
FOR_EVERYONE = (
    "/",
    "/aide",
    "/aide/carte-perdue",
    "/aide/compte-utilise",
    "/accessibilite",
    "/donnees-personnelles",
)
PERSONAL = (
    "/activation/decision",
    "/activation/opposition/justificatif.pdf",
    "/connexion/code",
    "/mot-de-passe-oublie/code",
    "/identifiant-oublie/envoye",
    "/accueil",
    "/compte",
    "/compte/caisse",
    "/famille",
    "/famille/activite",
    "/verifier/K7QM-2XWD-9HTA",
    "/demonstration/envois",
)


@pytest.fixture
def unreachable(settings: Settings, tmp_path: Path) -> Iterator[Flask]:
    """The application on a file that is no database."""
    wrong = tmp_path / "wrong.db"
    wrong.write_text("This is not a database. " * 100)
    app = create_app(settings.with_changes(database_url=f"sqlite:///{wrong}"))
    yield app
    app.extensions["engine"].dispose()


def test_alive_without_a_database(unreachable: Flask) -> None:
    """Alive is about this process only: else a database that restarts would have every process killed."""
    answer = unreachable.test_client().get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok\n")


def test_not_ready_without_a_database(unreachable: Flask) -> None:
    answer = unreachable.test_client().get("/readyz")
    assert answer.status_code == 503
    assert answer.text == "the database does not answer\n"


@pytest.mark.parametrize("revision", ["0000", None])
def test_not_ready_before_the_newest_migration(app: Flask, revision: str | None) -> None:
    """Both an older revision and none; ready again once it is back."""
    engine = app.extensions["engine"]
    with engine.begin() as connection:
        newest = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
        connection.execute(text("DELETE FROM alembic_version"))
        if revision:
            connection.execute(text("INSERT INTO alembic_version VALUES (:it)"), {"it": revision})
    try:
        answer = app.test_client().get("/readyz")
        assert answer.status_code == 503
        assert answer.text == "the database is not at the newest migration\n"
    finally:
        with engine.begin() as connection:
            connection.execute(text("DELETE FROM alembic_version"))
            connection.execute(text("INSERT INTO alembic_version VALUES (:it)"), {"it": newest})
    assert app.test_client().get("/readyz").status_code == 200


def test_not_ready_when_keys_do_not_open_what_they_seal(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(*_: Any) -> dict[str, Any]:
        raise CannotUnseal("probe")

    monkeypatch.setattr(Vault, "unseal", closed)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.text == "the keys do not open what they seal\n"


def test_machines_get_no_cookie_and_no_page(client: FlaskClient) -> None:
    for address in MACHINES:
        answer = client.get(address)
        assert answer.status_code in (200, 204)
        assert answer.headers.getlist("Set-Cookie") == []
        assert "<" not in answer.text


def test_an_icon_asked_for_blindly_costs_nothing_twice(client: FlaskClient) -> None:
    answer = client.get("/favicon.ico")
    assert answer.status_code == 204
    assert "max-age=31536000" in answer.headers["Cache-Control"]


def test_search_engines_find_help_and_nothing_personal() -> None:
    reader = RobotFileParser()
    reader.parse(ROBOTS.splitlines())
    assert [one for one in FOR_EVERYONE if not reader.can_fetch("*", one)] == []
    assert [one for one in PERSONAL if reader.can_fetch("*", one)] == []
