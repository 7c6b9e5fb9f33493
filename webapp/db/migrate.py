"""Migrations: Alembic, called from the command line and from tests. Alembic is imported where it is used."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine

if TYPE_CHECKING:
    from alembic.config import Config

FOLDER = Path(__file__).resolve().parent.parent / "migrations"


def _config(engine: Engine) -> Config:
    from alembic.config import Config

    config = Config(attributes={"engine": engine})
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    return config


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the database to a revision (by default the newest)."""
    from alembic import command

    command.upgrade(_config(engine), revision)


def make_revision(engine: Engine, message: str, rev_id: str) -> None:
    """Write a new revision from the difference between models and database (for developers)."""
    from alembic import command

    command.revision(_config(engine), message=message, autogenerate=True, rev_id=rev_id)


def newest() -> str:
    """Return the id of the newest revision, read from the file names: cheap enough for `/readyz`."""
    return max(path.name.split("_", 1)[0] for path in (FOLDER / "versions").glob("[0-9]*.py"))


def current(engine: Engine) -> str | None:
    """Return the revision that the database is at, or None when it was never migrated."""
    from sqlalchemy import inspect, text

    if not inspect(engine).has_table("alembic_version"):
        return None
    with engine.connect() as connection:
        found: Any = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return str(found) if found else None
