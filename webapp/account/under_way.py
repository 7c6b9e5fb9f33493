"""What was begun with what an account had before: it ends once the password or an address is another one.

Whoever knows the former password, or reads the former mailbox, may hold a code that was sent a moment ago.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from webapp.account.access_codes import Purpose
from webapp.account.models import Account, SignIn
from webapp.account.service import AccountView, account, change
from webapp.db.vault import current_vault
from webapp.spaces.awaited import end_subject, hold_subject


def reset_subject(identifier: str) -> bytes:
    """Return whom the codes of a forgotten password are about: a blind index of the identifier (case is ignored)."""
    return current_vault().index("reset", identifier.lower())


def hold(session: Session, known: AccountView) -> AccountView:
    """Lock what a change of an account touches, and return the account as it is now.

    Always in this order: its codes of a forgotten password, the account, its sign-ins, its sessions. Of two changes at
    once the second then sees what the first one did.
    """
    hold_subject(session, reset_subject(known.identifier))
    return change(session, known.id)


def as_it_is(session: Session, known: AccountView) -> AccountView | None:
    """Return an account as it is now, or None when its password is no longer the one that was just checked.

    A hash takes a while. Until this transaction ends nothing of the account changes: a sign-in that begins is seen by
    whatever ends those under way.
    """
    session.execute(select(Account.id).where(Account.id == known.id).with_for_update(read=True)).all()
    now = account(session, known.id)
    return now if now is not None and now.password_hash == known.password_hash else None


def held_still(session: Session, account_id: UUID) -> AccountView | None:
    """Return an account as it is now, and have whoever would change it wait until this transaction ends.

    After its codes of a forgotten password, as in `hold`: one that is issued while an address changes then either
    goes to the new one, or is seen, and ended, by that change.
    """
    session.execute(select(Account.id).where(Account.id == account_id).with_for_update(read=True)).all()
    return account(session, account_id)


def end_what_is_under_way(session: Session, known: AccountView) -> None:
    """End the sign-ins of an account whose code is awaited, and its codes of a forgotten password, proven ones too.

    Before its sessions are ended: a sign-in that is being finished at that moment is waited for, and then ended as a
    session. The proof of a new address goes on: it belongs to a session, and ends with it.
    """
    session.execute(
        delete(SignIn)
        .where(SignIn.account_id == known.id, SignIn.purpose == Purpose.SIGN_IN)
        .execution_options(synchronize_session=False)
    )
    end_subject(session, reset_subject(known.identifier))
