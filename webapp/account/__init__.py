"""Accounts: who signs in, which spaces they reach, and the access codes that prove it."""
