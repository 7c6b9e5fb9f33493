"""The end of a sign-in, whatever proved who it is: the session starts, and one is led into the space."""

from __future__ import annotations

from typing import Any

from werkzeug.wrappers import Response

from webapp.account.first_page import first_page
from webapp.account.noticing import notice_sign_in
from webapp.account.origin import current_origin, remember_origin
from webapp.account.service import AccountView
from webapp.account.way_back import page_wanted
from webapp.journal.events import Event
from webapp.journal.service import record
from webapp.web.once import form_key
from webapp.web.pages import go_to, see_other
from webapp.web.signed_in import sign_in
from webapp.web.work import db, now, settings


def arrive(
    known: AccountView, *, by: str, kept: dict[str, Any] | None = None, also: Event | None = None
) -> Response:
    """Start the session under a new id and go on.

    `by`: what proved it (`email`, `sms`, `app`, `recovery`, `passkey`); `kept`: what the visit goes on knowing;
    `also`: an event of the proof itself, written down first. Last in the transaction: the journal is locked by it.
    """
    back = page_wanted(known.id)
    sign_in(known.id, form_key(), kept=kept or {}, by=by)
    origin = current_origin()
    notice_sign_in(db(), now(), settings(), known, origin)
    response = remember_origin(see_other(back) if back else go_to(first_page(known.id)), known.id)
    about: dict[str, Any] = {"now": now(), "account_id": known.id, "beneficiary_id": known.beneficiary_id}
    if also is not None:
        record(db(), also, **about)
    record(db(), Event.SIGN_IN_DONE, facts={"by": by, "device": origin.browser}, **about)
    return response
