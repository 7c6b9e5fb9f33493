"""Filling a profile at once, as no page does: years of measures, for page states, tests and the bench."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, select

from webapp.account.models import Account
from webapp.db.vault import current_vault
from webapp.db.work import writing
from webapp.profile.models import ProfileEntry
from webapp.profile.rules import Kind
from webapp.values.clock import paris_day
from webapp.values.ids import new_id
from webapp.web.states import World


def measured(world: World, kind: Kind, values: Iterable[dict[str, Any]], every: int = 3) -> None:
    """Write measures of the only account there is, `every` so many days, the last one today."""
    now, vault, table = world.app.extensions["clock"](), current_vault(), ProfileEntry.__tablename__
    with writing(world.app.extensions["engine"]) as session:
        person, account = session.execute(select(Account.beneficiary_id, Account.id)).one()
        rows: list[dict[str, Any]] = []
        for place, said in enumerate(reversed(list(values))):
            row_id = new_id()
            rows.append(
                {
                    "id": row_id,
                    "entry_id": new_id(),
                    "version": 1,
                    "beneficiary_id": person,
                    "kind": kind,
                    "happened_on": paris_day(now) - timedelta(days=place * every),
                    "sealed": vault.seal(table, row_id, said),
                    "account_id": account,
                    "written_at": now,
                }
            )
        session.execute(insert(ProfileEntry), rows)
