"""Passkeys: added, removed, and signed in with."""
