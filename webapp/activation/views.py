"""Every route of the journey, by importing the modules that declare them."""

from __future__ import annotations

from webapp.activation import (  # noqa: F401
    views_code,
    views_decide,
    views_disagree,
    views_guardian,
    views_identify,
    views_open,
    views_oppose,
    views_people,
    views_receipt,
)
from webapp.activation.blueprint import blueprint

__all__ = ["blueprint"]
