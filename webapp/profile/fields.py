"""The fields that entries are made of: how each is asked for, read, and written back into its form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from webapp.profile.rules import LONGEST
from webapp.values.french import typeset
from webapp.values.normal import one_line
from webapp.values.phone import PhoneError, parse_phone, show_phone
from webapp.values.quantities import QuantityError, QuantityProblem

Said = dict[str, Any]
"""What an entry says, by key."""


class Wrong(ValueError):
    """What was typed cannot be taken; the message says what to do about it, in French."""


class Widget(StrEnum):
    """What a field looks like."""

    LINE = "line"
    LINES = "lines"
    CARDS = "cards"
    """A few choices, all seen at once."""
    LIST = "list"
    """Many choices, in a list that opens."""
    DAY = "day"
    MEDICINE = "medicine"
    """A line under which medicines are proposed as one types."""


@dataclass(frozen=True)
class Field:
    """One field. `name` is its name in the form, `keys` what an entry says of it.

    `read` turns what was typed into that, and raises Wrong; `show` writes it back as it may be typed again.
    """

    name: str
    label: str
    read: Callable[[str], Said]
    show: Callable[[Mapping[str, Any]], str]
    keys: tuple[str, ...]
    hint: str = ""
    widget: Widget = Widget.LINE
    optional: bool = False
    later: bool = False
    """Asked for once the entry is there, when it is corrected: adding stays short."""
    inputmode: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    adults_only: frozenset[str] = frozenset()
    """Choices that only those of full age have."""
    suggestions: Callable[[], tuple[str, ...]] | None = field(default=None)
    """Names that are proposed as one types; anything else may be written."""


def words(
    name: str,
    label: str,
    *,
    longest: int = LONGEST,
    optional: bool = False,
    empty: str = "Écrivez au moins un mot",
    **more: Any,
) -> Field:
    """Return a field of free words, on one line."""

    def read(text: str) -> Said:
        plain = one_line(text)
        if not plain and not optional:
            raise Wrong(empty)
        if len(plain) > longest:
            raise Wrong(f"Écrivez {longest} signes au plus")
        return {name: plain} if plain else {}

    return Field(name, label, read, lambda said: str(said.get(name, "")), (name,), optional=optional, **more)


def choice(name: str, label: str, choices: Mapping[str, str], *, widget: Widget, **more: Any) -> Field:
    """Return a field whose value is one of a few codes; the empty one, if there is one, says nothing."""

    def read(text: str) -> Said:
        if text not in choices:
            raise Wrong("Choisissez une réponse")
        return {name: text} if text else {}

    def show(said: Mapping[str, Any]) -> str:
        return str(said.get(name, ""))

    return Field(name, label, read, show, (name,), widget=widget, choices=tuple(choices.items()), **more)


def phone(name: str, label: str) -> Field:
    """Return a field for a telephone number, kept in the form of E.164."""

    def read(text: str) -> Said:
        if not text.strip():
            return {}
        try:
            return {name: parse_phone(text)}
        except PhoneError:
            raise Wrong(typeset("Vérifiez ce numéro de téléphone. Exemple : 07 12 34 56 78")) from None

    def show(said: Mapping[str, Any]) -> str:
        return show_phone(said[name]) if name in said else ""

    return Field(name, label, read, show, (name,), optional=True, inputmode="tel")


def quantity(
    name: str,
    label: str,
    parse: Callable[[str], Any],
    show: Callable[..., str],
    mistakes: Mapping[QuantityProblem, str],
    *,
    keys: tuple[str, ...] = ("value",),
    hint: str = "",
    inputmode: str = "decimal",
) -> Field:
    """Return a field for what is measured; `parse` returns one number for each key, `show` takes them."""

    def read(text: str) -> Said:
        try:
            found = parse(text)
        except QuantityError as error:
            said = mistakes.get(error.problem, mistakes[QuantityProblem.SHAPE])
            raise Wrong(typeset(said)) from None
        return dict(zip(keys, found if isinstance(found, tuple) else (found,), strict=True))

    def write(said: Mapping[str, Any]) -> str:
        return show(*(said[key] for key in keys)) if all(key in said for key in keys) else ""

    return Field(name, label, read, write, keys, hint=typeset(hint), inputmode=inputmode)
