"""The receipt of a decision: its reference, its proof that is checked offline, and what it says.

A proof shows that a receipt is genuine and when the decision was recorded; it holds neither a name nor a number. That
of an opposition does not say which decision it was, as its paper promises; that of a closing does. The PDF and the
accessible page both show `receipt_sentences`, hence the same facts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, NamedTuple, Protocol

from webapp.pdf.receipt_keys import KEY_ID, PublicKeys, ReceiptKey
from webapp.pdf.signing import Flaw, NotGenuine, check, decode, encode
from webapp.values.clock import french_date, french_datetime
from webapp.values.codes import CODE_LENGTH, has_code_shape, new_code, normalise_code
from webapp.values.french import typeset
from webapp.values.nir import group_nir

OPPOSITION, CLOSING = "opposition", "closing"
TITLES = {OPPOSITION: "Justificatif d’opposition", CLOSING: "Justificatif de fermeture"}
"""What decisions have a receipt, and its title."""
_DECISIONS = {
    OPPOSITION: "Opposition à l’ouverture de l’espace santé",
    CLOSING: "Fermeture de l’espace santé",
}
_CHECKS = {
    OPPOSITION: "si le justificatif est authentique, et sa date. Elle ne montre ni nom, ni numéro, ni décision.",
    CLOSING: "si le justificatif est authentique, sa date, et qu’il s’agit d’une fermeture. Elle ne montre ni nom, ni"
    " numéro.",
}
_TWINS = {OPPOSITION: "/activation/opposition/justificatif", CLOSING: "/compte/fermer/justificatif"}

_VERSIONS = {OPPOSITION: b"\x01", CLOSING: b"\x02"}
"""What a proof starts with. The first kind says on paper that its proof does not tell the decision: nobody says it."""
_SECONDS_BYTES = 5
_PAYLOAD_BYTES = 1 + CODE_LENGTH + _SECONDS_BYTES
_SIGNATURE_BYTES = 64
_TOKEN = re.compile(rf"\A({KEY_ID})\.([A-Za-z0-9_-]{{{-(-8 * (_PAYLOAD_BYTES + _SIGNATURE_BYTES) // 6)}}})\Z")


class Site(Protocol):
    """Who runs the site: the part of it that a receipt says."""

    @property
    def name(self) -> str: ...
    @property
    def publisher(self) -> str: ...
    @property
    def hosting(self) -> str: ...
    @property
    def dpo_contact(self) -> str: ...
    @property
    def help_phone(self) -> str: ...
    @property
    def public_url(self) -> str: ...
    @property
    def demonstration(self) -> bool: ...


@dataclass(frozen=True)
class ReceiptFacts:
    """What a receipt attests. `nir`: 15 characters, the insured's; `decided_at`: aware."""

    reference: str
    kind: str
    name: str = field(repr=False)
    nir: str = field(repr=False)
    decided_at: datetime
    erase_on: date | None = None
    """Of a closing: the day on which what the space holds is deleted."""

    def __post_init__(self) -> None:
        """Refuse what a receipt could not attest."""
        if (
            self.kind not in TITLES
            or not has_code_shape(self.reference)
            or self.decided_at.utcoffset() is None
        ):
            raise ValueError(
                "a receipt attests a decision of its own, with a whole reference and a time with its zone"
            )


@dataclass(frozen=True)
class Proof:
    """What a proof shows: the receipt's reference, and when its decision was recorded (UTC, whole seconds)."""

    reference: str
    decided_at: datetime
    kind: str | None = None
    """What was decided, when the receipt says that its proof tells it."""


class Line(NamedTuple):
    """One thing that a receipt says: a label or heading, and the words under it."""

    label: str
    value: str


@dataclass(frozen=True)
class ReceiptText:
    """Everything a receipt says, in order: the facts, what they mean, where help is and who answers."""

    title: str
    facts: tuple[Line, ...]
    sections: tuple[Line, ...]
    contacts: tuple[Line, ...]
    warning: str
    """Shown first when it is not empty: the demonstration is no proof of anything."""
    closing: str
    check: str
    """What the page that checks it shows, and does not."""


def new_reference() -> str:
    """Return 12 random characters without look-alikes (55 bits)."""
    return new_code()


def group_reference(reference: str) -> str:
    """Return "K7QM-2XWD-9HTA": dashes, since it stands in addresses."""
    return "-".join(reference[start : start + 4] for start in range(0, len(reference), 4))


def normalise_reference(text: str) -> str | None:
    """Return the reference that was typed, spaces, dashes and case ignored; None when it cannot be one."""
    reference = normalise_code(text)
    return reference if has_code_shape(reference) else None


def told_kind(kind: str) -> str | None:
    """Return what is told of a genuine receipt's decision to whoever checks it: nothing of an opposition."""
    return kind if kind != OPPOSITION else None


def proof_token(reference: str, decided_at: datetime, key: ReceiptKey, kind: str = OPPOSITION) -> str:
    """Return the signed proof: `<key id>.<base64url>`, 127 characters at most, fit for an address.

    Reference, time (to the second) and a kind of receipt are all it holds. Raises ValueError for a wrong reference or a
    time without zone.
    """
    if not has_code_shape(reference) or decided_at.utcoffset() is None:
        raise ValueError("a proof needs a whole reference, and a time with its zone")
    seconds = int(decided_at.replace(microsecond=0).timestamp()).to_bytes(_SECONDS_BYTES, "big")
    payload = _VERSIONS[kind] + reference.encode() + seconds
    return f"{key.id}.{encode(payload + key.private.sign(_message(key.id, payload))).decode()}"


