"""Every route of this feature, by importing the modules that declare them."""

from __future__ import annotations

from webapp.preferences import views_letters  # noqa: F401
from webapp.preferences.blueprint import blueprint

__all__ = ["blueprint"]
