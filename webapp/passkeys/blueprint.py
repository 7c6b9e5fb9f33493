"""The blueprint that the views of this package share."""

from flask import Blueprint

blueprint = Blueprint("passkeys", __name__)
