"""The forms of a decision that more than one feature shows: the code of twelve characters, and the terms."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, StringField
from wtforms.validators import ValidationError

from webapp.values.codes import CODE_LENGTH, code_in, normalise_code
from webapp.web.forms import Form, tidy

NNBSP = "\u202f"


class CodeForm(Form):
    """A provisional code (J4)."""

    code = StringField("Code provisoire")

    def filter_code(self, typed: str | None) -> str | None:
        """Find it in a whole message."""
        return code_in(typed) if typed else typed

    def validate_code(self, field: Any) -> None:
        """Say how many characters are missing before anything is tried."""
        missing = CODE_LENGTH - len(normalise_code(tidy(field.data)))
        if missing == CODE_LENGTH:
            raise ValidationError(f"Écrivez le code reçu{NNBSP}: 12 lettres et chiffres")
        if missing > 0:
            raise ValidationError(f"Le code a 12 caractères{NNBSP}: il en manque {missing}")
        if missing < 0:
            raise ValidationError(f"Le code a 12 caractères{NNBSP}: il y en a {-missing} de trop")


class TermsForm(Form):
    """The terms, accepted with version and time."""

    accept_terms = BooleanField(
        "J’accepte les conditions d’utilisation et la politique de données personnelles",
        false_values=("", "n"),
    )

    def validate_accept_terms(self, field: Any) -> None:
        """Ask for the box."""
        if not field.data:
            raise ValidationError(
                "Cochez la case pour accepter les conditions, ou revenez à l’étape précédente"
            )
