"""What happened: named events, chained so that an edit, a deletion, a reorder or a truncation shows."""
