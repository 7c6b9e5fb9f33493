"""Every route of this feature, by importing the modules that declare them."""

from __future__ import annotations

from webapp.my_account import (  # noqa: F401
    views_address,
    views_identifier,
    views_index,
    views_password,
    views_registry,
)
from webapp.my_account.blueprint import blueprint

__all__ = ["blueprint"]
