"""Contacts shown so that their owner knows them and nobody else learns them.

A mask has always the same width: the length of what it hides is hidden too.
"""

from webapp.values.french import NARROW_SPACE

DOTS = "•••••"


def mask_email(address: str) -> str:
    """ "c•••••@e•••••.fr": the first character of each side of the @, and the last label of the domain.

    A text that is no address is masked whole.
    """
    local, at, domain = address.strip().rpartition("@")
    if not at or not local or not domain:
        return DOTS
    name, dot, last_label = domain.rpartition(".")
    if not dot or not name or not last_label:
        return f"{local[0]}{DOTS}@{domain[0]}{DOTS}"
    return f"{local[0]}{DOTS}@{name[0]}{DOTS}.{last_label}"


def mask_phone(e164: str) -> str:
    """ "06 •• •• •• 78": the first two digits as dialled in France, or the country's code, and the last two.

    A text that is no such number is masked whole.
    """
    import phonenumbers

    try:
        number = phonenumbers.parse(e164, None)
    except phonenumbers.NumberParseException:
        return DOTS
    digits = str(number.national_number)
    if len(digits) < 6:
        return DOTS
    # Overseas numbers are dialled with a 0 too: +262 692 12 34 56 is 06 92 12 34 56 to its owner.
    dialled_with_zero = number.country_code in {33, 262, 590, 594, 596}
    start = f"0{digits[0]}" if dialled_with_zero else f"+{number.country_code}"
    return NARROW_SPACE.join((start, "••", "••", "••", digits[-2:]))
