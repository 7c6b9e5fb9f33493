"""The forms of the journey. Each field reads what it is given kindly, and says what to do when it cannot."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, PasswordField, RadioField, StringField
from wtforms.validators import ValidationError

from webapp.identity.forms import BirthDateForm, ChannelForm
from webapp.values.card import CardType, SerialError, parse_serial, serial_sentence
from webapp.values.identifier import IdentifierError, identifier_sentence, parse_identifier
from webapp.web.forms import Form, offered, tidy


class CodeChannelForm(ChannelForm):
    """Where to send a provisional code."""

    channel = RadioField("Où recevoir mon code", choices=(), validate_choice=False)
    missing = "Choisissez où recevoir le code"


class VerificationForm(BirthDateForm):
    """Birth date and card serial, after an invitation code (a letter can be stolen)."""

    card_serial = StringField("Numéro de série de la carte")
    serial: str

    def validate(self, extra_validators: Any = None) -> bool:
        """Read both; the kind of card is not asked, so any length that a card may have passes."""
        super().validate(extra_validators)
        self.read_birth_date()
        try:
            self.serial = parse_serial(tidy(self.card_serial.data), CardType.WITHOUT_PHOTO)
        except SerialError as error:
            self.card_serial.errors = [serial_sentence(error, kind_known=False)]
        return not self.errors


class PersonForm(Form):
    """One person among several."""

    person = RadioField("Pour qui est cette décision", choices=(), validate_choice=False)

    def validate_person(self, field: Any) -> None:
        """Refuse whoever was not offered."""
        if field.data not in offered(field):
            raise ValidationError("Choisissez la personne")


class DecisionForm(Form):
    """Open or oppose: neither is chosen in advance."""

    decision = RadioField("Ma décision", choices=(), validate_choice=False)

    def validate_decision(self, field: Any) -> None:
        """Ask again when nothing was chosen."""
        if field.data not in offered(field):
            raise ValidationError("Choisissez l’une des deux réponses")


class ConfirmForm(Form):
    """The second confirmation of an opposition."""

    confirm = BooleanField("Je confirme mon opposition", false_values=("", "n"))

    def validate_confirm(self, field: Any) -> None:
        """Ask for the box."""
        if not field.data:
            raise ValidationError("Cochez la case pour confirmer, ou revenez à l’étape précédente")


class CredentialsForm(Form):
    """An identifier and a password. After `validate`, `name` is the identifier in its stored form."""

    identifier = StringField("Identifiant")
    password = PasswordField("Mot de passe")
    name: str

    def validate_identifier(self, field: Any) -> None:
        """Read the identifier."""
        try:
            self.name = parse_identifier(tidy(field.data))
        except IdentifierError as error:
            raise ValidationError(identifier_sentence(error)) from error
