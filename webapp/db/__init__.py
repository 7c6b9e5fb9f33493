"""The database: engine, units of work, encrypted fields and blind index."""
