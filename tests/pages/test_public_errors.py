"""Every refusal and fault is a page in French that says what to do; it repeats what was sent only to its own page."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from webapp import create_app
from webapp.config import Settings
from webapp.web.access import EVERYONE, open_to
from webapp.web.errors import TEXTS, error_page
from webapp.web.requests import BIGGEST_FORM
from webapp.web.walker import PageReader

TYPED = "camomille-42-tilleul"
PHONE = re.compile(r"\b0[1-9](?:[ .\u00a0\u202f]?\d\d){4}\b|\b3\d{3}\b")


def test_each_status_says_what_to_do_and_where_help_is(app: Flask) -> None:
    """In the page itself: its frame has links to help too, which are not counted here."""
    for status, (title, advice) in TEXTS.items():
        with app.test_request_context("/"):
            answer = error_page(status)
        html = answer.get_data(as_text=True)
        page, main = PageReader(html), PageReader(html.partition("<main")[2].partition("</main>")[0])
        assert answer.status_code == status
        assert page.title.startswith(title)
        assert page.h1 == title
        assert advice in main.text
        assert re.search(r"\b(Je|J’)", advice), "what I do now, in the words of the person"
        assert {"/", "/aide", "/plan-du-site"} == {href for href, _words in main.links}
        assert not PHONE.search(page.text)


def test_titles_differ_so_that_tabs_and_readers_tell_them_apart() -> None:
    assert len({title for title, _advice in TEXTS.values()}) == len(TEXTS)


def test_how_long_to_wait_is_told_to_machines_too(app: Flask) -> None:
    with app.test_request_context("/"):
        assert error_page(503, retry_after=120).headers["Retry-After"] == "120"
        assert "Retry-After" not in error_page(503).headers


def test_an_unknown_status_takes_the_words_of_its_family(app: Flask) -> None:
    with app.test_request_context("/"):
        for status, like in ((418, 400), (507, 500)):
            answer = error_page(status)
            assert answer.status_code == status
            assert TEXTS[like][0] in answer.get_data(as_text=True)


def test_too_long_a_form_is_refused_before_it_is_read(client: FlaskClient) -> None:
    answer = client.post("/ordinateur-partage", data={"shared": "y" * (BIGGEST_FORM + 1)})
    assert answer.status_code == 413
    assert TEXTS[413][0] in answer.text


def test_a_foreign_host_is_refused_without_naming_it(client: FlaskClient) -> None:
    answer = client.get("/", headers={"Host": "autre.example"})
    assert answer.status_code == 400
    assert "autre.example" not in answer.text


def test_an_unknown_address_is_not_repeated(client: FlaskClient) -> None:
    answer = client.get("/<script>alert(1)</script>", query_string={"q": TYPED})
    assert answer.status_code == 404
    assert "alert(1)" not in answer.text
    assert TYPED not in answer.text


def test_a_fault_tells_nobody_what_was_typed(new_app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    """Neither the page nor the log has the words of the exception: they may hold what people typed."""

    @new_app.get("/panne")
    @open_to(EVERYONE)
    def fault() -> str:
        raise ValueError(TYPED)

    answer = new_app.test_client().get("/panne")
    assert answer.status_code == 500
    assert TEXTS[500][0] in answer.text
    logged = caplog.text
    assert "ValueError" in logged, "the fault itself is logged"
    for said in (answer.text, logged):
        assert TYPED not in said


def test_a_database_that_does_not_answer_is_worth_another_try(settings: Settings) -> None:
    app = create_app(settings.with_changes(database_url="postgresql+psycopg://nobody@127.0.0.1:1/nothing"))
    client = app.test_client()
    client.set_cookie("visite", "x" * 43, domain="localhost")
    answer = client.get("/activation/code")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "30"
    assert TEXTS[503][0] in answer.text
    app.extensions["engine"].dispose()


@pytest.mark.parametrize(
    ("place", "shared", "shown"),
    [
        ("same-origin", False, True),
        ("cross-site", False, False),
        (None, False, False),
        ("same-origin", True, False),
    ],
)
def test_what_was_written_is_not_lost_with_a_form_that_is_refused(
    client: FlaskClient, place: str | None, shared: bool, shown: bool
) -> None:
    """The cookie of a tab that the telephone closed is gone: its form is refused, its text can be copied."""
    if shared:
        client.set_cookie("partage", "1")
    fields = {
        "details": f"{TYPED} <b>tous les soirs</b>",
        "password": f"{TYPED} et encore",
        "nir": "2 85 " + TYPED,
    }
    headers = {"Sec-Fetch-Site": place} if place else {}
    answer = client.post("/bienvenue/question/3", data=fields, headers=headers)
    assert answer.status_code == 403
    page = PageReader(answer.text)
    assert answer.text.count(TYPED) == int(shown)
    assert ("Ce que j’avais écrit" in page.text) == shown
    assert "<b>tous" not in answer.text
    assert ("/bienvenue/question/3", "Rouvrir la page") in page.links
