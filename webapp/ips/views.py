"""The summary as a file: out, and in after a look at what it would add. A file that is sent is never kept."""

from __future__ import annotations

from flask import Response, request
from werkzeug.wrappers import Response as BaseResponse

from webapp.family.here import current_space
from webapp.ips import service
from webapp.ips.blueprint import blueprint
from webapp.ips.forms import FileForm
from webapp.ips.reading import Flaw, NotTaken, Summary, read
from webapp.ips.rules import LARGEST, MOST_LINES, Line, line_from_text, line_to_text
from webapp.ips.words import WHY
from webapp.ips.writing import document
from webapp.profile.whose import author, note_change
from webapp.web.pages import go_to, show
from webapp.web.requests import BIGGEST_FORM
from webapp.web.uploads import takes_files
from webapp.web.work import db, now, only_reads

__all__ = ["blueprint"]
_LINE = "line-"


def too_many() -> Response:
    """Say that others are sending files, and to come back."""
    form = FileForm.blank()
    form.file.errors = ["Beaucoup de fichiers arrivent en ce moment. Réessayez dans une minute"]
    return _page(form, status=503)


def too_heavy() -> Response:
    """Say that no summary is as heavy as that."""
    form = FileForm.blank()
    form.file.errors = [WHY[Flaw.LARGE].removesuffix(".")]
    return _page(form, status=413)


@blueprint.get("/profil-medical/synthese/ips.json")
def download() -> Response:
    """Give the profile as an International Patient Summary."""
    by = author()
    made = document(current_space().person, service.entries_out(db(), by.beneficiary_id), now())
    return Response(
        made,
        mimetype="application/fhir+json",
        headers={"Content-Disposition": 'attachment; filename="resume-medical-ips.json"'},
    )


@blueprint.get("/profil-medical/synthese/importer")
def choose() -> Response:
    """Ask for a file."""
    author()
    return _page(FileForm.blank())


@blueprint.post("/profil-medical/synthese/importer")
@takes_files(LARGEST + BIGGEST_FORM, too_heavy, too_many)
@only_reads
def review() -> Response:
    """Show what a file would add; nothing is written, and the file is forgotten."""
    by, form = author(), FileForm(request.form)
    sent = request.files.get("file")
    data = sent.read(LARGEST + 1) if sent else b""
    if not data:
        form.file.errors = ["Choisissez un fichier"]
        return _page(form, status=422)
    try:
        found = read(data)
    except NotTaken as error:
        form.file.errors = [WHY[error.flaw].removesuffix(".")]
        return _page(form, status=422)
    return _review(found, service.new_lines(db(), now(), by.beneficiary_id, found.lines))


@blueprint.post("/profil-medical/synthese/importer/ajouter")
@takes_files(4 * BIGGEST_FORM, too_heavy, too_many)
def add() -> BaseResponse:
    """Add what was left ticked: each line is checked again, and what is there meanwhile is not doubled."""
    by = author()
    texts = [text for name, text in request.form.items() if name.startswith(_LINE)][:MOST_LINES]
    lines = [line for text in texts if (line := line_from_text(text))]
    if service.add_lines(db(), now(), by, lines):
        note_change(by)
    return go_to("profile.index")


def _page(form: FileForm, status: int = 200) -> Response:
    return show("ips/choose.html", status=status, form=form, frozen=current_space().frozen)


def _review(found: Summary, fresh: list[Line]) -> Response:
    space = current_space()
    shown = [(f"{_LINE}{number}", one) for number, one in enumerate(fresh[:MOST_LINES])]
    otherwise = service.told_otherwise(db(), space.id, fresh)
    aside = service.set_aside(db(), now(), space.id, found.lines)
    no_place = [one.said.get("name", one.kind) for one in found.lines if not service.words_of(one)]
    return show(
        "ips/review.html",
        space=space,
        summary=found,
        left_out=[*no_place, *aside, *found.left_out],
        somebody_else=found.born is not None and found.born != space.person.birth_date,
        lines=[(name, line_to_text(one), service.words_of(one), one.key in otherwise) for name, one in shown],
        more=len(fresh) - len(shown),
        frozen=space.frozen,
    )
