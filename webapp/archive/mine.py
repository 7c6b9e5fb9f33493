"""What is held of the account itself: who signs in, how, and from where."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from webapp.account.models import Account
from webapp.account.noticing import NOTICES
from webapp.account.sessions import open_sessions
from webapp.activity.words import WAYS
from webapp.archive.records import Coded, Holder, Record, Section
from webapp.factors.printed_codes import printed_codes
from webapp.factors.service import authenticator
from webapp.passkeys.service import passkeys

LANGUAGES = {"fr": "Français", "en": "Anglais"}


def _account(who: Holder) -> Iterator[Record]:
    known = who.account
    terms = (Account.terms_version, Account.terms_accepted_at, Account.created_at)
    row = who.session.execute(select(*terms).where(Account.id == known.id)).one()
    language = Coded(known.language, LANGUAGES[known.language])
    declined = tuple(Coded(name, NOTICES.get(name, name)) for name in sorted(known.declined))
    yield known.identifier, known.email, known.phone, language, declined, *row


def _sessions(who: Holder) -> Iterator[Record]:
    for one in open_sessions(who.session, who.account.id, who.now):
        seen, by = one.member, one.member.by
        yield seen.device or None, seen.since, one.last_seen_at, Coded(by, WAYS.get(by, by)), seen.shared


def _factors(who: Holder) -> Iterator[Record]:
    application = authenticator(who.session, who.account.id)
    if application is not None:
        yield Coded("application", "Application d’authentification"), None, application.added_at, None, None
    printed = printed_codes(who.session, who.account.id)
    if printed is not None:
        yield Coded("recovery-codes", "Codes de secours"), None, printed.made_at, None, printed.left
    for key in passkeys(who.session, who.account.id):
        yield Coded("passkey", "Clé d’accès"), key.name, key.added_at, key.used_at, None


ACCOUNT = Section(
    "account",
    "Mon compte",
    (
        ("identifier", "Identifiant"),
        ("email", "Adresse e-mail"),
        ("phone", "Téléphone mobile"),
        ("letters_language", "Langue des lettres"),
        ("declined_notices", "Alertes refusées"),
        ("terms_version", "Version des conditions acceptées"),
        ("terms_accepted_at", "Conditions acceptées le"),
        ("created_at", "Compte créé le"),
    ),
    _account,
    single=True,
)
SESSIONS = Section(
    "sessions",
    "Mes connexions",
    (
        ("device", "Appareil"),
        ("since", "Ouverte le"),
        ("last_seen_at", "Utilisé en dernier"),
        ("by", "Preuve donnée"),
        ("shared_computer", "Ordinateur partagé"),
    ),
    _sessions,
)
FACTORS = Section(
    "factors",
    "Ce qui me sert à entrer, en plus du mot de passe",
    (
        ("kind", "Moyen"),
        ("name", "Nom"),
        ("added_at", "Ajouté le"),
        ("used_at", "Utilisé en dernier"),
        ("left", "Codes qui restent"),
    ),
    _factors,
)
