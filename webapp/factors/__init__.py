"""An authenticator application and printed recovery codes: factors that a person may add."""
