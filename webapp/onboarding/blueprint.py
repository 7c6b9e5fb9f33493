"""The blueprint that the views of this package share."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from webapp.family.here import current_space
from webapp.profile.whose import keep_as_it_is
from webapp.web.pages import go_to
from webapp.web.work import READS

blueprint = Blueprint("onboarding", __name__)


@blueprint.before_request
def _only_when_open() -> Response | None:
    """There is nothing to ask about a space that is not open: the home says what it is, and what may be done."""
    return go_to("home.home") if request.method in READS and not current_space().is_open else None


keep_as_it_is(blueprint)
