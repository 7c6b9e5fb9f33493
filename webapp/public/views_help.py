"""Help without internet, and one sheet for each dead end: what to do next, and for the insurer a paper to hand over."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask import Response, current_app

from webapp.family.rules import INVITATION_LIFE
from webapp.limits.rules import (
    ACCESS_SENDS,
    CODE_SENDS,
    FREE_FAILURES,
    IDENTIFIER_SENDS,
    LONGEST_WAIT,
    RESET_SENDS,
)
from webapp.public.blueprint import blueprint
from webapp.spaces.rules import CODE_LIFE, CODE_TRIES, KEPT_YEARS, REGRET
from webapp.web.access import EVERYONE, open_to
from webapp.web.pages import show


@dataclass(frozen=True)
class Topic:
    """A help sheet: the end of its address, its template, its heading, and what the list says of it."""

    name: str
    template: str
    title: str
    note: str


WITH_PAPER = (
    Topic("pas-reconnu", "not_recognised", "On ne me reconnaît pas", "Toutes les causes, et que faire"),
    Topic("code-non-recu", "no_code", "Je n’ai pas reçu mon code", "Où le chercher, quand le redemander"),
    Topic("carte-perdue", "lost_card", "Je n’ai plus ma carte Vitale", "Perdue, volée, abîmée ou remplacée"),
    Topic("sans-contact", "no_contact", "Ma caisse n’a aucun contact pour moi", "Ni e-mail ni mobile"),
    Topic(
        "contact-a-corriger",
        "wrong_contact",
        "Le contact proposé n’est pas le bon",
        "Faire corriger mon e-mail ou mon mobile",
    ),
    Topic(
        "mineur-sans-representant",
        "child_without_guardian",
        "Aucun représentant légal n’est connu pour un enfant",
        "Qui peut décider pour un mineur",
    ),
)
"""On the way to a decision, in the order of how often they are needed: the insurer can mend what is wrong."""
OF_ACCOUNT = (
    Topic(
        "acces-oublies",
        "forgotten",
        "J’ai oublié mon identifiant ou mon mot de passe",
        "Comment les retrouver, sans appeler",
    ),
    Topic(
        "telephone-perdu",
        "lost_phone",
        "J’ai perdu ou changé mon téléphone",
        "Entrer sans lui, puis remettre mes codes en place",
    ),
    Topic("compte-utilise", "intruder", "Quelqu’un est entré dans mon compte", "Quoi faire, dans quel ordre"),
    Topic(
        "enfant-partage",
        "shared_child",
        "L’espace d’un enfant, à deux parents",
        "Le partager, ne pas être d’accord, ses 18 ans",
    ),
    Topic(
        "fermer", "close_space", "Je veux fermer mon espace", "Ce qui est gardé, effacé, et comment rouvrir"
    ),
)
"""Once one has an account: everything is mended here, without the insurer."""
TOPICS = WITH_PAPER + OF_ACCOUNT

_BY_NAME = {topic.name: topic for topic in TOPICS}
_NAMES = ", ".join(f'"{topic.name}"' for topic in TOPICS)
_NUMBER = re.compile(r"\+?\d(?:[ .\-\u00a0\u202f]?\d){3,14}(?![\d/])")


def number_to_call(help_phone: str) -> str | None:
    """Return what a `tel:` link needs when the setting starts with a number of 4 to 15 digits, else None."""
    found = _NUMBER.match(help_phone)
    return re.sub(r"[^\d+]", "", found[0]) if found else None


@blueprint.get("/aide")
@open_to(EVERYONE)
def help_index() -> Response:
    """Show the ways by phone, by post and at a pharmacy, and the list of sheets."""
    number = number_to_call(current_app.extensions["settings"].help_phone)
    return show(
        "public/help/index.html", lines=_lines(WITH_PAPER), account_lines=_lines(OF_ACCOUNT), number=number
    )


@blueprint.get(f"/aide/<any({_NAMES}):name>")
@open_to(EVERYONE)
def help_topic(name: str) -> Response:
    """Show one sheet; the figures it tells are those that the rules apply."""
    topic = _BY_NAME[name]
    return show(
        f"public/help/{topic.template}.html",
        topic=topic,
        code_minutes=CODE_LIFE.seconds // 60,
        code_sends=CODE_SENDS.most,
        access_minutes=current_app.extensions["settings"].access_code_minutes,
        access_sends=ACCESS_SENDS.most,
        code_tries=CODE_TRIES,
        identifier_sends=IDENTIFIER_SENDS.most,
        reset_sends=RESET_SENDS.most,
        invitation_days=INVITATION_LIFE.days,
        kept_years=KEPT_YEARS,
        regret_days=REGRET.days,
        free_failures=FREE_FAILURES,
        longest_wait=LONGEST_WAIT.seconds // 60,
    )


def _lines(topics: tuple[Topic, ...]) -> list[dict[str, str]]:
    return [{"title": topic.title, "note": topic.note, "href": f"/aide/{topic.name}"} for topic in topics]
