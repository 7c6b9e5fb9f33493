"""The forms of the family."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField
from wtforms.validators import ValidationError

from webapp.web.forms import Form


class DisagreementForm(Form):
    """That one does not agree: what it does is confirmed."""

    confirm = BooleanField("Je confirme que nous ne sommes pas d’accord", false_values=("", "n"))

    def validate_confirm(self, field: Any) -> None:
        """Ask for the box."""
        if not field.data:
            raise ValidationError("Cochez la case pour confirmer, ou revenez en arrière")
