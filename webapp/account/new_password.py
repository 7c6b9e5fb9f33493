"""Choosing a password, wherever it is chosen: the form, and what others may know of the owner."""

from __future__ import annotations

from sqlalchemy.orm import Session
from wtforms import PasswordField

from webapp.account.service import AccountView
from webapp.beneficiaries.service import cards_of, person
from webapp.config import Settings
from webapp.values.password import canonical_password, password_sentence, refuse_password
from webapp.web.forms import Form


class NewPasswordForm(Form):
    """A new password; its rules need the person, so `check_new` is called with what must not be in it."""

    password = PasswordField("Nouveau mot de passe")

    def check_new(self, avoid: list[str]) -> str | None:
        """Return the password in its stored form, or None once the reason stands at the field."""
        password = canonical_password(self.password.data or "")
        problem = refuse_password(password, avoid)
        if problem is not None:
            self.password.errors = [password_sentence(problem, password)]
            return None
        return password


def facts_to_avoid(session: Session, settings: Settings, known: AccountView) -> list[str]:
    """Return what others may know of an account's owner, which a password must not hold."""
    found = [settings.site_name, known.identifier, known.email or ""]
    holder = person(session, known.beneficiary_id)
    if holder is not None:
        found += [holder.first_names, holder.family_name, holder.used_name, holder.birth_date.isoformat()]
        found.append(holder.nir or "")
    for card in cards_of(session, known.beneficiary_id):
        found += [card.insured_nir, card.contact.email or ""]
    return [text for text in found if text]
