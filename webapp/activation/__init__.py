"""Journeys J2 to J6: a code, a decision, its receipt or its account, and the other people of the same card."""
