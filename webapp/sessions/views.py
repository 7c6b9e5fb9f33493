"""Every route of this feature, by importing the modules that declare them."""

from __future__ import annotations

from webapp.sessions import views_list  # noqa: F401
from webapp.sessions.blueprint import blueprint

__all__ = ["blueprint"]
