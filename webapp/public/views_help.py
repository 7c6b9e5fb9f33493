"""Help without internet, and one sheet for each dead end of the journey: what to do next, and a paper to hand over."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask import Response, current_app

from webapp.limits.rules import ACCESS_SENDS, CODE_SENDS, FREE_FAILURES, LONGEST_WAIT
from webapp.public.blueprint import blueprint
from webapp.spaces.rules import CODE_LIFE
from webapp.web.access import EVERYONE, open_to
from webapp.web.pages import show


@dataclass(frozen=True)
class Topic:
    """A help sheet: the end of its address, its template, its heading, and what the list says of it."""

    name: str
    template: str
    title: str
    note: str


TOPICS = (
    Topic("pas-reconnu", "not_recognised", "Je n’ai pas été reconnu", "Toutes les causes, et que faire"),
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
"""In the order of how often they are needed."""

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
    lines = [{"title": topic.title, "note": topic.note, "href": f"/aide/{topic.name}"} for topic in TOPICS]
    number = number_to_call(current_app.extensions["settings"].help_phone)
    return show("public/help/index.html", lines=lines, number=number)


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
        free_failures=FREE_FAILURES,
        longest_wait=LONGEST_WAIT.seconds // 60,
    )
