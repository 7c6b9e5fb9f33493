"""Limits that protect a secret, counted in the database (a memory counter multiplies by the number of processes)."""
