"""Insert or update, in the dialect of the session's database."""

from __future__ import annotations

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Session


def insert_for(session: Session, model: type[DeclarativeBase]) -> Any:
    """Return an INSERT that has `on_conflict_do_update` and `on_conflict_do_nothing`, on both databases."""
    dialect = session.get_bind().dialect.name
    return (postgresql if dialect == "postgresql" else sqlite).insert(model)
