"""How one is written to: language of letters, notices."""
