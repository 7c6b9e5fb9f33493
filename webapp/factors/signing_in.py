"""What the sign-in asks of factors: whether there are any, and whether a typed code is one."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, bindparam, exists, func, select
from sqlalchemy.orm import Session

from webapp.account.service import AccountView
from webapp.account.telling import tell
from webapp.account.ways import Held, Proof
from webapp.config import Settings
from webapp.db.work import run
from webapp.factors.models import Authenticator, RecoveryCode
from webapp.factors.printed_codes import use_recovery_code
from webapp.factors.rules import read_recovery_code
from webapp.factors.service import WrongFactorCode, use_app_code
from webapp.journal.events import Event

_ACCOUNT = bindparam("account", type_=Uuid())
_HELD = select(
    exists().where(Authenticator.account_id == _ACCOUNT),
    select(func.count())
    .where(RecoveryCode.account_id == _ACCOUNT, RecoveryCode.used_at.is_(None))
    .scalar_subquery(),
)


class SigningIn:
    """The factors of this package, as `account.ways` wants them."""

    def held(self, session: Session, account_id: UUID) -> Held:
        """Return what the owner of an account holds. One query."""
        row: Any = run(session, _HELD, account=account_id).one()
        return Held(app=bool(row[0]), recovery_codes=int(row[1]))

    def prove(
        self, session: Session, now: datetime, settings: Settings, known: AccountView, typed: str
    ) -> Proof | None:
        """Use up a code of the application or a printed one; of the latter, the owner is told everywhere."""
        try:
            if read_recovery_code(typed) is None:
                use_app_code(session, now, known.id, typed)
                return Proof(by="app")
            left = use_recovery_code(session, now, known.id, typed)
        except WrongFactorCode:
            return None
        tell(session, now, settings, known, "recovery-code-used", left=left)
        return Proof(by="recovery", event=Event.RECOVERY_CODE_USED)
