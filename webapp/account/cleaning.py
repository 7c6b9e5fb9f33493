"""What is forgotten of sign-ins: the secret of a code that can no longer be used protects nobody."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from webapp.account.models import SignIn

KEPT = timedelta(days=1)
"""How long an ended sign-in stays, for the pages that say why its code no longer serves."""


def forget_sign_ins(session: Session, now: datetime) -> None:
    """Delete the sign-ins whose time was up a day ago, used or not."""
    session.execute(delete(SignIn).where(SignIn.expires_at < now - KEPT))
