"""States of the documents (J11)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from webapp.documents import walks
from webapp.documents.rules import Media
from webapp.documents.walks import DOCUMENTS
from webapp.family import walks as family
from webapp.web.states import State, World

_ADD, _SEARCH, _BIN = (f"{DOCUMENTS}/{name}" for name in ("ajouter", "recherche", "corbeille"))


def _many(world: World) -> None:
    walks.enter(world)
    walks.put(world, count=30)
    walks.put(world, walks.LONG, hidden=True)


def _child(world: World) -> None:
    family.two_parents(world)
    family.go_in(world)
    walks.put(world, "Carnet de santé")


def _frozen(world: World) -> None:
    father = family.shared(world)
    walks.put(world, "Carnet de santé")
    family.disagree(father)
    family.go_in(world)


def _frozen_meanwhile(world: World) -> Mapping[str, str]:
    father = family.shared(world)
    family.go_in(world)
    fields = world.walker.open(_ADD).form("files").fields
    family.disagree(father)
    return {"csrf_token": fields["csrf_token"], "once": fields["once"]}


def _closed(world: World) -> None:
    walks.enter(world)
    walks.close(world)


def _added(world: World) -> None:
    """One file of two was taken."""
    walks.enter(world)
    walks.send(world, ("Analyse.txt", walks.TEXT.encode()), ("photos-de-vacances.zip", b"PK\x03\x04rien"))


def _one(name: str, media: Media, *, hidden: bool = False) -> Callable[[World], Mapping[str, str]]:
    def arrange(world: World) -> Mapping[str, str]:
        walks.enter(world)
        walks.put(world, name, media=media, hidden=hidden)
        return {"document": walks.first(world)}

    return arrange


def _in_bin(world: World) -> Mapping[str, str]:
    found = _one("Radio du genou", Media.IMAGE)(world)["document"]
    world.walker.open(found).send(action=f"{found}/supprimer")
    return {"document": found}


def _in_bin_a_while_ago(world: World) -> None:
    _in_bin(world)
    world.forward(timedelta(minutes=2))


def _looked_for(words: str) -> Callable[[World], None]:
    def arrange(world: World) -> None:
        _many(world)
        world.walker.open(_SEARCH).send(words=words)

    return arrange


_SHORT = _one("Certificat", Media.PDF)
_TEXT = _one(walks.LONG, Media.TEXT, hidden=True)

STATES: tuple[State, ...] = (
    State("documents", DOCUMENTS, _many),
    State("documents-empty", DOCUMENTS, walks.enter),
    State("documents-child", DOCUMENTS, _child),
    State("documents-frozen", DOCUMENTS, _frozen),
    State("documents-frozen-add", _ADD, _frozen_meanwhile, post={"category": "90"}, status=409, raw=True),
    State("documents-closed", DOCUMENTS, _closed),
    State("documents-added", DOCUMENTS, _added),
    State("documents-deleted", DOCUMENTS, _in_bin),
    State("documents-add", _ADD, walks.enter),
    State("documents-add-wrong", _ADD, walks.enter, post={"dated": "demain"}, status=422),
    State("document-picture", "{document}", _one("Radio du genou", Media.IMAGE)),
    State("document-text", "{document}", _TEXT),
    State("document-edit", "{document}/modifier", _SHORT),
    State(
        "document-edit-wrong", "{document}/modifier", _SHORT, post={"name": "", "dated": "2031"}, status=422
    ),
    State("documents-search", _SEARCH, _looked_for("ordo")),
    State("documents-bin", _BIN, _in_bin_a_while_ago),
)
