"""Every route of this feature, by importing the modules that declare them."""

from __future__ import annotations

from webapp.inbox import views_list, views_message, views_search  # noqa: F401
from webapp.inbox.blueprint import blueprint

__all__ = ["blueprint"]
