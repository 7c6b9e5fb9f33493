"""The blueprint that the views of this package share."""

from flask import Blueprint

from webapp.documents.here import read_family_first, stays_as_it_is
from webapp.family.here import not_open

blueprint = Blueprint("documents", __name__)
blueprint.before_request(read_family_first)
blueprint.before_request(stays_as_it_is)
blueprint.before_request(lambda: not_open("Documents"))
