"""The blueprint that the views of the account share."""

from flask import Blueprint

blueprint = Blueprint("account", __name__)
