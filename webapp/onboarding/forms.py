"""The form of a yes/no question; a height and a weight have those of the profile."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.validators import ValidationError

from webapp.onboarding.rules import lines
from webapp.profile.rules import LONGEST, MOST_AT_ONCE
from webapp.values.quantities import NNBSP
from webapp.web.forms import Form, offer, offered

BEGINNING, INSTANT = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


class AnswerForm(Form):
    """Yes or no, and after a yes what it is about, a line each."""

    answer = RadioField("Ma réponse", choices=offer(("yes", "Oui"), ("no", "Non")), validate_choice=False)
    details = TextAreaField("Lesquels")
    seen = HiddenField()
    most = MOST_AT_ONCE
    """Lines at once."""

    @property
    def seen_at(self) -> datetime:
        """When the page was shown with what is known; the beginning of time when that is not said."""
        try:
            return BEGINNING + int(self.seen.data or "0") * INSTANT
        except (ValueError, OverflowError):
            return BEGINNING

    def validate_answer(self, field: Any) -> None:
        """Refuse what was not offered; whoever only names something has said yes."""
        if not field.data and lines(self.details.data or ""):
            field.data = "yes"
        if field.data not in offered(field):
            raise ValidationError("Répondez par oui ou par non, ou passez cette question")

    def validate_details(self, field: Any) -> None:
        """After a yes, ask for at least one line; none too long, not too many."""
        if self.answer.data != "yes":
            return
        names = lines(field.data or "")
        if not names:
            raise ValidationError("Écrivez au moins un nom, ou répondez non")
        if len(names) > self.most:
            raise ValidationError(f"Écrivez {self.most} lignes au plus{NNBSP}: le reste s’ajoute plus tard")
        if any(len(name) > LONGEST for name in names):
            raise ValidationError(f"Écrivez {LONGEST} signes au plus par ligne")
