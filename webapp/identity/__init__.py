"""Who somebody is, by their number, birth date and card (J3): asked for a code and for a forgotten identifier."""
