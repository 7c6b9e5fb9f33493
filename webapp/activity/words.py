"""How letters, channels and ways of signing in are named in the activity of an account."""

from __future__ import annotations

LETTERS = {
    "account-erased": "compte effacé",
    "account-set-apart": "deux comptes au même nom",
    "access-code": "code pour me connecter",
    "data-downloaded": "données téléchargées",
    "disagreement-raised": "désaccord au sujet d’un enfant",
    "disagreement-withdrawn": "fin d’un désaccord au sujet d’un enfant",
    "email-changed": "adresse e-mail changée",
    "erasure-asked": "effacement demandé",
    "erasure-cancelled": "effacement annulé",
    "factor-added": "application d’authentification ajoutée",
    "factor-removed": "application d’authentification retirée",
    "guardian-access-ended": "fin de mon accès à l’espace d’un enfant",
    "identifier-changed": "identifiant changé",
    "identifier-reminder": "rappel de l’identifiant",
    "invitation-accepted": "invitation acceptée",
    "invitation-refused": "invitation refusée",
    "message-waiting": "un message attend dans la messagerie",
    "new-address-code": "code pour une nouvelle adresse",
    "new-sign-in": "connexion depuis un nouvel endroit",
    "no-account": "aucun compte trouvé",
    "opposition-recorded": "opposition enregistrée",
    "passkey-added": "clé d’accès ajoutée",
    "passkey-refused": "clé d’accès refusée",
    "passkey-removed": "clé d’accès retirée",
    "password-changed": "mot de passe changé",
    "password-reset": "code pour un mot de passe oublié",
    "password-was-reset": "nouveau mot de passe",
    "phone-changed": "téléphone changé",
    "provisional-code": "code provisoire",
    "recovery-code-used": "code de secours utilisé",
    "recovery-codes-made": "nouveaux codes de secours",
    "sharing-left": "fin d’un partage de l’espace d’un enfant",
    "space-closed": "espace fermé",
    "space-erased": "espace effacé",
    "space-handed-over": "mon espace me revient",
    "space-invitation": "invitation à partager l’espace d’un enfant",
    "space-opened": "espace ouvert",
    "space-reopened": "espace rouvert",
}
"""What each kind of letter was about, in words."""

ALERTS = {"new-device": "connexion", "new-message": "message"}
"""The notices that may be declined (`account.noticing`)."""

CHANNELS = {"email": "e-mail", "sms": "SMS"}

WAYS = {
    "email": "Avec un code reçu par e-mail",
    "sms": "Avec un code reçu par SMS",
    "app": "Avec mon application d’authentification",
    "recovery": "Avec un code de secours imprimé",
    "passkey": "Avec une clé d’accès",
}
"""What proved who it was, beside the password."""


def of_letter(kind: str) -> str:
    """Name what a letter was about; one that has no words yet is simply a message."""
    return LETTERS.get(kind, "message")


def by_channel(channel: str) -> str:
    """Name the channel of a letter."""
    return CHANNELS.get(channel, "message")
