"""The page that says how long to wait: 429, with Retry-After in seconds."""

from __future__ import annotations

from datetime import timedelta
from math import ceil

from flask import Flask, Response

from webapp.limits import rules
from webapp.limits.service import TooMany
from webapp.values.french import plural
from webapp.web.pages import show
from webapp.web.work import now

SENDS = (
    "Assez de codes pour l’instant",
    "Pour protéger les personnes, le nombre de codes envoyés est limité.",
)
TRIES = ("Trop d’essais", "Pour protéger les personnes, chaque essai de plus demande d’attendre un peu plus.")
MESSAGES = (
    "Assez de messages pour l’instant",
    "Pour protéger les personnes, le nombre de messages envoyés est limité.",
)
DOWNLOADS = (
    "Assez de fichiers pour aujourd’hui",
    "Pour protéger mes données, le nombre de téléchargements par jour est limité.",
)
CHANGES = (
    "Assez de changements pour aujourd’hui",
    "Pour protéger mon compte, le nombre de changements par jour est limité.",
)
WORDS = {
    rules.DOWNLOADS.purpose: DOWNLOADS,
    rules.CODE_SENDS.purpose: SENDS,
    rules.ACCESS_SENDS.purpose: SENDS,
    rules.NEW_ADDRESS_SENDS.purpose: SENDS,
    rules.RESET_SENDS.purpose: SENDS,
    rules.RESET_KNOWN.purpose: SENDS,
    rules.RESET_CARD.purpose: SENDS,
    rules.IDENTIFIER_SENDS.purpose: MESSAGES,
    rules.INVITATIONS.purpose: MESSAGES,
    rules.DISAGREEMENTS.purpose: MESSAGES,
    rules.ACCOUNT_CHANGES.purpose: CHANGES,
}
WAYS = {
    rules.ACCESS_SENDS.purpose: "held",
    rules.RESET_SENDS.purpose: "card",
    rules.RESET_KNOWN.purpose: "card",
    rules.PASSWORD_VISIT.purpose: "reset",
    rules.PASSWORD_STRANGERS.purpose: "reset",
    rules.PASSWORD_KNOWN.purpose: "reset",
}
"""What does not have to wait: a code that one holds, saying who one is with a card, a new password."""


def wait_words(wait: timedelta) -> str:
    """Say a wait: « 45 secondes », « 3 minutes », « 5 heures », rounded up."""
    seconds = ceil(wait.total_seconds())
    if seconds < 90:
        return f"{seconds} {plural(seconds, 'seconde', 'secondes')}"
    minutes = ceil(seconds / 60)
    if minutes < 90:
        return f"{minutes} minutes"
    hours = ceil(minutes / 60)
    return f"{hours} heures"


def register_limits(app: Flask) -> None:
    """Answer every limit that is reached with its page."""

    @app.errorhandler(TooMany)
    def _wait(refusal: TooMany) -> Response:
        heading, reason = WORDS.get(refusal.limit.purpose, TRIES)
        response = show(
            "pages/wait.html",
            status=429,
            heading=heading,
            reason=reason,
            wait=wait_words(refusal.wait),
            way=WAYS.get(refusal.limit.purpose, ""),
            at=now() + refusal.wait if refusal.wait < timedelta(hours=12) else None,
        )
        response.headers["Retry-After"] = str(ceil(refusal.wait.total_seconds()))
        return response
