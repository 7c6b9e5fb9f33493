"""The first questions: a welcome, five pages, a thank-you page (J8)."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from webapp.family.here import other_space
from webapp.onboarding import service
from webapp.onboarding.blueprint import blueprint
from webapp.onboarding.forms import BEGINNING, INSTANT, AnswerForm
from webapp.onboarding.rules import TOTAL, Question, counter, following, lines, question
from webapp.onboarding.words import heading, read_back, summary
from webapp.profile.forms import EntryForm, form_of
from webapp.profile.rules import MEASURES
from webapp.profile.service import Author
from webapp.profile.whose import author, note_change
from webapp.web.pages import asks_for_fragment, go_to, show
from webapp.web.work import db, now

__all__ = ["blueprint"]


@blueprint.get("/bienvenue")
def welcome() -> Response | BaseResponse:
    """Say how many questions there are, what they are for, and that each can be skipped."""
    at = service.progress(db(), author().beneficiary_id)
    return show("onboarding/welcome.html", progress=at, total=TOTAL, child=_child())


@blueprint.post("/bienvenue")
def skip_all() -> BaseResponse:
    """Skip every question that is left."""
    service.skip_all(db(), now(), author().beneficiary_id)
    return go_to("home.home")


@blueprint.get("/bienvenue/question/<int:number>")
def ask(number: int) -> Response | BaseResponse:
    """Ask one question; one may go back, but not ahead of what was answered or skipped."""
    asked, by = _question(number), author()
    left = service.progress(db(), by.beneficiary_id).next_number
    if left is not None and number > left:
        return go_to("onboarding.ask", number=left)
    return _ask(asked, by, done=left is None)


@blueprint.post("/bienvenue/question/<int:number>")
def answer(number: int) -> Response | BaseResponse:
    """Record the answer, or skip the question, or all that are left, and go on."""
    asked, by = _question(number), author()
    before = service.progress(db(), by.beneficiary_id)
    how = request.form.get("skip")
    if how == "all":
        return skip_all()
    if how:
        service.skip(db(), now(), by.beneficiary_id, number)
        return _onward(number, before)
    form = _form(asked)(request.form)
    if isinstance(form, AnswerForm):  # what is there already was shown, and leaving it out takes it away
        form.most += len(service.recorded_of(db(), by.beneficiary_id, asked).get(asked.kind, ()))
    if not form.validate():
        return _page(asked, form, done=before.next_number is None, status=422)
    if isinstance(form, EntryForm):
        service.measure(db(), now(), by, asked, form.written.said["value"])
    else:
        names = lines(form.details.data or "") if form.answer.data == "yes" else []
        service.name(db(), now(), by, asked, names, form.seen_at)
    note_change(by)
    return _onward(number, before)


@blueprint.get("/bienvenue/merci")
def thanks() -> Response | BaseResponse:
    """Say what was recorded, and where to change it."""
    by = author()
    at = service.progress(db(), by.beneficiary_id)
    if at.next_number is not None:
        return go_to("onboarding.ask", number=at.next_number)
    said = summary(service.recorded(db(), by.beneficiary_id))
    return show("onboarding/thanks.html", said=said, child=_child())


def _child() -> str | None:
    """Return the first name of the child whose space one is in; None in one's own."""
    space = other_space()
    return space.person.first_name if space else None


def _ask(asked: Question, by: Author, *, done: bool) -> Response:
    known = service.recorded_of(db(), by.beneficiary_id, asked)
    return _page(asked, _form(asked).blank(**read_back(asked, known), seen=_moment()), done=done)


def _moment() -> int:
    """When this page is shown, as its form says it."""
    return (now() - BEGINNING) // INSTANT


def _question(number: int) -> Question:
    return question(number) or abort(404)


def _form(asked: Question) -> Any:
    return form_of(asked.kind, short=True) if asked.kind in MEASURES else AnswerForm


def _onward(number: int, before: service.Progress) -> Response | BaseResponse:
    """Go to what follows; for htmx, only that question takes the place of this one, and the address follows."""
    next_one = following(number, before.answers)
    if next_one is None:
        return go_to("onboarding.thanks")
    if not asks_for_fragment():
        return go_to("onboarding.ask", number=next_one)
    response = _ask(_question(next_one), author(), done=before.next_number is None)
    response.headers["HX-Push-Url"] = url_for("onboarding.ask", number=next_one)
    return response


def _page(asked: Question, form: Any, *, done: bool, status: int = 200) -> Response:
    """Show a question; `done`: each was answered or skipped already."""
    child = _child()
    return show(
        "onboarding/question.html",
        status=status,
        block="question",
        swapped=asks_for_fragment(),
        form=form,
        asked=asked,
        heading=heading(asked, child),
        child=child,
        done=done,
        counter=counter(asked.number),
        total=TOTAL,
    )
