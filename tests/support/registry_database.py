"""A registry in a database of the test, and the way rows get into it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, func, select

from tests.support.registry import MOTHER, write_csv
from webapp.beneficiaries import service
from webapp.beneficiaries.importing import ImportReport, import_registry
from webapp.db.base import Base
from webapp.db.engine import make_engine
from webapp.db.vault import Vault, use_vault
from webapp.db.work import reading
from webapp.keys import Keys
from webapp.values.card import CardType

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
SERIAL = "40157829634"


@dataclass
class Registry:
    """A database, and the way rows get into it."""

    engine: Engine
    folder: Path
    keys: Keys
    clock: datetime = NOW
    writes: list[str] = field(default_factory=list)

    def load(self, *rows: dict[str, str]) -> ImportReport:
        """Import these rows an hour after the last import."""
        self.clock += timedelta(hours=1)
        self.writes.clear()
        return import_registry(self.engine, write_csv(self.folder / "registry.csv", rows), self.clock)

    def find(
        self, born: str = "1987-04-12", number: str = MOTHER, serial: str = SERIAL
    ) -> list[service.CardHeld]:
        """Find cards as the front door does."""
        with reading(self.engine) as session:
            return service.find_cards(session, number, date.fromisoformat(born), CardType.WITH_PHOTO, serial)

    def person(self, card: service.CardHeld) -> service.Person:
        """Open the person of a card."""
        with reading(self.engine) as session:
            found = service.person(session, card.person_id)
        assert found is not None
        return found

    def count(self, table: type[Base]) -> int:
        """Count the rows of a table."""
        with reading(self.engine) as session:
            return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.fixture
def registry(database_url: str, keys: Keys, tmp_path: Path) -> Iterator[Registry]:
    """An empty registry."""
    use_vault(Vault(keys))
    engine = make_engine(database_url)
    registry = Registry(engine, tmp_path, keys)

    def note(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.lstrip().split(" ", 1)[0].upper() in ("INSERT", "UPDATE", "DELETE"):
            registry.writes.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield registry
    engine.dispose()
