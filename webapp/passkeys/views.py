"""Every route of this feature, by importing the modules that declare them."""

from __future__ import annotations

from webapp.passkeys import views_change, views_list, views_proof  # noqa: F401
from webapp.passkeys.blueprint import blueprint

__all__ = ["blueprint"]
