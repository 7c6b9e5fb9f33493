"""Whose space one is in: one's own, or that of a child, which every page then says in words and colour."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from flask import Flask, Response, abort, g, request

from webapp.db.work import reading
from webapp.family import reach
from webapp.family.reach import Family, Reached, family_of
from webapp.family.sharing import INVITED, is_invited
from webapp.values.french import of_name
from webapp.web.csrf import page_about, shown_here
from webapp.web.errors import refusal
from webapp.web.left import keep_with
from webapp.web.pages import show
from webapp.web.signed_in import member
from webapp.web.visit import cookie_name, visit
from webapp.web.work import READS, db, engine, today

_KEY = "space"
_FOR_MACHINES = ("static", "public.alive", "public.ready")


def my_family() -> Family:
    """Return what the account of this request reaches; 404 when the account is no more."""
    who = member()
    if who is None:
        abort(404)
    if "family" not in g:
        g.family = family_of(db(), who.account_id, today())
    return cast("Family | None", g.family) or abort(404)


def current_space() -> Reached:
    """Return the space that one is in: a child's that was chosen and is still reached, else one's own."""
    return other_space() or my_family().own


def other_space() -> Reached | None:
    """Return the child whose space one is in, or None in one's own; asked of the database once a request."""
    return cast("Reached | None", g.get("other_space"))


def space_was_lost() -> bool:
    """Say whether one was in a child's space that is no longer reached (came of age, registry changed)."""
    return bool(g.get("space_lost"))


def of_another_space() -> Response | None:
    """Before a form writes in a space: refuse (409) one whose page was about another space than one is in now.

    In a second tab one went into a child's space, or out of it; or the child came of age since the page was shown.
    """
    if request.method in READS or shown_here():
        return None
    child = other_space()
    where = f"l’espace {of_name(child.name)}" if child else "mon espace"
    return refusal(
        409,
        "Cette page était celle d’un autre espace",
        f"Rien n’a été enregistré, dans aucun des deux. Je suis maintenant dans {where}. "
        "Je vérifie dans lequel je veux écrire, j’y entre, puis je recommence.",
        lost=True,
    )


def not_open(title: str) -> Response | None:
    """Before a page of a space, called so, is read: say that the space is not open, when it is not, and what to do.

    A page of one thing says nothing of it: nothing of that space is within reach.
    """
    of_one = any(isinstance(one, UUID) for one in (request.view_args or {}).values())
    if request.method not in READS or of_one or current_space().is_open:
        return None
    return show("family/not_open.html", title=title, space=current_space())


def about_account() -> bool:
    """Say whether the page is about the account itself, whoever's space one is in; closing is about the space."""
    path = request.path
    return path.startswith("/compte") and not path.startswith(("/compte/fermer", "/compte/rouvrir"))


def enter(person_id: UUID) -> None:
    """Go into a child's space; 404 for whoever this account does not reach."""
    if my_family().child(person_id) is None:
        abort(404)
    visit().data[_KEY] = str(person_id)
    visit().save()


def leave() -> None:
    """Go back to one's own space."""
    if visit().data.pop(_KEY, None) is not None:
        visit().save()


def register_here(app: Flask) -> None:
    """Look, before each page of somebody in a child's space, whether it is still reached; let the layout say so."""

    @app.before_request
    def _look() -> None:
        if cookie_name() not in request.cookies or request.endpoint in _FOR_MACHINES:
            return  # nobody is signed in without it, and a page that asks for nothing starts no visit
        who = member()
        chosen = visit().data.get(_KEY) if who else None
        if who is None or chosen is None:
            return
        if request.method in READS:
            found = g.family = family_of(db(), who.account_id, today())
        else:  # nothing is locked for this
            with reading(engine()) as session:
                found = family_of(session, who.account_id, today())
        g.other_space = found.child(UUID(chosen)) if found else None
        g.space_lost = g.other_space is None
        page_about(chosen if g.other_space else "")

    keep_with(_KEY)
    reach.read_along(INVITED, is_invited(reach.SPACE_ID))
    app.jinja_env.globals.update(
        other_space=other_space, space_was_lost=space_was_lost, about_account=about_account
    )
