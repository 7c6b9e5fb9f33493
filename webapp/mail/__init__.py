"""Letters: what is said to a person outside the site, kept in the outbox until it has left."""
