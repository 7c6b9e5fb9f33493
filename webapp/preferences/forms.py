"""The form of how one is written to."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, RadioField
from wtforms.validators import ValidationError

from webapp.web.forms import Form, offer, offered

NNBSP = "\u202f"


class LettersForm(Form):
    """The language of letters, and the notices that are wanted."""

    language = RadioField(
        "Mes lettres sont écrites",
        choices=offer(("fr", "En français"), ("en", "En anglais")),
        validate_choice=False,
    )
    notice_new_device = BooleanField("Me prévenir d’une connexion depuis un nouvel endroit")
    notice_new_message = BooleanField("Me prévenir quand un message m’attend")

    def validate_language(self, field: Any) -> None:
        """Refuse what was not offered."""
        if field.data not in offered(field):
            raise ValidationError(f"Choisissez une langue{NNBSP}: français ou anglais")
