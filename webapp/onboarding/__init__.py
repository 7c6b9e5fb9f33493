"""The five first questions of a space that was just opened (J8)."""
