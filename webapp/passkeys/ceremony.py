"""What is asked of an authenticator, and what it answers, checked (WebAuthn level 2, sections 7.1 and 7.2).

The library is imported where it is used: it is heavy, and most visits never need it.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from webapp.passkeys.rules import BIGGEST_ANSWER, CHALLENGE_LASTS, Place
from webapp.values.refusal import Refusal

_TIMEOUT_MS = int(CHALLENGE_LASTS.total_seconds() * 1000)


class WrongPasskey(Refusal):
    """Unknown, not for this site, too late, or badly signed: nobody is told which."""


@dataclass(frozen=True)
class Credential:
    """A passkey as its authenticator names it, and the hints that it gave on how to reach it."""

    id: bytes
    transports: tuple[str, ...] = ()


@dataclass(frozen=True)
class Added:
    """What an authenticator says of a passkey that it has just made."""

    credential: Credential
    public_key: bytes = field(repr=False)
    sign_count: int


@dataclass(frozen=True)
class Answer:
    """What a browser sends to prove a passkey; nothing of it is checked yet."""

    credential_id: bytes
    user_handle: bytes | None
    parsed: Any = field(repr=False)


def adding_options(
    place: Place, challenge: bytes, account_id: UUID, identifier: str, site: str, known: Sequence[Credential]
) -> dict[str, Any]:
    """Ask for a passkey that verifies its owner and is found without an identifier.

    Its user handle is the account's id: nothing personal, and another one for each account.
    """
    from webauthn import generate_registration_options
    from webauthn.helpers import options_to_json_dict
    from webauthn.helpers.structs import (
        AuthenticatorSelectionCriteria,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    options = generate_registration_options(
        rp_id=place.domain,
        rp_name=site,
        user_id=account_id.bytes,
        user_name=identifier,
        challenge=challenge,
        timeout=_TIMEOUT_MS,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=_described(known),
    )
    return options_to_json_dict(options)


def proving_options(place: Place, challenge: bytes, known: Sequence[Credential] = ()) -> dict[str, Any]:
    """Ask for a proof by one of these passkeys; by any of this site when there are none."""
    from webauthn import generate_authentication_options
    from webauthn.helpers import options_to_json_dict
    from webauthn.helpers.structs import UserVerificationRequirement

    options = generate_authentication_options(
        rp_id=place.domain,
        challenge=challenge,
        timeout=_TIMEOUT_MS,
        allow_credentials=_described(known),
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json_dict(options)


def check_added(place: Place, challenge: bytes, text: str) -> Added:
    """Check the answer to `adding_options`; raises WrongPasskey."""
    _fits(text)
    try:
        from webauthn import verify_registration_response
        from webauthn.helpers import parse_registration_credential_json

        parsed = parse_registration_credential_json(text)
        made = verify_registration_response(
            credential=parsed,
            expected_challenge=challenge,
            expected_rp_id=place.domain,
            expected_origin=place.origin,
            require_user_verification=True,
        )
    except Exception as error:  # the library lets errors of JSON, CBOR and base 64 through
        raise WrongPasskey from error
    transports = tuple(one.value for one in parsed.response.transports or ())
    return Added(Credential(made.credential_id, transports), made.credential_public_key, made.sign_count)


def read_answer(text: str) -> Answer:
    """Read the answer to `proving_options`; raises WrongPasskey."""
    _fits(text)
    try:
        from webauthn.helpers import parse_authentication_credential_json

        parsed = parse_authentication_credential_json(text)
    except Exception as error:
        raise WrongPasskey from error
    return Answer(parsed.raw_id, parsed.response.user_handle, parsed)


def check_proof(place: Place, challenge: bytes, answer: Answer, public_key: bytes) -> int:
    """Check an answer's signature and all that is signed; return its counter, still to be compared.

    Raises WrongPasskey. The counter is compared once the signature is known to be right: a forged answer warns nobody.
    """
    try:
        from webauthn import verify_authentication_response

        proof = verify_authentication_response(
            credential=answer.parsed,
            expected_challenge=challenge,
            expected_rp_id=place.domain,
            expected_origin=place.origin,
            credential_public_key=public_key,
            credential_current_sign_count=0,
            require_user_verification=True,
        )
    except Exception as error:
        raise WrongPasskey from error
    return int(proof.new_sign_count)


def _fits(text: str) -> None:
    if not 0 < len(text) <= BIGGEST_ANSWER:
        raise WrongPasskey


def _described(known: Sequence[Credential]) -> list[Any]:
    from webauthn.helpers.structs import AuthenticatorTransport, PublicKeyCredentialDescriptor

    return [
        PublicKeyCredentialDescriptor(
            one.id, transports=[AuthenticatorTransport(way) for way in one.transports]
        )
        for one in known
    ]


def to_text(raw: bytes) -> str:
    """Write bytes in base 64, as a sealed row keeps them."""
    return base64.b64encode(raw).decode()


def to_bytes(text: str) -> bytes:
    """Read what `to_text` wrote."""
    return base64.b64decode(text)


def as_json(options: dict[str, Any]) -> str:
    """Write options as their script reads them."""
    return json.dumps(options, separators=(",", ":"))
