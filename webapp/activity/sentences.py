"""One plain French sentence for each event, whoever's space or account it is about.

Nothing is said as "I" or "you": a line that its reader does not recognise is the very one that matters.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from webapp.activity.words import ALERTS, WAYS, by_channel, of_letter
from webapp.journal.events import Event
from webapp.journal.service import Entry
from webapp.values.french import listed, plural, typeset

NOT_SHOWN = {
    Event.IDENTITY_REFUSED: "nobody was recognised, so it belongs to nobody",
    Event.CODE_REFUSED: "a try that changed nothing, by anybody who knows an identifier or a card",
    Event.REGISTRY_IMPORTED: "an act of the operator, about everybody at once",
}
"""The events that no person's activity shows, and why."""


@dataclass(frozen=True)
class Sentence:
    """What happened, and more about it (empty when there is nothing more to say). Typeset, plain text."""

    words: str
    note: str = ""


Facts = dict[str, Any]
_Told = str | Callable[[Facts], tuple[str, str]]


def _signed_in(facts: Facts) -> tuple[str, str]:
    way, device = WAYS.get(facts.get("by", ""), ""), facts.get("device", "")
    return "Connexion réussie", ", ".join(part for part in (way, device) if part)


def _refused(facts: Facts) -> tuple[str, str]:
    device = facts.get("device", "")
    if facts.get("step") == "code":
        known = "Le mot de passe, lui, était juste"
        return "Connexion refusée : trop de codes faux", ", ".join(part for part in (known, device) if part)
    if facts.get("step") == "passkey":
        return "Connexion refusée : clé d’accès peut-être copiée", device
    return "Connexion refusée : mot de passe faux", device


def _with_device(words: str) -> Callable[[Facts], tuple[str, str]]:
    return lambda facts: (words, facts.get("device", ""))


def _documents_added(facts: Facts) -> tuple[str, str]:
    count = int(facts.get("count", 1))
    return f"{count} {plural(count, 'document ajouté', 'documents ajoutés')}", ""


def _ended(facts: Facts) -> tuple[str, str]:
    count = int(facts.get("count", 0))
    if not count:
        return "Connexions fermées à distance", ""
    return f"{count} {plural(count, 'connexion fermée', 'connexions fermées')} à distance", ""


def _preferences(facts: Facts) -> tuple[str, str]:
    language = {"fr": "en français", "en": "en anglais"}.get(facts.get("language", ""), "")
    refused = [words for notice, words in ALERTS.items() if notice in (facts.get("declined") or ())]
    notices = f"alertes refusées : {listed(refused)}" if refused else "alertes acceptées"
    return "Lettres et alertes choisies", f"Lettres {language}, {notices}" if language else ""


def _moved(what: str, changed: str, added: str, removed: str) -> Callable[[Facts], tuple[str, str]]:
    """Say how an address moved; an entry of an earlier version does not tell an address added from one changed."""
    words = {"added": added, "removed": removed, "changed": changed}
    return lambda facts: (f"{what} {words.get(facts.get('how', ''), f'{changed} ou {removed}')}", "")


def _sent(facts: Facts) -> tuple[str, str]:
    return f"Envoi par {by_channel(facts.get('channel', ''))} : {of_letter(facts.get('kind', ''))}", ""


def _not_sent(facts: Facts) -> tuple[str, str]:
    words = (
        f"Envoi impossible par {by_channel(facts.get('channel', ''))} : {of_letter(facts.get('kind', ''))}"
    )
    return words, "L’adresse ou le réseau n’a pas répondu à temps"


