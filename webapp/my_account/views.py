"""Every route of this feature, by importing the modules that declare them."""

from __future__ import annotations

from webapp.my_account import views_index  # noqa: F401
from webapp.my_account.blueprint import blueprint

__all__ = ["blueprint"]
