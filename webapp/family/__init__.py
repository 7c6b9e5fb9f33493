"""The spaces that an account reaches, and whose space it is that one is in."""
