"""The forms that ask who somebody is, and where to send what they asked for."""

from __future__ import annotations

from datetime import date
from typing import Any

from wtforms import RadioField, StringField
from wtforms.validators import ValidationError

from webapp.identity.contacts import ContactChoice
from webapp.values.birth_date import BirthDateError, birth_date_sentence, parse_birth_date
from webapp.values.card import CardType, SerialError, parse_serial, serial_sentence
from webapp.values.nir import NirError, nir_sentence, parse_nir
from webapp.web.forms import Form, offer, offered, tidy
from webapp.web.work import today


class BirthDateForm(Form):
    """A birth date in three fields, and the serial of a card. After `validate`, `born` is the date."""

    birth_day = StringField("Jour")
    birth_month = StringField("Mois")
    birth_year = StringField("Année")
    born: date

    def read_birth_date(self) -> None:
        """Read the date, or put the mistake at the field that has it."""
        try:
            self.born = parse_birth_date(
                tidy(self.birth_day.data),
                tidy(self.birth_month.data),
                tidy(self.birth_year.data),
                today(),
            )
        except BirthDateError as error:
            field: Any = self[f"birth_{error.part}"]
            field.errors = [*field.errors, birth_date_sentence(error)]


class IdentityForm(BirthDateForm):
    """Who I am (J3). After `validate`: `number`, `born`, `kind`, `serial`."""

    nir = StringField("Numéro de sécurité sociale")
    # Declared again so that mistakes are said in the order of the page.
    birth_day = StringField("Jour")
    birth_month = StringField("Mois")
    birth_year = StringField("Année")
    card_type = RadioField(
        "Ma carte Vitale",
        choices=offer((CardType.WITH_PHOTO, "Avec une photo"), (CardType.WITHOUT_PHOTO, "Sans photo")),
        validate_choice=False,
    )
    card_serial = StringField("Numéro de série de la carte")
    number: str
    kind: CardType
    serial: str

    def validate(self, extra_validators: Any = None) -> bool:
        """Read every field, so that all mistakes are said at once."""
        super().validate(extra_validators)
        try:
            self.number = parse_nir(tidy(self.nir.data))
        except NirError as error:
            self.nir.errors = [nir_sentence(error)]
        self.read_birth_date()
        kind = tidy(self.card_type.data)
        if kind in set(CardType):
            self.kind = CardType(kind)
        else:
            self.card_type.errors = ["Indiquez si la carte porte une photo"]
        try:
            self.serial = parse_serial(
                tidy(self.card_serial.data),
                CardType(kind) if kind in set(CardType) else CardType.WITHOUT_PHOTO,
            )
        except SerialError as error:
            self.card_serial.errors = [serial_sentence(error, kind_known=kind in set(CardType))]
        return not self.errors


class ChannelForm(Form):
    """Where to send it (J3). The choices are what is on file, masked."""

    channel = RadioField("Où le recevoir", choices=(), validate_choice=False)
    missing = "Choisissez où le recevoir"
    """What is said when nothing was chosen."""

    def offer_contacts(self, found: list[ContactChoice]) -> None:
        """Offer these; with one way only there is nothing to choose: one tap less."""
        self.channel.choices = offer(*((choice.value, choice.words) for choice in found))
        if len(found) == 1 and not self.is_submitted():
            self.channel.data = found[0].value

    def validate_channel(self, field: Any) -> None:
        """Refuse what was not offered."""
        if field.data not in offered(field):
            raise ValidationError(self.missing)
