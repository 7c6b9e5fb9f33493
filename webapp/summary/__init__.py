"""The medical profile on one page, for a doctor or a paramedic, and on a card for the wallet."""
