"""The form of each part of the medical profile, made from its description."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from wtforms import Field as FormField
from wtforms import RadioField, SelectField, StringField, TextAreaField

from webapp.profile.fields import Field, Said, Widget, Wrong
from webapp.profile.parts import BY_KIND, Dated, Part
from webapp.profile.rules import Kind
from webapp.values import spans
from webapp.values.ages import is_minor
from webapp.values.french import typeset
from webapp.values.partial_date import DayError, PartialDate, Precision, fields_of, parse_day
from webapp.web.forms import Form, offer

DAY = ("day", "month", "year")
SINCE = tuple(f"since_{name}" for name in DAY)
UNTIL = tuple(f"until_{name}" for name in DAY)
_PRECISION = "precision"
"""Key of what is said: how much of the day is known, when that is not the whole day."""


@dataclass(frozen=True)
class Written:
    """What a valid form says: by key, and when it happened (None: nothing was said of it)."""

    said: Said
    on: date | None


class EntryForm(Form):
    """The base of the form of each part; `written` once it is valid.

    `today` and `born` bound its days; both are given before it is validated.
    """

    part: Part
    fields: tuple[Field, ...]
    today: date
    born: date
    written: Written

    def bound(self, today: date, born: date) -> None:
        """Take the day and the birth date that bound what may be said, and offer what fits that age."""
        self.today, self.born = today, born
        for one in self.fields:
            if one.choices:
                self[one.name].choices = offer(*_offered(one, minor=self.minor))

    @property
    def minor(self) -> bool:
        """Whether whom it is about is under eighteen."""
        return is_minor(self.born, self.today)

    def validate(self, extra_validators: Any = None) -> bool:
        """Read every field; each mistake stands at its field."""
        for one in self._fields.values():
            one.errors = []
        said: Said = {}
        for one in self.fields:
            try:
                said |= self._read(one)
            except Wrong as error:
                self[one.name].errors = [str(error)]
        first, began, last = (
            self._day(names) if names[0] in self._fields else None for names in (DAY, SINCE, UNTIL)
        )
        start = first or began
        if start and last and spans.comes_before(last, start):
            self["until_year"].errors = [typeset("Vérifiez le dernier jour : il est avant le premier")]
        if self.errors:
            return False
        said |= {key: spans.written(one) for key, one in (("since", began), ("until", last)) if one}
        if first and first.precision is not Precision.DAY:
            said[_PRECISION] = first.precision.value
        if first is None and self.part.dated is Dated.PARTLY:
            said[_PRECISION] = Precision.UNKNOWN.value
        self.written = Written(self.part.complete(said), first.day if first else None)
        return True

    def _read(self, one: Field) -> Said:
        text = str(self[one.name].data or "")
        if one.choices and text not in {code for code, _words in _offered(one, minor=self.minor)}:
            raise Wrong("Choisissez une réponse")
        return one.read(text)

    def _day(self, names: tuple[str, ...]) -> PartialDate | None:
        day, month, year = (str(self[name].data or "") for name in names)
        partial = bool(self.part.since) or (self.part.dated is Dated.PARTLY and names == DAY)
        try:
            found = parse_day(day, month, year, today=self.today, born=self.born, partial=partial)
            if found is None and self.part.dated is Dated.WHOLLY and names == DAY:
                raise DayError("day", "Écrivez le jour de la mesure. Exemple : 3 2 2025")
        except DayError as error:
            self[names[DAY.index(error.part)]].errors = [error.sentence]
            return None
        return found


@cache
def form_of(kind: Kind, *, short: bool = False, later: bool = False) -> type[EntryForm]:
    """Return the form that writes one entry of a kind; `short` asks for the first field alone, of today.

    `later`: the entry is there already, and what became of it is asked too.
    """
    part = BY_KIND[kind]
    fields = part.fields[:1] if short else tuple(one for one in part.fields if later or not one.later)
    days = [] if short else _days(part, later=later)
    made: dict[str, Any] = {"part": part, "fields": fields, fields[0].name: _field(fields[0])}
    for names in days:
        made |= {name: StringField(label) for name, label in zip(names, _PARTS_OF_DAY, strict=True)}
    made |= {one.name: _field(one) for one in fields[1:]}
    return type(f"{kind.name.title()}Form", (EntryForm,), made)


def _days(part: Part, *, later: bool) -> list[tuple[str, ...]]:
    asked = {
        DAY: part.dated is not Dated.NOT,
        SINCE: part.since and (later or not part.since_later),
        UNTIL: part.until and (later or not part.since),
    }
    return [names for names, wanted in asked.items() if wanted]


def typed(part: Part, said: Mapping[str, Any], on: date | None) -> dict[str, str]:
    """Return what the fields of a form hold for what an entry says."""
    found = {one.name: one.show(said) for one in part.fields}
    if part.dated is not Dated.NOT and on is not None:
        found |= zip(DAY, fields_of(PartialDate(on, Precision(said.get(_PRECISION, "day")))), strict=True)
    for names, key in ((SINCE, "since"), (UNTIL, "until")):
        if day := spans.read(said.get(key, "")):
            found |= zip(names, fields_of(day), strict=True)
    return found


def kept(part: Part, before: Said, after: Said) -> Said:
    """Return what a correction says, with what no field shows as long as the name stays."""
    same = before.get("name") == after.get("name")
    return {**{key: before[key] for key in part.kept if same and key in before}, **after}


_PARTS_OF_DAY = ("Jour", "Mois", "Année")
_NOTHING_CHOSEN = ("", "Choisir")


def _offered(one: Field, *, minor: bool) -> list[tuple[str, str]]:
    found = [choice for choice in one.choices if not (minor and choice[0] in one.adults_only)]
    return [_NOTHING_CHOSEN, *found] if one.widget is Widget.LIST else found


def _field(one: Field) -> FormField:
    if one.widget is Widget.LINES:
        return TextAreaField(one.label)
    if one.widget is Widget.CARDS:
        return RadioField(one.label, choices=offer(*one.choices), validate_choice=False)
    if one.widget is Widget.LIST:
        return SelectField(one.label, choices=offer(*one.choices), validate_choice=False)
    return StringField(one.label)
