"""The forms of a sign-in."""

from __future__ import annotations

from typing import Any

from wtforms import PasswordField, RadioField, StringField
from wtforms.validators import ValidationError

from webapp.values.codes import code_in
from webapp.web.forms import Form, offer, offered, tidy

NNBSP = "\u202f"


class PasswordForm(Form):
    """The password of whoever is signed in, once more."""

    password = PasswordField("Mot de passe")

    def validate_password(self, field: Any) -> None:
        """Ask for it."""
        if not field.data:
            raise ValidationError("Écrivez le mot de passe")


def check_identifier(typed: str) -> None:
    """Refuse what can be nobody's identifier, and is often typed for it: nothing, or an e-mail address."""
    if not typed:
        raise ValidationError("Écrivez l’identifiant")
    if "@" in typed:
        raise ValidationError(
            f"Écrivez l’identifiant choisi pour l’espace, pas l’adresse e-mail. Exemple{NNBSP}: camille.durand75"
        )


class AccountForm(PasswordForm):
    """The identifier and the password of an account. What has no right shape is simply wrong."""

    identifier = StringField("Identifiant")
    password = PasswordField("Mot de passe")

    def validate_identifier(self, field: Any) -> None:
        """Ask for it."""
        check_identifier(tidy(field.data))


class SignInForm(AccountForm):
    """An account, and how to receive its access code."""

    channel = RadioField(
        "Mon code d’accès",
        choices=offer(
            ("email", "Par e-mail"),
            ("sms", "Par SMS"),
            ("app", "Avec mon application d’authentification ou un code de secours"),
        ),
        default="email",
        validate_choice=False,
    )

    def validate_channel(self, field: Any) -> None:
        """Refuse what was not offered."""
        if field.data not in offered(field):
            raise ValidationError(
                f"Choisissez d’où vient le code{NNBSP}: e-mail, SMS, application ou code de secours"
            )


class AccessCodeForm(Form):
    """The six digits of an access code."""

    code = StringField("Code d’accès")

    def filter_code(self, typed: str | None) -> str | None:
        """Find it in a whole message."""
        return code_in(typed, six_digits=True) if typed else typed

    def validate_code(self, field: Any) -> None:
        """Ask for six digits."""
        digits = "".join(character for character in tidy(field.data) if character.isalnum())
        if len(digits) != 6 or not digits.isdecimal():
            raise ValidationError(f"Écrivez les 6 chiffres du code reçu. Exemple{NNBSP}: 284 913")


class HeldCodeForm(AccessCodeForm):
    """A code that one holds: six digits of an application, or ten characters of a printed list."""

    code = StringField("Code de mon application, ou code de secours")

    def validate_code(self, field: Any) -> None:
        """Ask for one of the two; which one it is, and whether it is right, is seen later."""
        typed = "".join(character for character in tidy(field.data) if character.isalnum())
        if len(typed) != 10 and not (len(typed) == 6 and typed.isdecimal()):
            raise ValidationError(
                "Écrivez les 6 chiffres de l’application, ou les 10 caractères d’un code de secours"
            )