def proof_of(facts: ReceiptFacts, key: ReceiptKey) -> str:
    """Return the signed proof of a receipt."""
    return proof_token(facts.reference, facts.decided_at, key, facts.kind)


def is_proof_token(text: str) -> bool:
    """Tell a proof from a reference that someone typed; says nothing of whether it is genuine."""
    return _TOKEN.match(text) is not None


def read_proof(token: str, keys: PublicKeys) -> Proof:
    """Return what a proof shows, from the public keys alone; raises NotGenuine."""
    found = _TOKEN.match(token)
    if found is None:
        raise NotGenuine(Flaw.NO_SIGNATURE)
    raw = decode(found[2].encode())
    payload, signature = raw[:-_SIGNATURE_BYTES], raw[-_SIGNATURE_BYTES:]
    check(_message(found[1], payload), signature, found[1], keys)
    kind = next((kind for kind, version in _VERSIONS.items() if version == payload[:1]), None)
    reference = payload[1:-_SECONDS_BYTES].decode()
    seconds = int.from_bytes(payload[-_SECONDS_BYTES:], "big")
    return Proof(reference, datetime.fromtimestamp(seconds, UTC), told_kind(kind) if kind else None)


def _message(key_id: str, payload: bytes) -> bytes:
    # A PDF, signed by the same key, starts with %PDF-: neither signature can ever pass for the other.
    return b"espace-sante proof:" + key_id.encode() + b":" + payload


def verify_address(public_url: str, reference_or_proof: str) -> str:
    """Return the whole address that checks a reference or a proof."""
    return f"{public_url.rstrip('/')}/verifier/{reference_or_proof}"


def receipt_sentences(facts: ReceiptFacts, site: Site) -> ReceiptText:
    """Return what the PDF and the page both say. The help, hosting and publisher are the site's own settings."""
    return ReceiptText(
        title=TITLES[facts.kind],
        facts=_lines(
            ("Décision enregistrée", _DECISIONS[facts.kind]),
            ("Nom", facts.name),
            ("Numéro de sécurité sociale", group_nir(facts.nir)),
            ("Date et heure", f"{french_datetime(facts.decided_at)} (heure de Paris)"),
            ("Référence du justificatif", group_reference(facts.reference)),
        ),
        sections=_meaning(facts, site),
        contacts=_lines(
            ("Aide par téléphone", site.help_phone),
            ("Qui traite ces données", site.publisher),
            ("Hébergement", site.hosting),
            ("Délégué à la protection des données", site.dpo_contact),
        ),
        warning=typeset("Démonstration : ce document n’a aucune valeur.") if site.demonstration else "",
        check=typeset(_CHECKS[facts.kind]),
        closing=typeset("Fait avec un logiciel libre et indépendant : ce n’est pas le site officiel."),
    )


def _meaning(facts: ReceiptFacts, site: Site) -> tuple[Line, ...]:
    """Say what the decision means, and how to change one's mind."""
    if facts.kind == CLOSING:
        return _lines(
            ("Ce que cela veut dire", _closed_means(facts)),
            (
                "Changer d’avis",
                typeset("C’est possible à tout moment avant cette date : se connecter sur ")
                + f"{site.public_url} puis choisir de rouvrir l’espace. On peut aussi se faire aider par téléphone"
                " ou en pharmacie.",
            ),
        )
    return _lines(
        (
            "Ce que cela veut dire",
            typeset(
                "Aucun espace santé n’est ouvert pour cette personne. Si un ancien dossier médical existe, il"
                " n’est pas effacé : il est conservé, hors d’accès, tant qu’aucun espace n’est ouvert."
            ),
        ),
        (
            "Changer d’avis",
            typeset("C’est possible à tout moment, sans donner de raison : demander un nouveau code sur ")
            + f"{site.public_url} puis choisir d’ouvrir l’espace. On peut aussi se faire aider par téléphone"
            " ou en pharmacie.",
        ),
    )


def _closed_means(facts: ReceiptFacts) -> str:
    until = f" jusqu’au {french_date(facts.erase_on)}" if facts.erase_on else ""
    return typeset(
        "Personne n’entre plus dans cet espace, ni sa ou son titulaire, ni un professionnel de santé. Ce qu’il"
        f" contient est conservé, hors d’accès,{until}, puis effacé pour de bon."
    )


def receipt_context(facts: ReceiptFacts, site: Site, key: ReceiptKey) -> dict[str, Any]:
    """Return every variable of `templates/pdf/receipt.html` but `qr`, which is the QR code of `verify_url`."""
    return {
        "site": site,
        "text": receipt_sentences(facts, site),
        "reference": group_reference(facts.reference),
        "verify_url": verify_address(site.public_url, proof_of(facts, key)),
        "typed_url": verify_address(site.public_url, group_reference(facts.reference)),
        "twin_url": f"{site.public_url.rstrip('/')}{_TWINS[facts.kind]}",
    }


def _lines(*pairs: tuple[str, str]) -> tuple[Line, ...]:
    return tuple(Line(label, value) for label, value in pairs)
