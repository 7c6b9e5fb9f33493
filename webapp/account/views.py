"""Every route of the account, by importing the modules that declare them."""

from __future__ import annotations

from webapp.account import (  # noqa: F401
    views_code,
    views_code_again,
    views_sign_in,
    views_sign_out,
    views_step_up,
)
from webapp.account.blueprint import blueprint

__all__ = ["blueprint"]
