"""The forms of a recovery."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField, RadioField, StringField

from webapp.account.forms import check_identifier
from webapp.identity.forms import ChannelForm
from webapp.spaces.forms import CodeForm
from webapp.web.forms import Form, tidy


class ReminderChannelForm(ChannelForm):
    """Where to send a forgotten identifier."""

    channel = RadioField("Où recevoir mon identifiant", choices=(), validate_choice=False)
    missing = "Choisissez où recevoir l’identifiant"


class ForgottenForm(Form):
    """Whose password was forgotten. What has no right shape is simply nobody's identifier.

    `channel` (`email`, `sms`) is asked for by a button of the page after; without it, e-mail comes first.
    """

    identifier = StringField("Identifiant")
    channel = HiddenField()

    def validate_identifier(self, field: Any) -> None:
        """Ask for it."""
        check_identifier(tidy(field.data))


class ResetCodeForm(CodeForm):
    """The code of a forgotten password."""

    code = StringField("Code reçu")
