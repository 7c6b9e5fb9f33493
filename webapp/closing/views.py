"""Every route of this feature, by importing the modules that declare them."""

from __future__ import annotations

from webapp.closing import views_close, views_reopen  # noqa: F401
from webapp.closing.blueprint import blueprint

__all__ = ["blueprint"]
