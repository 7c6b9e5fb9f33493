"""Codes by time: which step a typed code is of, and that none ever serves twice."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from webapp.factors.rules import (
    CODES,
    NEVER,
    RECOVERY_LENGTH,
    STEP_SECONDS,
    WINDOW,
    code_of,
    group_recovery_code,
    group_secret,
    matching_step,
    new_recovery_codes,
    new_secret,
    read_recovery_code,
    secret_address,
    step_at,
)

SECRETS = st.binary(min_size=20, max_size=20).map(lambda key: base64.b32encode(key).decode())
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
    ],
)
def test_codes_are_those_of_rfc_6238(seconds: int, code: str) -> None:
    """Its appendix B, the last six of eight digits, SHA-1."""
    secret = base64.b32encode(b"12345678901234567890").decode()
    moment = datetime.fromtimestamp(seconds, UTC)
    assert code_of(secret, step_at(moment)) == code
    assert matching_step(secret, code, moment, NEVER) == seconds // STEP_SECONDS


@given(SECRETS, MOMENTS, st.integers(-4, 4))
def test_a_code_is_accepted_one_step_around(secret: str, now: datetime, away: int) -> None:
    step = step_at(now) + away
    near = {code_of(secret, step_at(now) + one) for one in range(-WINDOW, WINDOW + 1)}
    code = code_of(secret, step)
    assume(abs(away) <= WINDOW or code not in near)
    found = matching_step(secret, code, now, NEVER)
    if abs(away) > WINDOW:
        assert found is None
    else:
        assert found is not None
        assert code_of(secret, found) == code


@given(SECRETS, st.lists(st.tuples(MOMENTS, st.integers(-WINDOW, WINDOW)), min_size=2, max_size=12))
def test_the_step_only_goes_forward_whatever_the_clock_says(
    secret: str, tries: list[tuple[datetime, int]]
) -> None:
    last, served = NEVER, []
    for now, away in tries:
        step = matching_step(secret, code_of(secret, step_at(now) + away), now, last)
        if step is not None:
            assert step > last
            assert abs(step - step_at(now)) <= WINDOW
            served.append(step)
            last = step
    assert len(served) == len(set(served))
    assert served == sorted(served)


@given(SECRETS, MOMENTS)
def test_the_same_code_never_twice(secret: str, now: datetime) -> None:
    code = code_of(secret, step_at(now))
    step = matching_step(secret, code, now, NEVER)
    assert step is not None
    for later in (0, 29, 30, -30, -3600):
        again = matching_step(secret, code, now + timedelta(seconds=later), step)
        assert again is None or again > step  # only if two steps happen to show the same digits


@given(SECRETS, MOMENTS, st.text(max_size=12))
def test_anything_else_is_no_code(secret: str, now: datetime, typed: str) -> None:
    near = {code_of(secret, step_at(now) + one) for one in range(-WINDOW, WINDOW + 1)}
    assume("".join(sign for sign in typed if sign.isalnum()) not in near)
    assert matching_step(secret, typed, now, NEVER) is None


@pytest.mark.parametrize("written", ["{0}{1}", " {0} {1} ", "{0}-{1}", "{0}\u202f{1}\n"])
def test_spaces_and_dashes_are_ignored(written: str, now: datetime) -> None:
    secret = new_secret()
    code = code_of(secret, step_at(now))
    assert matching_step(secret, written.format(code[:3], code[3:]), now, NEVER) == step_at(now)


def test_digits_of_other_scripts_are_no_code(now: datetime) -> None:
    secret = new_secret()
    code = code_of(secret, step_at(now)).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert matching_step(secret, code, now, NEVER) is None


def test_every_application_reads_the_address() -> None:
    address = secret_address("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", "camille & co", "Mon espace santé")
    read = pyotp.parse_uri(address)
    assert isinstance(read, pyotp.TOTP)
    assert (read.secret, read.digits, read.interval) == ("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", 6, 30)
    assert (read.name, read.issuer) == ("camille & co", "Mon espace santé")
    assert "algorithm" not in address  # several applications know the default only


def test_a_secret_is_160_bits_in_groups_of_four() -> None:
    secret = new_secret()
    assert len(base64.b32decode(secret)) == 20
    assert secret != new_secret()
    assert group_secret(secret).replace(" ", "") == secret
    assert {len(group) for group in group_secret(secret).split()} == {4}


def test_ten_printed_codes_are_read_back_as_people_type_them() -> None:
    codes = new_recovery_codes()
    assert len(set(codes)) == CODES == 10
    for code in codes:
        assert len(code) == RECOVERY_LENGTH
        shown = group_recovery_code(code)
        assert shown == f"{code[:5]} {code[5:]}"
        for typed in (code, shown, shown.lower(), f" {code[:5]}-{code[5:]} "):
            assert read_recovery_code(typed) == code


@given(st.text(max_size=20))
def test_what_is_read_has_the_shape_of_a_code(typed: str) -> None:
    code = read_recovery_code(typed)
    assert code is None or (len(code) == RECOVERY_LENGTH and code.isascii() and code == code.upper())


@pytest.mark.parametrize("typed", ["", "284913", "K7QM2XWD9", "K7QM2XWD9HT", "K7QM2XWD9!", "K7QM2XWD90"])
def test_what_cannot_be_a_printed_code(typed: str) -> None:
    assert read_recovery_code(typed) is None
