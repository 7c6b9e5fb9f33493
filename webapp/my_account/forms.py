"""The forms of "Mon compte"."""

from __future__ import annotations

from typing import Any

from wtforms import StringField
from wtforms.validators import ValidationError

from webapp.values.email import EmailError, parse_email
from webapp.values.identifier import IdentifierError, identifier_sentence, parse_identifier
from webapp.values.phone import PhoneError, can_receive_sms, parse_phone
from webapp.web.forms import Form, tidy

NNBSP = "\u202f"


class IdentifierForm(Form):
    """A new identifier; `name` is its stored form once it is valid."""

    identifier = StringField("Nouvel identifiant")
    name: str

    def validate_identifier(self, field: Any) -> None:
        """Read it."""
        try:
            self.name = parse_identifier(tidy(field.data))
        except IdentifierError as error:
            raise ValidationError(identifier_sentence(error)) from error


class AddressForm(Form):
    """A new address; `address` is its stored form once it is valid."""

    address: str


class EmailForm(AddressForm):
    """A new e-mail address."""

    email = StringField("Nouvelle adresse e-mail")

    def validate_email(self, field: Any) -> None:
        """Read it."""
        try:
            self.address = parse_email(tidy(field.data))
        except EmailError:
            raise ValidationError(
                f"Écrivez une adresse e-mail complète. Exemple{NNBSP}: camille.durand@exemple.fr"
            ) from None
        if len(self.address) > 254:
            raise ValidationError("Écrivez une adresse de 254 caractères au plus")


class PhoneForm(AddressForm):
    """A new mobile number."""

    phone = StringField("Nouveau numéro de téléphone mobile")

    def validate_phone(self, field: Any) -> None:
        """Read it; no SMS reaches a fixed line."""
        try:
            self.address = parse_phone(tidy(field.data)[:40])
        except PhoneError:
            raise ValidationError(
                f"Écrivez un numéro de téléphone mobile. Exemple{NNBSP}: 07 12 34 56 78"
            ) from None
        if not can_receive_sms(self.address):
            raise ValidationError("Écrivez un numéro mobile\u202f: un téléphone fixe ne reçoit pas de SMS")
