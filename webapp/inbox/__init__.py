"""The inbox of a space: messages of the service, unread ones said in words (J12)."""
