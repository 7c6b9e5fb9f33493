"""Pages for everyone: front door, help and footer pages, and the two that machines ask for."""
