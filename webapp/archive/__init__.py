"""Everything that is held of a person, in one archive to keep."""
