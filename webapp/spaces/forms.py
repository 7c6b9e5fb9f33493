"""The form that takes a code of twelve characters."""

from __future__ import annotations

from typing import Any

from wtforms import StringField
from wtforms.validators import ValidationError

from webapp.values.codes import CODE_LENGTH, normalise_code
from webapp.web.forms import Form, tidy

NNBSP = "\u202f"


class CodeForm(Form):
    """A provisional code (J4)."""

    code = StringField("Code provisoire")

    def validate_code(self, field: Any) -> None:
        """Say how many characters are missing before anything is tried."""
        missing = CODE_LENGTH - len(normalise_code(tidy(field.data)))
        if missing == CODE_LENGTH:
            raise ValidationError(f"Écrivez le code reçu{NNBSP}: 12 lettres et chiffres")
        if missing > 0:
            raise ValidationError(f"Le code a 12 caractères{NNBSP}: il en manque {missing}")
        if missing < 0:
            raise ValidationError(f"Le code a 12 caractères{NNBSP}: il y en a {-missing} de trop")
