"""The first questions: a welcome, five pages, a thank-you page (J8)."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from webapp.onboarding import service
from webapp.onboarding.blueprint import blueprint
from webapp.onboarding.forms import AnswerForm
from webapp.onboarding.rules import QUESTIONS, TOTAL, Question, counter, lines, question
from webapp.onboarding.words import read_back, summary
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
    by = author()
    return show("onboarding/welcome.html", progress=service.progress(db(), by.beneficiary_id), total=TOTAL)


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
    return _ask(asked, by)


@blueprint.post("/bienvenue/question/<int:number>")
def answer(number: int) -> Response | BaseResponse:
    """Record the answer, or skip the question, and go on to the next one that is left."""
    asked, by = _question(number), author()
    if request.form.get("skip"):
        service.skip(db(), now(), by.beneficiary_id, number)
        return _onward(number)
    form = _form(asked)(request.form)
    if not form.validate():
        return _page(asked, form, status=422)
    if isinstance(form, EntryForm):
        service.measure(db(), now(), by, asked, form.written.said["value"])
    else:
        names = lines(form.details.data or "") if form.answer.data == "yes" else []
        service.name(db(), now(), by, asked, names)
    note_change(by)
    return _onward(number)


@blueprint.get("/bienvenue/merci")
def thanks() -> Response | BaseResponse:
    """Say what was recorded, and where to change it."""
    by = author()
    at = service.progress(db(), by.beneficiary_id)
    if at.next_number is not None:
        return go_to("onboarding.ask", number=at.next_number)
    said = summary(service.recorded(db(), by.beneficiary_id))
    return show("onboarding/thanks.html", said=said)


def _ask(asked: Question, by: Author) -> Response:
    known = service.recorded(db(), by.beneficiary_id)
    return _page(asked, _form(asked).blank(**read_back(asked, known)))


def _question(number: int) -> Question:
    return question(number) or abort(404)


def _form(asked: Question) -> Any:
    return form_of(asked.kind, short=True) if asked.kind in MEASURES else AnswerForm


def _onward(number: int) -> Response | BaseResponse:
    """Go to the next question; for htmx, only that question takes the place of this one, and the address follows."""
    if number >= TOTAL:
        return go_to("onboarding.thanks")
    if not asks_for_fragment():
        return go_to("onboarding.ask", number=number + 1)
    response = _ask(_question(number + 1), author())
    response.headers["HX-Push-Url"] = url_for("onboarding.ask", number=number + 1)
    return response


def _page(asked: Question, form: Any, status: int = 200) -> Response:
    return show(
        "onboarding/question.html",
        status=status,
        block="question",
        swapped=asks_for_fragment(),
        form=form,
        asked=asked,
        counter=counter(asked.number),
        total=len(QUESTIONS),
    )
