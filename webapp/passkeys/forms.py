"""The name of a passkey."""

from __future__ import annotations

from typing import Any

from wtforms import StringField
from wtforms.validators import ValidationError

from webapp.passkeys.rules import LONGEST_NAME
from webapp.web.forms import Form, tidy


class PasskeyForm(Form):
    """The name of a passkey to come: left out or too long, it is no mistake, since the passkey is made already."""

    name = StringField("Nom de la clé")


class NameForm(PasskeyForm):
    """Another name for a passkey."""

    def validate_name(self, field: Any) -> None:
        """Ask for a short one."""
        if not tidy(field.data):
            raise ValidationError("Écrivez un nom pour cette clé")
        if len(tidy(field.data)) > LONGEST_NAME:
            raise ValidationError(f"Choisissez un nom plus court{NNBSP}: {LONGEST_NAME} signes au plus")


NNBSP = "\u202f"
