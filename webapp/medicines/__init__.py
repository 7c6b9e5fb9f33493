"""The public database of medicines: loaded by a command, searched as one types."""
