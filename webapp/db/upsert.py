"""Insert or update, in the dialect of the session's database."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from sqlalchemy.orm import DeclarativeBase, Session


def insert_for(session: Session, model: type[DeclarativeBase]) -> Any:
    """Return an INSERT that has `on_conflict_do_update` and `on_conflict_do_nothing`, on both databases."""
    return insert_of(session)(model)


def insert_of(session: Session) -> Any:
    """Return what makes such an INSERT: the same object at each call, so that statements can be kept by it."""
    # By name: a process on SQLite never loads PostgreSQL's dialect.
    return import_module(f"sqlalchemy.dialects.{session.get_bind().dialect.name}").insert
