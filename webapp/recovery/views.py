"""Every route of this feature, by importing the modules that declare them."""

from __future__ import annotations

from webapp.recovery import views_identifier, views_new, views_password  # noqa: F401
from webapp.recovery.blueprint import blueprint

__all__ = ["blueprint"]
