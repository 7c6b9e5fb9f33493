"""What the service writes in a space: the words of each kind of message, and the pages that each leads to."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.spaces.happening import Happening, What
from webapp.spaces.receipt_rules import group_reference
from webapp.values.clock import french_datetime
from webapp.values.french import typeset

WELCOME = "welcome"


@dataclass(frozen=True)
class Written:
    """A message before it is sent: the body is plain text, an empty line between paragraphs."""

    kind: str
    subject: str
    body: str


LINKS: dict[str, tuple[tuple[str, str], ...]] = {
    WELCOME: (("/accueil", "Aller à l’accueil"), ("/aide", "Lire l’aide")),
    What.REOPENED: (("/accueil", "Aller à l’accueil"),),
    What.CLOSED: (("/verifier/", "Vérifier un justificatif"),),
    What.OPPOSED: (("/verifier/", "Vérifier un justificatif"),),
    What.ANOTHER_GUARDIAN: (("/famille", "Voir qui partage cet espace"),),
    What.HANDED_OVER: (("/compte", "Aller à mon compte"),),
}
"""Where a message of this kind leads."""


def welcome(happening: Happening) -> Written:
    """Return the message that waits in a new space."""
    whose = "cet espace" if happening.for_child else "votre espace"
    return _written(
        WELCOME,
        f"Bienvenue dans {whose}",
        f"{whose.capitalize()} est ouvert depuis le {french_datetime(happening.at)}.",
        "L’accueil dit par où commencer. Rien ne presse : chaque partie peut attendre, et se reprend où elle en "
        "était.",
        "Les messages du service arrivent ici. Un message non lu est en gras, et le menu dit combien attendent. "
        "Quand un e-mail vous prévient, il ne dit jamais de quoi parle le message.",
        "Cet espace peut être fermé à tout moment, depuis « Mon compte ».",
        "Une connexion que vous ne reconnaissez pas, un message qui vous étonne ? La page d’aide dit quoi faire. "
        "Personne n’a besoin de votre mot de passe ni de vos codes pour vous aider.",
    )


def written(happening: Happening) -> Written:
    """Return what is told of anything else that happens to a space."""
    subject, *paragraphs = _TEXTS[happening.what]
    facts = {
        "at": french_datetime(happening.at),
        "reference": group_reference(happening.reference) if happening.reference else "",
    }
    return _written(happening.what, subject, *(one.format_map(facts) for one in paragraphs))


_TEXTS: dict[What, tuple[str, ...]] = {
    What.REOPENED: (
        "Cet espace est rouvert",
        "Il est rouvert depuis le {at}. Ce qu’il contenait est de nouveau là, et rien n’en sera effacé.",
        "Si ce n’est pas vous, quelqu’un d’autre a décidé : la page d’aide dit quoi faire.",
    ),
    What.CLOSED: (
        "Justificatif de fermeture",
        "La fermeture de cet espace a été enregistrée le {at}.",
        "Référence du justificatif : {reference}. Elle permet de vérifier qu’il est authentique, à tout moment.",
    ),
    What.OPPOSED: (
        "Justificatif d’opposition",
        "Une opposition à cet espace a été enregistrée le {at}.",
        "Référence du justificatif : {reference}. Elle permet de vérifier qu’il est authentique, à tout moment.",
    ),
    What.ANOTHER_GUARDIAN: (
        "Une personne de plus a accès à cet espace",
        "Depuis le {at}, un autre représentant légal a accès à cet espace, avec les mêmes droits.",
        "Il a été invité, il a accepté, et l’assurance maladie le connaît comme représentant. Si vous n’êtes pas "
        "d’accord, la page « Ma famille » dit que faire et à qui demander.",
    ),
    What.HANDED_OVER: (
        "Cet espace est maintenant le vôtre",
        "Depuis le {at}, les représentants légaux n’y ont plus accès : vous avez 18 ans.",
        "Ce qu’ils y ont mis reste. Vous pouvez le garder, l’effacer, ou fermer l’espace.",
    ),
}


def _written(kind: str, subject: str, *paragraphs: str) -> Written:
    return Written(kind, typeset(subject), typeset("\n\n".join(paragraphs)))
