"""Every route of the account, by importing the modules that declare them."""

from __future__ import annotations

from webapp.account import views_code, views_sign_in, views_sign_out, views_step_up  # noqa: F401
from webapp.account.blueprint import blueprint

__all__ = ["blueprint"]
