"""Getting back in: a forgotten identifier, a forgotten password (J7)."""
