"""Every route of this feature, by importing the modules that declare them."""

from __future__ import annotations

from webapp.family import views_disagreeing, views_events, views_family, views_leaving, views_sharing  # noqa: F401
from webapp.family.blueprint import blueprint

__all__ = ["blueprint"]
