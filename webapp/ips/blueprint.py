"""The blueprint that the views of this package share."""

from flask import Blueprint

from webapp.profile.whose import stays_as_it_is

blueprint = Blueprint("ips", __name__)
blueprint.before_request(stays_as_it_is)
