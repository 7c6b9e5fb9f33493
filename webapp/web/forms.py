"""The base of every form. Forgery is checked for every request (csrf.py), so forms carry no token of their own."""

from __future__ import annotations

from typing import Any, cast

from flask_wtf import FlaskForm
from markupsafe import Markup, escape
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.widgets import CheckboxInput, PasswordInput, TextInput

from webapp.web.left import bring_back


class Form(FlaskForm):  # type: ignore[misc]
    """A form whose mistakes are shown in a summary and at each field.

    `refusal` is a sentence about the form as a whole, when no field of it is at fault.
    """

    refusal: str | None = None

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """No token here: see csrf.py."""

        csrf = False

        def render_field(self, field: Any, render_kw: dict[str, Any]) -> Markup:
            """Write a plain input ourselves: the library's own way is a third of the time of a page with a form."""
            if type(field.widget) not in (TextInput, PasswordInput, CheckboxInput):
                return cast(Markup, super().render_field(field, render_kw))
            checkbox = isinstance(field.widget, CheckboxInput)
            given = {"id": field.id, "name": field.name, "type": field.widget.input_type}
            given["value"] = "" if isinstance(field.widget, PasswordInput) else field._value()
            given["checked"] = checkbox and bool(field.data)
            for name, value in render_kw.items():
                given[_attribute(name)] = value
            written = [
                name if value is True else f'{name}="{escape(value)}"'
                for name, value in sorted(given.items())
                if value is not False
            ]
            return Markup(f"<input {' '.join(written)}>")  # noqa: S704  (escaped just above)

    @classmethod
    def blank(cls, /, **known: Any) -> Any:
        """Return the form as it is first shown: with what was typed before a session ended, else what is known."""
        form = cls(formdata=None, data=known)
        typed = bring_back(set(form._fields))
        return form if typed is None else cls(formdata=typed, data=known)

    def keep(self) -> dict[str, Any]:
        """Return what was typed, to be found again when one comes back."""
        return {name: value for name, value in self.data.items() if isinstance(value, str | bool)}


def _attribute(name: str) -> str:
    name = name.rstrip("_")  # `class_`
    return name.replace("_", "-") if name.startswith(("aria_", "data_")) else name


def offer(*pairs: tuple[str, str]) -> list[Any]:
    """Return the choices of a radio field, from values and labels."""
    return [SelectChoice(value, label) for value, label in pairs]


def offered(field: Any) -> set[str]:
    """Return the values that a radio field offers."""
    return {choice.value for choice in field.choices or ()}


def tidy(text: str | None) -> str:
    """Strip a typed text; nothing typed is an empty text."""
    return (text or "").strip()
