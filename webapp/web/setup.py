"""The web floor, put together in the order in which a request meets it."""

from __future__ import annotations

from flask import Flask, Response
from htmx_flask import Htmx
from jinja2 import StrictUndefined

from webapp.config import Settings
from webapp.web import visit
from webapp.web.access import register_access
from webapp.web.assets import register_assets
from webapp.web.csrf import register_csrf
from webapp.web.ending import register_ending
from webapp.web.errors import register_errors
from webapp.web.headers import pad, protect, register_headers, squeeze
from webapp.web.left import register_left
from webapp.web.once import keep_answer, register_once
from webapp.web.requests import register_checks
from webapp.web.routes import Route
from webapp.web.signed_in import register_signed_in
from webapp.web.style import put_style_cookie
from webapp.web.templates import register_templates
from webapp.web.visit import put_cookie, register_visits
from webapp.web.work import register_work, settle


def register_web(app: Flask, settings: Settings) -> None:
    """Set up templates, checks (host, text, repeat, forgery, access), and what happens to each answer."""
    app.url_rule_class = Route
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    Htmx(app)
    register_work(app)
    register_assets(app, settings)
    register_templates(app, settings)
    register_headers(app, settings)
    register_errors(app)
    register_checks(app, settings)
    register_csrf(app)
    register_once(app)
    register_signed_in(app)
    register_access(app)
    register_visits(app)
    register_left(app)
    register_ending(app)

    @app.after_request
    def _finish(response: Response) -> Response:
        response = settle(keep_answer(response))  # stored, before anything is said
        visit.seen()
        return squeeze(pad(protect(put_style_cookie(put_cookie(response)))))
