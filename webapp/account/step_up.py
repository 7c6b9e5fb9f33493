"""Asked again: before a contact, a factor or the password changes, and before a space is closed (step up).

A session left open must not be enough to take an account over (ASVS 5.0, 7.5.1). The proof serves ten minutes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import current_app, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from webapp.web.access import SIGNED_IN, requirement_of
from webapp.web.pages import go_to, see_other
from webapp.web.signed_in import stepped_up

TO = "vers"
"""Name of the query parameter: the page that one wanted."""


@dataclass(frozen=True)
class SteppedUp:
    """Open to whoever is signed in and proved again, a short while ago, that it is them."""

    name: str = "stepped up"

    def turn_away(self) -> Response | None:
        """Let pass, or send to the page that asks."""
        return SIGNED_IN.turn_away() or (None if stepped_up() else ask())


STEPPED_UP = SteppedUp()


def ask() -> Response:
    """Send to the page that asks, which leads back to the page of this request."""
    return go_to("account.step_up", **{TO: request.path})


def wanted_endpoint() -> str | None:
    """Return the endpoint of the page that one wanted, if it asks for a step up; never a foreign address."""
    adapter = current_app.create_url_adapter(request)
    assert adapter is not None
    path = request.args.get(TO, "")
    for page in (path, path.rpartition("/")[0]):  # a button of a page acts just below it
        try:
            found: tuple[str, Any] = adapter.match(page, method="GET")
        except HTTPException:
            continue
        endpoint, values = found
        if not values and requirement_of(endpoint) is STEPPED_UP:
            return endpoint
    return None


def page_after() -> str:
    """Return the address of the page that one wanted, or of "Mon compte"."""
    return url_for(wanted_endpoint() or "my_account.index")


def go_on() -> Response:
    """Go to the page that one wanted, or to "Mon compte"."""
    return see_other(page_after())
