"""Every route of this feature, by importing the modules that declare them."""

from __future__ import annotations

from webapp.profile import views_diseases, views_entry, views_index, views_part  # noqa: F401
from webapp.profile.blueprint import blueprint

__all__ = ["blueprint"]
