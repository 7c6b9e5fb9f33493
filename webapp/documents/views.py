"""Every route of this feature, by importing the modules that declare them."""

from __future__ import annotations

from webapp.documents import views_add, views_file, views_list, views_one, views_search  # noqa: F401
from webapp.documents.blueprint import blueprint

__all__ = ["blueprint"]
