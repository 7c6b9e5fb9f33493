"""The events of a child's space, in plain French."""

from __future__ import annotations

from uuid import UUID

from webapp.family.sight import Seen
from webapp.journal.events import Event

SENTENCES = {
    Event.SPACE_OPENED: "L’espace a été ouvert.",
    Event.SPACE_REOPENED: "L’espace a été rouvert.",
    Event.SPACE_OPPOSED: "Une opposition a été enregistrée.",
    Event.SPACE_CLOSED: "L’espace a été fermé.",
    Event.SPACE_HANDED_OVER: "L’espace a été remis à son titulaire, devenu majeur.",
    Event.ERASURE_ASKED: "L’effacement de l’espace a été demandé.",
    Event.ERASURE_CANCELLED: "L’effacement prévu de l’espace a été annulé.",
    Event.SPACE_ERASED: "Le contenu de l’espace a été effacé.",
    Event.INVITATION_SENT: "Une invitation à partager l’espace est partie.",
    Event.INVITATION_WITHDRAWN: "L’invitation à partager l’espace a été retirée.",
    Event.INVITATION_ACCEPTED: "L’invitation à partager l’espace a été acceptée.",
    Event.INVITATION_REFUSED: "L’invitation à partager l’espace a été refusée.",
    Event.SHARING_LEFT: "Un représentant légal a quitté le partage.",
    Event.DISAGREEMENT_RAISED: "Un désaccord a été signalé\u202f: l’espace reste comme il est.",
    Event.DISAGREEMENT_WITHDRAWN: "Le désaccord a été retiré.",
}


def sentence(seen: Seen, account_id: UUID) -> str:
    """Say one event, and by whom when a guardian's account did it."""
    words = SENTENCES[seen.event]
    if seen.by_account is None:
        return words
    return f"{words} {'Par moi.' if seen.by_account == account_id else 'Par l’autre représentant légal.'}"
