"""The blueprint that the views of this package share."""

from flask import Blueprint

from webapp.inbox.here import shown_here

blueprint = Blueprint("inbox", __name__)
blueprint.before_request(shown_here)
