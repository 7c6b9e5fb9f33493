"""The forms of a closing."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, RadioField
from wtforms.validators import ValidationError

from webapp.web.forms import Form, offer, offered


class ErasureForm(Form):
    """What becomes of what the space holds; nothing is chosen in advance."""

    erasure = RadioField(
        "Ce que devient le contenu",
        choices=offer(("keep", "Le garder 10 ans, hors d’accès"), ("erase", "L’effacer dans 30 jours")),
        validate_choice=False,
    )

    def validate_erasure(self, field: Any) -> None:
        """Ask again when nothing was chosen."""
        if field.data not in offered(field):
            raise ValidationError("Choisissez l’une des deux réponses")


class ConfirmForm(Form):
    """The second confirmation."""

    confirm = BooleanField("Je confirme la fermeture", false_values=("", "n"))

    def validate_confirm(self, field: Any) -> None:
        """Ask for the box."""
        if not field.data:
            raise ValidationError("Cochez la case pour confirmer, ou revenez à l’étape précédente")
