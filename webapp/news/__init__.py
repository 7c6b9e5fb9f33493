"""The news of the service: a file that an administrator edits, read when it changes (J9)."""
