"""Every route of this feature, by importing the modules that declare them; and its part in signing in."""

from __future__ import annotations

from webapp.account.ways import register_factors
from webapp.factors import views_application, views_codes  # noqa: F401
from webapp.factors.blueprint import blueprint
from webapp.factors.signing_in import SigningIn

register_factors(SigningIn())

__all__ = ["blueprint"]
