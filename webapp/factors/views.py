"""Every route of this feature, by importing the modules that declare them."""

from __future__ import annotations

from webapp.factors.blueprint import blueprint

__all__ = ["blueprint"]
