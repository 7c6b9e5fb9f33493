"""Adding documents, several at once: each file is made harmless, sealed, and only then said to be there."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import Response, abort, request
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as BaseResponse

from webapp.db.work import reading
from webapp.documents import service
from webapp.documents.blueprint import blueprint
from webapp.documents.categories import MINE, label_of
from webapp.documents.cleaning import Cleaned, Refused, clean
from webapp.documents.files import write_down
from webapp.documents.forms import AddForm
from webapp.documents.here import frozen, my_account, note, open_space, say_done
from webapp.documents.index import LARGEST, IndexProblem, is_index, parse_index
from webapp.documents.rules import (
    BIGGEST,
    BIGGEST_AT_ONCE,
    MOST_AT_ONCE,
    called,
    counted,
    names_of,
)
from webapp.documents.service import Said
from webapp.documents.storage import store_of
from webapp.documents.words import NO_ROOM, index_refusal, refusal
from webapp.family.reach import Reached, family_of
from webapp.journal.events import Event
from webapp.spaces.service import AlreadyDecided, SpaceFrozen
from webapp.web import errors
from webapp.web.access import SIGNED_IN, open_to
from webapp.web.pages import go_to, show
from webapp.web.requests import BIGGEST_FORM
from webapp.web.uploads import takes_files
from webapp.web.work import db, engine, now, settings, today

_AGAIN = ("/documents/ajouter", "Choisir d’autres fichiers")


@dataclass(frozen=True)
class Taken:
    """What became of the files that were sent: those that were cleaned, each with its name; why others were not."""

    files: list[tuple[str, Cleaned]]
    refused: list[str]


def too_heavy() -> Response:
    """Say that the files are too heavy together, and what to do."""
    return errors.refusal(
        413,
        "Ces fichiers sont trop lourds",
        "Rien n’a été ajouté. Un envoi ne peut pas dépasser 50\u00a0Mo, ni un fichier 10\u00a0Mo. "
        "J’envoie moins de fichiers à la fois, ou des photos plus petites.",
        back=_AGAIN,
    )


def too_many() -> Response:
    """Say that others are sending files, and to come back."""
    return errors.refusal(
        503,
        "Beaucoup de fichiers arrivent en ce moment",
        "Rien n’a été ajouté. Je réessaie dans une minute.",
        back=_AGAIN,
    )


@blueprint.get("/documents/ajouter")
@open_to(SIGNED_IN)
def add() -> Response | BaseResponse:
    """Show the form, which says from the start what is taken; a frozen space takes nothing, and its list says so."""
    return go_to("documents.index") if open_space().frozen else _page(AddForm.blank())


@blueprint.post("/documents/ajouter")
@open_to(SIGNED_IN)
@takes_files(BIGGEST_AT_ONCE + BIGGEST_FORM, too_heavy, too_many)
def send() -> Response | BaseResponse:
    """Keep the files that can be kept, and say which could not; 422 when none could, or the form has a mistake."""
    space, account_id, form = open_space(), my_account(), AddForm(request.form)
    form.today = today()
    sent = [one for one in request.files.getlist("files") if one.filename]
    try:
        index = _index_among(sent)
    except IndexProblem as error:
        form.files.errors = [index_refusal(error)]
        return _page(form, status=422)
    valid = form.validate()
    if not sent:
        form.files.errors = ["Choisissez au moins un fichier"]
    elif len(sent) > MOST_AT_ONCE:
        form.files.errors = [f"Choisissez {MOST_AT_ONCE} fichiers au plus à la fois"]
    if not valid or form.files.errors:
        return _page(form, status=422)
    taken = _clean(sent)
    if not taken.files:
        form.files.errors = taken.refused
        if len(taken.refused) > 1:
            form.files.errors = [f"Aucun de ces {len(taken.refused)} fichiers n’est ajouté", *taken.refused]
        return _page(form, status=422)
    if not _has_room(space, taken.files):
        return _full(form)
    written = write_down(engine(), store_of(settings()), now(), [cleaned for _name, cleaned in taken.files])
    sort = label_of(form.category.data) if form.category.data else ""
    names = names_of([file for file, _cleaned in taken.files], form.name.data or "", sort)
    day = form.day or today()
    said = [
        index.get(file) or Said(name, form.category.data or MINE, day)
        for name, (file, _cleaned) in zip(names, taken.files, strict=True)
    ]
    if not _still_reached(space, account_id):
        abort(404)
    try:
        service.add(db(), now(), space, account_id, list(zip(written, said, strict=True)))
    except SpaceFrozen:
        return frozen()
    except service.NoRoom:  # filled meanwhile
        return _full(form)
    except AlreadyDecided:
        abort(404)
    unsorted = [] if form.category.data else [file for file, _cleaned in taken.files if file not in index]
    say_done(
        "added",
        added=len(written),
        one=str(written[0].document_id),
        unsorted=len(unsorted),
        refused=taken.refused,
    )
    note(Event.DOCUMENT_ADDED, {"count": len(written)})
    return go_to("documents.index")


def _index_among(sent: list[FileStorage]) -> dict[str, Said]:
    """Take the index of an older record from among the files; return what it says of each, by what it is called."""
    for one in sent:
        if is_index(one.filename or ""):
            sent.remove(one)
            found = parse_index(one.stream.read(LARGEST + 1), today())
            return {called(file): said for file, said in found.items()}
    return {}


def _clean(sent: list[FileStorage]) -> Taken:
    taken = Taken([], [])
    for one in sent:
        file = called(one.filename or "")
        says_text = one.mimetype == "text/plain" or file.lower().endswith(".txt")
        try:
            data = one.stream.read(BIGGEST + 1)
            taken.files.append((file, clean(data, says_text=says_text)))
        except Refused as error:
            taken.refused.append(refusal(file, error.problem))
    return taken


def _has_room(space: Reached, files: list[tuple[str, Cleaned]]) -> bool:
    """Say whether the space takes these files, before any is written."""
    with reading(engine()) as session:
        return counted(len(cleaned.data) for _name, cleaned in files) <= service.room_left(session, space)


def _still_reached(space: Reached, account_id: UUID) -> bool:
    """Say whether the account still reaches the space: looking into files took a while."""
    family = family_of(db(), account_id, today())
    return family is not None and space.id in {family.own.id, *(one.id for one in family.children)}


def _full(form: AddForm) -> Response:
    form.files.errors = [NO_ROOM]
    return _page(form, status=422)


def _page(form: AddForm, status: int = 200) -> Response:
    limits = f"{MOST_AT_ONCE} {BIGGEST} {BIGGEST_AT_ONCE}"
    return show(
        "documents/add.html", status=status, form=form, most=MOST_AT_ONCE, limits=limits, space=open_space()
    )
