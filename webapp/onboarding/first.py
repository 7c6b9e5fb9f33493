"""The first questions come first: where a sign-in leads as long as any is left.

How many are left costs no query of its own: it is read with the family.
"""

from __future__ import annotations

from uuid import UUID

from webapp.account.first_page import comes_first
from webapp.family import reach
from webapp.family.reach import Reached, family_of
from webapp.onboarding.rules import TOTAL, skipped
from webapp.onboarding.service import answers_of, sealed_answers
from webapp.web.work import db, today

_NAME = "first_questions"


def left_in(space: Reached) -> int:
    """Return how many questions are left in a space; none where it is not open."""
    return TOTAL - len(answers_of(space.id, space.along.get(_NAME))) if space.is_open else 0


def skipped_in(space: Reached) -> int:
    """Return how many questions of a space were left aside."""
    return len(skipped(answers_of(space.id, space.along.get(_NAME)))) if space.is_open else 0


def _ask(account_id: UUID) -> str | None:
    family = family_of(db(), account_id, today())
    return "onboarding.welcome" if family is not None and left_in(family.own) else None


def register_first_questions() -> None:
    """Have a sign-in lead to the questions."""
    reach.read_along(_NAME, sealed_answers(reach.SPACE_ID))
    comes_first(_ask)
