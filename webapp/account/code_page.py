"""The page that asks for an access code, and the one that says why a code no longer serves."""

from __future__ import annotations

from flask import Response
from werkzeug.wrappers import Response as BaseResponse

from webapp.account import access_codes, steps
from webapp.account.access import KEY, sign_in_id
from webapp.account.access_codes import Pending, SignInExpired, SignInOver, SignInSpent, SignInUsed
from webapp.account.channels import Channels, channels_of
from webapp.account.forms import AccessCodeForm, HeldCodeForm
from webapp.account.sending import masked
from webapp.account.service import AccountView, account
from webapp.account.ways import APP, Held
from webapp.web.pages import go_to, show
from webapp.web.visit import visit
from webapp.web.work import db, now

DEAD: dict[type[SignInOver], tuple[str, str]] = {
    SignInExpired: ("Ce code a expiré", "Un code d’accès ne vit pas longtemps, pour ma sécurité."),
    SignInUsed: ("Ce code a déjà servi", "Un code sert une seule fois."),
    SignInSpent: ("Trop d’essais avec ce code", "Après 5 essais, un code ne marche plus, même le bon."),
}
"""Heading and reason of each page on which a code can no longer serve."""
DEAD_HELD: dict[type[SignInOver], tuple[str, str]] = {
    SignInExpired: ("Le temps pour entrer un code est passé", "Il est court, pour ma sécurité."),
    SignInUsed: ("Cette connexion est déjà faite", "Un code sert une seule fois."),
    SignInSpent: ("Trop d’essais", "Après 5 codes faux, cette page se ferme, pour ma sécurité."),
}
"""The same when the code is not one that was sent."""


def awaited() -> tuple[Pending | None, AccountView | None]:
    """Return the sign-in of this visit as it stands, and its account; None for what there is not."""
    wanted = sign_in_id()
    found = access_codes.pending(db(), now(), wanted) if wanted else None
    return found, account(db(), found.account_id) if found else None


def show_code(form: AccessCodeForm | None = None, status: int = 200) -> Response | BaseResponse:
    """Show the page of the channel by which the code comes; without a sign-in, begin again.

    `form`: with what was typed; None when nothing was yet.
    """
    found, known = awaited()
    if found is None or known is None:
        return go_to("account.sign_in")
    if found.over is not None:
        return show_dead(found.over, status, channel=found.channel)
    channels = channels_of(db(), known)
    if not channels.has(found.channel):  # given up meanwhile, from elsewhere
        return go_to("account.sign_in")
    facts = {
        "form": form or form_of(found).blank(),
        "step": steps.counter("code"),
        "until": found.expires_at,
        "fell_back": visit().data[KEY]["wanted"] != found.channel,
        "others": _others(channels, found.channel),
    }
    if found.channel == APP:
        return show("account/code_held.html", status=status, held=channels.held, **facts)
    return show(
        "account/code.html",
        status=status,
        channel=found.channel,
        wanted=visit().data[KEY]["wanted"],
        sent_to=masked(channels.places[found.channel]),
        again=found.letters > 1,
        **facts,
    )


def form_of(found: Pending) -> type[AccessCodeForm]:
    """Return the form that fits the channel of a sign-in."""
    return HeldCodeForm if found.channel == APP else AccessCodeForm


def show_dead(over: type[SignInOver], status: int, *, channel: str, may_resend: bool = True) -> Response:
    """Say why a code can no longer serve, and offer the way on."""
    by_app = channel == APP
    heading, reason = (DEAD_HELD if by_app else DEAD)[over]
    return show(
        "account/code_dead.html",
        status=status,
        heading=heading,
        reason=reason,
        by_app=by_app,
        may_resend=may_resend and over is not SignInUsed,
    )


def _others(channels: Channels, current: str) -> list[tuple[str, str]]:
    """List the other channels, each with the words of its button."""
    words = {"email": "Recevoir un e-mail", "sms": "Recevoir un SMS"}
    others = [(channel, words[channel]) for channel in channels.places if channel != current]
    if channels.held and current != APP:
        others.append((APP, _own(channels.held)))
    return others


def _own(there_is: Held) -> str:
    if not there_is.recovery_codes:
        return "Utiliser mon application"
    return "Utiliser mon application ou un code de secours" if there_is.app else "Utiliser un code de secours"
