"""Telephone numbers and e-mail addresses."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.values.email import EmailError, parse_email
from webapp.values.phone import PhoneError, can_receive_sms, parse_phone, show_phone


@pytest.mark.parametrize(
    ("typed", "e164"),
    [
        ("06 12 34 56 78", "+33612345678"),
        ("06.12.34.56.78", "+33612345678"),
        ("06\u202f12\u00a034-56 78", "+33612345678"),
        ("+33 (0)6 12 34 56 78", "+33612345678"),
        ("0033612345678", "+33612345678"),
        ("0692 12 34 56", "+262692123456"),  # Réunion
        ("0690 12 34 56", "+590690123456"),  # Guadeloupe
        ("0694 12 34 56", "+594694123456"),  # Guyane
        ("0696 12 34 56", "+596696123456"),  # Martinique
        ("+49 1511 2345678", "+4915112345678"),
        ("01 23 45 67 89", "+33123456789"),
        (
            "06 39 98 12 34",
            "+33639981234",
        ),  # kept for fiction, unknown to the library, like any range newer than it
    ],
)
def test_numbers_that_can_be_called(typed: str, e164: str) -> None:
    assert parse_phone(typed) == e164
    assert parse_phone(show_phone(e164)) == e164


@pytest.mark.parametrize(
    "typed", ["", "1234", "06 12 34 56", "00 00 00 00 00", "abc", "+", "+33612345678 ext 3", "0" * 300]
)
def test_numbers_that_cannot(typed: str) -> None:
    with pytest.raises(PhoneError):
        parse_phone(typed)


@given(st.text(max_size=40))
def test_nothing_typed_makes_anything_but_a_named_error(text: str) -> None:
    with suppress(PhoneError):
        assert parse_phone(text).startswith("+")
    with suppress(EmailError):
        assert "@" in parse_email(text)


def test_errors_never_repeat_what_was_typed() -> None:
    with pytest.raises(EmailError) as email:
        parse_email("camille durand@example.fr")
    with pytest.raises(PhoneError) as phone:
        parse_phone("06 12 34 56 7")
    assert "durand" not in repr(email.value)
    assert "34" not in repr(phone.value)


def test_shown_as_dialled() -> None:
    assert show_phone("+33612345678") == "06\u202f12\u202f34\u202f56\u202f78"
    assert show_phone("+262692123456") == "0692\u202f12\u202f34\u202f56"
    assert show_phone("+4915112345678").startswith("+49\u202f")
    assert show_phone("3939") == "3939"


def test_only_mobiles_receive_an_sms() -> None:
    assert can_receive_sms("+33612345678")
    assert can_receive_sms("+262692123456")
    assert not can_receive_sms("+33123456789")
    assert not can_receive_sms("x")


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        (" Camille.Durand@EXAMPLE.fr\n", "Camille.Durand@example.fr"),
        ("e\u0301lise@example.fr", "élise@example.fr"),
        ("camille@exemple.test", "camille@exemple.test"),
        ("c+sante@courrier.example.org", "c+sante@courrier.example.org"),
    ],
)
def test_addresses(typed: str, address: str) -> None:
    assert parse_email(typed) == address
    assert parse_email(address) == address


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "camille",
        "camille@",
        "@example.fr",
        "a b@example.fr",
        "a@b",
        "a@example..fr",
        "a@example.fr,b@example.fr",
        "a\n@example.fr",
        "a@example.fr\nBcc: b@example.fr",
        "Camille <a@example.fr>",
        "a" * 300 + "@example.fr",
    ],
)
def test_what_is_no_address(typed: str) -> None:
    with pytest.raises(EmailError):
        parse_email(typed)
