"""The blueprint that the views of this package share."""

from flask import Blueprint

from webapp.profile.whose import keep_as_it_is

blueprint = Blueprint("onboarding", __name__)
keep_as_it_is(blueprint)
