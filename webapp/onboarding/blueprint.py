"""The blueprint that the views of this package share."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from webapp.family.here import current_space
from webapp.profile.whose import keep_as_it_is
from webapp.web.pages import go_to
from webapp.web.work import READS

blueprint = Blueprint("onboarding", __name__)


@blueprint.before_request
def _only_where_answers_are_taken() -> Response | None:
    """There is nothing to ask about a space that is not open, or stays as it is: the home says so, and what to do."""
    if request.method not in READS:
        return None
    space = current_space()
    return None if space.is_open and not space.frozen else go_to("home.home")


keep_as_it_is(blueprint)
