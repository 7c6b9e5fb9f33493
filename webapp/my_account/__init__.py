"""My account: identifier, password, contacts, and what the insurer says of me."""
