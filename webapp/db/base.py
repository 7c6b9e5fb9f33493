"""The base of every model, and the column types that both databases share."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, DateTime, Index, MetaData, Uuid, event, text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
_WHERE = "where"


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, stored in UTC; refuses a naive one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware moment into UTC; SQLite keeps no zone, so it is dropped there."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without its zone cannot be stored")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Every table of the application; constraint names are derived, so that migrations can name them."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: dict[Any, Any] = {datetime: UtcDateTime, UUID: Uuid}  # noqa: RUF012


def index_of_some(name: str, *columns: str, where: str) -> Index:
    """Return an index of some rows only, on both databases.

    Which rows is said once there is a database (`say_which`): said to `Index`, it would load the code of PostgreSQL
    in a process on SQLite.
    """
    return Index(name, *columns, info={_WHERE: where})


def say_which(metadata: MetaData, dialect: str) -> None:
    """Tell each index of some rows which ones, before tables are created or compared."""
    for table in metadata.tables.values():
        for index in table.indexes:
            if _WHERE in index.info:
                index.dialect_kwargs[f"{dialect}_where"] = text(index.info[_WHERE])


@event.listens_for(Base.metadata, "before_create")
def _before_create(metadata: MetaData, connection: Connection, **_options: Any) -> None:
    say_which(metadata, connection.dialect.name)
