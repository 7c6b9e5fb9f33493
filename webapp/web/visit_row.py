"""Reading the row of a visit, and what features have read along with it: each page begins with this one query."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import ColumnElement, Select, Table, bindparam, select

from webapp.db.work import reading, run
from webapp.web.models import VisitRow
from webapp.web.work import db, engine, writes

_VISITS = cast(Table, VisitRow.__table__)
# A statement made once, of columns rather than of attributes: making it costs more than running it.
_BY_DIGEST = select(_VISITS.c.id, _VISITS.c.sealed, _VISITS.c.last_seen_at, _VISITS.c.account_id).where(
    _VISITS.c.token_digest == bindparam("digest")
)
ACCOUNT_ID = _VISITS.c.account_id
"""Whose visit it is, for what is read along."""
along: dict[str, ColumnElement[Any]] = {}
_statement: list[Select[*tuple[Any, ...]]] = [_BY_DIGEST]


def read_along(name: str, column: ColumnElement[Any]) -> None:
    """Have every visit bring this value too, in its own query: `column` is one value, found by `ACCOUNT_ID`."""
    if name not in along:
        along[name] = column.label(name)
        _statement[:] = [_BY_DIGEST.add_columns(*along.values())]


def read_row(digest: bytes) -> Any:
    """Read through the session of a request that only reads; a writing one must not lock the database for this."""
    if not writes():
        return run(db(), _statement[0], digest=digest).one_or_none()
    with reading(engine()) as session:
        return run(session, _statement[0], digest=digest).one_or_none()
