"""The forms of documents: adding several, saying what one is, looking for one."""

from __future__ import annotations

from datetime import date
from typing import Any

from wtforms import MultipleFileField, SelectField, StringField
from wtforms.validators import ValidationError

from webapp.documents.categories import categories
from webapp.documents.rules import LONGEST_NAME, parse_day, parse_period, tidy_name
from webapp.web.forms import Form, tidy

NNBSP = "\u202f"
DAY = f"Écrivez un jour passé. Exemple{NNBSP}: 12/3/2024"
PERIOD = f"Écrivez une année, un mois ou un jour. Exemples{NNBSP}: 2024, 3/2024 ou 12/3/2024"


class CategoryField(SelectField):
    """One of the categories; `empty`: the words of none."""

    def __init__(self, label: str, empty: str, **bound: Any) -> None:
        """Offer every category, after none."""
        super().__init__(label, choices=[], validate_choice=False, **bound)
        self.choices = [("", empty), *categories().items()]


class SaidForm(Form):
    """What a person says of documents; `day` once it is valid (None: not said)."""

    today: date
    name = StringField("Nom", filters=[tidy])
    category = CategoryField("Catégorie", "Choisir")
    dated = StringField("Date du document", filters=[tidy])
    day: date | None = None

    def validate_name(self, field: Any) -> None:
        """Keep a name on one line."""
        if len(field.data) > LONGEST_NAME:
            raise ValidationError(f"Écrivez un nom plus court{NNBSP}: {LONGEST_NAME} signes au plus")
        field.data = tidy_name(field.data)

    def validate_category(self, field: Any) -> None:
        """Ask for one."""
        if field.data not in categories():
            raise ValidationError("Choisissez une catégorie")

    def validate_dated(self, field: Any) -> None:
        """Understand a day however it is written."""
        if field.data:
            try:
                self.day = parse_day(field.data, self.today)
            except ValueError:
                raise ValidationError(DAY) from None


class AddForm(SaidForm):
    """Several files, and what they are."""

    files = MultipleFileField("Fichiers")

    def validate_category(self, field: Any) -> None:
        """Take files without one: on a slow network, sending them took long. A word that is none is a mistake."""
        if field.data:
            super().validate_category(field)


class EditForm(SaidForm):
    """What one document is: a name and a day are asked for."""

    def validate_name(self, field: Any) -> None:
        """Ask for a name."""
        super().validate_name(field)
        if not field.data:
            raise ValidationError("Écrivez un nom")

    def validate_dated(self, field: Any) -> None:
        """Ask for a day."""
        super().validate_dated(field)
        if self.day is None:
            raise ValidationError(DAY)


class SearchForm(Form):
    """Words of a name, a category, a time: any of them; `period` once it is valid."""

    today: date
    words = StringField("Mots du nom", filters=[tidy])
    category = CategoryField("Catégorie", "Toutes")
    dated = StringField("Date", filters=[tidy])
    period: tuple[date, date] | None = None

    def validate_words(self, field: Any) -> None:
        """Ask for something to look for."""
        if len(field.data) > LONGEST_NAME:
            raise ValidationError(f"Écrivez moins de mots{NNBSP}: {LONGEST_NAME} signes au plus")
        if not (any(sign.isalnum() for sign in field.data) or self.category.data or self.dated.data):
            raise ValidationError("Écrivez un mot, choisissez une catégorie, ou écrivez une date")

    def validate_category(self, field: Any) -> None:
        """Know it, or look in all."""
        if field.data and field.data not in categories():
            raise ValidationError("Choisissez une catégorie, ou toutes")

    def validate_dated(self, field: Any) -> None:
        """Understand a year, a month or a day."""
        if field.data:
            try:
                self.period = parse_period(field.data, self.today)
            except ValueError:
                raise ValidationError(PERIOD) from None
