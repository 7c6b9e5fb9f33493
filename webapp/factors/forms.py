"""The first code of an application."""

from __future__ import annotations

from typing import Any

from wtforms import StringField
from wtforms.validators import ValidationError

from webapp.account.forms import AccessCodeForm
from webapp.web.forms import tidy

NNBSP = "\u202f"
WRONG = (
    f"Ce n’est pas le code que l’application montre maintenant{NNBSP}: il change toutes les 30 secondes. "
    "L’heure du téléphone doit être juste"
)


class FirstCodeForm(AccessCodeForm):
    """The six digits that the application shows once it knows the key."""

    code = StringField("Code montré par l’application")

    def validate_code(self, field: Any) -> None:
        """Ask for six digits."""
        digits = "".join(sign for sign in tidy(field.data) if sign.isalnum())
        if len(digits) != 6 or not digits.isdecimal():
            raise ValidationError(f"Écrivez les 6 chiffres que l’application montre. Exemple{NNBSP}: 284 913")
