"""The blueprint that the views of this package share."""

from flask import Blueprint

from webapp.profile.whose import in_an_open_space, keep_as_it_is

blueprint = Blueprint("profile", __name__)
in_an_open_space(blueprint)
keep_as_it_is(blueprint)
