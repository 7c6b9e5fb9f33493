"""Every route of this feature, by importing the modules that declare them."""

from __future__ import annotations

from webapp.activity import views_page  # noqa: F401
from webapp.activity.blueprint import blueprint

__all__ = ["blueprint"]
