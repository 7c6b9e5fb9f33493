"""What runs later: a queue that wakes a worker, and what the worker then does."""
