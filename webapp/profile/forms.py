"""The forms of the medical profile, and of the first questions that fill it."""

from __future__ import annotations

from typing import Any

from wtforms import StringField
from wtforms.validators import ValidationError

from webapp.profile.rules import LONGEST, Kind
from webapp.values.quantities import NNBSP, QuantityError, QuantityProblem, parse_height, parse_weight
from webapp.web.forms import Form

_HEIGHT = {
    QuantityProblem.EMPTY: f"Écrivez votre taille. Exemple{NNBSP}: 1,72",
    QuantityProblem.SHAPE: f"Écrivez une taille en mètres ou en centimètres. Exemples{NNBSP}: 1,72 ou 172",
    QuantityProblem.TOO_SMALL: f"Cette taille est trop petite. Exemple{NNBSP}: 1,72 pour 1 mètre 72",
    QuantityProblem.TOO_LARGE: f"Cette taille est trop grande. Exemple{NNBSP}: 1,72 pour 1 mètre 72",
}
_WEIGHT = {
    QuantityProblem.EMPTY: f"Écrivez votre poids en kilos. Exemple{NNBSP}: 70",
    QuantityProblem.SHAPE: f"Écrivez un poids en kilos. Exemples{NNBSP}: 70 ou 70,5",
    QuantityProblem.TOO_SMALL: f"Ce poids est trop petit. Écrivez-le en kilos. Exemple{NNBSP}: 70",
    QuantityProblem.TOO_LARGE: f"Ce poids est trop grand. Écrivez-le en kilos. Exemple{NNBSP}: 70",
}


class HeightForm(Form):
    """A height; `value` (centimetres) once it is valid."""

    height_m = StringField("Ma taille")
    value = 0

    def validate_height_m(self, field: Any) -> None:
        """Understand it however it is written."""
        try:
            self.value = parse_height(field.data or "")
        except QuantityError as error:
            raise ValidationError(_HEIGHT[error.problem]) from None


class WeightForm(Form):
    """A weight; `value` (grams) once it is valid."""

    weight_kg = StringField("Mon poids")
    value = 0

    def validate_weight_kg(self, field: Any) -> None:
        """Understand it however it is written."""
        try:
            self.value = parse_weight(field.data or "")
        except QuantityError as error:
            raise ValidationError(_WEIGHT[error.problem]) from None


class NameForm(Form):
    """One entry, with the words of whoever writes; `value` once it is valid."""

    name = StringField("Ce que j’ajoute")
    value = ""

    def validate_name(self, field: Any) -> None:
        """Ask for a few words, on one line."""
        self.value = " ".join((field.data or "").split())
        if not self.value:
            raise ValidationError("Écrivez au moins un mot")
        if len(self.value) > LONGEST:
            raise ValidationError(f"Écrivez {LONGEST} signes au plus")


MeasureForm = HeightForm | WeightForm
FIELDS = {Kind.HEIGHT: "height_m", Kind.WEIGHT: "weight_kg"}
_FORMS: dict[Kind, type[HeightForm | WeightForm | NameForm]] = {
    Kind.HEIGHT: HeightForm,
    Kind.WEIGHT: WeightForm,
}


def form_of(kind: Kind) -> type[HeightForm | WeightForm | NameForm]:
    """Return the form that writes one entry of a kind."""
    return _FORMS.get(kind, NameForm)


def field_of(kind: Kind) -> str:
    """Return the name of its one field."""
    return FIELDS.get(kind, "name")


def key_of(kind: Kind) -> str:
    """Return what an entry of this kind holds its value under."""
    return "value" if kind in FIELDS else "name"
