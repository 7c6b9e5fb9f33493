"""Every route for everyone, by importing the modules that declare them."""

from __future__ import annotations

from webapp.public import views_footer, views_front, views_help, views_machines  # noqa: F401
from webapp.public.blueprint import blueprint

__all__ = ["blueprint"]
