"""Every route of this feature, by importing the modules that declare them."""

from __future__ import annotations

from webapp.archive import views_download  # noqa: F401
from webapp.archive.blueprint import blueprint

__all__ = ["blueprint"]
