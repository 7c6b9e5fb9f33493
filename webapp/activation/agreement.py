"""The page of a space that stays as it is, because two legal representatives do not agree."""

from __future__ import annotations

from flask import Response

from webapp.activation.decide import guardian_of
from webapp.activation.people import Subject
from webapp.family.disagreeing import standing
from webapp.web.pages import show
from webapp.web.work import db


def no_agreement(who: Subject, status: int = 200) -> Response:
    """Say who does not agree, since when, and whom to ask; whoever said so may take it back here."""
    said, by = standing(db(), who.person.id), guardian_of(db(), who)
    mine = next((one for one in said if by is not None and one.person_id == by.id), None)
    others = [one for one in said if one is not mine]
    return show(
        "activation/no_agreement.html",
        status=status,
        who=who,
        mine=mine,
        others=others,
        refused=status == 422,
    )
