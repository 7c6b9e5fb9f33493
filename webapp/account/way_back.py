"""Back to the page that one wanted before one had to sign in."""

from __future__ import annotations

from uuid import UUID

from flask import request

from webapp.web.access import TO, page_of_ours
from webapp.web.left import way_back
from webapp.web.signed_in import remembers_nothing
from webapp.web.visit import Visit, visit

_KEY = "back"
"""Of the visit's data: the page that was wanted."""


def want_page(here: Visit, path: str) -> None:
    """Keep in the visit, which the caller saves, the page that was wanted; nothing when it is none of ours."""
    here.data.pop(_KEY, None)
    if page := page_of_ours(path):
        here.data[_KEY] = page


def page_wanted(account_id: UUID) -> str | None:
    """Return where this account goes on: to what it had typed, else to the page it wanted; None for the usual one."""
    if remembers_nothing():
        return None
    if left := way_back(account_id):
        return page_of_ours(left, of_a_row=True)
    return page_of_ours(visit().data.get(_KEY) or request.form.get(TO, ""))  # a passkey has one page only
