"""The blueprint that the pages for everyone share."""

from flask import Blueprint

blueprint = Blueprint("public", __name__)
