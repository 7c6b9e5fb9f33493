"""The forms of the family."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField
from wtforms.validators import ValidationError

from webapp.web.forms import Form


class _Confirmed(Form):
    """What it does is confirmed."""

    confirm: BooleanField

    def validate_confirm(self, field: Any) -> None:
        """Ask for the box."""
        if not field.data:
            raise ValidationError("Cochez la case pour confirmer, ou revenez en arrière")


class DisagreementForm(_Confirmed):
    """That one does not agree."""

    confirm = BooleanField("Je confirme que nous ne sommes pas d’accord pour", false_values=("", "n"))


class LeavingForm(_Confirmed):
    """That one gives up one's access."""

    confirm = BooleanField("Je confirme que je quitte l’espace", false_values=("", "n"))
