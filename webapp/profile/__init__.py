"""The medical profile: what a person says of their health, each entry with who added it and when (J10)."""
