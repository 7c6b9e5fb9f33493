"""Known ways are gone once: a world in which nothing else happened is taken back to where such a way ended."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from sqlalchemy import Engine, event

READS = ("SELECT", "BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE", "ROLLBACK", "WITH")
T = TypeVar("T")


def is_read(statement: str) -> bool:
    """Say whether a statement leaves the database as it is."""
    return statement.lstrip().upper().startswith(READS)


class Trail:
    """The known ways that were gone since a world was fresh, and what was kept at the end of each."""

    def __init__(self) -> None:
        self._gone: tuple[Hashable, ...] | None = None
        """None once anything else happened."""
        self._going = False
        self._kept: dict[tuple[Hashable, ...], Any] = {}

    def watch(self, engine: Engine) -> None:
        """Notice whatever is written outside a known way."""
        event.listen(engine, "before_cursor_execute", self._executing)

    def begin(self, *start: Hashable) -> None:
        """A world is fresh; `start` says which one."""
        self._gone = start

    def stray(self) -> None:
        """Something happens: outside a known way, nobody can tell any more where the world is."""
        if not self._going:
            self._gone = None

    def go(
        self, way: Hashable, walk: Callable[[], T], keep: Callable[[T], Any], back: Callable[[Any], T]
    ) -> T:
        """Walk and `keep` the end; or, when everything before was the same as once before, go `back` to that end."""
        if self._gone is None or self._going:
            return walk()
        self._gone = gone = (*self._gone, way)
        if gone in self._kept:
            return back(self._kept[gone])
        self._going = True
        try:
            found = walk()
        except BaseException:
            self._gone = None
            raise
        finally:
            self._going = False
        self._kept[gone] = keep(found)
        return found

    def _executing(self, _connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not is_read(statement):
            self.stray()
