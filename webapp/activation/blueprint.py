"""The blueprint that the views of the journey share."""

from flask import Blueprint

blueprint = Blueprint("activation", __name__, url_prefix="/activation")
