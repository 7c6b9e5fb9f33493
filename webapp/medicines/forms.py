"""The form of a search in the list of medicines."""

from __future__ import annotations

from typing import Any

from wtforms import StringField
from wtforms.validators import ValidationError

from webapp.medicines.rules import FEWEST_LETTERS, asked
from webapp.values.french import NARROW_SPACE
from webapp.web.forms import Form, tidy


class SearchForm(Form):
    """The beginning of a medicine's name; the field is named as that of the treatment form, whose button comes here."""

    name = StringField("Nom du médicament", filters=[tidy])

    def validate_name(self, field: Any) -> None:
        """Ask for something that can be looked for."""
        if not asked(field.data):
            raise ValidationError(
                f"Écrivez au moins {FEWEST_LETTERS} lettres du nom. Exemple{NARROW_SPACE}: dolip"
            )
