"""`serve_through` is a faithful stand-in for a server: cookies, redirects, forms, uploads, other hosts."""

from __future__ import annotations

import pytest
from flask import Flask, make_response, redirect, request
from playwright.sync_api import Error
from werkzeug.wrappers import Response

from tests.support.chromium import ADDRESS, NewPage, serve_through

FORM = """<!doctype html><title>Formulaire</title><form method="post" action="/go" enctype="multipart/form-data">
<input name="words" value="déjà vu"><input type="file" name="file"><button>Envoyer</button></form>"""


@pytest.fixture
def small_app() -> Flask:
    """A form that sets two cookies; its answer deletes one, sets another and redirects to what was received."""
    app = Flask(__name__)
    received: dict[str, str] = {}

    @app.get("/")
    def form() -> Response:
        response = make_response(FORM)
        response.set_cookie("session", "s", httponly=True, samesite="Lax")
        response.set_cookie("passing", "p")
        return response

    @app.post("/go")
    def go() -> Response:
        received.update(request.form.to_dict(), file=request.files["file"].read().hex())
        response = redirect("/end?x=1&x=2", 303)
        response.delete_cookie("passing")
        response.set_cookie("fresh", "f")
        return response

    @app.get("/end")
    def end() -> str:
        facts = [f"{name}={value}" for name, value in sorted(request.cookies.items())]
        facts += [f"{name}:{value}" for name, value in sorted(received.items())]
        return f"<!doctype html><title>Fin</title><p>{' '.join(facts)} {request.args.getlist('x')} {request.host}</p>"

    return app


@pytest.mark.parametrize("javascript", [True, False])
def test_cookies_redirects_and_uploads_are_those_of_a_server(
    new_page: NewPage, small_app: Flask, javascript: bool
) -> None:
    page = new_page(320, javascript=javascript)
    serve_through(page, small_app)
    page.goto(ADDRESS)
    page.set_input_files("input[type=file]", {"name": "a.bin", "mimeType": "x/y", "buffer": b"\x00\xff\r\n"})
    page.get_by_role("button", name="Envoyer").click()
    page.wait_for_url("**/end?x=1&x=2")
    assert page.text_content("p") == "fresh=f session=s file:00ff0d0a words:déjà vu ['1', '2'] 127.0.0.1:8000"
    page.go_back()
    assert page.title() == "Formulaire"


def test_other_hosts_are_refused(new_page: NewPage, small_app: Flask) -> None:
    page = new_page()
    serve_through(page, small_app)
    with pytest.raises(Error, match="ERR_BLOCKED_BY_CLIENT"):
        page.goto("http://127.0.0.1:8001/")


def test_a_page_has_the_width_and_preference_asked_for(new_page: NewPage, small_app: Flask) -> None:
    page = new_page(390, dark=True)
    serve_through(page, small_app)
    page.goto(ADDRESS)
    assert page.evaluate("[innerWidth, matchMedia('(prefers-color-scheme: dark)').matches]") == [390, True]
