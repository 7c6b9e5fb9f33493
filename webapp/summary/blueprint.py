"""The blueprint that the views of this package share."""

from flask import Blueprint

from webapp.profile.whose import in_an_open_space

blueprint = Blueprint("summary", __name__)
in_an_open_space(blueprint)
