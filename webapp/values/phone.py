"""Telephone numbers, kept in the form of E.164 ("+33612345678")."""

import re

from webapp.values.french import NARROW_SPACE

# A number typed without its country is tried in France, then overseas.
_REGIONS = ("FR", "RE", "YT", "GP", "GF", "MQ")
_FRENCH_MOBILE = re.compile(r"\A\+33[67][0-9]{8}\Z")
_FRENCH_OTHER = re.compile(r"\A\+33[1-589][0-9]{8}\Z")


class PhoneError(ValueError):
    """This text is no telephone number that could be called."""


def parse_phone(text: str) -> str:
    """The number in E.164; PhoneError when no such number can exist. Extensions are refused: no SMS reaches
    one.

    Any French mobile of ten digits is taken: the library's ranges lag behind the numbering plan, and an insurer's
    file must not be refused whole for one new range.
    """
    import phonenumbers

    spaced = " ".join(text.split())  # the library does not know the narrow space
    written = ""
    for region in reversed(_REGIONS):
        try:
            number = phonenumbers.parse(spaced, region)
        except phonenumbers.NumberParseException:
            raise PhoneError("not a telephone number") from None
        if number.extension:
            raise PhoneError("an extension takes no SMS")
        here = str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
        if phonenumbers.is_valid_number(number) or (_FRENCH_MOBILE.match(here) and not written):
            written = here
    if not written:
        raise PhoneError("not a telephone number that exists")
    return written


def can_receive_sms(e164: str) -> bool:
    """Whether an SMS may arrive there; False for what is known to be a fixed line or is no number."""
    if _FRENCH_MOBILE.match(e164) or _FRENCH_OTHER.match(e164):
        return _FRENCH_MOBILE.match(e164) is not None
    import phonenumbers

    try:
        kind = phonenumbers.number_type(phonenumbers.parse(e164, None))
    except phonenumbers.NumberParseException:
        return False
    kinds = phonenumbers.PhoneNumberType
    return kind in {kinds.MOBILE, kinds.FIXED_LINE_OR_MOBILE}


def show_phone(e164: str) -> str:
    """As it is dialled from France, with spaces that do not break: "06 12 34 56 78", "+49 1511 2345678".

    A text that is no such number is given back as it is.
    """
    import phonenumbers

    try:
        number = phonenumbers.parse(e164, None)
    except phonenumbers.NumberParseException:
        return e164
    if not phonenumbers.is_possible_number(number):  # its country alone would be taken off
        return e164
    french = number.country_code in {33, 262, 590, 594, 596}
    layout = phonenumbers.PhoneNumberFormat
    shown = phonenumbers.format_number(number, layout.NATIONAL if french else layout.INTERNATIONAL)
    return str(shown).replace(" ", NARROW_SPACE)
