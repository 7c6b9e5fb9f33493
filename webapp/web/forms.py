"""The base of every form. Forgery is checked for every request (csrf.py), so forms carry no token of their own."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]


class Form(FlaskForm):  # type: ignore[misc]
    """A form whose mistakes are shown in a summary and at each field.

    `refusal` is a sentence about the form as a whole, when no field of it is at fault.
    """

    refusal: str | None = None

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """No token here: see csrf.py."""

        csrf = False

    @property
    def has_mistakes(self) -> bool:
        """Say whether the page shows a mistake: its title then starts with « Erreur »."""
        return bool(self.errors or self.refusal)

    def keep(self) -> dict[str, Any]:
        """Return what was typed, to be found again when one comes back."""
        return {name: value for name, value in self.data.items() if isinstance(value, str | bool)}


def offer(*pairs: tuple[str, str]) -> list[Any]:
    """Return the choices of a radio field, from values and labels."""
    return [SelectChoice(value, label) for value, label in pairs]


def offered(field: Any) -> set[str]:
    """Return the values that a radio field offers."""
    return {choice.value for choice in field.choices or ()}


def tidy(text: str | None) -> str:
    """Strip a typed text; nothing typed is an empty text."""
    return (text or "").strip()
