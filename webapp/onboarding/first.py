"""The first questions come first: where a sign-in leads as long as any is left."""

from __future__ import annotations

from uuid import UUID

from webapp.account.first_page import comes_first
from webapp.family.reach import family_of
from webapp.onboarding.service import questions_left
from webapp.web.work import db, today


def _ask(account_id: UUID) -> str | None:
    family = family_of(db(), account_id, today())
    asks = family is not None and family.own.is_open and questions_left(db(), family.own.id)
    return "onboarding.welcome" if asks else None


def register_first_questions() -> None:
    """Have a sign-in lead to the questions."""
    comes_first(_ask)
