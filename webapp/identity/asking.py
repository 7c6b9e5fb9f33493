"""Asking the registry for whoever filled the form: every mismatch is answered alike, in the time of a match."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response

from webapp.beneficiaries.service import CardHeld
from webapp.identity.forms import IdentityForm
from webapp.identity.service import Identity, NoMatch, identify
from webapp.web.client import client_address
from webapp.web.headers import pad, squeeze
from webapp.web.work import db, now

NO_MATCH = "Ces informations ne correspondent à personne dans le fichier de l’assurance maladie"


class NotRecognised(NoMatch):
    """Nobody is known by what the form says; `page` is the answer."""

    def __init__(self, page: Response) -> None:
        """Keep the page, which was made before anybody was looked for."""
        super().__init__("nobody has this identity")
        self.page = page


def recognise(form: IdentityForm, page: Callable[[], Response]) -> tuple[Identity, list[CardHeld]]:
    """Return the identity that a valid form gives, and its cards; raises NotRecognised, TooMany.

    `page` shows the form with its refusal. It is made first, then compressed and thrown away after a match, so that
    the time of an answer does not tell.
    """
    who = Identity(form.number, form.born, form.kind, form.serial)
    form.refusal = NO_MATCH
    mismatch = page()
    try:
        found = identify(db(), now(), who, client_address())
    except NoMatch:
        raise NotRecognised(mismatch) from None
    squeeze(pad(mismatch))
    return who, found
