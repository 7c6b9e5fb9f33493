"""The documents of a space: added, cleaned, sealed, found, read, hidden, deleted (J11)."""
