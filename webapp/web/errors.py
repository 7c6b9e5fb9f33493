"""Pages of refusals and faults, in French, each saying what to do next."""

from __future__ import annotations

import logging
import traceback

from flask import Flask, Response, current_app, request, url_for
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError

from webapp.web.left import to_copy
from webapp.web.pages import show
from webapp.web.work import READS

TEXTS = {
    400: ("Cette demande n’a pas pu être lue", "Je reviens à la page d’accueil et je recommence depuis là."),
    403: (
        "Ce formulaire n’est plus valable",
        "Il est resté ouvert trop longtemps, ou les cookies sont bloqués dans ce navigateur. "
        "Je recharge la page, puis je le remplis de nouveau. Les cookies de ce site servent seulement à cela.",
    ),
    404: (
        "Cette page n’existe pas",
        "L’adresse est peut-être incomplète, ou la page a changé de place. "
        "Je peux la retrouver dans le plan du site.",
    ),
    405: ("Cette page ne s’ouvre pas ainsi", "Je reviens à la page d’accueil et je recommence depuis là."),
    409: (
        "Deux envois se sont croisés",
        "Celui-ci n’a pas été enregistré. Je recharge la page, puis je réponds de nouveau.",
    ),
    413: ("L’envoi est trop lourd", "Je raccourcis ce que j’ai écrit, puis je l’envoie de nouveau."),
    429: ("Trop d’essais", "J’attends un peu, puis je recommence."),
    500: (
        "Une panne de notre côté",
        "Rien de ce que j’ai envoyé n’a été enregistré. Je réessaie dans quelques minutes.",
    ),
    503: ("Le service est momentanément indisponible", "Je réessaie dans quelques minutes."),
}
"""Title and advice of each status. Lines say « je » for the person, as everywhere."""

LOSES = frozenset((403, 409, 500, 503))
"""Statuses that refuse a form which may be right: what was written is shown again, to be copied."""
RETRY_SECONDS = 30

log = logging.getLogger(__name__)


def error_page(status: int, retry_after: int | None = None, *, received: bool = True) -> Response:
    """Render the page of a status; `retry_after` in seconds. What was not `received` yet is not waited for."""
    title, advice = TEXTS.get(status, TEXTS[400] if status < 500 else TEXTS[500])
    response = refusal(status, title, advice, lost=received and status in LOSES)
    if retry_after is not None:
        response.headers["Retry-After"] = str(retry_after)
    return response


def refusal(
    status: int, heading: str, advice: str, *, back: tuple[str, str] | None = None, lost: bool = False
) -> Response:
    """Render a page that refuses; when what was written would be lost, with it, and a way back to its form.

    `back` is another way back: its address and its words.
    """
    form = _page_of_form() if lost else None
    return show(
        "pages/error.html",
        status=status,
        heading=heading,
        advice=advice,
        typed=to_copy() if lost else [],
        again=(form, "Rouvrir la page") if form else back,
    )


def _page_of_form() -> str | None:
    """Return the address of the page whose form was sent; None when it has none."""
    adapter = current_app.create_url_adapter(request)
    if request.method in READS or adapter is None:
        return None
    try:
        endpoint, values = adapter.match(request.path, method="GET")
    except HTTPException:
        return None
    return url_for(endpoint, **values)


def places(error: BaseException) -> list[str]:
    """Say where an exception passed, file and line only: its words and variables may hold what people typed."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames[:-1] if "/webapp/" in frame.filename]
    shown = [*ours[-8:], *frames[-1:]]
    return [f"{frame.filename.rsplit('/webapp/', 1)[-1]}:{frame.lineno}" for frame in shown]


def register_errors(app: Flask) -> None:
    """Turn every exception into a page; what was asked is never logged, only where."""

    @app.errorhandler(HTTPException)
    def _refused(error: HTTPException) -> Response:
        status = error.code or 500
        response = error_page(status)
        if status == 405 and getattr(error, "valid_methods", None):
            response.headers["Allow"] = ", ".join(sorted(error.valid_methods))  # type: ignore[attr-defined]
        return response

    @app.errorhandler(Exception)
    def _fault(error: Exception) -> Response:
        log.error("fault: %s at %s: %s", type(error).__name__, request.endpoint, " ".join(places(error)))
        if app.config.get("PROPAGATE_EXCEPTIONS"):
            raise error
        return error_page(InternalServerError.code)

    @app.errorhandler(OperationalError)
    def _database(error: OperationalError) -> Response:
        """Say that the database does not answer, or is held by an import for too long: worth another try."""
        log.error(
            "database: %s at %s: %s", type(error.orig).__name__, request.endpoint, " ".join(places(error))
        )
        return error_page(503, retry_after=RETRY_SECONDS)
