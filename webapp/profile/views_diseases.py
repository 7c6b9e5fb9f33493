"""The diseases that vaccines protect against: the words that the form of a vaccination takes."""

from __future__ import annotations

from flask import Response

from webapp.family.here import current_space
from webapp.profile.blueprint import blueprint
from webapp.profile.vaccines import diseases, fold
from webapp.profile.whose import author
from webapp.web.pages import show


@blueprint.get("/profil-medical/vaccinations/maladies")
def vaccine_diseases() -> Response:
    """List them."""
    author()
    return show("profile/diseases.html", names=sorted(diseases().values(), key=fold), space=current_space())
