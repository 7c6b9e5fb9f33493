"""The form of a search."""

from __future__ import annotations

from typing import Any

from wtforms import StringField
from wtforms.validators import ValidationError

from webapp.inbox.rules import WORDS_LENGTH
from webapp.values.plain_words import words_of
from webapp.web.forms import Form, tidy

NNBSP = "\u202f"


class SearchForm(Form):
    """Words to look for."""

    words = StringField("Mots à chercher", filters=[tidy])

    def validate_words(self, field: Any) -> None:
        """Ask for something that a message can hold."""
        if not words_of(field.data):
            raise ValidationError(f"Écrivez un mot à chercher, par exemple{NNBSP}: justificatif")
        if len(field.data) > WORDS_LENGTH:
            raise ValidationError(f"Écrivez moins de mots{NNBSP}: {WORDS_LENGTH} signes au plus")