_TOLD: dict[Event, _Told] = {
    Event.IDENTITY_MATCHED: "Identité reconnue avec la carte Vitale",
    Event.CODE_ISSUED: "Code provisoire demandé",
    Event.CODE_REDEEMED: "Code à 12 caractères accepté",
    Event.SPACE_OPENED: "Espace ouvert",
    Event.SPACE_OPPOSED: "Opposition enregistrée",
    Event.SPACE_REOPENED: "Espace rouvert",
    Event.SPACE_CLOSED: "Espace fermé",
    Event.TERMS_ACCEPTED: "Conditions acceptées",
    Event.ACCOUNT_CREATED: "Compte créé",
    Event.ACCOUNT_LINKED: "Espace relié à un compte",
    Event.SIGN_IN_STARTED: _with_device("Mot de passe juste, un code est attendu"),
    Event.SIGN_IN_DONE: _signed_in,
    Event.SIGN_IN_REFUSED: _refused,
    Event.SIGN_OUT_DONE: "Déconnexion",
    Event.PASSWORD_CHANGED: "Mot de passe changé",
    Event.PASSWORD_RESET_ASKED: "Mot de passe oublié : un code est demandé",
    Event.PASSWORD_RESET: "Nouveau mot de passe choisi avec un code",
    Event.IDENTIFIER_ASKED: "Identifiant oublié : un rappel est demandé",
    Event.IDENTIFIER_CHANGED: "Identifiant changé",
    Event.EMAIL_CHANGED: _moved("Adresse e-mail", "changée", "ajoutée", "retirée"),
    Event.PHONE_CHANGED: _moved("Téléphone", "changé", "ajouté", "retiré"),
    Event.PREFERENCES_CHANGED: _preferences,
    Event.STEP_UP_DONE: "Identité confirmée avant une page protégée",
    Event.STEP_UP_REFUSED: _with_device("Confirmation refusée avant une page protégée"),
    Event.SESSION_ENDED: "Une connexion fermée à distance",
    Event.SESSIONS_ENDED: _ended,
    Event.AUTHENTICATOR_ADDED: "Application d’authentification ajoutée",
    Event.AUTHENTICATOR_REMOVED: "Application d’authentification retirée",
    Event.PASSKEY_ADDED: "Clé d’accès ajoutée",
    Event.PASSKEY_REMOVED: "Clé d’accès retirée",
    Event.RECOVERY_CODES_MADE: "Codes de secours préparés, les anciens ne marchent plus",
    Event.RECOVERY_CODE_USED: "Code de secours utilisé",
    Event.DATA_DOWNLOADED: "Données téléchargées",
    Event.ERASURE_ASKED: "Effacement demandé",
    Event.ERASURE_CANCELLED: "Effacement annulé",
    Event.SPACE_ERASED: "Espace effacé",
    Event.SPACE_SHARED: "Espace partagé entre deux représentants légaux",
    Event.SPACE_HANDED_OVER: "Espace remis à la personne devenue majeure",
    Event.INVITATION_SENT: "Invitation envoyée à l’autre représentant légal",
    Event.INVITATION_WITHDRAWN: "Invitation retirée",
    Event.INVITATION_ACCEPTED: "Invitation acceptée",
    Event.INVITATION_REFUSED: "Invitation refusée",
    Event.SHARING_LEFT: "Partage quitté : l’espace reste à l’autre représentant légal",
    Event.DISAGREEMENT_RAISED: "Désaccord signalé : l’espace reste comme il est",
    Event.DISAGREEMENT_WITHDRAWN: "Désaccord retiré",
    Event.PROFILE_CHANGED: "Profil médical complété ou corrigé",
    Event.DOCUMENT_ADDED: _documents_added,
    Event.DOCUMENT_CHANGED: "Document renommé, ou rangé autrement",
    Event.DOCUMENT_HIDDEN: "Document masqué aux professionnels",
    Event.DOCUMENT_SHOWN: "Document de nouveau visible des professionnels",
    Event.DOCUMENT_DELETED: "Document mis à la corbeille",
    Event.DOCUMENT_RESTORED: "Document repris dans la corbeille",
    Event.RECEIPT_FETCHED: "Justificatif téléchargé",
    Event.LETTER_SENT: _sent,
    Event.LETTER_ABANDONED: _not_sent,
}


def sentence(entry: Entry) -> Sentence | None:
    """Say what happened; None when it is not shown. An event of a later version is said to be one."""
    try:
        event = Event(entry.event)
    except ValueError:
        return Sentence("Autre événement")
    if event in NOT_SHOWN:
        return None
    told = _TOLD[event]
    if isinstance(told, str):
        return Sentence(typeset(told))
    words, note = told(entry.facts)
    return Sentence(typeset(words), typeset(note))
