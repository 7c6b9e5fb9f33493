"""E-mail addresses."""


class EmailError(ValueError):
    """This text is no e-mail address."""


def parse_email(text: str) -> str:
    """The address with its domain in small letters and its characters composed (NFC); EmailError otherwise.

    Nothing is asked of the DNS: the message itself will tell. The case of the part before the @ is kept,
    since its server may care. Domains in `.test` (RFC 6761) are taken: they serve demonstrations.
    """
    from email_validator import EmailNotValidError, validate_email

    try:
        valid = validate_email(text.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        raise EmailError("not an e-mail address") from None  # the library's sentence repeats the address
    return str(valid.normalized)
